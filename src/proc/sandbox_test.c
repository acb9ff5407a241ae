/*
 * For each role, a child enters its sandbox and tries one thing: it must be
 * killed by the filter, refused by Landlock, or let do it.
 */
#include "proc/sandbox.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/check.h"
#include "proc/profile.h"

enum outcome { WORKS = 0, REFUSED = 7, BROKEN = 8, KILLED = 100 };

static struct rp_arena *arena;
static char folder[] = "sandbox_test.XXXXXX";
static char inside[64];
static int pair[2], listener;
static in_port_t listener_port;

/* 0, or what errno says. */
static int
act_nothing(void)
{
	return 0;
}

static int
act_read_passwd(void)
{
	return open("/etc/passwd", O_RDONLY) >= 0 ? 0 : errno;
}

static int
act_write_tmp(void)
{
	return open("/tmp/sandbox_test", O_WRONLY | O_CREAT, 0600) >= 0 ? 0 :
									  errno;
}

static int
act_write_inside(void)
{
	int fd = open(inside, O_RDWR | O_CREAT, 0600);

	if (fd < 0)
		return errno;
	if (write(fd, "x", 1) != 1 || fdatasync(fd) != 0 || unlink(inside) != 0)
		return EIO;
	return 0;
}

static int
act_connect(void)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = listener_port,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0)
		return errno;
	return connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0 ? 0 : errno;
}

static int
act_connect_unix(void)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX,
		.sun_path = "/nonexistent" };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	connect(fd, (struct sockaddr *)&to, sizeof(to));
	return errno == ENOENT || errno == EACCES ? 0 : errno;
}

static int
act_accept(void)
{
	return accept4(listener, NULL, NULL, SOCK_NONBLOCK) >= 0 ||
		       errno == EAGAIN ?
		   0 :
		   errno;
}

static int
act_exec(void)
{
	char *argv[] = { NULL };

	execv("/bin/true", argv);
	return errno;
}

static int
act_fork(void)
{
	return syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) >= 0 ? 0 : errno;
}

static int
act_ptrace(void)
{
	return ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0 ? 0 : errno;
}

static int
act_kill(void)
{
	return kill(getppid(), 0) == 0 ? 0 : errno;
}

static int
act_map_code(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return p != MAP_FAILED ? 0 : errno;
}

static int
act_chroot(void)
{
	return chroot("/") == 0 ? 0 : errno;
}

static int
act_type_into_terminal(void)
{
	char c = 'x';

	return syscall(SYS_ioctl, 0, 0x5412 /* TIOCSTI */, &c) == 0 ? 0 : errno;
}

static int
act_raise_limit(void)
{
	struct rlimit l = { 10, 10 };

	return setrlimit(RLIMIT_NOFILE, &l) == 0 ? 0 : errno;
}

static int
act_message(void)
{
	char c;

	if (send(pair[0], "x", 1, 0) != 1)
		return errno;
	return recv(pair[1], &c, 1, 0) == 1 ? 0 : errno;
}

static int
act_write_and_allocate(void)
{
	size_t n = (size_t)8 << 20;
	char *p = malloc(n);

	if (p == NULL)
		return ENOMEM;
	memset(p, 1, n);
	n = write(pair[0], p, 1) == 1 && p[n / 2] == 1 ? 0 : EIO;
	free(p);
	return (int)n;
}

static int
act_use_much_memory(void)
{
	void *p = mmap(NULL, (size_t)4 << 30, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return p != MAP_FAILED ? 0 : errno;
}

#if RP_WITH_ASAN
#define IF_LIMITED WORKS /* no limit of memory under the sanitizer */
#else
#define IF_LIMITED BROKEN
#endif

static const struct {
	const char *name;
	int (*act)(void);
	enum outcome web, worker, parse, hash;
} acts[] = {
	{ "nothing", act_nothing, WORKS, WORKS, WORKS, WORKS },
	{ "read /etc/passwd", act_read_passwd, REFUSED, REFUSED, KILLED,
	    KILLED },
	{ "write in /tmp", act_write_tmp, REFUSED, REFUSED, KILLED, KILLED },
	{ "write beside the database", act_write_inside, WORKS, WORKS, KILLED,
	    KILLED },
	{ "connect", act_connect, KILLED, KILLED, KILLED, KILLED },
	{ "connect to a Unix socket", act_connect_unix, KILLED, KILLED, KILLED,
	    KILLED },
	{ "accept", act_accept, WORKS, KILLED, KILLED, KILLED },
	{ "exec", act_exec, KILLED, KILLED, KILLED, KILLED },
	{ "fork", act_fork, KILLED, KILLED, KILLED, KILLED },
	{ "ptrace", act_ptrace, KILLED, KILLED, KILLED, KILLED },
	{ "kill", act_kill, KILLED, KILLED, KILLED, KILLED },
	{ "map code", act_map_code, KILLED, KILLED, KILLED, KILLED },
	{ "chroot", act_chroot, KILLED, KILLED, KILLED, KILLED },
	{ "type into the terminal", act_type_into_terminal, KILLED, KILLED,
	    KILLED, KILLED },
	{ "change limits", act_raise_limit, KILLED, KILLED, KILLED, KILLED },
	{ "send a message", act_message, WORKS, WORKS, KILLED, WORKS },
	{ "write and allocate", act_write_and_allocate, WORKS, WORKS, WORKS,
	    WORKS },
	{ "4 GiB", act_use_much_memory, WORKS, WORKS, IF_LIMITED, WORKS },
};

static enum outcome
attempt(const struct rp_sandbox_profile *p, int (*act)(void))
{
	pid_t pid = fork();
	int status, got;

	if (pid == 0) {
		struct rp_err *e = rp_sandbox_enter(p, true, NULL);

		if (e != NULL) {
			fprintf(stderr, "# %s\n", rp_err_message(e));
			_exit(99);
		}
		got = act();
		_exit(got == 0                      ? WORKS :
		      got == EACCES || got == EPERM ? REFUSED :
						      BROKEN);
	}
	RP_CHECK(pid > 0 && waitpid(pid, &status, 0) == pid);
	if (WIFSIGNALED(status)) {
		RP_CHECK(WTERMSIG(status) == SIGSYS);
		return KILLED;
	}
	return (enum outcome)WEXITSTATUS(status);
}

static void
expect(const char *what, const struct rp_sandbox_profile *p, int (*act)(void),
    enum outcome want)
{
	enum outcome got = attempt(p, act);

	if (got != want) {
		printf("not ok - %s, %s: outcome %d, not %d\n", p->name, what,
		    got, want);
		exit(1);
	}
}

static void
prepare(void)
{
	struct rp_sandbox_state has = rp_sandbox_probe();
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof(at);
	const char *ci = getenv("CI");

	if (!rp_sandbox_is_full(&has)) {
		/* Where it counts, a kernel without them is a failure. */
		RP_CHECK(ci == NULL || strcmp(ci, "true") != 0);
		RP_SKIP_ALL("this kernel lacks seccomp or Landlock");
	}
	arena = rp_arena_new((size_t)4 << 20);
	RP_CHECK(mkdtemp(folder) != NULL);
	snprintf(inside, sizeof(inside), "%s/x", folder);
	RP_CHECK(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair) == 0);
	listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	RP_CHECK(bind(listener, (struct sockaddr *)&at, n) == 0);
	RP_CHECK(listen(listener, 8) == 0);
	RP_CHECK(getsockname(listener, (struct sockaddr *)&at, &n) == 0);
	listener_port = at.sin_port;
}

static struct rp_settings
settings(rp_text database)
{
	struct rp_settings s;

	rp_settings_defaults(arena, &s);
	s.data_dir = rp_text_z(folder);
	s.database = database;
	return s;
}

static void
test_roles(void)
{
	struct rp_settings s;
	struct rp_sandbox_profile web, worker, parse = rp_profile_parse(),
					       hash = rp_profile_hash();

	prepare();
	s = settings(RP_TEXT("sqlite:x.db"));
	web = rp_profile_web(arena, &s);
	worker = rp_profile_worker(arena, &s);
	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
		expect(acts[i].name, &web, acts[i].act, acts[i].web);
		expect(acts[i].name, &worker, acts[i].act, acts[i].worker);
		expect(acts[i].name, &parse, acts[i].act, acts[i].parse);
		expect(acts[i].name, &hash, acts[i].act, acts[i].hash);
	}
}

/* With PostgreSQL over TCP a role may connect to its port and to no other. */
static void
test_database_port(void)
{
	char url[80];
	struct rp_settings s;
	struct rp_sandbox_profile p;

	snprintf(url, sizeof(url), "postgresql://u:p@127.0.0.1:%u/x",
	    ntohs(listener_port));
	s = settings(rp_text_z(url));
	p = rp_profile_web(arena, &s);
	RP_CHECK(p.ports[0] == ntohs(listener_port));
	expect("its port", &p, act_connect, WORKS);
	expect("a Unix socket", &p, act_connect_unix, WORKS);
	s = settings(RP_TEXT("postgresql://u@[::1]/x"));
	p = rp_profile_web(arena, &s);
	RP_CHECK(p.ports[0] == 5432);
	if (rp_sandbox_probe().landlock_abi >= 4)
		expect("another port", &p, act_connect, REFUSED);
	expect("exec", &p, act_exec, KILLED);
	s = settings(RP_TEXT("postgresql:///x?host=/run/postgresql"));
	p = rp_profile_web(arena, &s);
	expect("no network", &p, act_connect, KILLED);
	expect("a Unix socket", &p, act_connect_unix, WORKS);
}

static volatile unsigned spun;

static void
spin(void)
{
	for (;;)
		spun++;
}

static void
test_cpu_limit(void)
{
	struct rp_sandbox_profile p = rp_profile_parse();
	pid_t pid;
	int status;

	p.cpu_seconds = 1;
	pid = fork();
	if (pid == 0) {
		if (rp_sandbox_enter(&p, true, NULL) != NULL)
			_exit(99);
		spin();
	}
	RP_CHECK(waitpid(pid, &status, 0) == pid);
	RP_CHECK(WIFSIGNALED(status) &&
		 (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL));
	rmdir(folder);
	rp_arena_free(arena);
}

RP_CHECK_MAIN({ "roles", test_roles }, { "database port", test_database_port },
    { "CPU limit", test_cpu_limit })
