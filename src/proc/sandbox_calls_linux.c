/* sandbox_calls_linux - the lists of system calls, as a seccomp filter. */
#include <asm/termbits.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/prctl.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/err.h"
#include "proc/sandbox.h"
#include "proc/sandbox_private.h"

#define END -1
#define CALL(name) SCMP_SYS(name)

/* Memory, time, waiting, what is open already, its own end. */
static const int base_calls[] = { CALL(read), CALL(readv), CALL(write),
	CALL(writev), CALL(pread64), CALL(pwrite64), CALL(close), CALL(lseek),
	CALL(fstat), CALL(dup), CALL(munmap), CALL(mremap), CALL(madvise),
	CALL(brk), CALL(futex), CALL(clock_gettime), CALL(clock_getres),
	CALL(clock_nanosleep), CALL(nanosleep), CALL(gettimeofday), CALL(time),
	CALL(getrandom), CALL(getpid), CALL(gettid), CALL(getppid),
	CALL(getuid), CALL(geteuid), CALL(getgid), CALL(getegid), CALL(exit),
	CALL(exit_group), CALL(rt_sigaction), CALL(rt_sigprocmask),
	CALL(rt_sigreturn), CALL(rt_sigpending), CALL(rt_sigtimedwait),
	CALL(restart_syscall), CALL(epoll_create1), CALL(epoll_ctl),
	CALL(epoll_wait), CALL(epoll_pwait), CALL(epoll_pwait2), CALL(poll),
	CALL(ppoll), CALL(select), CALL(pselect6), CALL(eventfd2), CALL(pipe2),
	CALL(timerfd_create), CALL(timerfd_settime), CALL(sysinfo), CALL(uname),
	CALL(getrusage), CALL(sched_yield), CALL(sched_getaffinity),
	CALL(getrlimit), CALL(rseq), CALL(set_robust_list), CALL(membarrier),
	END };

static const int stat_calls[] = { CALL(newfstatat), CALL(statx), CALL(stat),
	CALL(lstat), CALL(access), CALL(faccessat), CALL(faccessat2),
	CALL(readlink), CALL(readlinkat), CALL(getdents64), CALL(getcwd),
	CALL(fstatfs), CALL(statfs), CALL(fadvise64), END };

static const int write_calls[] = { CALL(open), CALL(openat), CALL(unlink),
	CALL(unlinkat), CALL(rename), CALL(renameat), CALL(renameat2),
	CALL(ftruncate), CALL(fallocate), CALL(fsync), CALL(fdatasync),
	CALL(flock), CALL(fchmod), CALL(fchown), CALL(utimensat), CALL(umask),
	CALL(mkdir), CALL(mkdirat), END };

static const int socket_calls[] = { CALL(recvfrom), CALL(recvmsg),
	CALL(recvmmsg), CALL(sendto), CALL(sendmsg), CALL(sendmmsg),
	CALL(shutdown), CALL(getsockopt), CALL(setsockopt), CALL(getsockname),
	CALL(getpeername), END };

static const int accept_calls[] = { CALL(accept), CALL(accept4), CALL(sendfile),
	END };

/* AddressSanitizer's own stack for signals, and its look at the mappings. */
#if RP_WITH_ASAN
static const int sanitizer_calls[] = { CALL(sigaltstack), END };
#else
static const int sanitizer_calls[] = { END };
#endif

static const unsigned fcntl_commands[] = { F_GETFD, F_SETFD, F_GETFL, F_SETFL,
	F_DUPFD, F_DUPFD_CLOEXEC, F_GETLK, F_SETLK, F_SETLKW, F_OFD_GETLK,
	F_OFD_SETLK, F_OFD_SETLKW };

/* A filter being made; the first failure sticks. */
struct filter {
	scmp_filter_ctx ctx;
	int failed; /* negative errno */
};

static void
rule(struct filter *f, uint32_t action, int call, unsigned n,
    const struct scmp_arg_cmp *args)
{
	int got;

	if (f->failed != 0)
		return;
	got = seccomp_rule_add_array(f->ctx, action, call, n, args);
	/* A call that this architecture does not have cannot be made. */
	if (got != 0 && got != -EDOM)
		f->failed = got;
}

static void
allow(struct filter *f, const int *calls)
{
	for (; *calls != END; calls++)
		rule(f, SCMP_ACT_ALLOW, *calls, 0, NULL);
}

static void
allow_if(struct filter *f, int call, struct scmp_arg_cmp arg)
{
	rule(f, SCMP_ACT_ALLOW, call, 1, &arg);
}

static void
memory_calls(struct filter *f, unsigned calls)
{
	static const int mappers[] = { CALL(mmap), CALL(mprotect), END };

	for (const int *call = mappers; *call != END; call++) {
		if (calls & RP_CALLS_LOAD_CODE)
			rule(f, SCMP_ACT_ALLOW, *call, 0, NULL);
		else
			allow_if(f, *call,
			    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	}
}

/* Calls of which only some uses are harmless. */
static void
narrow_calls(struct filter *f)
{
	struct scmp_arg_cmp own_limits[] = { SCMP_A0(SCMP_CMP_EQ, 0),
		SCMP_A2(SCMP_CMP_EQ, 0) };

	for (size_t i = 0; i < sizeof(fcntl_commands) / sizeof(unsigned); i++)
		allow_if(f, CALL(fcntl),
		    SCMP_A1(SCMP_CMP_EQ, fcntl_commands[i]));
	allow_if(f, CALL(ioctl), SCMP_A1(SCMP_CMP_EQ, FIONREAD));
	allow_if(f, CALL(ioctl), SCMP_A1(SCMP_CMP_EQ, FIONBIO));
	allow_if(f, CALL(ioctl), SCMP_A1(SCMP_CMP_EQ, TCGETS));
	allow_if(f, CALL(prctl), SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME));
	allow_if(f, CALL(prctl), SCMP_A0(SCMP_CMP_EQ, PR_SET_VMA));
	rule(f, SCMP_ACT_ALLOW, CALL(prlimit64), 2, own_limits);
	/* abort() signals this process; the filter is made in it. */
	allow_if(f, CALL(tgkill), SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid()));
	/* fstat() of glibc, on a descriptor only. */
	allow_if(f, CALL(newfstatat),
	    SCMP_A3(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH));
}

static void
connect_calls(struct filter *f, unsigned calls)
{
	static const int connect_call[] = { CALL(connect), END };

	if (calls & (RP_CALLS_CONNECT_UNIX | RP_CALLS_CONNECT_INET)) {
		allow(f, connect_call);
		allow_if(f, CALL(socket), SCMP_A0(SCMP_CMP_EQ, AF_UNIX));
	}
	if (calls & RP_CALLS_CONNECT_INET) {
		allow_if(f, CALL(socket), SCMP_A0(SCMP_CMP_EQ, AF_INET));
		allow_if(f, CALL(socket), SCMP_A0(SCMP_CMP_EQ, AF_INET6));
		/* The resolver asks for the interfaces and lives without. */
		rule(f, SCMP_ACT_ERRNO(EAFNOSUPPORT), CALL(socket), 1,
		    &SCMP_A0(SCMP_CMP_EQ, AF_NETLINK));
	}
}

static void
file_calls(struct filter *f, unsigned calls)
{
	const scmp_datum_t writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;

	if (calls & (RP_CALLS_READ_FILES | RP_CALLS_WRITE_FILES))
		allow(f, stat_calls);
	if (calls & RP_CALLS_WRITE_FILES) {
		allow(f, write_calls);
	} else if (calls & RP_CALLS_READ_FILES) {
		allow_if(f, CALL(open),
		    SCMP_A1(SCMP_CMP_MASKED_EQ, writing, 0));
		allow_if(f, CALL(openat),
		    SCMP_A2(SCMP_CMP_MASKED_EQ, writing, 0));
	}
}

struct rp_err *
rp_sandbox_filter(unsigned calls)
{
	struct filter f = { .ctx = seccomp_init(SCMP_ACT_KILL_PROCESS) };

	if (f.ctx == NULL)
		return rp_fail(RP_E_UNAVAILABLE, "no seccomp filter");
	allow(&f, base_calls);
	allow(&f, sanitizer_calls);
	memory_calls(&f, calls);
	narrow_calls(&f);
	file_calls(&f, calls);
	if (calls & RP_CALLS_SOCKETS)
		allow(&f, socket_calls);
	if (calls & RP_CALLS_ACCEPT)
		allow(&f, accept_calls);
	connect_calls(&f, calls);
	if (f.failed == 0)
		f.failed = seccomp_attr_set(f.ctx, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	if (f.failed == 0)
		f.failed = seccomp_load(f.ctx);
	seccomp_release(f.ctx);
	if (f.failed != 0)
		return rp_fail(RP_E_UNAVAILABLE, "seccomp filter: error %d",
		    -f.failed);
	return NULL;
}
