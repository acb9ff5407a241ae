/*
 * commands - the subcommands of `rapporteur`.
 *
 * commands.def is the table. A command gets its own name as argv[0] and
 * returns the exit status: 0, RP_EXIT_FAILURE, RP_EXIT_USAGE. Those that need
 * the settings take them from rp_command_settings().
 */
#ifndef RP_PROC_COMMANDS_H
#define RP_PROC_COMMANDS_H

#include "base/err.h"
#include "proc/settings.h"

enum { RP_EXIT_FAILURE = 1, RP_EXIT_USAGE = 2 };

struct rp_command {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *help;
};

/* Ended by a NULL name. */
extern const struct rp_command rp_commands[];

#define COMMAND(name, run, help) int run(int argc, char **argv);
#include "proc/commands.def"
#undef COMMAND

/*
 * Take --config FILE and --set NAME=VALUE out of argv, load the settings and
 * start the log by them. What remains is in `*argc` and `argv`.
 */
struct rp_err *rp_command_settings(struct rp_arena *a, int *argc, char **argv,
    struct rp_settings *out) RP_MUST_USE;

/* Print "rapporteur: message" and free the error. Returns RP_EXIT_FAILURE. */
int rp_command_fail_take(struct rp_err *e);

/* Print "usage: rapporteur ..." to standard error. Returns RP_EXIT_USAGE. */
int rp_command_usage(const char *usage);

#endif
