/* health_files - what is on the disk: database, backups, certificate, modes. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "domain/certificate.h"
#include "proc/health.h"
#include "store/db.h"

#define CERTIFICATE_SOON (14 * RP_DAY)
#define SPACE_LOW ((uint64_t)1 << 30)
#define MIB ((uint64_t)1 << 20)

/* The path of the SQLite file, or empty. */
static rp_text
sqlite_file(const struct rp_health *h)
{
	rp_text url = rp_settings_database(h->arena, h->settings),
		prefix = RP_TEXT("sqlite:");

	if (!rp_text_starts(url, prefix))
		return RP_TEXT("");
	return (rp_text){ url.p + prefix.n, url.n - prefix.n };
}

static struct rp_err *
read_whole(struct rp_arena *a, rp_text path, size_t max, rp_bytes *out)
{
	int fd = open(path.p, O_RDONLY | O_CLOEXEC);
	struct rp_buf b;
	char block[4096];
	ssize_t n;

	if (fd < 0)
		return rp_fail_errno(RP_E_NOTFOUND, "%s", path.p);
	rp_buf_init(&b, a, max);
	while ((n = read(fd, block, sizeof(block))) > 0)
		rp_buf_add(&b, block, (size_t)n);
	close(fd);
	if (n < 0)
		return rp_fail_errno(RP_E_INVALID, "%s", path.p);
	return rp_buf_bytes(&b, out);
}

/* "consult.example" of "https://consult.example:8443". */
static rp_text
host_of(struct rp_arena *a, rp_text url)
{
	size_t from = rp_text_find(url, '/', 0) + 2, to;

	if (from >= url.n)
		return RP_TEXT("");
	if (url.p[from] == '[') {
		from++;
		to = rp_text_find(url, ']', from);
	} else {
		to = rp_text_find(url, ':', from);
	}
	if (to == url.n)
		to = rp_text_find(url, '/', from);
	return rp_text_dup(a, rp_text_sub(url, from, to));
}

static void
judge_certificate(struct rp_health *h, const struct rp_certificate *c,
    rp_text host)
{
	int64_t left = (c->until - h->now) / RP_DAY;

	if (c->until <= h->now)
		rp_health_add(h, "tls", RP_HEALTH_WRONG,
		    "The certificate ended on %s.",
		    rp_clock_rfc3339(h->arena, c->until).p);
	else if (c->from > h->now)
		rp_health_add(h, "tls", RP_HEALTH_WRONG,
		    "The certificate begins on %s only.",
		    rp_clock_rfc3339(h->arena, c->from).p);
	else if (c->until - h->now < CERTIFICATE_SOON)
		rp_health_add(h, "tls", RP_HEALTH_WRONG,
		    "The certificate ends in %" PRId64 " days.", left);
	else
		rp_health_add(h, "tls", RP_HEALTH_GOOD,
		    "The certificate is good for %" PRId64 " more days.", left);
	if (!c->covers)
		rp_health_add(h, "tls", RP_HEALTH_WRONG,
		    "The certificate is not for %s, which `public_url` names.",
		    host.p);
}

void
rp_health_tls(struct rp_health *h)
{
	const struct rp_settings *s = h->settings;
	rp_text host = host_of(h->arena, s->public_url);
	struct rp_certificate c;
	struct rp_err *e;
	rp_bytes pem;

	if (s->tls_certificate.n == 0) {
		if (rp_text_starts(s->public_url, RP_TEXT("https://")))
			rp_health_add(h, "tls", RP_HEALTH_NOTE,
			    "The server has no certificate: the proxy in "
			    "front has to have one.");
		return;
	}
	e = read_whole(h->arena,
	    rp_settings_path(h->arena, s, s->tls_certificate),
	    RP_CERTIFICATE_MAX, &pem);
	if (e == NULL)
		e = rp_certificate_read(h->arena, pem, host, &c);
	if (e == NULL)
		judge_certificate(h, &c, host);
	else
		rp_health_add(h, "tls", RP_HEALTH_WRONG,
		    "The certificate cannot be used: %s.", rp_err_message(e));
	rp_err_free(e);
}

static struct rp_err *
look_into(struct rp_health *h, struct rp_db *db)
{
	rp_text damage;
	int missing;

	RP_TRY(rp_migrations_missing(db, &missing));
	if (missing > 0)
		rp_health_add(h, "database", RP_HEALTH_WRONG,
		    "The database's schema is %d steps behind: run "
		    "`rapporteur migrate`, or start the server.",
		    missing);
	else if (missing < 0)
		rp_health_add(h, "database", RP_HEALTH_WRONG,
		    "The database was made by a newer version of this "
		    "program.");
	else
		rp_health_add(h, "database", RP_HEALTH_GOOD,
		    "The database opens, and its schema is this program's.");
	RP_TRY(rp_db_integrity(db, h->arena, &damage));
	if (damage.n > 0)
		rp_health_add(h, "database", RP_HEALTH_WRONG,
		    "The database is damaged. Stop the server, keep the file, "
		    "and restore the last backup. The engine says: %s",
		    damage.p);
	else
		rp_health_add(h, "database", RP_HEALTH_GOOD,
		    "The database is sound.");
	return NULL;
}

void
rp_health_database(struct rp_health *h)
{
	RP_AUTO(rp_db_closep) struct rp_db *db = NULL;
	rp_text file = sqlite_file(h);
	struct rp_err *e;

	if (file.n > 0 && access(file.p, F_OK) != 0) {
		rp_health_add(h, "database", RP_HEALTH_WRONG,
		    "There is no database %s yet: run `rapporteur init`.",
		    file.p);
		return;
	}
	e = rp_db_open(rp_settings_database(h->arena, h->settings).p, &db);
	if (e == NULL)
		e = look_into(h, db);
	if (e != NULL)
		rp_health_add(h, "database", RP_HEALTH_WRONG,
		    "The database cannot be used: %s.", rp_err_message(e));
	rp_err_free(e);
}

/* When the youngest file in `folder` was written; 0: there is none. */
static struct rp_err *
youngest(const char *folder, int64_t *out)
{
	DIR *dir = opendir(folder);
	struct dirent *d;
	struct stat st;

	if (dir == NULL)
		return rp_fail_errno(RP_E_NOTFOUND, "%s", folder);
	*out = 0;
	while ((d = readdir(dir)) != NULL)
		if (fstatat(dirfd(dir), d->d_name, &st, 0) == 0 &&
		    S_ISREG(st.st_mode) &&
		    (int64_t)st.st_mtime * RP_SECOND > *out)
			*out = (int64_t)st.st_mtime * RP_SECOND;
	closedir(dir);
	return NULL;
}

void
rp_health_backups(struct rp_health *h)
{
	const struct rp_settings *s = h->settings;
	rp_text folder = rp_settings_path(h->arena, s, s->backup_dir);
	struct rp_err *e;
	int64_t at;

	if (folder.n == 0) {
		rp_health_add(h, "backups", RP_HEALTH_NOTE,
		    "No folder for backups is set (`backup_dir`), so nobody "
		    "looks at their age.");
		return;
	}
	e = youngest(folder.p, &at);
	if (e != NULL)
		rp_health_add(h, "backups", RP_HEALTH_WRONG,
		    "The folder of the backups cannot be read: %s.",
		    rp_err_message(e));
	else if (at == 0)
		rp_health_add(h, "backups", RP_HEALTH_WRONG,
		    "There is no backup in %s: `rapporteur backup FILE` makes "
		    "one while the server runs.",
		    folder.p);
	else if (h->now - at > s->backup_age_max)
		rp_health_add(h, "backups", RP_HEALTH_WRONG,
		    "The youngest backup is of %s.",
		    rp_clock_rfc3339(h->arena, at).p);
	else
		rp_health_add(h, "backups", RP_HEALTH_GOOD,
		    "The youngest backup is of %s.",
		    rp_clock_rfc3339(h->arena, at).p);
	rp_err_free(e);
}

void
rp_health_space(struct rp_health *h)
{
	rp_text folder = h->settings->data_dir;
	struct statvfs fs;
	uint64_t left;

	if (statvfs(rp_text_dup(h->arena, folder).p, &fs) != 0) {
		rp_health_add(h, "space", RP_HEALTH_WRONG,
		    "The folder of the data, %.*s, cannot be looked at: %s.",
		    RP_FMT(folder), strerrordesc_np(errno));
		return;
	}
	left = (uint64_t)fs.f_bavail * fs.f_frsize;
	rp_health_add(h, "space",
	    left < SPACE_LOW ? RP_HEALTH_WRONG : RP_HEALTH_GOOD,
	    "%" PRIu64 " MiB are free where the data is%s", left / MIB,
	    left < SPACE_LOW ? ": that is little. When it is full, answers "
			       "are not accepted." :
			       ".");
}

/* A file that holds secrets and others can read. */
static void
private_file(struct rp_health *h, rp_text path, const char *what)
{
	struct stat st;

	if (path.n == 0 || stat(path.p, &st) != 0)
		return;
	if ((st.st_mode & 077) != 0)
		rp_health_add(h, "files", RP_HEALTH_WRONG,
		    "%s, %s, can be read by others: chmod go= %s", what, path.p,
		    path.p);
	else
		rp_health_add(h, "files", RP_HEALTH_GOOD,
		    "%s can be read by its owner only.", what);
}

void
rp_health_files(struct rp_health *h)
{
	const struct rp_settings *s = h->settings;

	private_file(h, sqlite_file(h), "The database");
	private_file(h, rp_settings_path(h->arena, s, s->tls_key),
	    "The key of the certificate");
}
