/* Two summaries side by side: see theme_version.h. */
#include "base/err.h"
#include "domain/theme_private.h"
#include "store/db.h"
#include "store/q_theme_version.h"

static struct rp_err *
load_themes(struct rp_tx *tx, int64_t version_id, rp_text lang,
    struct rp_compared_themes *out)
{
	struct q_version_figures_rows figures;
	struct q_version_themes_rows rows;
	struct rp_wordings words;

	RP_TRY(q_version_themes(tx,
	    &(struct q_version_themes_param){ version_id }, &rows));
	RP_TRY(rp_theme_version_words(tx, version_id, &words));
	RP_TRY(q_version_figures(tx,
	    &(struct q_version_figures_param){ version_id }, &figures));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_version_themes_row *r = &rows.v[i];
		const struct rp_wording *w = rp_wording_pick(&words, r->id,
		    RP_TEXT("name"), lang, RP_TEXT("en"));
		struct rp_compared_theme t = { .id = r->id,
			.question_id = r->question_id,
			.name = w != NULL ? w->body : r->label,
			.lang = w != NULL ? w->lang : r->label_lang };

		if (r->parent_id != 0)
			continue;
		for (size_t k = 0; k < figures.n; k++)
			if (figures.v[k].id == r->id)
				t.responses = figures.v[k].responses;
		rp_vec_push(rp_tx_arena(tx), out, t);
	}
	return NULL;
}

static struct rp_err *
load_overlaps(struct rp_tx *tx, struct rp_version_comparison *out)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct q_version_overlap_rows rows;
	struct q_version_sides_rows sides;

	RP_TRY(q_version_sides(tx,
	    &(struct q_version_sides_param){ .first_id = out->first.id,
		.second_id = out->second.id },
	    &sides));
	for (size_t i = 0; i < sides.n; i++)
		rp_vec_push(a, &out->questions,
		    ((struct rp_version_sides){ sides.v[i].question_id,
			sides.v[i].first_n, sides.v[i].second_n,
			sides.v[i].both_n }));
	RP_TRY(q_version_overlap(tx,
	    &(struct q_version_overlap_param){ .first_id = out->first.id,
		.second_id = out->second.id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++)
		rp_vec_push(a, &out->overlaps,
		    ((struct rp_overlap){ rows.v[i].first_theme,
			rows.v[i].second_theme, rows.v[i].responses }));
	return NULL;
}

struct rp_err *
rp_theme_version_compare(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, int64_t first, int64_t second,
    rp_text lang, struct rp_version_comparison *out)
{
	*out = (struct rp_version_comparison){ 0 };
	RP_TRY(rp_theme_version_find(who, tx, c, first, &out->first));
	RP_TRY(rp_theme_version_find(who, tx, c, second, &out->second));
	if (out->first.id == out->second.id)
		return rp_fail(RP_E_INVALID, "a version with itself");
	RP_TRY(load_themes(tx, out->first.id, lang, &out->first_themes));
	RP_TRY(load_themes(tx, out->second.id, lang, &out->second_themes));
	return load_overlaps(tx, out);
}
