/* campaign_own - what a member wrote itself, and the letter with holes. */
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/buf.h"
#include "base/err.h"
#include "text/langid.h"
#include "themes/campaign_private.h"

#define KEPT 0.5f /* a word of the template is in so many members */

/* A sentence that is not of the core. */
struct segment {
	uint64_t hash;
	uint32_t member, field, from, to, words;
	uint32_t nth; /* sentence of the response */
};

struct describing {
	struct rp_arena *arena, *scratch;
	const struct rp_themes_result *r;
	const struct rp_ccores *cores;
	uint32_t core;
	struct RP_VEC(struct segment) foreign;
	/* Hashes of foreign segments, sorted. */
	uint64_t *hashes;
};

/* Marks that end a sentence, in the scripts that have their own. */
static bool
ends_sentence(rp_text gap)
{
	static const rp_text marks[] = { RP_TEXT_INIT("\n"),
		RP_TEXT_INIT("\xe3\x80\x82"), RP_TEXT_INIT("\xef\xbc\x81"),
		RP_TEXT_INIT("\xef\xbc\x9f"), RP_TEXT_INIT("\xd8\x9f"),
		RP_TEXT_INIT("\xdb\x94"), RP_TEXT_INIT("\xe0\xa5\xa4"),
		RP_TEXT_INIT("\xe2\x80\xa6") };

	for (size_t i = 0; i + 1 < gap.n; i++)
		if ((gap.p[i] == '.' || gap.p[i] == '!' || gap.p[i] == '?' ||
			gap.p[i] == ';') &&
		    gap.p[i + 1] != '.')
			return true;
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		for (size_t k = 0; k + marks[i].n <= gap.n; k++)
			if (memcmp(gap.p + k, marks[i].p, marks[i].n) == 0)
				return true;
	return false;
}

static rp_text
text_of(const struct describing *d, const struct rp_cword *w)
{
	return d->r->fields.v[w->field].text;
}

/* Whether a sentence ends between word i and the next. */
static bool
is_end(const struct describing *d, const struct rp_cdoc *doc, size_t i)
{
	const struct rp_cword *w = &doc->words.v[i];

	if (i + 1 == doc->words.n || w[1].field != w->field)
		return true;
	return ends_sentence(rp_text_sub(text_of(d, w), w->to, w[1].from));
}

/* For each word the largest share of a shingle that it is in. */
static float *
shares_of(const struct describing *d, const struct rp_cdoc *doc)
{
	float *shares = rp_new_n(d->scratch, float, doc->words.n + 1);

	for (size_t i = 0; i < doc->shingles.n; i++) {
		float share =
		    rp_ccores_share(d->cores, doc->shingles.v[i], d->core);

		for (uint32_t k = 0; share > 0 && k < doc->width; k++)
			if (shares[i + k] < share)
				shares[i + k] = share;
	}
	return shares;
}

static void
find_foreign(struct describing *d, const struct rp_cdoc *doc, uint32_t member)
{
	const float *shares = shares_of(d, doc);
	size_t first = 0, covered = 0;
	uint32_t nth = 0;

	for (size_t i = 0; i < doc->words.n; i++) {
		struct segment s = { .member = member,
			.words = (uint32_t)(i + 1 - first),
			.nth = nth };
		XXH3_state_t state;

		covered += shares[i] > 0;
		if (!is_end(d, doc, i))
			continue;
		if (covered * 2 < s.words) {
			s.field = doc->words.v[first].field;
			s.from = doc->words.v[first].from;
			s.to = doc->words.v[i].to;
			XXH3_64bits_reset(&state);
			for (size_t k = first; k <= i; k++)
				XXH3_64bits_update(&state,
				    &doc->words.v[k].hash, sizeof(uint64_t));
			s.hash = XXH3_64bits_digest(&state);
			rp_vec_push(d->arena, &d->foreign, s);
		}
		nth++;
		first = i + 1;
		covered = 0;
	}
}

static int
by_hash(const void *x, const void *y)
{
	const uint64_t *a = x, *b = y;

	return *a < *b ? -1 : *a > *b;
}

static void
sort_hashes(struct describing *d)
{
	d->hashes = rp_new_n(d->arena, uint64_t, d->foreign.n + 1);
	for (size_t i = 0; i < d->foreign.n; i++)
		d->hashes[i] = d->foreign.v[i].hash;
	qsort(d->hashes, d->foreign.n, sizeof(*d->hashes), by_hash);
}

/* The first place in `hashes` that is not less than `h`. */
static size_t
lower(const struct describing *d, uint64_t h)
{
	size_t from = 0, to = d->foreign.n;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (d->hashes[mid] < h)
			from = mid + 1;
		else
			to = mid;
	}
	return from;
}

static bool
is_variant(const struct describing *d, uint64_t h, size_t members)
{
	size_t at = lower(d, h), n = 0;

	while (at + n < d->foreign.n && d->hashes[at + n] == h)
		n++;
	return n >= RP_CAMPAIGN_MEMBERS_MIN &&
	       (double)n >= RP_CAMPAIGN_VARIANT * (double)members;
}

/* The own words of all members, sentences that follow each other as one. */
static void
put_own(struct rp_arena *a, struct describing *d, struct rp_themes_result *r,
    struct rp_campaign *c)
{
	struct rp_own_words open = { 0 };
	uint32_t words = 0;

	for (size_t i = 0; i < d->foreign.n; i++) {
		const struct segment *s = &d->foreign.v[i], *next = s + 1;
		struct rp_campaign_member *m = &c->members.v[s->member];

		if (is_variant(d, s->hash, c->members.n))
			continue;
		if (words == 0)
			open = (struct rp_own_words){ s->field, s->from, 0 };
		open.to = s->to;
		words += s->words;
		if (i + 1 < d->foreign.n && next->member == s->member &&
		    next->field == s->field && next->nth == s->nth + 1 &&
		    !is_variant(d, next->hash, c->members.n))
			continue;
		if (words >= RP_CAMPAIGN_OWN_WORDS) {
			if (m->n_own++ == 0)
				m->first_own = (uint32_t)r->own.n;
			rp_vec_push(a, &r->own, open);
		}
		words = 0;
	}
}

/* How good a text is as the letter: what most have sent, and little else. */
static double
quality(const struct describing *d, const struct rp_cdoc *doc, uint32_t weight)
{
	double in_core = 0;

	for (size_t i = 0; i < doc->shingles.n; i++)
		in_core +=
		    rp_ccores_share(d->cores, doc->shingles.v[i], d->core) > 0;
	return in_core * in_core / (double)doc->shingles.n * weight;
}

/* A member's text; what most members do not have is a hole. */
static rp_text
template_of(struct rp_arena *a, struct describing *d, const struct rp_cdoc *doc)
{
	const float *shares = shares_of(d, doc);
	const struct rp_cword *before = NULL;
	struct rp_buf b;
	rp_text out;

	rp_buf_init(&b, d->scratch, RP_CAMPAIGN_TEMPLATE_MAX * 2);
	for (size_t i = 0; i < doc->words.n; i++) {
		const struct rp_cword *w = &doc->words.v[i];
		rp_text t = text_of(d, w);

		if (b.n > RP_CAMPAIGN_TEMPLATE_MAX) {
			rp_buf_text(&b, RP_TEXT(" " RP_CAMPAIGN_HOLE));
			break;
		}
		if (shares[i] < KEPT) {
			if (i == 0 || before != NULL)
				rp_buf_f(&b, "%s" RP_CAMPAIGN_HOLE,
				    i == 0 ? "" : " ");
			before = NULL;
			continue;
		}
		if (before != NULL && before->field == w->field)
			rp_buf_text(&b, rp_text_sub(t, before->to, w->from));
		else if (i > 0)
			rp_buf_byte(&b, before != NULL ? '\n' : ' ');
		rp_buf_text(&b, rp_text_sub(t, w->from, w->to));
		before = w;
		if (i + 1 == doc->words.n || w[1].field != w->field)
			rp_buf_text(&b,
			    rp_text_trim(rp_text_sub(t, w->to, t.n)));
	}
	rp_err_free(rp_buf_done(&b, &out));
	return rp_text_dup(a, out);
}

static enum rp_campaign_level
level_of(const struct rp_campaign_member *m, const struct rp_ctexts *texts)
{
	if (m->n_own > 0)
		return RP_CAMPAIGN_WITH_OWN;
	return texts->weight[texts->of[m->response]] > 1 ? RP_CAMPAIGN_EXACT :
							   RP_CAMPAIGN_NEAR;
}

void
rp_campaign_describe(struct rp_arena *a, struct rp_creader *reader,
    const struct rp_ctexts *texts, const struct rp_ccores *cores, uint32_t core,
    struct rp_themes_result *r, struct rp_campaign *c)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *own = rp_arena_new(SIZE_MAX);
	RP_AUTO(rp_arena_freep)
	struct rp_arena *scratch = rp_arena_new(SIZE_MAX);
	struct describing d = {
		.arena = own,
		.scratch = scratch,
		.r = r,
		.cores = cores,
		.core = core,
	};
	uint32_t leader = c->members.v[0].response;
	double best = 0, got;
	struct rp_langid g;

	for (size_t i = 0; i < c->members.n; i++) {
		uint32_t response = c->members.v[i].response;
		const struct rp_cdoc *doc = rp_creader_read(reader, response);

		rp_arena_reset(scratch);
		find_foreign(&d, doc, (uint32_t)i);
		got = quality(&d, doc, texts->weight[texts->of[response]]);
		if (got > best) {
			best = got;
			leader = response;
		}
	}
	sort_hashes(&d);
	put_own(a, &d, r, c);
	for (size_t i = 0; i < c->members.n; i++)
		c->members.v[i].level = level_of(&c->members.v[i], texts);
	rp_arena_reset(scratch);
	c->template_text = template_of(a, &d, rp_creader_read(reader, leader));
	g = rp_langid_guess(c->template_text, r->responses.v[leader].lang);
	c->lang = g.reliable ? g.tag : r->responses.v[leader].lang;
	if (c->lang.n == 0)
		c->lang = RP_TEXT("und");
}
