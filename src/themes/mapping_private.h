/* mapping_private - the rows that mapping learns from. */
#ifndef RP_THEMES_MAPPING_PRIVATE_H
#define RP_THEMES_MAPPING_PRIVATE_H

#include "base/err.h"
#include "themes/mapping.h"
#include "themes/numeric.h"
#include "themes/watch.h"

/*
 * Row r has sparse entries (stems, then sequences) and a dense part. Units that
 * say the same share a row; the themes' rows come behind those of the units.
 */
struct rp_mapping_space {
	struct rp_sparse x;
	struct rp_dense dense;
	float *norm2;     /* of each row, squared */
	uint32_t n_units; /* of the result */
	uint32_t *row_of; /* n_units */
	uint32_t n_themes;
	uint32_t *theme_row; /* n_themes */
	struct rp_watch *watch;
};

/* RP_E_GONE if it was stopped: what is there then is good for nothing. */
struct rp_err *rp_mapping_go_on(struct rp_watch *watch) RP_MUST_USE;

#endif
