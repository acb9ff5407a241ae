/*
 * demo_themes - what the secretariat made of the closed consultation: a run of
 * the engine, themes of persons, a frozen and published summary.
 */
#include "base/clock.h"
#include "domain/consultation.h"
#include "domain/decision.h"
#include "domain/redaction.h"
#include "domain/theme_run.h"
#include "domain/theme_version.h"
#include "proc/demo.h"
#include "store/db.h"
#include "text/folded.h"
#include "text/stem.h"
#include "themes/analyse.h"

#define PASSAGE_MAX ((size_t)2000)
#define SEED 1
#define READ_DAY (-30)  /* the day after the sessions */
#define PRINT_DAY (-24) /* the summary */

struct theming {
	struct rp_demo *d;
	struct rp_arena *a;
	struct rp_actor who;
	struct rp_theme_tools tools;
	struct rp_consultation c;
	const struct rp_question *q;
	struct rp_codebook b;
	struct rp_run_work work;
	struct rp_run_inputs in;
	struct rp_themes_result r;
	rp_text reason;
};

static void
close_folder(void *p)
{
	rp_folder_free(p);
}

static void
close_stemmer(void *p)
{
	rp_stemmer_free(p);
}

static void
open_tools(struct theming *t)
{
	t->tools = (struct rp_theme_tools){ t->d->env->words, rp_folder_new(),
		rp_stemmer_new() };
	rp_arena_defer(t->a, close_folder, t->tools.folder);
	rp_arena_defer(t->a, close_stemmer, t->tools.stemmer);
}

/* The system, in the name of somebody of the secretariat. */
static struct rp_err *
on(struct theming *t, int64_t day)
{
	int64_t at;

	RP_TRY(rp_demo_instant(t->a, t->d, t->d->today + day, RP_TEXT("10:30"),
	    &at));
	t->who = rp_demo_system(t->d, at);
	if (t->d->clerks.n > 0)
		t->who.person_id = t->d->clerks.v[0];
	return NULL;
}

static void
add_fields(struct theming *t, const struct rp_run_input *in)
{
	for (size_t k = 0; k < rp_run_input_fields(in); k++) {
		int64_t answer_id;
		struct rp_theme_field field = { .response =
						    (uint32_t)t->r.responses.n,
			.text = rp_run_input_field(in, k, &answer_id) };

		rp_vec_push(t->a, &t->r.fields, field);
	}
}

static struct rp_err *
read_answers(struct theming *t)
{
	struct rp_run_inputs batch;
	int64_t after = 0;

	t->in.n = t->r.responses.n = t->r.fields.n = 0;
	do {
		RP_TRY(rp_theme_run_inputs(&t->who, t->d->tx, &t->work, after,
		    &batch));
		for (size_t i = 0; i < batch.n; i++) {
			const struct rp_run_input *in = &batch.v[i];
			struct rp_theme_response one = {
				.id = rp_textf(t->a, "%lld",
				    (long long)in->response_id),
				.lang = in->lang,
				.group = in->category,
				.is_withheld = in->is_withheld,
				.campaign = RP_NONE,
				.reading = in->is_withheld ?
					       RP_READING_WITHHELD :
					       RP_READING_UNREAD
			};

			rp_vec_push(t->a, &t->in, *in);
			add_fields(t, in);
			rp_vec_push(t->a, &t->r.responses, one);
		}
		if (batch.n > 0)
			after = batch.v[batch.n - 1].response_id;
	} while (batch.n > 0);
	return NULL;
}

/* As the worker does, in the demonstration's transaction. */
static struct rp_err *
run_engine(struct theming *t, int64_t wanted)
{
	struct rp_analysis_options o = { .seed = SEED,
		.themes = (uint32_t)wanted,
		.crew = { .jobs = 1 } };
	struct rp_tx *tx = t->d->tx;
	struct rp_theme_place *places;
	struct rp_theme_diff diff;
	bool found, done = false;
	size_t at = 0;
	int64_t id;

	RP_TRY(rp_theme_run_ask(&t->who, tx, t->q->id, RP_RUN_GROUP, wanted,
	    SEED, &id));
	RP_TRY(rp_theme_run_claim(&t->who, tx, &found, &t->work));
	if (!found || t->work.id != id)
		return rp_fail(RP_E_INTERNAL, "another run waits");
	RP_TRY(read_answers(t));
	o.question = t->work.question;
	RP_TRY(rp_analyse(t->a, &t->tools, &o, &t->r, &places));
	while (!done)
		RP_TRY(rp_theme_run_store(&t->who, tx, &t->work, &t->in, &t->r,
		    &at, &done));
	RP_TRY(rp_theme_run_finish(&t->who, tx, &t->work, &t->r));
	RP_TRY(rp_codebook_of(&t->who, tx, t->q->id, &t->b));
	RP_TRY(rp_theme_run_diff(&t->who, tx, &t->b, id, &diff));
	RP_TRY(rp_theme_run_apply(&t->who, tx, &t->b, id, &diff, t->reason));
	return rp_codebook_of(&t->who, tx, t->q->id, &t->b);
}

/* A passage stands in one answer at least; the first is coded, and where the
 * same is said. */
static struct rp_err *
code(struct theming *t, int64_t theme_id, rp_text passage, struct rp_span *out)
{
	struct rp_coding_act act = { .theme_id = theme_id,
		.add = true,
		.copies = true,
		.reason = t->reason };

	for (size_t i = 0; i < t->in.n; i++) {
		const struct rp_run_input *in = &t->in.v[i];
		struct rp_err *e;

		if (in->is_withheld || in->answer_id == 0)
			continue;
		act.span.answer_id = in->answer_id;
		e = rp_redaction_find(in->text, passage, &act.span.from,
		    &act.span.to);
		*out = act.span;
		if (e == NULL)
			return rp_coding_set(&t->who, t->d->tx, &t->b, &act);
		rp_err_free(e);
	}
	return rp_fail(RP_E_INVALID, "no answer has “%.*s”", RP_FMT(passage));
}

static struct rp_err *
reword(struct theming *t, int64_t theme_id, const char *field,
    const struct rp_json *o)
{
	for (size_t i = 0; o != NULL && i < rp_json_n(o); i++) {
		rp_text text;

		RP_TRY(rp_json_as_text(t->a, rp_json_at(o, i),
		    RP_THEME_TEXT_MAX, &text));
		RP_TRY(rp_theme_reword(&t->who, t->d->tx, theme_id,
		    rp_text_z(field), rp_json_key_at(o, i), text, t->reason));
	}
	return NULL;
}

static struct rp_err *
make_theme(struct theming *t, const struct rp_json *o)
{
	const struct rp_json *names = rp_json_find(o, "name"), *passages;
	rp_text name, passage;
	struct rp_span span;
	int64_t id;

	if (names == NULL)
		return rp_fail(RP_E_INVALID, "a theme without a name");
	RP_TRY(rp_json_text(t->a, names, "en", RP_THEME_NAME_MAX, &name));
	RP_TRY(rp_theme_create(&t->who, t->d->tx, t->q->id, 0, name,
	    RP_TEXT("en"), t->reason, &id));
	RP_TRY(reword(t, id, "name", names));
	RP_TRY(reword(t, id, "definition", rp_json_find(o, "definition")));
	RP_TRY(rp_json_array(o, "passages", RP_DECISION_SPLIT, &passages));
	for (size_t i = 0; i < rp_json_n(passages); i++) {
		RP_TRY(rp_json_as_text(t->a, rp_json_at(passages, i),
		    PASSAGE_MAX, &passage));
		RP_TRY(code(t, id, passage, &span));
	}
	if (rp_json_find(o, "chosen") == NULL)
		return NULL;
	/* To illustrate it, before what the engine would take. */
	RP_TRY(rp_json_text(t->a, o, "chosen", PASSAGE_MAX, &passage));
	RP_TRY(code(t, id, passage, &span));
	return rp_theme_quote(&t->who, t->d->tx, id, span);
}

static struct rp_err *
make_question(struct theming *t, const struct rp_json *o, int64_t wanted)
{
	const struct rp_json *themes;
	int64_t position;

	RP_TRY(rp_json_i64(o, "question", &position));
	RP_TRY(rp_demo_text(t->a, o, "reason", &t->reason));
	t->q = NULL;
	for (size_t i = 0; i < t->c.questions.n; i++)
		if (t->c.questions.v[i].position == position)
			t->q = &t->c.questions.v[i];
	if (t->q == NULL)
		return rp_fail(RP_E_INVALID, "no question %lld",
		    (long long)position);
	RP_TRY(run_engine(t, wanted));
	RP_TRY(rp_json_array(o, "themes", RP_THEMES_MAX, &themes));
	for (size_t i = 0; i < rp_json_n(themes); i++)
		RP_TRY(make_theme(t, rp_json_at(themes, i)));
	return NULL;
}

static struct rp_err *
publish(struct theming *t, rp_text note)
{
	int64_t number, theme_id;

	RP_TRY(on(t, PRINT_DAY));
	RP_TRY(rp_theme_version_freeze(&t->who, t->d->tx, &t->c, RP_TEXT(""),
	    note, &number, &theme_id));
	return rp_theme_version_publish(&t->who, t->d->tx, &t->c, number);
}

static struct rp_err *
consultation(struct theming *t, const struct rp_json *root)
{
	int64_t number;

	RP_TRY(rp_json_i64(root, "consultation", &number));
	for (size_t i = 0; i < t->d->consultations.n; i++)
		if (t->d->consultations.v[i].number == number)
			return rp_consultation_get_by_id(&t->who, t->d->tx,
			    t->d->consultations.v[i].id, RP_TEXT("en"), &t->c);
	return rp_fail(RP_E_INVALID, "no consultation %lld", (long long)number);
}

struct rp_err *
rp_demo_themes(struct rp_demo *d)
{
	struct theming t = { .d = d, .a = d->arena };
	const struct rp_json *root, *all;
	int64_t wanted;
	rp_text note;
	rp_bytes octets;

	RP_TRY(rp_demo_read(d->arena, d, "themes.json", &octets));
	RP_TRY(rp_json_parse(d->arena, octets, &root));
	open_tools(&t);
	RP_TRY(on(&t, READ_DAY));
	RP_TRY(consultation(&t, root));
	RP_TRY(rp_demo_sessions(d, &t.c, root));
	RP_TRY(rp_demo_i64(root, "themes", 0, &wanted));
	RP_TRY(rp_demo_text(d->arena, root, "note", &note));
	RP_TRY(rp_json_array(root, "questions", RP_THEMES_MAX, &all));
	for (size_t i = 0; i < rp_json_n(all); i++)
		RP_TRY(make_question(&t, rp_json_at(all, i), wanted));
	return publish(&t, note);
}
