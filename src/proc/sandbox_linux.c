#include "proc/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/err.h"
#include "proc/sandbox_private.h"

/*
 * The kernel's headers of the build machine may be older than the kernel that
 * runs: the interface is spelled here (landlock(7)). ABI 1 knows files, 2
 * REFER, 3 TRUNCATE, 4 TCP, 5 IOCTL_DEV, 6 signals and abstract sockets.
 */
struct ruleset {
	uint64_t files, net, scoped;
};

struct net_port {
	uint64_t allowed, port;
};

#define FS_TRUNCATE (UINT64_C(1) << 14)
#define FS_IOCTL_DEV (UINT64_C(1) << 15)
#define NET_BIND_TCP (UINT64_C(1) << 0)
#define NET_CONNECT_TCP (UINT64_C(1) << 1)
#define RULE_NET_PORT 2
#define SCOPE_ABSTRACT_AND_SIGNALS UINT64_C(3)

#define FS_READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define FS_WRITE                                                          \
	(LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE | \
	    LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR |   \
	    FS_TRUNCATE)
#define FS_OF_FILES                                                     \
	(LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | \
	    FS_TRUNCATE)

/* The sanitizer maps terabytes of address space that it never uses. */
#define MEMORY_CAN_BE_LIMITED (!RP_WITH_ASAN)

static int
landlock_abi(void)
{
	long got = syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);

	return got > 0 ? (int)got : 0;
}

struct rp_sandbox_state
rp_sandbox_probe(void)
{
	uint32_t action = SECCOMP_RET_KILL_PROCESS;

	return (struct rp_sandbox_state){
		.seccomp = syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0,
			       &action) == 0,
		.landlock_abi = landlock_abi(),
	};
}

bool
rp_sandbox_is_full(const struct rp_sandbox_state *s)
{
	return s->seccomp && s->landlock_abi > 0;
}

static struct ruleset
handled(int abi)
{
	struct ruleset r = { .files = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1 };

	if (abi >= 2)
		r.files |= LANDLOCK_ACCESS_FS_REFER;
	if (abi >= 3)
		r.files |= FS_TRUNCATE;
	if (abi >= 4)
		r.net = NET_BIND_TCP | NET_CONNECT_TCP;
	if (abi >= 5)
		r.files |= FS_IOCTL_DEV;
	if (abi >= 6)
		r.scoped = SCOPE_ABSTRACT_AND_SIGNALS;
	return r;
}

static struct rp_err *
allow_path(int ruleset, const struct ruleset *has,
    const struct rp_sandbox_path *path)
{
	struct landlock_path_beneath_attr rule = { 0 };
	struct stat st;
	long got;

	rule.parent_fd = open(path->path, O_PATH | O_CLOEXEC);
	if (rule.parent_fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return NULL;
	if (rule.parent_fd < 0 || fstat(rule.parent_fd, &st) != 0)
		return rp_fail_errno(RP_E_UNAVAILABLE, "%s", path->path);
	rule.allowed_access = FS_READ | (path->write ? FS_WRITE : 0);
	if (!S_ISDIR(st.st_mode))
		rule.allowed_access &= FS_OF_FILES;
	rule.allowed_access &= has->files;
	got = syscall(SYS_landlock_add_rule, ruleset,
	    LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	close(rule.parent_fd);
	if (got != 0)
		return rp_fail_errno(RP_E_UNAVAILABLE, "landlock: %s",
		    path->path);
	return NULL;
}

static struct rp_err *
allow_ports(int ruleset, const struct rp_sandbox_profile *p)
{
	for (size_t i = 0; i < RP_SANDBOX_PORTS_MAX && p->ports[i]; i++) {
		struct net_port rule = { .allowed = NET_CONNECT_TCP,
			.port = p->ports[i] };

		if (syscall(SYS_landlock_add_rule, ruleset, RULE_NET_PORT,
			&rule, 0) != 0)
			return rp_fail_errno(RP_E_UNAVAILABLE,
			    "landlock: port %u", p->ports[i]);
	}
	return NULL;
}

static struct rp_err *
landlock_rules(int ruleset, const struct ruleset *has,
    const struct rp_sandbox_profile *p)
{
	for (size_t i = 0; i < RP_SANDBOX_PATHS_MAX; i++) {
		if (p->paths[i].path == NULL)
			break;
		RP_TRY(allow_path(ruleset, has, &p->paths[i]));
	}
	if (has->net != 0)
		RP_TRY(allow_ports(ruleset, p));
	if (syscall(SYS_landlock_restrict_self, ruleset, 0) != 0)
		return rp_fail_errno(RP_E_UNAVAILABLE, "landlock");
	return NULL;
}

static struct rp_err *
landlock_enter(const struct rp_sandbox_profile *p, int abi)
{
	struct ruleset has = handled(abi);
	size_t size = abi >= 6 ? sizeof(has) :
		      abi >= 4 ? 2 * sizeof(uint64_t) :
				 sizeof(uint64_t);
	long fd = syscall(SYS_landlock_create_ruleset, &has, size, 0);
	struct rp_err *e;

	if (fd < 0)
		return rp_fail_errno(RP_E_UNAVAILABLE, "landlock");
	e = landlock_rules((int)fd, &has, p);
	close((int)fd);
	return e;
}

static struct rp_err *
limit(int which, uint64_t soft, uint64_t hard)
{
	struct rlimit l = { .rlim_cur = soft, .rlim_max = hard };

	if (setrlimit((__rlimit_resource_t)which, &l) != 0)
		return rp_fail_errno(RP_E_UNAVAILABLE, "setrlimit");
	return NULL;
}

static struct rp_err *
limits(const struct rp_sandbox_profile *p)
{
	RP_TRY(limit(RLIMIT_CORE, 0, 0));
	if (p->write_no_file)
		RP_TRY(limit(RLIMIT_FSIZE, 0, 0));
	/* SIGXCPU first; SIGKILL a second later for who ignores it. */
	if (p->cpu_seconds > 0)
		RP_TRY(limit(RLIMIT_CPU, p->cpu_seconds, p->cpu_seconds + 1));
	if (p->memory > 0 && MEMORY_CAN_BE_LIMITED)
		RP_TRY(limit(RLIMIT_AS, p->memory, p->memory));
	return NULL;
}

struct rp_err *
rp_sandbox_enter(const struct rp_sandbox_profile *p, bool require,
    struct rp_sandbox_state *out)
{
	struct rp_sandbox_state has = rp_sandbox_probe();

	if (require && !rp_sandbox_is_full(&has))
		return rp_fail(RP_E_UNAVAILABLE,
		    "this kernel cannot close the role %s: seccomp %s, "
		    "Landlock %s",
		    p->name, has.seccomp ? "is there" : "lacks",
		    has.landlock_abi > 0 ? "is there" : "lacks");
	RP_TRY(limits(p));
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return rp_fail_errno(RP_E_UNAVAILABLE, "no_new_privs");
	if (has.landlock_abi > 0)
		RP_TRY(landlock_enter(p, has.landlock_abi));
	if (has.seccomp)
		RP_TRY(rp_sandbox_filter(p->calls));
	if (out != NULL)
		*out = has;
	return NULL;
}
