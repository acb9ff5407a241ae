/*
 * cmd_demo - fill an empty database with the demonstration body.
 *
 * Everything enters through the domain, as people would enter it, each act at
 * its own instant, in one transaction. Prints a link by which an administrator
 * chooses a passphrase: nobody can sign in before.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "domain/group.h"
#include "domain/one_time.h"
#include "domain/search.h"
#include "proc/commands.h"
#include "proc/demo.h"
#include "proc/env.h"
#include "store/db.h"
#include "text/input.h"
#include "text/zone.h"

#define ARENA_MAX ((size_t)1 << 30)
#define FILE_MAX ((off_t)RP_JSON_MAX)
#define VALUE_MAX 1000
#define BAR 40        /* columns */
#define RESPONSES 158 /* how many make a full bar */

static const char usage[] =
    "demo [--from FOLDER] [--address ADDRESS] [--name NAME] [--themes]";

struct options {
	rp_text folder, address, name;
	bool themes; /* with the summary of the closed consultation */
};

static void
close_file(void *ptr)
{
	(void)close(*(int *)ptr);
}

struct rp_err *
rp_demo_read(struct rp_arena *a, const struct rp_demo *d, const char *name,
    rp_bytes *out)
{
	rp_text path = rp_textf(a, "%.*s/%s", RP_FMT(d->folder), name);
	int *fd = rp_new(a, int);
	struct stat st;
	uint8_t *p;
	size_t n = 0;

	*fd = open(path.p, O_RDONLY | O_CLOEXEC);
	if (*fd < 0)
		return rp_fail_errno(RP_E_NOTFOUND, "%s", path.p);
	rp_arena_defer(a, close_file, fd);
	if (fstat(*fd, &st) != 0 || st.st_size > FILE_MAX)
		return rp_fail(RP_E_LIMIT, "%s is too large", path.p);
	p = rp_alloc(a, (size_t)st.st_size + 1);
	while (n < (size_t)st.st_size) {
		ssize_t got = read(*fd, p + n, (size_t)st.st_size - n);

		if (got <= 0)
			return rp_fail_errno(RP_E_UNAVAILABLE, "reading %s",
			    path.p);
		n += (size_t)got;
	}
	*out = (rp_bytes){ p, n };
	return NULL;
}

struct rp_actor
rp_demo_system(const struct rp_demo *d, int64_t at)
{
	return rp_actor_system(d->env, at < d->now ? at : d->now);
}

struct rp_err *
rp_demo_text(struct rp_arena *a, const struct rp_json *o, const char *name,
    rp_text *out)
{
	const struct rp_json *v = rp_json_find(o, name);

	*out = RP_TEXT("");
	if (v == NULL || rp_json_kind(v) == RP_JSON_NULL)
		return NULL;
	return rp_json_as_text(a, v, RP_DEMO_TEXT_MAX, out);
}

struct rp_err *
rp_demo_i64(const struct rp_json *o, const char *name, int64_t fallback,
    int64_t *out)
{
	const struct rp_json *v = rp_json_find(o, name);

	*out = fallback;
	if (v == NULL || rp_json_kind(v) == RP_JSON_NULL)
		return NULL;
	return rp_json_as_i64(v, out);
}

rp_text
rp_demo_local(struct rp_arena *a, int64_t day, rp_text time)
{
	struct rp_local l = rp_civil_from_days(day);

	return rp_textf(a, "%04d-%02d-%02dT%.*s", l.year, l.month, l.day,
	    RP_FMT(time));
}

struct rp_err *
rp_demo_instant(struct rp_arena *a, const struct rp_demo *d, int64_t day,
    rp_text time, int64_t *out)
{
	return rp_zone_resolve(d->env->zones, rp_demo_local(a, day, time),
	    d->zone, out);
}

struct rp_err *
rp_demo_wording(const struct rp_demo *d, struct rp_actor who,
    rp_text owner_kind, int64_t owner_id, rp_text field,
    const struct rp_json *o)
{
	for (size_t i = 0; o != NULL && i < rp_json_n(o); i++) {
		struct rp_wording_at at = { owner_kind, owner_id, field,
			rp_json_key_at(o, i) };
		enum rp_wording_status status =
		    rp_text_eq(at.lang, RP_TEXT("en")) ? RP_WORDING_ORIGINAL :
							 RP_WORDING_OFFICIAL;
		rp_text text;

		RP_TRY(rp_json_as_text(d->arena, rp_json_at(o, i),
		    RP_DEMO_TEXT_MAX, &text));
		RP_TRY(rp_wording_set(&who, d->tx, &at, status, text));
	}
	return NULL;
}

/* A bar on a terminal, nothing elsewhere. */
static void
show(struct rp_demo *d, const char *what, int64_t done)
{
	size_t at = 0, of = RESPONSES;
	char bar[BAR + 1];

	if (!isatty(STDERR_FILENO))
		return;
	for (size_t i = 0; i < d->consultations.n; i++)
		at += (size_t)d->consultations.v[i].responses;
	at = at < of ? at * BAR / of : BAR;
	memset(bar, '-', BAR);
	memset(bar, '#', at);
	bar[BAR] = '\0';
	fprintf(stderr, "\r[%s] %s %lld\033[K", bar, what, (long long)done);
}

static struct rp_err *
must_be_empty(struct rp_demo *d)
{
	struct rp_actor who = rp_demo_system(d, d->now);
	struct rp_bodies bodies;

	RP_TRY(rp_body_list(&who, d->tx, RP_TEXT("en"), &bodies));
	if (bodies.n > 0)
		return rp_fail(RP_E_CONFLICT, "the database is not empty: the "
					      "demonstration is loaded into a "
					      "new one only");
	return NULL;
}

static struct rp_err *
load(struct rp_demo *d, bool themes)
{
	RP_TRY(must_be_empty(d));
	RP_TRY(rp_demo_body(d));
	RP_TRY(rp_demo_instruments(d));
	RP_TRY(rp_demo_consultations(d));
	for (size_t i = 0; i < d->consultations.n; i++)
		RP_TRY(rp_demo_responses(d, i));
	RP_TRY(rp_demo_translations(d));
	return themes ? rp_demo_themes(d) : NULL;
}

static struct rp_err *
make(struct rp_arena *a, const struct rp_settings *s, const struct options *o,
    rp_text *out_url)
{
	struct rp_demo d = { .arena = a,
		.now = rp_clock_now(),
		.folder = o->folder,
		.progress = show };
	struct rp_process *p;
	struct rp_actor who;
	rp_text secret;

	RP_TRY(rp_process_open(a, s, NULL, &p));
	d.env = &p->env;
	who = rp_actor_system(d.env, d.now);
	RP_TRY(rp_tx_begin(p->db, a, RP_TX_WRITE, &d.tx));
	RP_TRY(load(&d, o->themes));
	/* So that everything can be found before a worker ever ran. */
	RP_TRY(rp_search_index_all(&who, d.tx));
	RP_TRY(rp_one_time_administrator(&who, d.tx, o->address, o->name,
	    RP_TEXT("en"), &secret));
	RP_TRY(rp_tx_commit(d.tx));
	*out_url = rp_one_time_url(a, d.env, RP_TEXT("en"), secret);
	return NULL;
}

/* The schema first: rp_process_open() wants it there. */
static struct rp_err *
migrate(struct rp_arena *a, const struct rp_settings *s)
{
	RP_AUTO(rp_db_closep) struct rp_db *db = NULL;
	int applied;

	RP_TRY(rp_db_open(rp_settings_database(a, s).p, &db));
	return rp_migrate(db, &applied);
}

static bool
options(struct rp_arena *a, int argc, char **argv, struct options *out,
    struct rp_err **e)
{
	for (int i = 1; i < argc; i += 2) {
		rp_text *to;

		if (strcmp(argv[i], "--themes") == 0) {
			out->themes = true;
			i--; /* it has no value */
			continue;
		}
		to = strcmp(argv[i], "--from") == 0    ? &out->folder :
		     strcmp(argv[i], "--address") == 0 ? &out->address :
		     strcmp(argv[i], "--name") == 0    ? &out->name :
							 NULL;

		if (to == NULL || i + 1 == argc)
			return false;
		*e = rp_text_input_line(a,
		    rp_text_bytes(rp_text_z(argv[i + 1])), VALUE_MAX, to);
		if (*e != NULL)
			return true;
	}
	return true;
}

/* Installed, or in the source tree. */
static rp_text
usual_folder(void)
{
	if (access(RP_DATA_DIR "/demo/body.json", R_OK) == 0)
		return RP_TEXT(RP_DATA_DIR "/demo");
	return RP_TEXT(RP_DATA_SOURCE "/../demo");
}

int
rp_cmd_demo(int argc, char **argv)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	struct options o = { .folder = usual_folder(),
		.address = RP_TEXT("administrator@ifpn.example"),
		.name = RP_TEXT("Administrator") };
	struct rp_settings s;
	rp_text url;
	struct rp_err *e = rp_command_settings(a, &argc, argv, &s);

	if (e == NULL && !options(a, argc, argv, &o, &e))
		return rp_command_usage(usage);
	if (e == NULL)
		e = migrate(a, &s);
	if (e == NULL)
		e = make(a, &s, &o, &url);
	if (isatty(STDERR_FILENO))
		fputs("\r\033[K", stderr);
	if (e != NULL)
		return rp_command_fail_take(e);
	printf("%.*s\n", RP_FMT(url));
	fputs("Open this address within a day to choose a passphrase for the "
	      "administrator.\n",
	    stderr);
	return 0;
}
