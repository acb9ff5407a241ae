#include "base/err.h"
#include "proc/import_map.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)256 << 20);
	struct rp_import_map m;
	struct rp_err *e;

	if (size > RP_IMPORT_MAP_MAX)
		return 0;
	e = rp_import_map_parse(a, (rp_bytes){ data, size }, 3, &m);
	if (e == NULL) {
		RP_ASSERT(m.targets.n <= RP_IMPORT_COLUMNS_MAX);
		for (size_t i = 0; i < m.targets.n; i++)
			RP_ASSERT(m.targets.v[i].kind != RP_IMPORT_ANSWER ||
				  m.targets.v[i].position <= 3);
	}
	rp_err_free(e);
	return 0;
}
