/*
 * code - a theme as it is told to other programs: what passes between files and
 * codebook_import.h.
 * Tested in codebook_import_test.c.
 */
#ifndef RP_DOMAIN_CODE_H
#define RP_DOMAIN_CODE_H

#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"

struct rp_import_code {
	int64_t parent; /* before it; -1: none */
	rp_text guid, name, definition, includes, excludes, examples;
};
struct rp_import_codes RP_VEC(struct rp_import_code);

#endif
