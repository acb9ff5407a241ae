#include "proc/job_themes.h"

#include "base/clock.h"
#include "base/err.h"
#include "domain/theme_run.h"
#include "proc/themes_known.h"
#include "store/db.h"
#include "themes/analyse.h"
#include "themes/bridge.h"
#include "themes/parallel.h"

/* Others wait for the lock of a write: no longer than this, and a little. */
#define WRITE_MAX ((int64_t)12)
/* How often a long stage looks whether it was cancelled: milliseconds. */
#define ASK_EVERY ((int64_t)1000)

struct running {
	struct rp_arena *a;
	struct rp_worker *w;
	struct rp_actor who;
	struct rp_run_work work;
	struct rp_run_inputs in;
	struct rp_themes_result r;
	struct rp_err *stopped; /* what progress could not be told for */
	rp_text stage;          /* where it is, */
	int64_t permille, told; /* and when that was told: rp_clock_mono() */
};

static struct rp_err *
claim(struct rp_arena *a, struct rp_worker *w, const struct rp_actor *who,
    bool *found, struct rp_run_work *out)
{
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(w->db, a, RP_TX_WRITE, &tx));
	RP_TRY(rp_theme_run_claim(who, tx, found, out));
	return rp_tx_commit(tx);
}

static struct rp_err *
progress(struct running *p, rp_text stage, int64_t permille)
{
	struct rp_tx *tx;

	p->who.now = rp_clock_now();
	RP_TRY(rp_tx_begin(p->w->db, p->a, RP_TX_WRITE, &tx));
	RP_TRY(rp_theme_run_progress(&p->who, tx, &p->work, stage, permille));
	return rp_tx_commit(tx);
}

static void
add_response(struct running *p, const struct rp_run_input *in)
{
	struct rp_theme_response one = { .id = rp_textf(p->a, "%lld",
					     (long long)in->response_id),
		.lang = in->lang,
		.group = in->category,
		.is_withheld = in->is_withheld,
		.campaign = RP_NONE,
		.reading =
		    in->is_withheld ? RP_READING_WITHHELD : RP_READING_UNREAD };

	rp_vec_push(p->a, &p->in, *in);
	for (size_t k = 0; k < rp_run_input_fields(in); k++) {
		int64_t answer_id;
		struct rp_theme_field field = { .response =
						    (uint32_t)p->r.responses.n,
			.text = rp_run_input_field(in, k, &answer_id) };

		rp_vec_push(p->a, &p->r.fields, field);
	}
	rp_vec_push(p->a, &p->r.responses, one);
}

/* In batches, so that nobody has to wait for a long transaction to end. */
static struct rp_err *
read_answers(struct running *p)
{
	struct rp_run_inputs batch;
	int64_t after = 0;

	do {
		struct rp_tx *tx;

		RP_TRY(rp_tx_begin(p->w->db, p->a, RP_TX_READ, &tx));
		RP_TRY(
		    rp_theme_run_inputs(&p->who, tx, &p->work, after, &batch));
		RP_TRY(rp_tx_commit(tx));
		for (size_t i = 0; i < batch.n; i++)
			add_response(p, &batch.v[i]);
		if (batch.n > 0)
			after = batch.v[batch.n - 1].response_id;
	} while (batch.n > 0);
	return NULL;
}

static void
stage(void *ctx, enum rp_analysis_stage at)
{
	static const struct {
		rp_text name;
		int64_t permille;
	} of[RP_ANALYSIS_STAGES + 1] = {
		[RP_ANALYSIS_CAMPAIGNS] = { RP_TEXT_INIT("campaigns"), 100 },
		[RP_ANALYSIS_UNITS] = { RP_TEXT_INIT("campaigns"), 250 },
		[RP_ANALYSIS_TERMS] = { RP_TEXT_INIT("group"), 350 },
		[RP_ANALYSIS_GROUPING] = { RP_TEXT_INIT("group"), 450 },
		[RP_ANALYSIS_STAGES] = { RP_TEXT_INIT("quote"), 900 },
	};
	struct running *p = ctx;

	p->stage = of[at].name;
	p->permille = of[at].permille;
	p->told = rp_clock_mono();
	if (p->stopped == NULL)
		p->stopped = progress(p, p->stage, p->permille);
}

/* Asked often; a long stage is told of again, which says whether to go on. */
static bool
is_stopped(void *ctx)
{
	struct running *p = ctx;

	if (p->stopped == NULL && rp_clock_mono() - p->told >= ASK_EVERY) {
		p->told = rp_clock_mono();
		p->stopped = progress(p, p->stage, p->permille);
	}
	return p->stopped != NULL;
}

/* The body's own texts in its languages: answers in different ones are grouped
 * together where there are enough of them. */
static struct rp_err *
read_parallel(struct running *p, struct rp_parallel *out)
{
	struct RP_VEC(struct rp_parallel_text) texts = { 0 };
	struct rp_run_texts all;
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(p->w->db, p->a, RP_TX_READ, &tx));
	RP_TRY(rp_theme_run_parallel(&p->who, tx, &all));
	RP_TRY(rp_tx_commit(tx));
	for (size_t i = 0; i < all.n; i++)
		rp_vec_push(p->a, &texts,
		    ((struct rp_parallel_text){ all.v[i].key, all.v[i].lang,
			all.v[i].body }));
	rp_parallel_align(p->a, texts.v, texts.n, out);
	return NULL;
}

static struct rp_err *
find(struct running *p)
{
	struct rp_parallel parallel;
	struct rp_analysis_options o = { .question = p->work.question,
		.seed = (uint64_t)p->work.seed,
		.themes = (uint32_t)p->work.wanted,
		.crew = { .jobs = 1 },
		.ctx = p,
		.stage = stage,
		.is_cancelled = is_stopped };
	struct rp_theme_place *places;

	RP_TRY(read_parallel(p, &parallel));
	if (parallel.n_segments >= RP_BRIDGE_SEGMENTS_MIN)
		o.parallel = &parallel;
	return rp_analyse(p->a, p->w->tools, &o, &p->r, &places);
}

/* Themes that there are, for units that nobody decided on. */
static struct rp_err *
assign(struct running *p)
{
	struct rp_assigned got;
	struct rp_known known;
	int64_t *ids;

	RP_TRY(rp_themes_known(p->a, p->w->db, &p->who, &p->work, &p->in, &p->r,
	    &known));
	known.o.ctx = p;
	known.o.stage = stage;
	known.o.is_cancelled = is_stopped;
	RP_TRY(rp_themes_assign(p->a, p->w->tools, &known.o, &p->r, &got));
	ids = rp_new_n(p->a, int64_t, p->r.themes.n + 1);
	for (size_t i = 0; i < p->r.themes.n; i++)
		ids[i] = known.themes.v[got.theme[i]].id;
	p->work.theme_ids = ids;
	p->work.turns = got.turn;
	return NULL;
}

static struct rp_err *
compute(struct running *p)
{
	struct rp_err *e = p->work.kind == RP_RUN_GROUP ? find(p) : assign(p);

	if (p->stopped != NULL) {
		rp_err_free(e);
		e = p->stopped;
		p->stopped = NULL;
	}
	return e;
}

static struct rp_err *
store_some(struct running *p, size_t *at, bool *done)
{
	int64_t until = rp_clock_mono() + WRITE_MAX;
	struct rp_tx *tx;

	p->who.now = rp_clock_now();
	RP_TRY(rp_tx_begin(p->w->db, p->a, RP_TX_WRITE, &tx));
	do {
		RP_TRY(rp_theme_run_store(&p->who, tx, &p->work, &p->in, &p->r,
		    at, done));
	} while (!*done && rp_clock_mono() < until);
	return rp_tx_commit(tx);
}

static struct rp_err *
store(struct running *p)
{
	struct rp_tx *tx;
	bool done = false;
	size_t at = 0;

	while (!done)
		RP_TRY(store_some(p, &at, &done));
	p->who.now = rp_clock_now();
	RP_TRY(rp_tx_begin(p->w->db, p->a, RP_TX_WRITE, &tx));
	RP_TRY(rp_theme_run_finish(&p->who, tx, &p->work, &p->r));
	return rp_tx_commit(tx);
}

static struct rp_err *
run(struct rp_arena *a, void *ctx)
{
	struct running *p = ctx;

	p->a = a;
	RP_TRY(read_answers(p));
	RP_TRY(compute(p));
	return store(p);
}

/* Only the try that is still this process's is ended by it. */
static struct rp_err *
give_up(struct rp_arena *a, struct running *p, const struct rp_err *why)
{
	bool gone = rp_err_code(why) == RP_E_GONE;
	struct rp_tx *tx;

	p->who.now = rp_clock_now();
	RP_TRY(rp_tx_begin(p->w->db, a, RP_TX_WRITE, &tx));
	RP_TRY(rp_theme_run_fail(&p->who, tx, &p->work, gone,
	    gone ? RP_TEXT("") : rp_text_z(rp_err_message(why))));
	return rp_tx_commit(tx);
}

struct rp_err *
rp_job_themes(struct rp_arena *a, struct rp_worker *w, bool *more)
{
	struct running p = { .w = w,
		.who = rp_actor_system(w->env, rp_clock_now()) };
	struct rp_err *e;

	RP_TRY(claim(a, w, &p.who, more, &p.work));
	if (!*more)
		return NULL;
	e = rp_job_run(RP_THEMES_ARENA_MAX, run, &p);
	if (e == NULL)
		return NULL;
	/* A database that is away comes back: the claim runs out by then. */
	if (rp_err_code(e) == RP_E_UNAVAILABLE)
		return e;
	if (rp_err_code(e) == RP_E_GONE) {
		struct rp_err *failed = give_up(a, &p, e);

		rp_err_free(e);
		return failed;
	}
	rp_err_free(give_up(a, &p, e));
	return e;
}
