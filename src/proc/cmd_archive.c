/*
 * cmd_archive - documents of earlier meetings, from a table and files: all of
 * it is checked, then stored in pieces. Running it again goes on where it was.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/map.h"
#include "codec/filetype.h"
#include "codec/zip.h"
#include "domain/archive.h"
#include "domain/group.h"
#include "domain/response.h"
#include "proc/apart.h"
#include "proc/commands.h"
#include "proc/env.h"
#include "proc/rows.h"
#include "proc/transfer_options.h"
#include "store/db.h"
#include "text/input.h"

#define ARENA_MAX ((size_t)512 << 20) /* the whole table */
#define FILE_ARENA ((size_t)192 << 20)
#define PIECE 20      /* files stored in one transaction */
#define WRONG_MAX 100 /* told; then it stops */
#define ROWS_MAX 100000
#define PATH_OCTETS 1000
#define VALUE_OCTETS 4000

static const char usage[] =
    "import-archive TABLE --group GROUP --files FOLDER|FILE.zip [--dry-run]\n"
    "       [--config FILE] [--set NAME=VALUE]";

enum column {
	SYMBOL,
	TITLE,
	LANGUAGE,
	STATUS,
	SOURCE,
	DATE,
	KIND,
	ACCESS,
	PURPOSE,
	TITLE_PUBLIC,
	FILE_NAME,
	MEETING_OPENS,
	MEETING_CLOSES,
	MEETING_ZONE,
	MEETING_PLACE,
	COLUMNS
};

static const rp_text columns[COLUMNS] = { [SYMBOL] = RP_TEXT_INIT("symbol"),
	[TITLE] = RP_TEXT_INIT("title"),
	[LANGUAGE] = RP_TEXT_INIT("language"),
	[STATUS] = RP_TEXT_INIT("status"),
	[SOURCE] = RP_TEXT_INIT("source"),
	[DATE] = RP_TEXT_INIT("date"),
	[KIND] = RP_TEXT_INIT("kind"),
	[ACCESS] = RP_TEXT_INIT("access"),
	[PURPOSE] = RP_TEXT_INIT("for"),
	[TITLE_PUBLIC] = RP_TEXT_INIT("title_public"),
	[FILE_NAME] = RP_TEXT_INIT("file"),
	[MEETING_OPENS] = RP_TEXT_INIT("meeting_opens"),
	[MEETING_CLOSES] = RP_TEXT_INIT("meeting_closes"),
	[MEETING_ZONE] = RP_TEXT_INIT("meeting_zone"),
	[MEETING_PLACE] = RP_TEXT_INIT("meeting_place") };

struct row {
	int64_t line;
	struct rp_archived is;
	rp_text path;
};

struct archive {
	const char *path, *group, *files;
	bool dry_run, is_zip;
	struct rp_arena *arena;
	rp_bytes zip;
	struct rows RP_VEC(struct row) rows;
	struct lines RP_MAP(int64_t) lines;  /* by symbol and language */
	struct firsts RP_MAP(size_t) firsts; /* rows by document */
	int64_t wrong;
	int64_t count[RP_ARCHIVE_THERE + 1];
	struct rp_actor who;
};

static bool
options(int argc, char **argv, struct archive *out)
{
	for (int i = 1; i < argc; i++) {
		const char **to = NULL;

		if (strcmp(argv[i], "--dry-run") == 0) {
			out->dry_run = true;
			continue;
		}
		if (argv[i][0] != '-' && out->path == NULL) {
			out->path = argv[i];
			continue;
		}
		if (strcmp(argv[i], "--group") == 0)
			to = &out->group;
		else if (strcmp(argv[i], "--files") == 0)
			to = &out->files;
		if (to == NULL || ++i == argc)
			return false;
		*to = argv[i];
	}
	return out->path != NULL && out->group != NULL && out->files != NULL;
}

static struct rp_err *
wrong(struct archive *x, int64_t line, const char *what)
{
	rp_progress_end();
	fprintf(stderr, "%s:%" PRId64 ": %s\n", x->path, line, what);
	if (++x->wrong == WRONG_MAX)
		return rp_fail(RP_E_LIMIT,
		    "%d rows are wrong: not read on; nothing was stored",
		    WRONG_MAX);
	return NULL;
}

/* The table. */

static rp_text
or_else(rp_text v, rp_text usual)
{
	return v.n > 0 ? v : usual;
}

/* One document is of one kind and one access in all its rows. */
static struct rp_err *
push(struct archive *x, const struct row *r)
{
	rp_text key = rp_archive_document_key(x->arena, &r->is);
	size_t *first = key.n > 0 ? rp_map_find(&x->firsts, key) : NULL;
	const struct row *f = first ? &x->rows.v[*first] : NULL;

	if (f != NULL && (!rp_text_eq(f->is.kind, r->is.kind) ||
			     !rp_text_eq(f->is.access, r->is.access)))
		return wrong(x, r->line,
		    rp_textf(x->arena,
			"line %" PRId64
			" has the document with another kind or access",
			f->line)
			.p);
	if (f == NULL && key.n > 0)
		*rp_map_at(x->arena, &x->firsts, key) = x->rows.n;
	rp_vec_push(x->arena, &x->rows, *r);
	return NULL;
}

static struct rp_err *
take(void *ctx, int64_t line, const rp_text *values)
{
	struct archive *x = ctx;
	struct row r = { .line = line };
	rp_text v[COLUMNS], key;
	int64_t *before;

	if (x->rows.n == ROWS_MAX)
		return rp_fail(RP_E_LIMIT, "over %d rows", ROWS_MAX);
	for (int i = 0; i < COLUMNS; i++)
		RP_TRY(rp_text_input_line(x->arena, rp_text_bytes(values[i]),
		    VALUE_OCTETS, &v[i]));
	r.path = v[FILE_NAME];
	r.is = (struct rp_archived){ .symbol = v[SYMBOL],
		.title = v[TITLE],
		.lang = v[LANGUAGE],
		.status = or_else(v[STATUS], RP_TEXT("original")),
		.kind = v[KIND],
		.access = v[ACCESS],
		.is_for_action = rp_text_eq(v[PURPOSE], RP_TEXT("action")),
		.is_title_public = rp_text_eq(v[TITLE_PUBLIC], RP_TEXT("yes")),
		.sources = v[SOURCE],
		.date = v[DATE],
		.opens_local = v[MEETING_OPENS],
		.closes_local = v[MEETING_CLOSES],
		.zone = v[MEETING_ZONE],
		.place = v[MEETING_PLACE] };
	key = rp_archive_key(x->arena, &r.is);
	before = key.n > 0 ? rp_map_find(&x->lines, key) : NULL;
	if (before != NULL)
		return wrong(x, line,
		    rp_textf(x->arena,
			"the symbol stands in line %" PRId64
			" in this language already",
			*before)
			.p);
	if (key.n > 0)
		*rp_map_at(x->arena, &x->lines, key) = line;
	return push(x, &r);
}

static void
reading(void *ctx, int64_t done, int64_t all)
{
	(void)ctx;
	rp_progress(done, all, "read");
}

/* The files. */

struct looking {
	rp_bytes octets; /* of the file, or of the package it lies in */
	rp_text entry;   /* empty: not in a package */
};

/* In the child: what kind it is, and its octets if they lay in a package. */
static struct rp_err *
look(struct rp_arena *a, void *ctx, struct rp_buf *answer)
{
	const struct looking *l = ctx;
	rp_bytes octets = l->octets;
	enum rp_filetype type;
	struct rp_zip *zip;

	if (l->entry.n > 0) {
		size_t i;

		RP_TRY(rp_zip_open(a, l->octets, &zip));
		i = rp_zip_find(zip, l->entry);
		if (i == SIZE_MAX)
			return rp_fail(RP_E_INVALID, "there is no such file");
		RP_TRY(rp_zip_read(a, zip, i, &octets));
	}
	if (octets.n > (size_t)RP_ATTACHMENT_SIZE_MAX)
		return rp_fail(RP_E_INVALID, "the file is over %d MiB",
		    (int)(RP_ATTACHMENT_SIZE_MAX >> 20));
	RP_TRY(rp_filetype_find(a, octets, &type, &zip));
	rp_buf_byte(answer, (uint8_t)type);
	if (l->entry.n > 0)
		rp_buf_bytes_add(answer, octets);
	return NULL;
}

static bool
path_ok(rp_text path)
{
	if (path.n == 0 || path.n > PATH_OCTETS || path.p[0] == '/')
		return false;
	for (size_t from = 0; from <= path.n;) {
		size_t to = rp_text_find(path, '/', from);

		if (rp_text_eq(rp_text_sub(path, from, to), RP_TEXT("..")))
			return false;
		from = to + 1;
	}
	return true;
}

/* What follows the last slash. */
static rp_text
name_of(rp_text path)
{
	size_t from = path.n;

	while (from > 0 && path.p[from - 1] != '/')
		from--;
	return rp_text_sub(path, from, path.n);
}

static struct rp_err *
open_file(struct rp_arena *a, const struct archive *x, struct row *r,
    rp_bytes *out)
{
	struct looking l = { 0 };
	enum rp_filetype type;
	rp_bytes answer;

	if (!path_ok(r->path))
		return rp_fail(RP_E_INVALID,
		    "no file is named, or one outside");
	if (x->is_zip) {
		l = (struct looking){ x->zip, r->path };
	} else {
		RP_TRY(rp_apart_read(a,
		    rp_textf(a, "%s/%.*s", x->files, RP_FMT(r->path)).p,
		    (size_t)RP_ATTACHMENT_SIZE_MAX, &l.octets));
		*out = l.octets;
	}
	RP_TRY(rp_apart_run(a, look, &l, &answer));
	if (answer.n == 0)
		return rp_fail(RP_E_INVALID, "the file was not read");
	type = answer.p[0] <= RP_FILETYPE_ZIP ? (enum rp_filetype)answer.p[0] :
						RP_FILETYPE_UNKNOWN;
	if (x->is_zip)
		*out = (rp_bytes){ answer.p + 1, answer.n - 1 };
	r->is.file_kind = rp_filetype_suffix(type);
	r->is.file_name = name_of(r->path);
	return NULL;
}

/* Checking, then storing. */

struct step {
	struct archive *x;
	struct rp_process *p;
	const struct rp_group *g;
	size_t from, to;
	bool stores;
};

static struct rp_err *
one(struct rp_arena *a, struct step *s, struct rp_tx *tx,
    const struct rp_archive *archive, struct row *r)
{
	enum rp_archive_problem problem;
	enum rp_archive_outcome outcome;
	struct rp_digest digest;
	rp_bytes octets;
	struct rp_err *e = open_file(a, s->x, r, &octets);

	if (e != NULL && !s->stores) {
		struct rp_err *told = wrong(s->x, r->line, rp_err_message(e));

		rp_err_free(e);
		return told;
	}
	if (e != NULL)
		return rp_err_wrap(e, "line %" PRId64, r->line);
	if (s->stores) {
		e = rp_archive_put(&s->x->who, tx, archive, &r->is, octets,
		    &outcome);
		if (e != NULL)
			return rp_err_wrap(e, "line %" PRId64, r->line);
		s->x->count[outcome]++;
		return NULL;
	}
	digest = rp_sha256(octets);
	RP_TRY(rp_archive_check(&s->x->who, tx, archive, &r->is, &digest,
	    &problem, &outcome));
	if (problem != RP_ARCHIVE_FINE)
		return wrong(s->x, r->line, rp_archive_problem_name(problem).p);
	s->x->count[outcome]++;
	return NULL;
}

static struct rp_err *
piece(struct rp_arena *a, void *ctx)
{
	struct step *s = ctx;
	struct rp_archive *archive;
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(s->p->db, a, s->stores ? RP_TX_WRITE : RP_TX_READ,
	    &tx));
	RP_TRY(rp_archive_open(&s->x->who, tx, s->g->id, &archive));
	for (size_t i = s->from; i < s->to; i++) {
		struct rp_arena *own = rp_arena_new(FILE_ARENA);
		struct rp_err *e;

		e = one(own, s, tx, archive, &s->x->rows.v[i]);
		rp_arena_free(own);
		if (e != NULL)
			return e;
		rp_progress((int64_t)i + 1, (int64_t)s->x->rows.n,
		    s->stores ? "stored" : "checked");
	}
	return rp_tx_commit(tx);
}

static struct rp_err *
all(struct archive *x, struct rp_process *p, const struct rp_group *g,
    bool stores)
{
	memset(x->count, 0, sizeof(x->count));
	for (size_t from = 0; from < x->rows.n; from += PIECE) {
		struct step s = { .x = x,
			.p = p,
			.g = g,
			.from = from,
			.to =
			    from + PIECE < x->rows.n ? from + PIECE : x->rows.n,
			.stores = stores };

		RP_TRY(rp_job_run(FILE_ARENA, piece, &s));
	}
	rp_progress_end();
	return NULL;
}

static struct rp_err *
find_group(struct rp_arena *a, struct archive *x, struct rp_process *p,
    struct rp_group *out)
{
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(p->db, a, RP_TX_READ, &tx));
	RP_TRY(
	    rp_group_get(&x->who, tx, rp_text_z(x->group), RP_TEXT("en"), out));
	return rp_tx_commit(tx);
}

static struct rp_err *
run(struct rp_arena *a, struct rp_process *p, struct archive *x)
{
	const struct rp_rows_in in = { .path = x->path,
		.csv = true,
		.columns = columns,
		.n = COLUMNS,
		.ctx = x,
		.row = take,
		.progress = reading };
	struct rp_rows_source source;
	struct rp_group g;
	struct stat st;

	x->arena = a;
	x->who = rp_actor_system(&p->env, rp_clock_now());
	if (stat(x->files, &st) != 0)
		return rp_fail_errno(RP_E_INVALID, "%s", x->files);
	x->is_zip = !S_ISDIR(st.st_mode);
	if (x->is_zip)
		RP_TRY(rp_apart_read(a, x->files, RP_ZIP_FILE_MAX, &x->zip));
	RP_TRY(find_group(a, x, p, &g));
	RP_TRY(rp_rows_read(a, &in, &source));
	rp_progress_end();
	RP_TRY(all(x, p, &g, false));
	if (x->wrong > 0)
		return rp_fail(RP_E_INVALID,
		    "%s: %" PRId64 " of %zu rows are wrong; nothing was stored",
		    x->path, x->wrong, x->rows.n);
	if (x->dry_run) {
		printf("%" PRId64 " files can be stored, %" PRId64
		       " are there already\n",
		    x->count[RP_ARCHIVE_NEW] + x->count[RP_ARCHIVE_ADDED],
		    x->count[RP_ARCHIVE_THERE]);
		return NULL;
	}
	RP_TRY(all(x, p, &g, true));
	printf("%" PRId64 " documents and %" PRId64
	       " further files stored, %" PRId64 " were there already\n",
	    x->count[RP_ARCHIVE_NEW], x->count[RP_ARCHIVE_ADDED],
	    x->count[RP_ARCHIVE_THERE]);
	return NULL;
}

int
rp_cmd_archive(int argc, char **argv)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	struct archive x = { 0 };
	struct rp_settings s;
	struct rp_process *p;
	struct rp_err *e = rp_command_settings(a, &argc, argv, &s);

	if (e == NULL && !options(argc, argv, &x))
		return rp_command_usage(usage);
	if (e == NULL)
		e = rp_process_open(a, &s, NULL, &p);
	if (e == NULL)
		e = run(a, p, &x);
	rp_progress_end();
	return e ? rp_command_fail_take(e) : 0;
}
