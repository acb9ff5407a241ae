/*
 * supervise_reader - stands for rapporteur-parse in the supervisor's test.
 *
 * Documents: "x" is answered, "o" opens a file, "f" fails, "s" signals.
 */
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "proc/profile.h"

int
main(int argc, char **argv)
{
	struct rp_sandbox_profile profile = rp_profile_parse();
	struct rp_err *e = rp_sandbox_enter(&profile,
	    argc == 2 && strcmp(argv[1], "--sandbox=require") == 0, NULL);
	char c = 0;

	if (e != NULL || read(STDIN_FILENO, &c, 1) != 1)
		_exit(2);
	if (c == 'o')
		open("/etc/passwd", O_RDONLY);
	if (c == 'f')
		_exit(5);
	if (c == 's')
		kill(getppid(), SIGTERM);
	_exit(write(STDOUT_FILENO, "echo", 4) == 4 ? 0 : 3);
}
