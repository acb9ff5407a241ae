#include "domain/testing/themed.h"

#include "base/check.h"

void
themed_open(struct themed *t)
{
	floor_open(&t->f);
	t->question_id = t->f.w.question_id;
	t->who = world_staff(&t->f.w, "Themer", RP_MAY_THEME, RP_ON_GROUP,
	    t->f.w.group_id);
}

void
themed_close(struct themed *t)
{
	floor_close(&t->f);
}

int64_t
themed_answer(struct themed *t, const char *source, const char *body)
{
	struct rp_submission s;
	struct rp_receipt r;

	floor_fill(&t->f, &s, source, body);
	s.email = rp_textf(t->f.w.a, "%zu@example.org", strlen(body));
	r = floor_send(&t->f, &s);
	(void)floor_publish(&t->f, &r);
	return r.response_id;
}

struct rp_run_inputs
themed_inputs(struct themed *t, const struct rp_run_work *work)
{
	struct rp_run_inputs in;

	RP_CHECK_OK(
	    rp_theme_run_inputs(&t->f.w.system, t->f.w.tx, work, 0, &in));
	return in;
}

static bool
has(rp_text t, const char *word)
{
	return strstr(t.p, word) != NULL;
}

static uint32_t
theme_of(rp_text t)
{
	return has(t, "access") ? (uint32_t)THEMED_ACCESS :
	       has(t, "cost")   ? (uint32_t)THEMED_COST :
				  RP_NONE;
}

static void
add_themes(struct rp_arena *a, struct rp_themes_result *r)
{
	static const rp_text labels[] = { RP_TEXT_INIT("access, rural"),
		RP_TEXT_INIT("cost, tariffs"), RP_TEXT_INIT("networks") };

	for (int i = 0; i < THEMED_THEMES; i++)
		rp_vec_push(a, &r->themes,
		    ((struct rp_theme){ .parent = i == THEMED_TOP ? RP_NONE :
								    THEMED_TOP,
			.label = labels[i],
			.lang = RP_TEXT("en") }));
}

static void
add_campaign(struct rp_arena *a, struct rp_themes_result *r, uint32_t response,
    uint32_t field, const struct rp_run_input *in)
{
	struct rp_campaign_member m = { .response = response };

	if (r->campaigns.n == 0)
		rp_vec_push(a, &r->campaigns,
		    ((struct rp_campaign){ .template_text = in->text,
			.lang = in->lang,
			.twin = RP_NONE }));
	/* What comes after a full stop is the sender's own. */
	for (uint32_t i = 0; i + 2 < in->text.n; i++)
		if (in->text.p[i] == '.') {
			m.level = RP_CAMPAIGN_WITH_OWN;
			m.first_own = (uint32_t)r->own.n;
			m.n_own = 1;
			rp_vec_push(a, &r->own,
			    ((struct rp_own_words){ field, i + 2,
				(uint32_t)in->text.n }));
			break;
		}
	rp_vec_push(a, &r->campaigns.v[0].members, m);
}

/* A text is one unit. */
static void
add_unit(struct rp_arena *a, struct rp_themes_result *r,
    const struct rp_run_input *in, uint32_t response, size_t k,
    struct rp_theme_response *who)
{
	int64_t answer_id;
	rp_text text = rp_run_input_field(in, k, &answer_id);
	struct rp_theme_unit u = { .field = (uint32_t)r->fields.n,
		.to = (uint32_t)text.n,
		.lang = in->lang,
		.copy_of = (uint32_t)r->units.n,
		.theme = theme_of(text) };

	rp_vec_push(a, &r->fields,
	    ((struct rp_theme_field){ .response = response, .text = text }));
	for (uint32_t i = 0; i < r->units.n; i++)
		if (rp_text_eq(r->fields.v[i].text, text))
			u.copy_of = r->units.v[i].copy_of;
	u.by = u.theme == RP_NONE ? RP_BY_NOBODY : RP_BY_MACHINE;
	u.score = u.theme == RP_NONE ? 100 : (uint16_t)(500 + text.n);
	if (u.theme != RP_NONE) {
		who->reading = RP_READING_THEMED;
		rp_vec_push(a, &r->quotations,
		    ((struct rp_quotation){ u.theme, (uint32_t)r->units.n }));
	}
	rp_vec_push(a, &r->units, u);
	if (rp_text_starts(text, RP_TEXT("Dear"))) {
		who->campaign = 0;
		add_campaign(a, r, response, u.field, in);
	}
}

struct rp_themes_result
themed_result(struct themed *t, const struct rp_run_inputs *in)
{
	struct rp_themes_result r = { .seed = 7 };
	struct rp_arena *a = t->f.w.a;

	add_themes(a, &r);
	for (uint32_t i = 0; i < in->n; i++) {
		const struct rp_run_input *one = &in->v[i];
		struct rp_theme_response who = { .campaign = RP_NONE,
			.reading = one->is_withheld ? RP_READING_WITHHELD :
						      RP_READING_UNREAD };

		for (size_t k = 0; k < rp_run_input_fields(one); k++)
			add_unit(a, &r, one, i, k, &who);
		rp_vec_push(a, &r.responses, who);
	}
	return r;
}

int64_t
themed_run(struct themed *t)
{
	struct rp_tx *tx = t->f.w.tx;
	struct rp_themes_result r;
	struct rp_run_inputs in;
	struct rp_run_work work;
	bool found, done = false;
	int64_t id;
	size_t at = 0;

	RP_CHECK_OK(rp_theme_run_ask(&t->who, tx, t->question_id, RP_RUN_GROUP,
	    0, 7, &id));
	RP_CHECK_OK(rp_theme_run_claim(&t->f.w.system, tx, &found, &work));
	RP_CHECK(found && work.id == id);
	in = themed_inputs(t, &work);
	r = themed_result(t, &in);
	while (!done)
		RP_CHECK_OK(rp_theme_run_store(&t->f.w.system, tx, &work, &in,
		    &r, &at, &done));
	RP_CHECK_OK(rp_theme_run_finish(&t->f.w.system, tx, &work, &r));
	RP_CHECK_OK(rp_codebook_of(&t->who, tx, t->question_id, &t->b));
	return id;
}

void
themed_apply(struct themed *t, int64_t run_id)
{
	struct rp_theme_diff diff;

	RP_CHECK_OK(
	    rp_theme_run_diff(&t->who, t->f.w.tx, &t->b, run_id, &diff));
	RP_CHECK_OK(rp_theme_run_apply(&t->who, t->f.w.tx, &t->b, run_id, &diff,
	    RP_TEXT("first")));
	RP_CHECK_OK(rp_codebook_of(&t->who, t->f.w.tx, t->question_id, &t->b));
}

struct rp_theme_items
themed_items(struct themed *t)
{
	struct rp_theme_items all;

	RP_CHECK_OK(rp_codebook_of(&t->who, t->f.w.tx, t->question_id, &t->b));
	RP_CHECK_OK(rp_theme_items_list(&t->who, t->f.w.tx, &t->b,
	    RP_TEXT("en"), false, &all));
	return all;
}

const struct rp_theme_item *
themed_find(const struct rp_theme_items *all, const char *name)
{
	for (size_t i = 0; i < all->n; i++)
		if (rp_text_eq(all->v[i].name, rp_text_z(name)))
			return &all->v[i];
	return NULL;
}

struct rp_theme_balance
themed_balance(struct themed *t)
{
	struct rp_theme_balance b;
	int64_t sum = 0;

	RP_CHECK_OK(rp_theme_balance(&t->who, t->f.w.tx, t->question_id, &b));
	for (int i = 0; i < RP_READINGS; i++)
		sum += b.of[i];
	/* Each response is in exactly one state, and each text heard. */
	RP_CHECK(sum == b.received);
	sum = 0;
	for (int i = 0; i < RP_READINGS; i++)
		sum += b.heard_of[i];
	RP_CHECK(sum == b.heard);
	return b;
}
