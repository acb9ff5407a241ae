#include "codec/httpval.h"

#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)64 << 20);
	rp_bytes in = { data, size }, path, query;
	struct rp_httpval_path segments = { 0 };
	struct rp_urlform jar;
	struct rp_httpval v;
	rp_text t;

	rp_err_free(rp_httpval_type_parse(a, in, &v));
	rp_err_free(rp_httpval_disposition_parse(a, in, &v));
	rp_err_free(rp_httpval_cookie_parse(a, in, &jar));
	rp_err_free(rp_httpval_bearer_parse(a, in, &t));
	rp_httpval_none_match(in, RP_TEXT("\"v1\""));
	rp_httpval_target_split(in, &path, &query);
	rp_err_free(rp_httpval_path_parse(a, path, &segments));
	for (size_t i = 0; i < segments.n; i++)
		RP_ASSERT(
		    !rp_text_eq(segments.v[i], RP_TEXT("..")) &&
		    rp_text_find(segments.v[i], '/', 0) == segments.v[i].n);
	return 0;
}
