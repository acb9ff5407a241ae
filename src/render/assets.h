/*
 * assets - the stylesheet and the scripts, inside the program.
 *
 * Each is served under a name that holds a hash of its contents, so it may be
 * kept for ever. Made from static/ by tools/gen_assets.py.
 */
#ifndef RP_RENDER_ASSETS_H
#define RP_RENDER_ASSETS_H

#include "base/str.h"

struct rp_asset {
	rp_text file, name; /* "style.css", "style-0123456789.css" */
	const char *type;
	rp_bytes body;
};

/* Ended by one without a type. */
extern const struct rp_asset rp_assets[];

/* "/static/style-0123456789.css" for "style.css", which must exist. */
rp_url rp_asset_url(struct rp_arena *a, rp_text file);

#endif
