#include "base/err.h"
#include "render/assets.h"

rp_url
rp_asset_url(struct rp_arena *a, rp_text file)
{
	const struct rp_asset *f = rp_assets;

	while (f->type != NULL && !rp_text_eq(f->file, file))
		f++;
	RP_ASSERT(f->type != NULL);
	return rp_urlf(a, "/static/%.*s", RP_FMT(f->name));
}
