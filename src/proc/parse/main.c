/*
 * rapporteur-parse - reads one document from descriptor 0, answers on 1.
 *
 * A program of its own, so that no other process of the server has the PDF
 * libraries in it, and so that nothing of the supervisor's memory is in this
 * one. `--sandbox=require` makes a missing sandbox an error.
 */
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/err.h"
#include "proc/parse/parse.h"
#include "proc/profile.h"

static struct rp_err *
ready(bool require)
{
	struct rp_sandbox_profile profile = rp_profile_parse();

	/* execve() made us dumpable again. */
	prctl(PR_SET_DUMPABLE, 0);
	RP_TRY(rp_parse_prepare());
	return rp_sandbox_enter(&profile, require, NULL);
}

int
main(int argc, char **argv)
{
	bool require = argc == 2 && strcmp(argv[1], "--sandbox=require") == 0;
	struct rp_err *e = ready(require);

	if (e != NULL) {
		fprintf(stderr, "rapporteur-parse: %s\n", rp_err_message(e));
		rp_err_free(e);
		return 1;
	}
	/* Exit handlers of libraries would run in the sandbox, for nothing. */
	_exit(rp_parse_main(0, 1));
}
