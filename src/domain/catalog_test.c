#include "domain/catalog.h"

#include "base/check.h"
#include "domain/public_response.h"
#include "domain/search.h"
#include "domain/testing/floor.h"

#define N 120

static const char *const countries[] = { "FR", "CN", "PE", "EG" };
static const char *const categories[] = { "government", "academia",
	"civil_society" };
static const char *const langs[] = { "fr", "zh", "es", "ar", "en" };

/* Sources in an order that is not the one they came in. */
static void
answer_many(struct floor *f)
{
	for (int i = 0; i < N; i++) {
		char source[40], body[60];

		(void)snprintf(source, sizeof(source), "%c Society %d",
		    'A' + (i * 7) % 26, i);
		(void)snprintf(body, sizeof(body), "Answer %s number %d.",
		    i % 3 == 0 ? "fibre" : "radio", i);
		f->w.nobody.now = WORLD_NOW + i * 1000;
		floor_answer(f, source, countries[i % 4], categories[i % 3],
		    langs[i % 5], body);
	}
	RP_CHECK_OK(rp_search_index_all(&f->w.system, f->w.tx));
	floor_again(f);
}

static struct rp_catalog_page
page_of(struct floor *f, const struct rp_catalog_filter *filter)
{
	struct rp_catalog_page page;

	RP_CHECK_OK(
	    rp_catalog_page(&f->w.nobody, f->w.tx, &f->c, filter, &page));
	return page;
}

/*
 * Walk to the end and back again: each row once, in the same order, and as many
 * as were counted.
 */
static size_t
walk(struct floor *f, struct rp_catalog_filter filter, int64_t *numbers)
{
	struct rp_catalog_page page, before;
	size_t n = 0;

	filter.max = 7;
	page = page_of(f, &filter);
	RP_CHECK(page.previous.n == 0);
	for (;;) {
		for (size_t i = 0; i < page.rows.n; i++)
			numbers[n++] = page.rows.v[i].number;
		if (page.next.n == 0)
			break;
		filter.cursor = page.next;
		before = page;
		page = page_of(f, &filter);
		RP_CHECK(page.rows.n > 0 && page.previous.n > 0);
		/* The page before this one is the one we came from. */
		filter.back = true;
		filter.cursor = page.previous;
		page = page_of(f, &filter);
		RP_CHECK(page.rows.n == before.rows.n);
		for (size_t i = 0; i < page.rows.n; i++)
			RP_CHECK(
			    page.rows.v[i].number == before.rows.v[i].number);
		RP_CHECK((page.previous.n == 0) == (n == 7));
		filter.back = false;
		filter.cursor = page.next;
		page = page_of(f, &filter);
	}
	RP_CHECK((int64_t)n == page.count);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++)
			RP_CHECK(numbers[i] != numbers[k]);
	return n;
}

static void
each_sort_walks_there_and_back(void)
{
	RP_AUTO(floor_close) struct floor f;
	int64_t numbers[N + 10];

	floor_open(&f);
	answer_many(&f);
	for (int s = 0; s < RP_SORT_COUNT; s++) {
		struct rp_catalog_filter filter = { .reader = RP_LANG_FR,
			.sort = (enum rp_catalog_sort)s };

		RP_CHECK(walk(&f, filter, numbers) == N);
		if (s == RP_SORT_NEWEST)
			RP_CHECK(numbers[0] == N && numbers[N - 1] == 1);
		if (s == RP_SORT_OLDEST)
			RP_CHECK(numbers[0] == 1 && numbers[N - 1] == N);
		filter.country = RP_TEXT("CN");
		RP_CHECK(walk(&f, filter, numbers) == N / 4);
		filter.category = RP_TEXT("academia");
		RP_CHECK(walk(&f, filter, numbers) == N / 12);
		filter.lang = RP_TEXT("zh");
		RP_CHECK(walk(&f, filter, numbers) == N / 60);
		filter.lang = RP_TEXT("xx");
		RP_CHECK(walk(&f, filter, numbers) == 0);
	}
}

static void
words_walk_there_and_back(void)
{
	RP_AUTO(floor_close) struct floor f;
	int64_t numbers[N + 10];

	floor_open(&f);
	answer_many(&f);
	for (int s = 0; s < RP_SORT_COUNT; s++) {
		struct rp_catalog_filter filter = { .reader = RP_LANG_EN,
			.sort = (enum rp_catalog_sort)s,
			.words = RP_TEXT("fibre") };

		RP_CHECK(walk(&f, filter, numbers) == N / 3);
		if (s == RP_SORT_NEWEST || s == RP_SORT_OLDEST)
			RP_CHECK((s == RP_SORT_OLDEST) == (numbers[0] == 1));
		filter.country = RP_TEXT("FR");
		RP_CHECK(walk(&f, filter, numbers) == N / 12);
		filter.words = RP_TEXT("nothing");
		RP_CHECK(walk(&f, filter, numbers) == 0);
	}
}

static void
sources_sort_by_the_reader(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_catalog_filter filter = { .reader = RP_LANG_ES,
		.sort = RP_SORT_SOURCE };
	struct rp_catalog_page page;

	floor_open(&f);
	floor_answer(&f, "Ñandú", "PE", "academia", "es", "a");
	floor_answer(&f, "Nzeta", "PE", "academia", "es", "b");
	floor_answer(&f, "Oso", "PE", "academia", "es", "c");
	floor_again(&f);
	page = page_of(&f, &filter);
	RP_CHECK_TEXT(page.rows.v[0].source, RP_TEXT("Nzeta"));
	RP_CHECK_TEXT(page.rows.v[1].source, RP_TEXT("Ñandú"));
	filter.reader = RP_LANG_EN;
	page = page_of(&f, &filter);
	RP_CHECK_TEXT(page.rows.v[0].source, RP_TEXT("Ñandú"));
}

static void
a_cursor_that_is_none_is_refused(void)
{
	static const char *const bad[] = { "x", "1", "1.x", ".", "1.2.3.4",
		"99999999999999999999.1" };
	RP_AUTO(floor_close) struct floor f;
	struct rp_catalog_page page;

	floor_open(&f);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		RP_CHECK_FAILS(rp_catalog_page(&f.w.nobody, f.w.tx, &f.c,
				   &(struct rp_catalog_filter){
				       .cursor = rp_text_z(bad[i]) },
				   &page),
		    RP_E_INVALID);
}

static void
the_row_of_a_page_reads_back(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_public_responses batch;
	struct rp_public_response p;

	floor_open(&f);
	answer_many(&f);
	RP_CHECK_OK(rp_response_public(&f.w.nobody, f.w.tx, &f.c, 2, &p));
	RP_CHECK(p.number == 2 && p.previous == 1 && p.next == 3);
	RP_CHECK(p.n == 1 && p.newest_n == 1 && p.answers.n == 1);
	RP_CHECK_TEXT(p.organisation, RP_TEXT("H Society 1"));
	RP_CHECK_TEXT(p.answers.v[0].body, RP_TEXT("Answer radio number 1."));
	RP_CHECK_TEXT(p.channel, RP_TEXT("web"));
	RP_CHECK_OK(
	    rp_public_response_batch(&f.w.nobody, f.w.tx, &f.c, 0, &batch));
	RP_CHECK(batch.n == RP_PUBLIC_BATCH_ROWS && batch.v[0].number == 1);
	RP_CHECK_OK(rp_public_response_batch(&f.w.nobody, f.w.tx, &f.c,
	    RP_PUBLIC_BATCH_ROWS, &batch));
	RP_CHECK(batch.n == N - RP_PUBLIC_BATCH_ROWS);
	RP_CHECK_OK(
	    rp_public_response_batch(&f.w.nobody, f.w.tx, &f.c, N, &batch));
	RP_CHECK(batch.n == 0);
	/* A cut one is refused, wherever it is cut. */
	{
		rp_bytes whole;

		RP_CHECK_OK(rp_public_response_write(f.w.a, &p, &whole));
		for (size_t n = 0; n < whole.n; n++)
			RP_CHECK_FAILS(rp_public_response_read(f.w.a,
					   (rp_bytes){ whole.p, n }, &p),
			    RP_E_INTERNAL);
	}
}

static void
an_older_revision_keeps_its_address(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_public_response p;
	struct rp_problems problems = { 0 };
	struct rp_submission s;
	struct rp_receipt r, again;

	floor_open(&f);
	floor_fill(&f, &s, "A", "First.");
	r = floor_send(&f, &s);
	floor_publish(&f, &r);
	floor_fill(&f, &s, "A", "Second.");
	RP_CHECK_OK(rp_response_revise(&f.w.nobody, f.w.tx, r.secret, &f.c, &s,
	    &problems, &again));
	floor_publish(&f, &again);
	RP_CHECK_OK(rp_response_public(&f.w.nobody, f.w.tx, &f.c, 1, &p));
	RP_CHECK(p.n == 2 && p.newest_n == 2);
	RP_CHECK_OK(
	    rp_response_public_revision(&f.w.nobody, f.w.tx, &f.c, 1, 1, &p));
	RP_CHECK(p.n == 1 && p.newest_n == 2);
	RP_CHECK_TEXT(p.answers.v[0].body, RP_TEXT("First."));
	RP_CHECK_FAILS(rp_response_public_revision(&f.w.nobody, f.w.tx, &f.c, 1,
			   3, &p),
	    RP_E_NOTFOUND);
}

RP_CHECK_MAIN({ "each sort walks there and back",
		  each_sort_walks_there_and_back },
    { "words walk there and back", words_walk_there_and_back },
    { "sources sort by the reader", sources_sort_by_the_reader },
    { "a cursor that is none is refused", a_cursor_that_is_none_is_refused },
    { "the row of a page reads back", the_row_of_a_page_reads_back },
    { "an older revision keeps its address",
	an_older_revision_keeps_its_address })
