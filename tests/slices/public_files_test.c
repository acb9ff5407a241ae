/*
 * What is public as files: the octets of the table, the JSON lines, the feed
 * and the calendar, on both engines, against tests/slices/golden. If a change
 * is meant, run this with RP_REGEN=1.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "domain/testing/floor.h"
#include "domain/wording.h"
#include "text/format.h"
#include "web/engine_private.h"

#define FILE_MAX ((size_t)1024 * 1024)

struct slice {
	struct floor f;
	struct rp_web web;
	struct rp_locale *locale;
	struct rp_request req;
};

/* How much was drawn: the same receipts each time, so the same digests. */
static uint64_t drawn;

static void
counting(void *p, size_t n)
{
	uint8_t *out = p;

	drawn++;
	for (size_t i = 0; i < n; i++)
		out[i] = (uint8_t)((drawn >> (8 * (i % 8))) + i * 7);
}

static void
title(struct slice *s, const char *lang, const char *text)
{
	struct rp_actor staff = world_staff(&s->f.w, "Launcher", RP_MAY_LAUNCH,
	    RP_ON_GROUP, s->f.w.group_id);

	RP_CHECK_OK(rp_wording_set(&staff, s->f.w.tx,
	    &(struct rp_wording_at){ RP_TEXT("consultation"),
		s->f.w.consultation_id, RP_TEXT("title"), rp_text_z(lang) },
	    RP_WORDING_ORIGINAL, rp_text_z(text)));
}

static void
answers(struct slice *s)
{
	struct rp_submission form;
	struct rp_receipt r;

	floor_answer(&s->f, "Red Abierta", "PE", "civil_society", "es",
	    "Primero: *la fibra*.\n\nDespués, \"todo\" lo demás; 1 < 2 & 3.");
	s->f.w.nobody.now += RP_MINUTE;
	floor_answer(&s->f, "=1+1", "CN", "academia", "zh",
	    "-2, 普遍适用。\n=HYPERLINK(\"http://example.org\")");
	s->f.w.nobody.now += RP_MINUTE;
	floor_answer(&s->f, "جمعية الإنترنت, القاهرة", "EG",
	    "technical_community", "ar", "نؤيد ذلك.");
	s->f.w.nobody.now += RP_MINUTE;
	floor_fill(&s->f, &form, "Nobody Ltd", "Without a name.");
	form.authorisation = RP_TEXT("without_name");
	r = floor_send(&s->f, &form);
	floor_publish(&s->f, &r);
}

static void
slice_open(struct slice *s)
{
	struct world *w = &s->f.w;

	*s = (struct slice){ 0 };
	floor_open(&s->f);
	drawn = 0;
	w->env.rand = counting;
	title(s, "en", "Cables, \"domains\" & <scripts>; and more than that");
	answers(s);
	s->locale = rp_locale_new(RP_LANG_EN);
	s->web.o.public_url = RP_TEXT("https://example.org");
	s->web.public_version = -1;
	s->req = (struct rp_request){ .arena = w->a,
		.tx = w->tx,
		.web = &s->web,
		.who = &w->nobody,
		.params = { .lang = RP_TEXT("en"),
		    .group = RP_TEXT("cwg-internet"),
		    .n = 1,
		    .k = 1 },
		.reader = { RP_LANG_EN, s->locale },
		.method = RP_TEXT("GET"),
		.now = WORLD_NOW };
}

static void
slice_close(struct slice *s)
{
	rp_web_snapshots_free(&s->web);
	rp_locale_free(s->locale);
	floor_close(&s->f);
}

/* The whole body, whether it comes at once or in pieces. */
static rp_bytes
body(struct slice *s, rp_handler *handler)
{
	struct rp_response out = { 0 };
	struct rp_buf b;
	rp_bytes piece;

	RP_CHECK_OK(handler(&s->req, &out));
	if (out.producer == NULL)
		return out.body;
	rp_buf_init(&b, s->f.w.a, FILE_MAX);
	do {
		RP_CHECK_OK(out.producer(out.ctx, s->f.w.a, s->f.w.tx, &piece));
		rp_buf_bytes_add(&b, piece);
	} while (piece.n > 0);
	RP_CHECK_OK(rp_buf_bytes(&b, &piece));
	return piece;
}

static rp_bytes
stored(struct rp_arena *a, const char *path, rp_bytes made)
{
	uint8_t *p = rp_alloc(a, FILE_MAX);
	size_t n = 0;
	FILE *f;

	if (getenv("RP_REGEN") != NULL) {
		f = fopen(path, "we");
		RP_CHECK(f != NULL);
		RP_CHECK(fwrite(made.p, 1, made.n, f) == made.n);
		RP_CHECK(fclose(f) == 0);
	}
	f = fopen(path, "re");
	if (f == NULL)
		return (rp_bytes){ 0 };
	n = fread(p, 1, FILE_MAX, f);
	(void)fclose(f);
	return (rp_bytes){ p, n };
}

static void
same(const char *name, rp_handler *handler)
{
	RP_AUTO(slice_close) struct slice s;
	const char *folder = getenv("RP_GOLDEN");
	char path[4096];
	rp_bytes made, want;

	if (folder == NULL)
		RP_SKIP_ALL("RP_GOLDEN is not set");
	slice_open(&s);
	made = body(&s, handler);
	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	want = stored(s.f.w.a, path, made);
	for (size_t i = 0; i < made.n && i < want.n; i++)
		if (made.p[i] != want.p[i]) {
			printf("not ok - %s differs at octet %zu\n", name, i);
			exit(1);
		}
	RP_CHECK(made.n > 0 && made.n == want.n);
}

static void
table(void)
{
	same("responses.csv", rp_web_responses_csv);
}

static void
lines(void)
{
	same("responses.jsonl", rp_web_responses_jsonl);
}

static void
one(void)
{
	same("response.json", rp_web_response_json);
}

static void
feed(void)
{
	same("responses.atom", rp_web_responses_atom);
}

static void
group_feed(void)
{
	same("group.atom", rp_web_group_atom);
}

static void
calendar(void)
{
	same("calendar.ics", rp_web_consultation_ics);
}

static void
figures(void)
{
	same("statistics.csv", rp_web_statistics_csv);
}

RP_CHECK_MAIN({ "the table", table }, { "the lines", lines },
    { "one response", one }, { "the feed", feed },
    { "the feed of the group", group_feed }, { "the calendar", calendar },
    { "the figures", figures })
