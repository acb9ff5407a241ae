#include "domain/search.h"

#include "base/check.h"
#include "domain/testing/floor.h"
#include "domain/wording.h"

static struct rp_search_page
ask(struct floor *f, const char *words)
{
	struct rp_search_query q = { .words = rp_text_z(words),
		.reader = RP_LANG_EN };
	struct rp_search_page page;

	RP_CHECK_OK(rp_search_index_all(&f->w.system, f->w.tx));
	RP_CHECK_OK(rp_search_find(&f->w.nobody, f->w.tx, &q, &page));
	return page;
}

static void
finds(struct floor *f, const char *words, size_t n)
{
	struct rp_search_page page = ask(f, words);

	if (page.hits.n != n || page.count != (int64_t)n)
		printf("# \"%s\" finds %zu, counts %lld\n", words, page.hits.n,
		    (long long)page.count);
	RP_CHECK(page.hits.n == n && page.count == (int64_t)n);
}

static void
words_of_all_scripts_find(void)
{
	RP_AUTO(floor_close) struct floor f;

	floor_open(&f);
	floor_answer(&f, "Red Abierta", "PE", "civil_society", "es",
	    "La conectividad rural es cara.");
	floor_answer(&f, "互联网协会", "CN", "technical_community", "zh",
	    "我们支持多语种互联网的发展。");
	floor_answer(&f, "جمعية", "EG", "civil_society", "ar",
	    "نؤيد الإنترنت متعددة اللغات في المدارس.");
	finds(&f, "conectividad", 1);
	finds(&f, "CONECTIVIDAD rural", 1);
	finds(&f, "\"rural es\"", 1);
	finds(&f, "conectividad urbana", 0);
	/* Two characters, and one. */
	finds(&f, "多语", 1);
	finds(&f, "网", 1);
	/* With the article and without it. */
	finds(&f, "الإنترنت", 1);
	finds(&f, "انترنت", 1);
	finds(&f, "لغات", 1);
	/* By who it is from. */
	finds(&f, "abierta", 1);
	finds(&f, "", 0);
	finds(&f, "\" ( ) AND NOT * ' | & !", 0);
}

static void
results_lead_to_what_was_found_newest_first(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_search_page page;
	struct rp_search_query q = { .words = RP_TEXT("fibre"),
		.reader = RP_LANG_EN,
		.max = 2 };

	floor_open(&f);
	for (int i = 0; i < 5; i++) {
		f.w.nobody.now = WORLD_NOW + i * 60000;
		floor_answer(&f, "A", "FR", "academia", "fr", "La fibre.");
	}
	RP_CHECK_OK(rp_search_index_all(&f.w.system, f.w.tx));
	RP_CHECK_OK(rp_search_find(&f.w.nobody, f.w.tx, &q, &page));
	RP_CHECK(page.hits.n == 2 && page.count == 5 && !page.more_than);
	RP_CHECK(page.hits.v[0].number == 5 && page.hits.v[1].number == 4);
	RP_CHECK(page.previous == 0 && page.next != 0);
	RP_CHECK(page.hits.v[0].kind == RP_FOUND_RESPONSE);
	RP_CHECK(page.hits.v[0].consultation == 1);
	RP_CHECK_TEXT(page.hits.v[0].group_slug, RP_TEXT("cwg-internet"));
	q.before = page.next;
	RP_CHECK_OK(rp_search_find(&f.w.nobody, f.w.tx, &q, &page));
	RP_CHECK(page.hits.v[0].number == 3 && page.hits.v[1].number == 2);
	q.before = page.next;
	RP_CHECK_OK(rp_search_find(&f.w.nobody, f.w.tx, &q, &page));
	RP_CHECK(page.hits.n == 1 && page.hits.v[0].number == 1);
	RP_CHECK(page.next == 0);
	q.before = 0;
	q.after = page.previous;
	RP_CHECK_OK(rp_search_find(&f.w.nobody, f.w.tx, &q, &page));
	RP_CHECK(page.hits.v[0].number == 3 && page.hits.v[1].number == 2);
}

static void
what_is_taken_away_is_not_found(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_submission s;
	struct rp_receipt r;

	floor_open(&f);
	floor_fill(&f, &s, "A", "Wireless in the mountains.");
	r = floor_send(&f, &s);
	finds(&f, "mountains", 0);
	floor_publish(&f, &r);
	finds(&f, "mountains", 1);
	RP_CHECK_OK(rp_response_withdraw(&f.w.nobody, f.w.tx, r.secret));
	finds(&f, "mountains", 0);
}

static void
filters_narrow(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_search_query q = { .words = RP_TEXT("fibre"),
		.reader = RP_LANG_EN };
	struct rp_search_page page;

	floor_open(&f);
	floor_answer(&f, "A", "FR", "academia", "fr", "fibre");
	floor_answer(&f, "B", "GB", "academia", "en", "fibre");
	RP_CHECK_OK(rp_search_index_all(&f.w.system, f.w.tx));
	q.lang = RP_TEXT("fr");
	RP_CHECK_OK(rp_search_find(&f.w.nobody, f.w.tx, &q, &page));
	RP_CHECK(page.hits.n == 1 && page.hits.v[0].number == 1);
	q.lang = RP_TEXT("");
	q.group_id = f.w.group_id + 1;
	RP_CHECK_OK(rp_search_find(&f.w.nobody, f.w.tx, &q, &page));
	RP_CHECK(page.hits.n == 0);
	q.group_id = f.w.group_id;
	RP_CHECK_OK(rp_search_find(&f.w.nobody, f.w.tx, &q, &page));
	RP_CHECK(page.hits.n == 2);
}

static void
consultations_are_found_in_each_language(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_actor staff;
	struct rp_search_page page;

	floor_open(&f);
	staff = world_staff(&f.w, "Launcher", RP_MAY_LAUNCH, RP_ON_GROUP,
	    f.w.group_id);
	RP_CHECK_OK(rp_wording_set(&staff, f.w.tx,
	    &(struct rp_wording_at){ RP_TEXT("consultation"),
		f.w.consultation_id, RP_TEXT("title"), RP_TEXT("en") },
	    RP_WORDING_ORIGINAL, RP_TEXT("Submarine cables")));
	RP_CHECK_OK(rp_wording_set(&staff, f.w.tx,
	    &(struct rp_wording_at){ RP_TEXT("consultation"),
		f.w.consultation_id, RP_TEXT("title"), RP_TEXT("fr") },
	    RP_WORDING_OFFICIAL, RP_TEXT("Câbles sous-marins")));
	page = ask(&f, "cables");
	RP_CHECK(page.hits.n == 2); /* "câbles" is found by it too */
	page = ask(&f, "submarine");
	RP_CHECK(page.hits.n == 1);
	RP_CHECK(page.hits.v[0].kind == RP_FOUND_CONSULTATION);
	RP_CHECK_TEXT(page.hits.v[0].lang, RP_TEXT("en"));
}

static void
what_waits_for_the_deadline_is_not_found(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_search_query q = { .words = RP_TEXT("mountains"),
		.reader = RP_LANG_EN };
	struct rp_search_page page;

	floor_open(&f);
	floor_answer(&f, "A", "FR", "academia", "en", "In the mountains.");
	RP_CHECK_OK(q_world_publication(f.w.tx,
	    &(struct q_world_publication_param){ .id = f.w.consultation_id,
		.publication = RP_TEXT("after_deadline") }));
	finds(&f, "mountains", 0);
	f.w.nobody.now = f.c.deadline_at + 1;
	RP_CHECK_OK(rp_search_find(&f.w.nobody, f.w.tx, &q, &page));
	RP_CHECK(page.hits.n == 1);
}

/* As if another machine had stored the entry between our delete and insert. */
static void
an_entry_that_came_meanwhile_gives_way(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_search_entry e = { .kind = RP_TEXT("consultation"),
		.ref_id = 7,
		.number = 7,
		.at = 1000000,
		.lang = RP_TEXT("en"),
		.title = RP_TEXT("Older"),
		.tokens = RP_TEXT("quokka") };

	floor_open(&f);
	e.group_id = f.w.group_id;
	e.consultation_id = f.w.consultation_id;
	RP_CHECK_OK(rp_search_store(&f.w.system, f.w.tx, &e));
	e.title = RP_TEXT("Newer");
	e.tokens = RP_TEXT("quoll");
	RP_CHECK_OK(rp_search_store(&f.w.system, f.w.tx, &e));
	/* Another one at the same time finds the next place. */
	e.ref_id += 1 << 20;
	e.tokens = RP_TEXT("numbat");
	RP_CHECK_OK(rp_search_store(&f.w.system, f.w.tx, &e));
	finds(&f, "quokka", 0);
	finds(&f, "quoll", 1);
	finds(&f, "numbat", 1);
}

RP_CHECK_MAIN({ "words of all scripts find", words_of_all_scripts_find },
    { "results lead to what was found, newest first",
	results_lead_to_what_was_found_newest_first },
    { "what is taken away is not found", what_is_taken_away_is_not_found },
    { "filters narrow", filters_narrow },
    { "consultations are found in each language",
	consultations_are_found_in_each_language },
    { "what waits for the deadline is not found",
	what_waits_for_the_deadline_is_not_found },
    { "an entry that came meanwhile gives way",
	an_entry_that_came_meanwhile_gives_way })
