/* cmd_settings - print the settings in force, and where each comes from. */
#include <stdio.h>

#include "proc/commands.h"

#define ARENA_MAX ((size_t)4 * 1024 * 1024)

int
rp_cmd_settings(int argc, char **argv)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	struct rp_settings s;
	struct rp_err *e = rp_command_settings(a, &argc, argv, &s);

	if (e != NULL)
		return rp_command_fail_take(e);
	if (argc > 1)
		return rp_command_usage(
		    "settings [--config FILE] [--set NAME=VALUE]");
	for (size_t i = 0; i < RP_SETTINGS_COUNT; i++) {
		const struct rp_setting *which = &rp_setting_list[i];
		rp_text value = rp_settings_value(a, &s, which);

		if (which->secret && s.origin[i] != RP_FROM_DEFAULT)
			value = RP_TEXT("(not shown)");
		printf("%s = %.*s%s# %s\n", which->name, RP_FMT(value),
		    value.n > 0 ? "  " : " ",
		    rp_setting_origin_name(s.origin[i]));
	}
	return 0;
}
