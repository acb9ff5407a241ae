#include "proc/scan.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/check.h"
#include "codec/clamd.h"

/*
 * The other end of clamd's INSTREAM, in a process of its own: it wants the
 * command, puts the pieces together and judges by what the file holds, as a
 * scanner with one signature would.
 */
struct scanner {
	char folder[32], path[48];
	pid_t pid;
};

static bool
take(int fd, void *to, size_t n)
{
	return recv(fd, to, n, MSG_WAITALL) == (ssize_t)n;
}

/* All pieces of a stream; its length, or SIZE_MAX if it is no such stream. */
static size_t
take_stream(int fd, uint8_t *all, size_t max)
{
	uint8_t frame[RP_CLAMD_FRAME];
	size_t n = 0, piece;
	char command[10];

	if (!take(fd, command, sizeof(command)) ||
	    memcmp(command, "zINSTREAM", 10) != 0)
		return SIZE_MAX;
	for (;;) {
		if (!take(fd, frame, sizeof(frame)))
			return SIZE_MAX;
		piece = (size_t)frame[0] << 24 | (size_t)frame[1] << 16 |
			(size_t)frame[2] << 8 | frame[3];
		if (piece == 0)
			return n;
		if (piece > max - n || !take(fd, all + n, piece))
			return SIZE_MAX;
		n += piece;
	}
}

static void
answer(int fd, uint8_t *all, size_t max)
{
	size_t n = take_stream(fd, all, max);
	const char *say = "stream: OK";

	if (n == SIZE_MAX)
		say = "INSTREAM: not understood. ERROR";
	else if (memmem(all, n, "hang up", 7) != NULL)
		return;
	else if (memmem(all, n, "too large", 9) != NULL)
		say = "INSTREAM size limit exceeded. ERROR";
	else if (memmem(all, n, "a bad thing", 11) != NULL)
		say = "stream: Test.Bad-1 FOUND";
	(void)!write(fd, say, strlen(say) + 1);
}

static void
serve(int fd, int calls)
{
	size_t max = (size_t)8 << 20;
	uint8_t *all = malloc(max);

	for (int i = 0; all != NULL && i < calls; i++) {
		int one = accept(fd, NULL, NULL);

		if (one < 0)
			break;
		answer(one, all, max);
		close(one);
	}
	_exit(0);
}

static void
scanner_start(struct scanner *s, int calls)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	*s = (struct scanner){ .folder = "/tmp/rp-scan.XXXXXX" };
	RP_CHECK(mkdtemp(s->folder) != NULL);
	snprintf(s->path, sizeof(s->path), "%s/s", s->folder);
	snprintf(at.sun_path, sizeof(at.sun_path), "%s", s->path);
	RP_CHECK(fd >= 0 && bind(fd, (struct sockaddr *)&at, sizeof(at)) == 0);
	RP_CHECK(listen(fd, 4) == 0);
	fflush(stdout);
	s->pid = fork();
	RP_CHECK(s->pid >= 0);
	if (s->pid == 0)
		serve(fd, calls);
	close(fd);
}

static void
scanner_end(struct scanner *s)
{
	RP_CHECK(waitpid(s->pid, NULL, 0) == s->pid);
	unlink(s->path);
	rmdir(s->folder);
}

static void
verdicts(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct scanner s;
	rp_text found;

	scanner_start(&s, 5);
	RP_CHECK_OK(rp_scan(a, s.path, RP_BYTES("a letter"), &found));
	RP_CHECK(found.n == 0);
	RP_CHECK_OK(rp_scan(a, s.path, RP_BYTES("with a bad thing"), &found));
	RP_CHECK_TEXT(found, RP_TEXT("Test.Bad-1"));
	RP_CHECK_OK(rp_scan(a, s.path, RP_BYTES(""), &found));
	RP_CHECK(found.n == 0);
	RP_CHECK_FAILS(rp_scan(a, s.path, RP_BYTES("too large"), &found),
	    RP_E_UNAVAILABLE);
	RP_CHECK_FAILS(rp_scan(a, s.path, RP_BYTES("hang up"), &found),
	    RP_E_INVALID);
	scanner_end(&s);
}

/* What is found lies across the border of two pieces. */
static void
a_file_of_several_pieces(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	size_t n = 2 * RP_CLAMD_CHUNK_MAX + 17;
	uint8_t *file = rp_alloc(a, n);
	struct scanner s;
	rp_text found;

	memset(file, 'x', n);
	memcpy(file + RP_CLAMD_CHUNK_MAX - 5, "a bad thing", 11);
	scanner_start(&s, 1);
	RP_CHECK_OK(rp_scan(a, s.path, (rp_bytes){ file, n }, &found));
	RP_CHECK_TEXT(found, RP_TEXT("Test.Bad-1"));
	scanner_end(&s);
}

static void
no_scanner_there(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	char path[200];
	rp_text found;

	RP_CHECK_FAILS(rp_scan(a, "/tmp/rp-no-such-scanner", RP_BYTES("x"),
			   &found),
	    RP_E_UNAVAILABLE);
	memset(path, 'p', sizeof(path) - 1);
	path[sizeof(path) - 1] = '\0';
	RP_CHECK_FAILS(rp_scan(a, path, RP_BYTES("x"), &found), RP_E_INVALID);
}

RP_CHECK_MAIN({ "verdicts", verdicts },
    { "a file of several pieces", a_file_of_several_pieces },
    { "no scanner there", no_scanner_there })
