/*
 * rand - randomness from the kernel (getrandom(2)).
 *
 * rp_rand_fill() is fit for secrets. rp_rand_seed() is one value per process,
 * drawn at the first call, for hash tables only.
 */
#ifndef RP_BASE_RAND_H
#define RP_BASE_RAND_H

#include <stddef.h>
#include <stdint.h>

void rp_rand_fill(void *p, size_t n);
uint64_t rp_rand_seed(void);

#endif
