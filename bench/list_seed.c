/*
 * list_seed - published responses by the hundred thousand, for bench/list.py.
 *
 * Writes what the domain writes (response, revision, answer, the rows of lists
 * and pages, counts, search entries), through the same queries but without the
 * checks. Words follow Zipf's law over 20,000 made-up words; every tenth
 * response is in Chinese characters.
 * usage: list_seed URL CONSULTATION_ID N
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/map.h"
#include "domain/consultation.h"
#include "domain/listing.h"
#include "domain/party.h"
#include "domain/public_response.h"
#include "domain/search.h"
#include "store/db.h"
#include "store/q_consultation.h"
#include "store/q_listing.h"
#include "store/q_moderation.h"
#include "store/q_response.h"
#include "text/collate.h"
#include "text/country.h"
#include "text/tokens.h"
#include "text/zone.h"

#define BATCH 2000
#define BODY_MAX 4000
#define VOCABULARY 20000
#define START INT64_C(1735689600000) /* 2025-01-01 */

struct seeder {
	struct rp_tx *tx;
	struct rp_actor who;
	struct rp_collation *collation;
	const struct rp_country *countries;
	size_t n_countries;
	int64_t consultation_id, group_id, question_id;
	int64_t first_number;
	uint64_t random;
};

struct tallies RP_MAP(int64_t);

static const char *const categories[] = { "government", "private_sector",
	"civil_society", "technical_community", "academia",
	"international_organisation", "individual" };
static const char *const langs[] = { "en", "en", "en", "fr", "es", "es", "ru",
	"ar", "pt", "de", "sw", "ja" };

static uint64_t
next(struct seeder *s)
{
	s->random ^= s->random << 13;
	s->random ^= s->random >> 7;
	s->random ^= s->random << 17;
	return s->random;
}

/* Small numbers often: the product of two even ones is close to Zipf. */
static size_t
zipf(struct seeder *s, size_t n)
{
	double x = (double)(next(s) % 100000 + 1) / 100000;
	double y = (double)(next(s) % 100000 + 1) / 100000;
	double z = (double)(next(s) % 100000 + 1) / 100000;
	size_t at = (size_t)(x * y * z * (double)n);

	return at < n ? at : n - 1;
}

static size_t
word(size_t at, char *out)
{
	static const char *const a[] = { "ba", "ce", "di", "fo", "gu", "la",
		"me", "ni", "po", "ru", "sa", "te", "vi", "zo", "ka", "ly" };
	size_t n = 0;

	do {
		memcpy(out + n, a[at % 16], 2);
		n += 2;
		at /= 16;
	} while (at > 0);
	out[n++] = 'r';
	return n;
}

static rp_text
body(struct seeder *s, struct rp_arena *a, bool chinese)
{
	char *p = rp_alloc(a, BODY_MAX);
	size_t n = 0, words = 40 + next(s) % 80;

	for (size_t i = 0; i < words; i++) {
		size_t at = zipf(s, VOCABULARY);

		if (chinese) {
			unsigned c = 0x4e00 + (unsigned)at;

			p[n++] = (char)(0xe0 | c >> 12);
			p[n++] = (char)(0x80 | (c >> 6 & 0x3f));
			p[n++] = (char)(0x80 | (c & 0x3f));
			continue;
		}
		if (n > 0)
			p[n++] = ' ';
		n += word(at, p + n);
	}
	p[n] = '\0';
	return (rp_text){ p, n };
}

static struct rp_err *
listing(struct seeder *s, struct rp_arena *a,
    const struct rp_public_response *p)
{
	rp_bytes keys[RP_LANG_COUNT];

	rp_sort_keys(s->collation, a, p->organisation, keys);
	return q_listing_insert(s->tx,
	    &(struct q_listing_insert_param){ .response_id = p->id,
		.group_id = s->group_id,
		.consultation_id = s->consultation_id,
		.number = p->number,
		.source = p->organisation,
		.person = p->name,
		.category = p->category,
		.country = p->country,
		.region = rp_region_of(p->country),
		.lang = p->lang,
		.received_at = p->received_at,
		.published_at = p->received_at + RP_HOUR,
		.words = p->words,
		.excerpt = rp_text_sub(p->answers.v[0].body, 0, 120),
		.key_ar = keys[RP_LANG_AR],
		.key_zh = keys[RP_LANG_ZH],
		.key_en = keys[RP_LANG_EN],
		.key_fr = keys[RP_LANG_FR],
		.key_ru = keys[RP_LANG_RU],
		.key_es = keys[RP_LANG_ES] });
}

static struct rp_err *
rows(struct seeder *s, struct rp_arena *a, int64_t n,
    struct rp_public_response *p)
{
	rp_text form = rp_textf(a, "seed-%lld", (long long)n);
	struct q_response_insert_row response;
	struct q_revision_insert_row revision;
	int64_t changed;

	RP_TRY(q_response_insert(s->tx,
	    &(struct q_response_insert_param){ .consultation_id =
						   s->consultation_id,
		.form_id = form,
		.secret_hash = rp_text_bytes(form),
		.code = form,
		.state = RP_TEXT("checked"),
		.channel = RP_TEXT("web"),
		.now = p->received_at },
	    &response));
	p->id = response.id;
	RP_TRY(q_revision_insert(s->tx,
	    &(struct q_revision_insert_param){ .response_id = p->id,
		.n = 1,
		.now = p->received_at,
		.capacity = p->capacity,
		.name = p->name,
		.organisation = p->organisation,
		.category = p->category,
		.country = p->country,
		.email_key = form,
		.email = form,
		.lang = p->lang,
		.authorisation = RP_TEXT("full"),
		.words = p->words,
		.nonce = rp_text_bytes(form),
		.digest = rp_text_bytes(form) },
	    &revision));
	p->revision_id = revision.id;
	RP_TRY(q_answer_insert(s->tx,
	    &(struct q_answer_insert_param){ .revision_id = revision.id,
		.question_id = s->question_id,
		.body = p->answers.v[0].body,
		.words = p->words }));
	RP_TRY(q_response_set_standing(s->tx,
	    &(struct q_response_set_standing_param){ .id = p->id,
		.revision_id = revision.id,
		.state = RP_TEXT("checked"),
		.now = p->received_at }));
	return q_moderation_publish(s->tx,
	    &(struct q_moderation_publish_param){ .id = p->id,
		.revision_id = revision.id,
		.from_state = RP_TEXT("checked"),
		.number = p->number,
		.now = p->received_at + RP_HOUR },
	    &changed);
}

static struct rp_err *
one(struct seeder *s, struct rp_arena *a, int64_t n, struct tallies *t)
{
	bool chinese = next(s) % 10 == 0;
	struct rp_public_answer answer = { .position = 1,
		.question_id = s->question_id,
		.body = body(s, a, chinese) };
	char *name = rp_alloc(a, 100);
	size_t len = word(next(s) % 100000, name);
	struct rp_public_response p = { .consultation_id = s->consultation_id,
		.number = s->first_number + n,
		.n = 1,
		.received_at = START + n * 37 * RP_SECOND,
		.words = 100,
		.capacity = RP_TEXT("organisation"),
		.name = RP_TEXT("Ana Ruiz"),
		.channel = RP_TEXT("web") };

	name[0] = (char)(name[0] - 'a' + 'A');
	len += (size_t)snprintf(name + len, 60, " Society %llu",
	    (unsigned long long)(next(s) % 1000));
	p.organisation = (rp_text){ name, len };
	if (chinese)
		p.organisation = body(s, a, true);
	if (p.organisation.n > 60)
		p.organisation.n = 60;
	p.category = rp_text_z(categories[zipf(s, 7)]);
	p.country = s->countries[zipf(s, s->n_countries)].code;
	p.lang = rp_text_z(chinese ? "zh" : langs[next(s) % 12]);
	rp_vec_push(a, &p.answers, answer);
	RP_TRY(rows(s, a, n, &p));
	RP_TRY(listing(s, a, &p));
	for (unsigned f = 0; f < 8; f++)
		++*rp_map_at(a, t,
		    rp_listing_count_key(a, f & 1 ? p.category : RP_TEXT(""),
			f & 2 ? p.country : RP_TEXT(""),
			f & 4 ? p.lang : RP_TEXT("")));
	RP_TRY(rp_public_response_put(&s->who, s->tx, p.id));
	return q_task_insert(s->tx,
	    &(struct q_task_insert_param){ .kind = RP_TEXT("index"),
		.ref_id = p.id });
}

static struct rp_err *
tally(struct seeder *s, const char *dimension, rp_text value, int64_t n)
{
	return q_tally_add(s->tx,
	    &(struct q_tally_add_param){ .consultation_id = s->consultation_id,
		.dimension = rp_text_z(dimension),
		.value = value,
		.responses = n,
		.words = n * 100 });
}

/* "a||" counts a category, and so on; "||" all. */
static struct rp_err *
count(struct seeder *s, const struct tallies *t)
{
	for (size_t i = 0; i < t->n; i++) {
		rp_text key = t->keys[i];
		size_t first = rp_text_find(key, '|', 0);
		size_t second = rp_text_find(key, '|', first + 1);
		rp_text part[3] = { rp_text_sub(key, 0, first),
			rp_text_sub(key, first + 1, second),
			rp_text_sub(key, second + 1, key.n) };
		static const char *const names[] = { "category", "country",
			"lang" };
		size_t given = 0, which = 0;

		RP_TRY(tally(s, "list", key, t->v[i]));
		for (size_t k = 0; k < 3; k++)
			if (part[k].n > 0) {
				given++;
				which = k;
			}
		if (given == 1)
			RP_TRY(tally(s, names[which], part[which], t->v[i]));
		if (given == 0)
			RP_TRY(tally(s, "all", RP_TEXT(""), t->v[i]));
	}
	return q_consultation_count_published(s->tx,
	    &(struct q_consultation_count_published_param){
		.id = s->consultation_id,
		.delta = BATCH });
}

static struct rp_err *
batch(struct rp_db *db, struct seeder *s, int64_t from)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)2 << 30);
	struct tallies t = { 0 };

	RP_TRY(rp_tx_begin(db, a, RP_TX_WRITE, &s->tx));
	for (int64_t i = 0; i < BATCH; i++)
		RP_TRY(one(s, a, from + i, &t));
	RP_TRY(count(s, &t));
	RP_TRY(rp_search_index_all(&s->who, s->tx));
	return rp_tx_commit(s->tx);
}

static struct rp_err *
seed(const char *url, int64_t consultation_id, int64_t n)
{
	RP_AUTO(rp_db_closep) struct rp_db *db = NULL;
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)1 << 30);
	struct rp_env env = { .zones = rp_zones_new(),
		.tokens = rp_tokenizer_new() };
	struct seeder s = { .consultation_id = consultation_id,
		.first_number = 1000,
		.random = 0x9e3779b97f4a7c15u,
		.collation = rp_collation_new(),
		.who = rp_actor_system(&env, rp_clock_now()) };
	struct rp_consultation c;

	env.collation = s.collation;
	s.countries = rp_country_list(&s.n_countries);
	RP_TRY(rp_db_open(url, &db));
	RP_TRY(rp_tx_begin(db, a, RP_TX_READ, &s.tx));
	RP_TRY(rp_consultation_get_by_id(&s.who, s.tx, consultation_id,
	    RP_TEXT("en"), &c));
	RP_TRY(rp_tx_commit(s.tx));
	s.group_id = c.group.id;
	s.question_id = c.questions.v[0].id;
	for (int64_t i = 0; i < n; i += BATCH) {
		RP_TRY(batch(db, &s, i));
		if (i % 50000 == 0)
			fprintf(stderr, "%lld\n", (long long)i);
	}
	rp_tokenizer_free(env.tokens);
	rp_zones_free(env.zones);
	rp_collation_free(s.collation);
	return NULL;
}

int
main(int argc, char **argv)
{
	struct rp_err *e;

	if (argc != 4) {
		fputs("usage: list_seed URL CONSULTATION_ID N\n", stderr);
		return 2;
	}
	e = seed(argv[1], strtoll(argv[2], NULL, 10),
	    strtoll(argv[3], NULL, 10));
	if (e == NULL)
		return 0;
	fprintf(stderr, "list_seed: %s\n", rp_err_message(e));
	rp_err_free(e);
	return 1;
}
