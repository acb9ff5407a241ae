#include "domain/listing.h"

#include "base/check.h"
#include "domain/redaction.h"
#include "domain/testing/floor.h"
#include "store/q_listing.h"

static int64_t
counted(struct floor *f, const char *dimension, const char *value)
{
	struct q_world_tally_row row;

	RP_CHECK_OK(q_world_tally(f->w.tx,
	    &(struct q_world_tally_param){ .consultation_id = f->c.id,
		.dimension = rp_text_z(dimension),
		.value = rp_text_z(value) },
	    &row));
	return row.responses;
}

static struct q_listing_find_row
listed(struct floor *f, int64_t response_id, bool *out_found)
{
	struct q_listing_find_row row = { 0 };

	RP_CHECK_OK(q_listing_find(f->w.tx,
	    &(struct q_listing_find_param){ .response_id = response_id }, &row,
	    out_found));
	return row;
}

static struct rp_receipt
sent(struct floor *f, const char *country, const char *lang, const char *email)
{
	struct rp_submission s;

	floor_fill(f, &s, "Red", "One two three.");
	s.country = rp_text_z(country);
	s.lang = rp_text_z(lang);
	s.email = rp_text_z(email);
	return floor_send(f, &s);
}

static void
counts_go_up_and_down_by_one(void)
{
	static const struct {
		const char *dimension, *value;
	} rows[] = { { "all", "" }, { "category", "civil_society" },
		{ "country", "PE" }, { "region", "americas" }, { "lang", "es" },
		{ "day", "2026-11-21" }, { "first", "" }, { "list", "||" },
		{ "list", "civil_society||" }, { "list", "|PE|" },
		{ "list", "||es" }, { "list", "civil_society|PE|es" } };
	RP_AUTO(floor_close) struct floor f;
	struct rp_receipt r;

	floor_open(&f);
	r = sent(&f, "PE", "es", "ana@example.org");
	floor_publish(&f, &r);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t n = counted(&f, rows[i].dimension, rows[i].value);

		if (n != 1)
			printf("# %s %s: %lld\n", rows[i].dimension,
			    rows[i].value, (long long)n);
		RP_CHECK(n == 1);
	}
	RP_CHECK_OK(rp_listing_remove(&f.w.system, f.w.tx, r.response_id));
	RP_CHECK_OK(rp_listing_remove(&f.w.system, f.w.tx, r.response_id));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		RP_CHECK(counted(&f, rows[i].dimension, rows[i].value) == 0);
}

static void
listing_again_counts_once(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_receipt r;
	bool found;

	floor_open(&f);
	r = sent(&f, "PE", "es", "ana@example.org");
	floor_publish(&f, &r);
	RP_CHECK_OK(rp_listing_put(&f.w.system, f.w.tx, r.response_id));
	RP_CHECK_OK(rp_listing_put(&f.w.system, f.w.tx, r.response_id));
	RP_CHECK(counted(&f, "all", "") == 1);
	RP_CHECK(counted(&f, "list", "||") == 1);
	RP_CHECK(listed(&f, r.response_id, &found).words == 3 && found);
	floor_again(&f);
	RP_CHECK(f.c.published == 1);
}

static void
first_timers_are_told_by_their_address(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_receipt one, same, other;
	bool found;

	floor_open(&f);
	one = sent(&f, "PE", "es", "ana@example.org");
	f.w.nobody.now += 1;
	same = sent(&f, "PE", "es", "ana@EXAMPLE.org");
	other = sent(&f, "PE", "es", "luis@example.org");
	floor_publish(&f, &one);
	floor_publish(&f, &same);
	floor_publish(&f, &other);
	RP_CHECK(listed(&f, one.response_id, &found).is_first);
	RP_CHECK(!listed(&f, same.response_id, &found).is_first);
	RP_CHECK(listed(&f, other.response_id, &found).is_first);
	RP_CHECK(counted(&f, "first", "") == 2);
}

static void
a_row_shows_what_the_public_may_read(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_redacting x = { .field = RP_TEXT("organisation"),
		.from = 0,
		.to = 3,
		.reason = RP_TEXT("asked for") };
	struct q_world_excerpt_row excerpt;
	struct rp_submission s;
	struct rp_receipt r;
	bool found;
	int64_t id;

	floor_open(&f);
	floor_fill(&f, &s, "Red", "One.");
	s.authorisation = RP_TEXT("without_name");
	s.summary = RP_TEXT("In short.");
	r = floor_send(&f, &s);
	floor_publish(&f, &r);
	(void)listed(&f, r.response_id, &found);
	RP_CHECK(found);
	RP_CHECK_OK(q_world_excerpt(f.w.tx,
	    &(struct q_world_excerpt_param){ .response_id = r.response_id },
	    &excerpt));
	RP_CHECK_TEXT(excerpt.excerpt, RP_TEXT("In short."));
	x.response_id = r.response_id;
	x.revision_id = r.revision_id;
	RP_CHECK_OK(rp_redaction_add(&f.w.system, f.w.tx, &x, &id));
	RP_CHECK(counted(&f, "all", "") == 1);
}

static void
keys_of_counts_name_their_filters(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 16);

	RP_CHECK_TEXT(rp_listing_count_key(a, RP_TEXT(""), RP_TEXT(""),
			  RP_TEXT("")),
	    RP_TEXT("||"));
	RP_CHECK_TEXT(rp_listing_count_key(a, RP_TEXT("academia"), RP_TEXT(""),
			  RP_TEXT("fr")),
	    RP_TEXT("academia||fr"));
}

RP_CHECK_MAIN({ "counts go up and down by one", counts_go_up_and_down_by_one },
    { "listing again counts once", listing_again_counts_once },
    { "first-timers are told by their address",
	first_timers_are_told_by_their_address },
    { "a row shows what the public may read",
	a_row_shows_what_the_public_may_read },
    { "keys of counts name their filters", keys_of_counts_name_their_filters })
