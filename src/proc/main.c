/* main - the first argument chooses the command. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "proc/commands.h"

const struct rp_command rp_commands[] = {
#define COMMAND(name, run, help) { (name), (run), (help) },
#include "proc/commands.def"
#undef COMMAND
	{ NULL, NULL, NULL },
};

static void
help(FILE *to)
{
	fputs("usage: rapporteur COMMAND [--config FILE] [--set NAME=VALUE] "
	      "...\n\n",
	    to);
	for (const struct rp_command *c = rp_commands; c->name != NULL; c++)
		fprintf(to, "  %-12s %s\n", c->name, c->help);
	fputs("\n`rapporteur --version` prints the version. The manual is in "
	      "docs/admin/.\n",
	    to);
}

int
main(int argc, char **argv)
{
	/* What this program writes is read by its owner. */
	umask(077);
	if (argc < 2) {
		help(stderr);
		return RP_EXIT_USAGE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
		help(stdout);
		return 0;
	}
	if (strcmp(argv[1], "--version") == 0) {
		puts("rapporteur " RP_VERSION);
		return 0;
	}
	for (const struct rp_command *c = rp_commands; c->name != NULL; c++)
		if (strcmp(c->name, argv[1]) == 0)
			return c->run(argc - 1, argv + 1);
	fprintf(stderr, "rapporteur: there is no command \"%s\"\n", argv[1]);
	help(stderr);
	return RP_EXIT_USAGE;
}
