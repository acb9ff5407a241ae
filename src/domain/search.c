#include "domain/search.h"

#include "base/buf.h"
#include "base/err.h"
#include "domain/search_private.h"
#include "store/db.h"
#include "store/q_search.h"
#include "text/zone.h"

#define TERMS_MAX ((size_t)256 * 1024)

/* A filter as a token: the letters and digits of its value only. */
rp_text
rp_search_filter_token(struct rp_arena *a, const char *letter, rp_text value)
{
	char *p = rp_alloc(a, value.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < value.n; i++) {
		char c = value.p[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			p[n++] = c;
	}
	return rp_textf(a, "%s%.*s", letter, (int)n, p);
}

rp_text
rp_search_number_token(struct rp_arena *a, const char *letter, int64_t n)
{
	return rp_textf(a, "%s%lld", letter, (long long)n);
}

rp_text
rp_search_list_token(struct rp_arena *a, int64_t consultation_id,
    rp_text category, rp_text country, rp_text lang)
{
	rp_text t =
	    rp_search_number_token(a, RP_TOKEN_CONSULTATION, consultation_id);

	if (category.n > 0)
		t = rp_textf(a, "%s%s", t.p,
		    rp_search_filter_token(a, RP_TOKEN_CATEGORY, category).p);
	if (country.n > 0)
		t = rp_textf(a, "%s%s", t.p,
		    rp_search_filter_token(a, RP_TOKEN_COUNTRY, country).p);
	if (lang.n > 0)
		t = rp_textf(a, "%s%s", t.p,
		    rp_search_filter_token(a, RP_TOKEN_LANG, lang).p);
	return t;
}

struct tokens RP_VEC(rp_text);

/* Both spellings: (words) AND all, and none of the hidden ones. */
static struct rp_err *
spell(struct rp_arena *a, const struct rp_query *q, const struct tokens *all,
    const struct tokens *none, struct rp_search_terms *out)
{
	struct rp_buf fts, ts;

	rp_buf_init(&fts, a, TERMS_MAX);
	rp_buf_init(&ts, a, TERMS_MAX);
	rp_buf_f(&fts, "((%.*s)", RP_FMT(rp_query_fts5(a, q)));
	rp_buf_f(&ts, "(%.*s)", RP_FMT(rp_query_tsquery(a, q)));
	for (size_t i = 0; i < all->n; i++) {
		rp_buf_f(&fts, " AND \"%.*s\"", RP_FMT(all->v[i]));
		rp_buf_f(&ts, " & '%.*s'", RP_FMT(all->v[i]));
	}
	rp_buf_f(&fts, ")");
	for (size_t i = 0; i < none->n; i++) {
		rp_buf_f(&fts, "%s\"%.*s\"", i > 0 ? " OR " : " NOT (",
		    RP_FMT(none->v[i]));
		rp_buf_f(&ts, " & !'%.*s'", RP_FMT(none->v[i]));
	}
	if (none->n > 0)
		rp_buf_f(&fts, ")");
	RP_TRY(rp_buf_done(&fts, &out->fts));
	return rp_buf_done(&ts, &out->ts);
}

const rp_text rp_search_kinds[] = { RP_TEXT_INIT("response"),
	RP_TEXT_INIT("consultation"), RP_TEXT_INIT("instrument"),
	RP_TEXT_INIT("document"), RP_TEXT_INIT("report"), RP_TEXT_INIT("topic"),
	RP_TEXT_INIT("") };

/*
 * What members of a group alone see, for who is none; and for who is one the
 * titles that stand in for documents. Of nobody's groups: the two tokens that
 * all of it has.
 */
static struct rp_err *
closed(const struct rp_actor *who, struct rp_tx *tx, struct tokens *out)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct q_search_groups_rows rows;

	if (who->grants.n == 0 && !who->system) {
		rp_vec_push(a, out,
		    rp_search_number_token(a, RP_TOKEN_CLOSED, 0));
		rp_vec_push(a, out,
		    rp_search_number_token(a, RP_TOKEN_CLOSED_TOPIC, 0));
		return NULL;
	}
	RP_TRY(q_search_groups(tx, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct rp_place where = { .body_id = rows.v[i].body_id,
			.group_id = rows.v[i].id };
		bool reads = rp_actor_may(who, RP_MAY_READ, where) ||
			     rp_actor_may(who, RP_MAY_MEET, where);
		bool is_member = reads ||
				 rp_actor_may(who, RP_MAY_PROPOSE, where) ||
				 rp_actor_may(who, RP_MAY_STEER, where);

		rp_vec_push(a, out,
		    rp_search_number_token(a,
			reads ? RP_TOKEN_TITLE : RP_TOKEN_CLOSED,
			where.group_id));
		if (!is_member)
			rp_vec_push(a, out,
			    rp_search_number_token(a, RP_TOKEN_CLOSED_TOPIC,
				where.group_id));
	}
	return NULL;
}

/* Responses that wait for a deadline to be shown. */
static struct rp_err *
hidden(const struct rp_actor *who, struct rp_tx *tx, struct tokens *out)
{
	struct q_search_hidden_rows rows;
	int64_t at;

	RP_TRY(q_search_hidden(tx, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		RP_TRY(rp_zone_resolve(who->env->zones,
		    rows.v[i].deadline_local, rows.v[i].zone, &at));
		if (at > who->now)
			rp_vec_push(rp_tx_arena(tx), out,
			    rp_search_number_token(rp_tx_arena(tx),
				RP_TOKEN_CONSULTATION, rows.v[i].id));
	}
	return NULL;
}

struct rp_err *
rp_search_terms_of(const struct rp_actor *who, struct rp_tx *tx, rp_text words,
    enum rp_lang reader, int64_t consultation_id, rp_text category,
    rp_text country, rp_text lang, struct rp_search_terms *out)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct rp_query q = rp_tokens_query(who->env->tokens, a, words, reader);
	struct tokens all = { 0 }, none = { 0 };

	*out = (struct rp_search_terms){ 0 };
	if (q.groups.n == 0)
		return NULL;
	rp_vec_push(a, &all,
	    rp_search_list_token(a, consultation_id, category, country, lang));
	return spell(a, &q, &all, &none, out);
}

static enum rp_search_kind
kind_of(rp_text kind)
{
	if (rp_text_eq(kind, RP_TEXT("response")))
		return RP_FOUND_RESPONSE;
	if (rp_text_eq(kind, RP_TEXT("document")) ||
	    rp_text_eq(kind, RP_TEXT("closed")))
		return RP_FOUND_DOCUMENT;
	if (rp_text_eq(kind, RP_TEXT("topic")))
		return RP_FOUND_TOPIC;
	return rp_text_eq(kind, RP_TEXT("version")) ? RP_FOUND_VERSION :
						      RP_FOUND_CONSULTATION;
}

#define HIT(r)                                               \
	((struct rp_search_hit){ .kind = kind_of((r)->kind), \
	    .ref_id = (r)->ref_id,                           \
	    .consultation_id = (r)->consultation_id,         \
	    .consultation = (r)->consultation,               \
	    .number = (r)->number,                           \
	    .at = (r)->at,                                   \
	    .group_slug = (r)->group_slug,                   \
	    .acronym = (r)->acronym,                         \
	    .title = (r)->title,                             \
	    .excerpt = (r)->excerpt,                         \
	    .lang = (r)->lang,                               \
	    .place = (r)->place })

static struct rp_err *
page_down(struct rp_tx *tx, const struct rp_search_terms *t, size_t max,
    int64_t before, struct rp_search_page *out)
{
	struct q_search_newest_rows rows;

	RP_TRY(q_search_newest(tx,
	    &(struct q_search_newest_param){ .fts = t->fts,
		.ts = t->ts,
		.before = before > 0 ? before : INT64_MAX,
		.max = (int64_t)max + 1 },
	    &rows));
	for (size_t i = 0; i < rows.n && i < max; i++)
		rp_vec_push(rp_tx_arena(tx), &out->hits, HIT(&rows.v[i]));
	if (rows.n > max)
		out->next = rows.v[max - 1].id;
	if (before > 0 && rows.n > 0)
		out->previous = rows.v[0].id;
	return NULL;
}

static struct rp_err *
page_up(struct rp_tx *tx, const struct rp_search_terms *t, size_t max,
    int64_t after, struct rp_search_page *out)
{
	struct q_search_newest_back_rows rows;
	size_t n;

	RP_TRY(q_search_newest_back(tx,
	    &(struct q_search_newest_back_param){ .fts = t->fts,
		.ts = t->ts,
		.after = after,
		.max = (int64_t)max + 1 },
	    &rows));
	n = rows.n < max ? rows.n : max;
	for (size_t i = n; i-- > 0;)
		rp_vec_push(rp_tx_arena(tx), &out->hits, HIT(&rows.v[i]));
	if (rows.n > max)
		out->previous = rows.v[max - 1].id;
	if (n > 0)
		out->next = rows.v[0].id;
	return NULL;
}

static struct rp_err *
terms(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_search_query *s, struct rp_search_terms *out)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct rp_query q =
	    rp_tokens_query(who->env->tokens, a, s->words, s->reader);
	struct tokens all = { 0 }, none = { 0 };

	*out = (struct rp_search_terms){ 0 };
	if (q.groups.n == 0)
		return NULL;
	if (s->group_id != 0)
		rp_vec_push(a, &all,
		    rp_search_number_token(a, RP_TOKEN_GROUP, s->group_id));
	if (s->lang.n > 0)
		rp_vec_push(a, &all,
		    rp_search_filter_token(a, RP_TOKEN_LANG, s->lang));
	if (s->kind.n > 0)
		rp_vec_push(a, &all,
		    rp_search_filter_token(a, RP_TOKEN_KIND, s->kind));
	RP_TRY(hidden(who, tx, &none));
	RP_TRY(closed(who, tx, &none));
	return spell(a, &q, &all, &none, out);
}

struct rp_err *
rp_search_find(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_search_query *q, struct rp_search_page *out)
{
	size_t max = q->max > 0 ? q->max : RP_SEARCH_PAGE;
	struct q_search_count_row count;
	struct rp_search_terms t;

	*out = (struct rp_search_page){ 0 };
	RP_TRY(terms(who, tx, q, &t));
	if (t.fts.n == 0)
		return NULL;
	out->asked = true;
	RP_TRY(q_search_plan(tx));
	RP_TRY(q_search_count(tx,
	    &(struct q_search_count_param){ .fts = t.fts,
		.ts = t.ts,
		.max = RP_COUNT_EXACT + 1 },
	    &count));
	out->more_than = count.n > RP_COUNT_EXACT;
	out->count = out->more_than ? RP_COUNT_EXACT : count.n;
	if (q->after > 0)
		return page_up(tx, &t, max, q->after, out);
	return page_down(tx, &t, max, q->before, out);
}

rp_text
rp_search_kind_name(enum rp_search_kind kind)
{
	static const rp_text names[] = {
		[RP_FOUND_RESPONSE] = RP_TEXT_INIT("response"),
		[RP_FOUND_CONSULTATION] = RP_TEXT_INIT("consultation"),
		[RP_FOUND_VERSION] = RP_TEXT_INIT("version"),
		[RP_FOUND_DOCUMENT] = RP_TEXT_INIT("document"),
		[RP_FOUND_TOPIC] = RP_TEXT_INIT("topic"),
	};

	return names[kind];
}
