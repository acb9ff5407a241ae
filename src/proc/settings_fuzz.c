#include <stdint.h>

#include "base/err.h"
#include "proc/settings.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rp_arena *a = rp_arena_new((size_t)64 << 20);
	struct rp_settings s;
	struct rp_err *e;

	rp_settings_defaults(a, &s);
	e = rp_settings_parse(a, "fuzz", (rp_bytes){ data, size }, &s);
	for (size_t i = 0; e == NULL && i < RP_SETTINGS_COUNT; i++)
		e = rp_settings_set(a, "again",
		    rp_text_z(rp_setting_list[i].name),
		    rp_settings_value(a, &s, &rp_setting_list[i]), RP_FROM_FILE,
		    &s);
	rp_err_free(e);
	rp_arena_free(a);
	return 0;
}
