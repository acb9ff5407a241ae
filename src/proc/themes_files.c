#include "proc/themes_files.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "codec/json.h"
#include "codec/sink.h"
#include "exchange/themes_table.h"
#include "proc/themes_report.h"
#include "render/theme_summary.h"
#include "text/format.h"
#include "themes/verify.h"

/*
 * What a signal must take away, for its handler: files that are being made, and
 * the folder, if it was made.
 */
#define FILES_MAX 16
#define PATH_ROOM 4096
static struct {
	const char *folder;
	bool is_made;
	char fresh[FILES_MAX][PATH_ROOM], name[FILES_MAX][PATH_ROOM];
	volatile sig_atomic_t n;
} pending;

static const int ending[] = { SIGINT, SIGTERM, SIGHUP };
#define ENDING (sizeof(ending) / sizeof(ending[0]))

struct file {
	struct rp_arena *a;
	const char *name, *fresh;
	int fd;
	struct rp_sink sink;
};

static struct rp_err *
put(void *ctx, rp_bytes chunk)
{
	const struct file *f = ctx;

	while (chunk.n > 0) {
		ssize_t n = write(f->fd, chunk.p, chunk.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return rp_fail_errno(RP_E_UNAVAILABLE, "writing %s",
			    f->name);
		chunk = (rp_bytes){ chunk.p + n, chunk.n - (size_t)n };
	}
	return NULL;
}

static void
take_away(void)
{
	for (int i = 0; i < pending.n; i++)
		(void)unlink(pending.fresh[i]);
	pending.n = 0;
}

void
rp_themes_files_give_up(void)
{
	take_away();
	if (pending.is_made)
		(void)rmdir(pending.folder);
	pending.is_made = false;
}

/* As if there were no handler, but for what it takes away. */
static void
end_by_signal(int sig)
{
	rp_themes_files_give_up();
	(void)signal(sig, SIG_DFL);
	(void)raise(sig);
}

struct rp_err *
rp_themes_files_begin(const char *folder)
{
	struct sigaction by = { .sa_handler = end_by_signal }, was;
	struct stat st;

	sigemptyset(&by.sa_mask);
	for (size_t i = 0; i < ENDING; i++)
		sigaddset(&by.sa_mask, ending[i]);
	pending.folder = folder;
	pending.is_made = mkdir(folder, 0777) == 0;
	if (!pending.is_made && errno != EEXIST)
		return rp_fail_errno(RP_E_UNAVAILABLE, "%s", folder);
	if (stat(folder, &st) != 0 || !S_ISDIR(st.st_mode))
		return rp_fail(RP_E_INVALID, "%s is no folder", folder);
	for (size_t i = 0; i < ENDING; i++) {
		sigaction(ending[i], NULL, &was);
		/* Who runs it in the background may not want to end it. */
		if (was.sa_handler != SIG_IGN)
			sigaction(ending[i], &by, NULL);
	}
	return NULL;
}

/* In the arena, as its sink must be. */
static struct rp_err *
begin(struct rp_arena *a, const char *folder, const char *name,
    struct file **out)
{
	struct file *f = rp_new(a, struct file);
	const char *path = rp_textf(a, "%s/%s", folder, name).p;
	int i = pending.n;

	RP_ASSERT(i < FILES_MAX);
	if (strlen(path) + sizeof(".new") > PATH_ROOM)
		return rp_fail(RP_E_INVALID, "%s: the name is too long",
		    folder);
	(void)snprintf(pending.name[i], PATH_ROOM, "%s", path);
	(void)snprintf(pending.fresh[i], PATH_ROOM, "%s.new", path);
	f->a = a;
	f->name = pending.name[i];
	pending.n = i + 1;
	f->fd = open(pending.fresh[i], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
	    0666);
	if (f->fd < 0)
		return rp_fail_errno(RP_E_UNAVAILABLE, "%s", pending.fresh[i]);
	rp_sink_init(&f->sink, f->a, put, f);
	*out = f;
	return NULL;
}

static struct rp_err *
end(struct file *f)
{
	struct rp_err *e = rp_sink_flush(&f->sink);

	if (close(f->fd) != 0 && e == NULL)
		e = rp_fail_errno(RP_E_UNAVAILABLE, "writing %s", f->name);
	return e;
}

/* All of them, and no signal between. */
static struct rp_err *
put_in_place(void)
{
	struct rp_err *e = NULL;
	sigset_t set, was;

	sigemptyset(&set);
	for (size_t i = 0; i < ENDING; i++)
		sigaddset(&set, ending[i]);
	sigprocmask(SIG_BLOCK, &set, &was);
	for (int i = 0; i < pending.n && e == NULL; i++)
		if (rename(pending.fresh[i], pending.name[i]) != 0)
			e = rp_fail_errno(RP_E_UNAVAILABLE, "%s",
			    pending.name[i]);
	if (e == NULL) {
		pending.n = 0;
		pending.is_made = false;
	}
	sigprocmask(SIG_SETMASK, &was, NULL);
	return e;
}

static struct rp_err *
write_table(struct rp_arena *a, const char *folder,
    const struct rp_themes_table *t, enum rp_themes_table_kind kind)
{
	rp_text name = rp_themes_table_name(kind);
	struct file *f;

	RP_TRY(begin(a, folder, rp_textf(a, "%.*s.csv", RP_FMT(name)).p, &f));
	rp_themes_table_csv(t, kind, &f->sink);
	RP_TRY(end(f));
	RP_TRY(begin(a, folder, rp_textf(a, "%.*s.json", RP_FMT(name)).p, &f));
	rp_themes_table_json(t, kind, &f->sink);
	return end(f);
}

static void
put_i64(struct rp_json_writer *w, rp_text key, int64_t v)
{
	rp_json_key(w, key);
	rp_json_put_i64(w, v);
}

static void
put_states(struct rp_json_writer *w, const struct rp_themes_result *r)
{
	static const rp_text names[RP_READINGS] = {
		[RP_READING_THEMED] = RP_TEXT_INIT("themed"),
		[RP_READING_NO_THEME] = RP_TEXT_INIT("no_theme"),
		[RP_READING_UNREAD] = RP_TEXT_INIT("unread"),
		[RP_READING_EMPTY] = RP_TEXT_INIT("empty"),
		[RP_READING_WITHHELD] = RP_TEXT_INIT("withheld"),
	};
	uint32_t states[RP_READINGS];

	rp_themes_states(r, states);
	rp_json_key(w, RP_TEXT("states"));
	rp_json_object_begin(w);
	for (int i = 0; i < RP_READINGS; i++)
		put_i64(w, names[i], states[i]);
	rp_json_object_end(w);
}

static int64_t
members(const struct rp_themes_result *r)
{
	int64_t n = 0;

	for (size_t i = 0; i < r->campaigns.n; i++)
		n += (int64_t)r->campaigns.v[i].members.n;
	return n;
}

static void
put_times(struct rp_json_writer *w, const struct rp_themes_run *run)
{
	rp_json_key(w, RP_TEXT("milliseconds"));
	rp_json_object_begin(w);
	put_i64(w, RP_TEXT("reading"), run->read_took);
	for (int i = 0; i < RP_ANALYSIS_STAGES; i++)
		put_i64(w, rp_analysis_stage_name((enum rp_analysis_stage)i),
		    run->took[i]);
	rp_json_object_end(w);
}

static struct rp_err *
write_run(struct rp_arena *a, const char *folder,
    const struct rp_themes_run *run)
{
	const struct rp_themes_result *r = run->r;
	struct rp_json_writer w;
	struct file *f;

	RP_TRY(begin(a, folder, "run.json", &f));
	rp_json_init(&w, &f->sink);
	rp_json_object_begin(&w);
	rp_json_key(&w, RP_TEXT("format"));
	rp_json_put_text(&w, RP_TEXT("rapporteur-themes-1"));
	rp_json_key(&w, RP_TEXT("version"));
	rp_json_put_text(&w, RP_TEXT(RP_VERSION));
	rp_json_key(&w, RP_TEXT("input_sha256"));
	rp_json_put_text(&w,
	    rp_hex(a, (rp_bytes){ run->input.sha256, RP_ROWS_DIGEST }));
	put_i64(&w, RP_TEXT("input_octets"), run->input.octets);
	put_i64(&w, RP_TEXT("seed"), (int64_t)r->seed);
	put_i64(&w, RP_TEXT("responses"), (int64_t)r->responses.n);
	put_states(&w, r);
	put_i64(&w, RP_TEXT("units"), (int64_t)r->units.n);
	put_i64(&w, RP_TEXT("themes"), (int64_t)r->themes.n);
	put_i64(&w, RP_TEXT("quotations"), (int64_t)r->quotations.n);
	put_i64(&w, RP_TEXT("campaigns"), (int64_t)r->campaigns.n);
	put_i64(&w, RP_TEXT("campaign_members"), members(r));
	put_times(&w, run);
	rp_json_object_end(&w);
	rp_json_line_end(&w);
	return end(f);
}

static struct rp_err *
write_octets(struct rp_arena *a, const char *folder, const char *name,
    rp_bytes octets)
{
	struct file *f;

	RP_TRY(begin(a, folder, name, &f));
	rp_sink_add(&f->sink, octets.p, octets.n);
	return end(f);
}

/* For people: in English, as the command itself speaks. */
static struct rp_err *
write_report(struct rp_arena *a, const char *folder, struct rp_words *words,
    const struct rp_themes_run *run)
{
	RP_AUTO(rp_locale_freep)
	struct rp_locale *locale = rp_locale_new(run->lang);
	const struct rp_reader reader = { run->lang, locale };
	const struct rp_theme_report *values = rp_themes_report(a, words,
	    run->r, run->places, run->question, run->file, run->is_coded);
	rp_bytes docx;
	rp_html html;

	RP_TRY(rp_theme_report_html(a, &reader, values, &html));
	RP_TRY(
	    rp_theme_summary_docx(a, &reader, RP_TEXT(""), &values, 1, &docx));
	RP_TRY(write_octets(a, folder, "report.html",
	    (rp_bytes){ (const uint8_t *)html.p, html.n }));
	return write_octets(a, folder, "summary.docx", docx);
}

static struct rp_err *
write_all(struct rp_arena *a, const char *folder, struct rp_words *words,
    const struct rp_themes_run *run)
{
	struct rp_themes_table t = { run->r, run->columns };

	for (int i = 0; i < RP_THEMES_TABLES; i++)
		if (!run->only_campaigns || i == RP_THEMES_CAMPAIGNS)
			RP_TRY(write_table(a, folder, &t,
			    (enum rp_themes_table_kind)i));
	if (!run->only_campaigns)
		RP_TRY(write_report(a, folder, words, run));
	return write_run(a, folder, run);
}

struct rp_err *
rp_themes_files_write(struct rp_arena *a, const char *folder,
    struct rp_words *words, const struct rp_themes_run *run)
{
	RP_TRY(write_all(a, folder, words, run));
	return put_in_place();
}

void
rp_themes_files_tell(const struct rp_themes_run *run)
{
	uint32_t states[RP_READINGS];

	rp_themes_states(run->r, states);
	printf("%zu responses, %u of them empty; %lld in %zu campaigns\n",
	    run->r->responses.n, states[RP_READING_EMPTY],
	    (long long)members(run->r), run->r->campaigns.n);
	if (!run->only_campaigns)
		printf("%zu themes; %u responses have one, %u have to be "
		       "read\n",
		    run->r->themes.n, states[RP_READING_THEMED],
		    states[RP_READING_UNREAD]);
}
