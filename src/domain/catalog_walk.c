#include "base/err.h"
#include "domain/catalog_private.h"
#include "store/db.h"
#include "store/q_catalog.h"

/* One query: its parameters are named alike in all of them. */
#define RECEIVED(query)                                                   \
	({                                                                \
		struct query##_rows rows_;                                \
		struct rp_err *e_ = query(w->tx,                          \
		    &(struct query##_param){ .consultation_id = w->c->id, \
			.at = from.at,                                    \
			.id = from.id,                                    \
			.category = w->category,                          \
			.country = w->country,                            \
			.lang = w->lang,                                  \
			.max = (int64_t)max },                            \
		    &rows_);                                              \
		for (size_t i_ = 0; e_ == NULL && i_ < rows_.n; i_++)     \
			rp_vec_push(rp_tx_arena(w->tx), out,              \
			    ((struct rp_catalog_step){                    \
				.row = RP_CATALOG_ROW(&rows_.v[i_]) }));  \
		e_;                                                       \
	})

struct rp_err *
rp_catalog_walk_received(const struct rp_catalog_walk *w,
    enum rp_catalog_lead lead, bool up, struct rp_catalog_place from,
    size_t max, struct rp_catalog_steps *out)
{
	if (!from.given) {
		from.at = up ? -1 : INT64_MAX;
		from.id = up ? -1 : INT64_MAX;
	}
	switch (lead) {
	case RP_LEAD_NONE:
		return up ? RECEIVED(q_catalog_received_up) :
			    RECEIVED(q_catalog_received);
	case RP_LEAD_CATEGORY:
		return up ? RECEIVED(q_catalog_received_category_up) :
			    RECEIVED(q_catalog_received_category);
	case RP_LEAD_COUNTRY:
		return up ? RECEIVED(q_catalog_received_country_up) :
			    RECEIVED(q_catalog_received_country);
	case RP_LEAD_LANG:
		break;
	}
	return up ? RECEIVED(q_catalog_received_lang_up) :
		    RECEIVED(q_catalog_received_lang);
}

#define SOURCE(query)                                                     \
	({                                                                \
		struct query##_rows rows_;                                \
		struct rp_err *e_ = query(w->tx,                          \
		    &(struct query##_param){ .consultation_id = w->c->id, \
			.key = w->place.key,                              \
			.id = id,                                         \
			.category = w->category,                          \
			.country = w->country,                            \
			.lang = w->lang,                                  \
			.max = (int64_t)w->max },                         \
		    &rows_);                                              \
		for (size_t i_ = 0; e_ == NULL && i_ < rows_.n; i_++)     \
			rp_vec_push(rp_tx_arena(w->tx), out,              \
			    ((struct rp_catalog_step){                    \
				.row = RP_CATALOG_ROW(&rows_.v[i_]),      \
				.key = rows_.v[i_].key }));               \
		e_;                                                       \
	})

struct rp_err *
rp_catalog_walk_source(const struct rp_catalog_walk *w,
    struct rp_catalog_steps *out)
{
	int64_t id = w->place.given ? w->place.id : -1;
	bool back = w->f->back;

	switch (w->f->reader) {
	case RP_LANG_AR:
		return back ? SOURCE(q_catalog_source_ar_back) :
			      SOURCE(q_catalog_source_ar);
	case RP_LANG_ZH:
		return back ? SOURCE(q_catalog_source_zh_back) :
			      SOURCE(q_catalog_source_zh);
	case RP_LANG_FR:
		return back ? SOURCE(q_catalog_source_fr_back) :
			      SOURCE(q_catalog_source_fr);
	case RP_LANG_RU:
		return back ? SOURCE(q_catalog_source_ru_back) :
			      SOURCE(q_catalog_source_ru);
	case RP_LANG_ES:
		return back ? SOURCE(q_catalog_source_es_back) :
			      SOURCE(q_catalog_source_es);
	case RP_LANG_EN:
	case RP_LANG_COUNT:
		break;
	}
	return back ? SOURCE(q_catalog_source_en_back) :
		      SOURCE(q_catalog_source_en);
}

static size_t
group_at(const struct rp_catalog_walk *w, rp_text group)
{
	size_t i = 0;

	while (i < w->order.n && !rp_text_eq(w->order.v[i].value, group))
		i++;
	return i;
}

/* One group after the other, newest first in each. */
struct rp_err *
rp_catalog_walk_groups(const struct rp_catalog_walk *w,
    struct rp_catalog_steps *out)
{
	bool by_country = w->f->sort == RP_SORT_COUNTRY;
	struct rp_catalog_place from = w->place;
	struct rp_catalog_walk one = *w;
	size_t n = w->order.n;
	size_t at = from.given ? group_at(w, from.group) :
		    w->f->back ? n - 1 :
				 0;

	while (at < n && out->n < w->max) {
		rp_text value = w->order.v[at].value;

		if (by_country)
			one.country = value;
		else
			one.category = value;
		RP_TRY(rp_catalog_walk_received(&one,
		    by_country ? RP_LEAD_COUNTRY : RP_LEAD_CATEGORY, w->f->back,
		    from, w->max - out->n, out));
		from.given = false;
		at = w->f->back ? at - 1 : at + 1;
	}
	return NULL;
}
