#include "codec/pdf_join.h"

#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "codec/sink.h"

/* A record: a letter and a number. */
static void
put(struct rp_buf *b, char letter, uint32_t n)
{
	rp_buf_byte(b, (uint8_t)letter);
	for (int i = 0; i < 4; i++)
		rp_buf_byte(b, (uint8_t)(n >> (8 * i)));
}

static void
words(struct rp_buf *b, const char *t)
{
	put(b, 'L', (uint32_t)strlen(t));
	rp_buf_text(b, rp_text_z(t));
}

struct stage {
	struct rp_arena *a;
	struct rp_buf records, out;
	struct rp_sink sink;
	struct rp_pdf_join *j;
	struct rp_pdf_parts head;
};

static void
stage_open(struct stage *s, uint32_t n)
{
	static const size_t at[] = { 0, 1, 2, 3, 4, 5, 6, 0 };
	static const struct rp_pdf_first first = { .objects = 8,
		.at = at,
		.catalog = 1,
		.pages = 2,
		.info = 3,
		.elements = 4,
		.tree = 5,
		.parents = 6,
		.outlines = 7,
		.n_pages = 2,
		.keys = 3 };

	s->a = rp_arena_new((size_t)16 << 20);
	rp_buf_init(&s->records, s->a, 1 << 20);
	rp_buf_init(&s->out, s->a, 1 << 20);
	rp_sink_to_buf(&s->sink, s->a, &s->out);
	s->head = (struct rp_pdf_parts){ 4, 1, 0, 4 };
	s->j = rp_pdf_join_new(s->a, &s->sink, &first, RP_BYTES("%PDF\n"), n);
}

static void
stage_close(struct stage *s)
{
	RP_CHECK_OK(rp_sink_flush(&s->sink));
	rp_arena_free(s->a);
}

static rp_bytes
records(struct stage *s)
{
	rp_bytes out = { 0 };

	RP_CHECK_OK(rp_buf_bytes(&s->records, &out));
	return out;
}

/* A page, and the node above it. */
static void
one_page(struct stage *s)
{
	put(&s->records, 'O', 1);
	words(&s->records, "<<");
	put(&s->records, 'G', 0);
	put(&s->records, 'R', 4);
	words(&s->records, ">>");
	put(&s->records, 'E', 1);
	put(&s->records, 'O', 4);
	words(&s->records, "<<page>>");
	put(&s->records, 'E', 4);
}

static bool
has(struct stage *s, const char *t)
{
	rp_bytes all = { 0 };

	RP_CHECK_OK(rp_buf_bytes(&s->out, &all));
	return memmem(all.p, all.n, t, strlen(t)) != NULL;
}

static void
numbers_follow(void)
{
	RP_AUTO(stage_close) struct stage s;

	stage_open(&s, 2);
	one_page(&s);
	for (int i = 0; i < 2; i++) {
		RP_CHECK_OK(rp_pdf_join_begin(s.j, &s.head,
		    i ? RP_TEXT("\u00e9") : RP_TEXT("A")));
		RP_CHECK_OK(rp_pdf_join_add(s.j, &s.sink, records(&s)));
		RP_CHECK_OK(rp_pdf_join_end(s.j));
	}
	RP_CHECK_OK(rp_pdf_join_finish(s.j, &s.sink));
	/* 8: pages; 9: keys; 10, 11: bookmarks; then 12 to 15, 16 to 19. */
	RP_CHECK(has(&s, "12 0 obj\n<<8 0 R15 0 R>>\nendobj"));
	RP_CHECK(has(&s, "16 0 obj\n<<8 0 R19 0 R>>\nendobj"));
	RP_CHECK(has(&s, "/Count 4 /Kids [2 0 R\n12 0 R\n16 0 R]"));
	RP_CHECK(has(&s, "/Title <FEFF0041> /Dest [15 0 R /Fit] /Next 11 0 R"));
	RP_CHECK(has(&s, "/Title <FEFF00E9> /Dest [19 0 R /Fit] /Prev 10 0 R"));
	RP_CHECK(has(&s, "/Size 20 /Root 1 0 R /Info 3 0 R"));
}

static struct rp_err *
tried(struct stage *s)
{
	RP_TRY(rp_pdf_join_begin(s->j, &s->head, RP_TEXT("T")));
	RP_TRY(rp_pdf_join_add(s->j, &s->sink, records(s)));
	return rp_pdf_join_end(s->j);
}

static void
what_is_wrong_is_told(void)
{
	const struct {
		char letter;
		uint32_t n;
	} rows[] = { { 'E', 1 }, { 'R', 1 }, { 'O', 0 }, { 'O', 5 }, { 'O', 1 },
		{ 'L', 3 }, { 'Z', 0 } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RP_AUTO(stage_close) struct stage s;

		stage_open(&s, 1);
		one_page(&s);
		put(&s.records, rows[i].letter, rows[i].n);
		RP_CHECK_FAILS(tried(&s), RP_E_INVALID);
	}
	for (size_t i = 0; i < 2; i++) {
		RP_AUTO(stage_close) struct stage s;

		stage_open(&s, 1);
		one_page(&s);
		put(&s.records, 'O', 2);
		put(&s.records, i == 0 ? 'R' : 'K', i == 0 ? 9 : 1);
		RP_CHECK_FAILS(tried(&s), RP_E_INVALID);
	}
	for (size_t i = 0; i < 2; i++) {
		RP_AUTO(stage_close) struct stage s;

		/* No page; tags that are told of, and not there. */
		stage_open(&s, 1);
		s.head.keys = (uint32_t)i;
		if (i == 1)
			one_page(&s);
		RP_CHECK_FAILS(tried(&s), RP_E_INVALID);
	}
}

static void
heads(void)
{
	uint8_t h[RP_PDF_PARTS_HEAD] = "RPP1\4\0\0\0\1\0\0\0\0\0\0\0\4\0\0";
	struct rp_pdf_parts p;

	RP_CHECK_OK(rp_pdf_parts_parse((rp_bytes){ h, sizeof(h) }, &p));
	RP_CHECK(p.objects == 4 && p.pages == 1 && p.keys == 0 && p.first == 4);
	RP_CHECK_FAILS(rp_pdf_parts_parse((rp_bytes){ h, sizeof(h) - 1 }, &p),
	    RP_E_INVALID);
	h[16] = 5;
	RP_CHECK_FAILS(rp_pdf_parts_parse((rp_bytes){ h, sizeof(h) }, &p),
	    RP_E_INVALID);
	h[16] = 4;
	h[7] = 1;
	RP_CHECK_FAILS(rp_pdf_parts_parse((rp_bytes){ h, sizeof(h) }, &p),
	    RP_E_LIMIT);
	h[0] = 'X';
	RP_CHECK_FAILS(rp_pdf_parts_parse((rp_bytes){ h, sizeof(h) }, &p),
	    RP_E_INVALID);
}

RP_CHECK_MAIN({ "numbers follow", numbers_follow },
    { "what is wrong is told", what_is_wrong_is_told }, { "heads", heads })
