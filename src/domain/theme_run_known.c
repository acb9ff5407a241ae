/* What a run learns from: see theme_run.h. */
#include "base/buf.h"
#include "base/err.h"
#include "domain/theme_private.h"
#include "domain/theme_run.h"
#include "store/db.h"
#include "store/q_theme.h"
#include "store/q_theme_run.h"

#define WORDS_MAX ((size_t)20000) /* octets of a theme, in all languages */

static struct rp_err *
only_worker(const struct rp_actor *who)
{
	if (!who->system)
		return rp_fail(RP_E_DENIED, "only the worker runs the engine");
	return NULL;
}

/* What says that something is of the theme; what it is not says nothing. */
static bool
describes(rp_text field)
{
	return rp_text_eq(field, RP_TEXT("name")) ||
	       rp_text_eq(field, RP_TEXT("definition")) ||
	       rp_text_eq(field, RP_TEXT("include")) ||
	       rp_text_eq(field, RP_TEXT("example"));
}

static rp_text
words_of(struct rp_arena *a, const struct q_theme_wordings_rows *all,
    int64_t theme_id)
{
	rp_text out = RP_TEXT("");

	for (size_t i = 0; i < all->n; i++) {
		const struct q_theme_wordings_row *w = &all->v[i];

		if (w->owner_id != theme_id || !describes(w->field) ||
		    out.n + w->body.n + 1 > WORDS_MAX)
			continue;
		out = rp_textf(a, "%.*s%s%.*s", RP_FMT(out),
		    out.n > 0 ? "\n" : "", RP_FMT(w->body));
	}
	return out;
}

static int64_t
parent_of(const struct q_theme_list_rows *all, const struct q_theme_list_row *t)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].id == t->parent_id &&
		    rp_theme_stands(all->v[i].state))
			return t->parent_id;
	return 0;
}

struct rp_err *
rp_theme_run_themes(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_run_work *work, struct rp_run_known_themes *out)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct q_theme_wordings_rows words;
	struct q_theme_list_rows all;

	RP_TRY(only_worker(who));
	RP_TRY(q_theme_list(tx,
	    &(struct q_theme_list_param){ .codebook_id = work->codebook_id },
	    &all));
	RP_TRY(q_theme_wordings(tx,
	    &(struct q_theme_wordings_param){ work->codebook_id }, &words));
	*out = (struct rp_run_known_themes){ 0 };
	for (int below = 0; below < 2; below++)
		for (size_t i = 0; i < all.n; i++) {
			const struct q_theme_list_row *t = &all.v[i];
			struct rp_run_known_theme one = { .id = t->id,
				.parent_id = parent_of(&all, t),
				.name = t->label,
				.words = words_of(a, &words, t->id),
				.lang = t->label_lang };

			if (!rp_theme_stands(t->state) ||
			    (one.parent_id != 0) != (below == 1))
				continue;
			/* Made by hand it has a name in place of a label. */
			if (one.name.n == 0)
				one.name =
				    rp_textf(a, "%lld", (long long)t->id);
			rp_vec_push(a, out, one);
		}
	return NULL;
}

static struct rp_err *
by_run(struct rp_tx *tx, const struct rp_run_work *work, int64_t after,
    struct rp_run_saids *out)
{
	struct q_theme_said_by_run_rows rows;

	RP_TRY(q_theme_said_by_run(tx,
	    &(struct q_theme_said_by_run_param){ .codebook_id =
						     work->codebook_id,
		.after_n = after,
		.max = RP_RUN_BATCH },
	    &rows));
	for (size_t i = 0; i < rows.n; i++)
		rp_vec_push(rp_tx_arena(tx), out,
		    ((struct rp_run_said){ rows.v[i].n, rows.v[i].answer_id,
			rows.v[i].from_byte, rows.v[i].to_byte,
			rows.v[i].theme_id, rows.v[i].score }));
	return NULL;
}

struct rp_err *
rp_theme_run_said(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_run_work *work, bool by_persons, int64_t after,
    struct rp_run_saids *out)
{
	struct q_theme_said_by_persons_rows rows;

	RP_TRY(only_worker(who));
	*out = (struct rp_run_saids){ 0 };
	if (!by_persons)
		return by_run(tx, work, after, out);
	RP_TRY(q_theme_said_by_persons(tx,
	    &(struct q_theme_said_by_persons_param){ .codebook_id =
							 work->codebook_id,
		.after_id = after,
		.max = RP_RUN_BATCH },
	    &rows));
	for (size_t i = 0; i < rows.n; i++)
		rp_vec_push(rp_tx_arena(tx), out,
		    ((struct rp_run_said){ rows.v[i].id, rows.v[i].answer_id,
			rows.v[i].from_byte, rows.v[i].to_byte,
			rows.v[i].theme_id, 1000 }));
	return NULL;
}

struct rp_err *
rp_theme_run_parallel(const struct rp_actor *who, struct rp_tx *tx,
    struct rp_run_texts *out)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct q_parallel_texts_rows rows;

	RP_TRY(only_worker(who));
	RP_TRY(q_parallel_texts(tx,
	    &(struct q_parallel_texts_param){ .max = RP_RUN_PARALLEL_MAX },
	    &rows));
	*out = (struct rp_run_texts){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_parallel_texts_row *r = &rows.v[i];
		rp_text key = rp_textf(a, "%.*s %lld %.*s", RP_FMT(r->kind),
		    (long long)r->owner_id, RP_FMT(r->field));

		rp_vec_push(a, out,
		    ((struct rp_run_text){ key, r->lang, r->body }));
	}
	return NULL;
}
