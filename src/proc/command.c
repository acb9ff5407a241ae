#include "proc/commands.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "proc/log.h"

struct rp_err *
rp_command_settings(struct rp_arena *a, int *argc, char **argv,
    struct rp_settings *out)
{
	struct rp_settings_source from = {
		.file = RP_SETTINGS_FILE,
		.file_may_lack = true,
		.environ = environ,
	};
	int kept = 1;

	for (int i = 1; i < *argc; i++) {
		bool config = strcmp(argv[i], "--config") == 0;

		if (!config && strcmp(argv[i], "--set") != 0) {
			argv[kept++] = argv[i];
			continue;
		}
		if (i + 1 == *argc)
			return rp_fail(RP_E_INVALID, "%s needs a value",
			    argv[i]);
		i++;
		if (config) {
			from.file = argv[i];
			from.file_may_lack = false;
		} else {
			rp_text set;

			RP_TRY(
			    rp_text_from(a, rp_text_bytes(rp_text_z(argv[i])),
				RP_SETTING_VALUE_MAX, &set));
			rp_vec_push(a, &from.sets, set);
		}
	}
	argv[kept] = NULL;
	*argc = kept;
	RP_TRY(rp_settings_load(a, &from, out));
	rp_log_init((enum rp_log_importance)out->log_level,
	    getenv("JOURNAL_STREAM") != NULL);
	return NULL;
}

int
rp_command_fail_take(struct rp_err *e)
{
	fprintf(stderr, "rapporteur: %s\n", rp_err_message(e));
	rp_err_free(e);
	return RP_EXIT_FAILURE;
}

int
rp_command_usage(const char *usage)
{
	fprintf(stderr, "usage: rapporteur %s\n", usage);
	return RP_EXIT_USAGE;
}
