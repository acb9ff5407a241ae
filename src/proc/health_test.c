#include "proc/health.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/check.h"
#include "base/clock.h"
#include "domain/testing/certificate.h"
#include "store/db.h"

static struct rp_arena *arena;
static char folder[] = "health_test.XXXXXX";
static struct rp_settings settings;

static struct rp_health
fresh(void)
{
	if (arena == NULL) {
		arena = rp_arena_new((size_t)64 << 20);
		RP_CHECK(mkdtemp(folder) != NULL);
	}
	rp_settings_defaults(arena, &settings);
	settings.data_dir = rp_text_z(folder);
	return (struct rp_health){ .arena = arena,
		.settings = &settings,
		.now = rp_clock_now() };
}

static void
set(const char *name, const char *value)
{
	RP_CHECK_OK(rp_settings_set(arena, "test", rp_text_z(name),
	    rp_text_z(value), RP_FROM_FILE, &settings));
}

/* Whether a finding has this verdict and these words. */
static bool
says(const struct rp_health *h, enum rp_health_verdict v, const char *words)
{
	for (size_t i = 0; i < h->found.n; i++)
		if (h->found.v[i].verdict == v &&
		    strstr(h->found.v[i].text.p, words) != NULL)
			return true;
	for (size_t i = 0; i < h->found.n; i++)
		printf("# %s\n", h->found.v[i].text.p);
	return false;
}

static rp_text
at(const char *name)
{
	return rp_textf(arena, "%s/%s", folder, name);
}

static void
write_file(const char *name, const char *body, mode_t mode)
{
	int fd = open(at(name).p, O_WRONLY | O_CREAT | O_TRUNC, mode);

	RP_CHECK(fd >= 0);
	RP_CHECK(write(fd, body, strlen(body)) == (ssize_t)strlen(body));
	RP_CHECK(fchmod(fd, mode) == 0);
	close(fd);
}

static void
test_listening(void)
{
	struct rp_health h = fresh();

	set("listen", "127.0.0.1:1 192.0.2.1:80");
	rp_health_listening(&h);
	RP_CHECK(says(&h, RP_HEALTH_WRONG, "No IPv6 address"));
	RP_CHECK(says(&h, RP_HEALTH_WRONG,
	    "does not have the address 192.0.2.1:80"));
	RP_CHECK(says(&h, RP_HEALTH_NOTE, "Only this machine"));
	RP_CHECK(says(&h, RP_HEALTH_NOTE, "does not run"));
	RP_CHECK(rp_health_is_wrong(&h));
	h = fresh();
	set("listen", "0.0.0.0:1");
	rp_health_listening(&h);
	RP_CHECK(!says(&h, RP_HEALTH_NOTE, "Only this machine"));
}

static void
test_address(void)
{
	static const struct {
		const char *url, *words;
		enum rp_health_verdict verdict;
	} rows[] = {
		{ "http://[::1]:8080", "works on this machine only",
		    RP_HEALTH_NOTE },
		{ "http://consult.example", "Use https", RP_HEALTH_WRONG },
		{ "https://consult.example", "Links say https",
		    RP_HEALTH_GOOD },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct rp_health h = fresh();

		set("public_url", rows[i].url);
		rp_health_address(&h);
		RP_CHECK(h.found.n == 1);
		RP_CHECK(says(&h, rows[i].verdict, rows[i].words));
	}
}

static void
test_clock_mail_sandbox(void)
{
	struct rp_health h = fresh();

	rp_health_clock(&h, 0, true);
	RP_CHECK(says(&h, RP_HEALTH_WRONG, "1970-01-01"));
	h = fresh();
	rp_health_clock(&h, h.now, false);
	RP_CHECK(says(&h, RP_HEALTH_NOTE, "NTP"));
	rp_health_clock(&h, h.now, true);
	RP_CHECK(says(&h, RP_HEALTH_GOOD, "synchronised"));
	rp_health_mail(&h);
	RP_CHECK(says(&h, RP_HEALTH_NOTE, "not configured"));
	set("smarthost", "[2001:db8::25]:587");
	rp_health_mail(&h);
	RP_CHECK(says(&h, RP_HEALTH_GOOD, "[2001:db8::25]:587"));
	rp_health_sandbox(&h, &(struct rp_sandbox_state){ true, 7 });
	RP_CHECK(says(&h, RP_HEALTH_GOOD, "ABI 7"));
	RP_CHECK(!rp_health_is_wrong(&h));
	rp_health_sandbox(&h, &(struct rp_sandbox_state){ true, 1 });
	RP_CHECK(says(&h, RP_HEALTH_NOTE, "by port"));
	rp_health_sandbox(&h, &(struct rp_sandbox_state){ false, 0 });
	RP_CHECK(says(&h, RP_HEALTH_WRONG, "no seccomp"));
	RP_CHECK(says(&h, RP_HEALTH_WRONG, "no Landlock"));
	h = fresh();
	set("connections_max", "1000000");
	rp_health_limits(&h);
	rp_health_space(&h);
	settings.data_dir = RP_TEXT("/nonexistent");
	rp_health_space(&h);
	RP_CHECK(says(&h, RP_HEALTH_WRONG, "cannot be looked at"));
}

static void
test_database(void)
{
	struct rp_health h = fresh();
	struct rp_db *db;
	struct stat st;
	int applied;
	rp_text file = at("x.db");

	set("database", "sqlite:x.db");
	rp_health_database(&h);
	RP_CHECK(says(&h, RP_HEALTH_WRONG, "There is no database"));
	/* Looking does not make it. */
	RP_CHECK(stat(file.p, &st) != 0);
	RP_CHECK_OK(rp_db_open(rp_settings_database(arena, &settings).p, &db));
	RP_CHECK_OK(rp_migrate(db, &applied));
	rp_db_close(db);
	h = fresh();
	set("database", "sqlite:x.db");
	rp_health_database(&h);
	RP_CHECK(says(&h, RP_HEALTH_GOOD, "its schema is this program's"));
	RP_CHECK(says(&h, RP_HEALTH_GOOD, "sound"));
	RP_CHECK(chmod(file.p, 0644) == 0);
	rp_health_files(&h);
	RP_CHECK(says(&h, RP_HEALTH_WRONG, "can be read by others"));
	RP_CHECK(chmod(file.p, 0600) == 0);
	h.found = (struct rp_health_findings){ 0 };
	rp_health_files(&h);
	RP_CHECK(says(&h, RP_HEALTH_GOOD, "by its owner only"));
	write_file("y.db",
	    "This is no database, and long enough not to be one."
	    "...............................................",
	    0600);
	set("database", "sqlite:y.db");
	rp_health_database(&h);
	RP_CHECK(says(&h, RP_HEALTH_WRONG, "cannot be used"));
	unlink(at("x.db").p);
	unlink(at("x.db-wal").p);
	unlink(at("x.db-shm").p);
	unlink(at("x.db.lock").p);
	unlink(at("y.db").p);
	unlink(at("y.db-wal").p);
	unlink(at("y.db-shm").p);
	unlink(at("y.db.lock").p);
}

static void
test_backups(void)
{
	struct rp_health h = fresh();
	struct timespec old[2] = { 0 };

	rp_health_backups(&h);
	RP_CHECK(says(&h, RP_HEALTH_NOTE, "nobody looks"));
	set("backup_dir", "backups");
	rp_health_backups(&h);
	RP_CHECK(says(&h, RP_HEALTH_WRONG, "cannot be read"));
	RP_CHECK(mkdir(at("backups").p, 0700) == 0);
	rp_health_backups(&h);
	RP_CHECK(says(&h, RP_HEALTH_WRONG, "There is no backup in"));
	write_file("backups/one", "x", 0600);
	rp_health_backups(&h);
	RP_CHECK(says(&h, RP_HEALTH_GOOD, "The youngest backup"));
	old[0].tv_sec = old[1].tv_sec = (time_t)(h.now / 1000) - 3 * 86400;
	RP_CHECK(utimensat(AT_FDCWD, at("backups/one").p, old, 0) == 0);
	rp_health_backups(&h);
	RP_CHECK(says(&h, RP_HEALTH_WRONG, "The youngest backup"));
	unlink(at("backups/one").p);
	rmdir(at("backups").p);
}

static void
test_tls(void)
{
	struct rp_health h = fresh();

	rp_health_tls(&h);
	RP_CHECK(h.found.n == 0);
	set("public_url", "https://consult.example");
	rp_health_tls(&h);
	RP_CHECK(says(&h, RP_HEALTH_NOTE, "proxy in front"));
	set("tls_certificate", "c.pem");
	rp_health_tls(&h);
	RP_CHECK(says(&h, RP_HEALTH_WRONG, "cannot be used"));
	write_file("c.pem", RP_TEST_CERTIFICATE, 0644);
	h = fresh();
	set("tls_certificate", "c.pem");
	set("public_url", "https://consult.example:8443");
	rp_health_tls(&h);
	RP_CHECK(says(&h, RP_HEALTH_GOOD, "is good for"));
	RP_CHECK(!rp_health_is_wrong(&h));
	set("public_url", "https://[2001:db8::1]/x");
	rp_health_tls(&h);
	RP_CHECK(!rp_health_is_wrong(&h));
	set("public_url", "https://other.example");
	rp_health_tls(&h);
	RP_CHECK(says(&h, RP_HEALTH_WRONG, "is not for other.example"));
	h.now = (int64_t)4949000000 * RP_SECOND;
	rp_health_tls(&h);
	RP_CHECK(says(&h, RP_HEALTH_WRONG, "ended on 2126-10-28"));
	h.now = (int64_t)4948000000 * RP_SECOND;
	rp_health_tls(&h);
	RP_CHECK(says(&h, RP_HEALTH_WRONG, "ends in"));
	h.now = 0;
	rp_health_tls(&h);
	RP_CHECK(says(&h, RP_HEALTH_WRONG, "begins on"));
	write_file("k.pem", "x", 0644);
	set("tls_key", "k.pem");
	rp_health_files(&h);
	RP_CHECK(says(&h, RP_HEALTH_WRONG, "The key of the certificate"));
	unlink(at("c.pem").p);
	unlink(at("k.pem").p);
	RP_CHECK(rmdir(folder) == 0);
	rp_arena_free(arena);
}

RP_CHECK_MAIN({ "listening", test_listening }, { "address", test_address },
    { "clock, mail, sandbox", test_clock_mail_sandbox },
    { "database", test_database }, { "backups", test_backups },
    { "tls", test_tls })
