/*
 * agreement - the number of themes that many groupings support.
 *
 * Each cut of the consensus tree is compared with each run: mutual information,
 * less what chance gives ((K - 1)(L - 1) / 2n nats for K and L groups of n
 * rows), over the mean entropy, less the same (Strehl, Ghosh 2002; the
 * correction is Miller's). The mean rises to a plateau; the answer is the
 * greatest number of groups whose mean is less than one standard error below
 * the highest: a person can merge two themes at a glance, but not see that one
 * should be two.
 */
#ifndef RP_THEMES_AGREEMENT_H
#define RP_THEMES_AGREEMENT_H

#include <stdbool.h>

#include "themes/consensus.h"

/*
 * The number of groups in [least, most] for `tree` of `cell`s, against the runs
 * whose `use` is true.
 */
uint32_t rp_agreement_best(const struct rp_runs *runs, const bool *use,
    const struct rp_tree *tree, const uint32_t *cell, uint32_t least,
    uint32_t most);

#endif
