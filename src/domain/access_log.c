#include "domain/access_log.h"

#include "base/err.h"
#include "domain/place.h"
#include "store/db.h"
#include "store/q_access_log.h"

static const rp_text names[RP_ACCESS_WHATS] = {
	[RP_ACCESS_PAGE_SHOWN] = RP_TEXT_INIT("page"),
	[RP_ACCESS_FILE] = RP_TEXT_INIT("file"),
	[RP_ACCESS_PDF] = RP_TEXT_INIT("pdf"),
	[RP_ACCESS_DOCX] = RP_TEXT_INIT("docx"),
	[RP_ACCESS_CHANGES] = RP_TEXT_INIT("changes"),
	[RP_ACCESS_PACK] = RP_TEXT_INIT("pack"),
	[RP_ACCESS_API] = RP_TEXT_INIT("api"),
};

rp_text
rp_access_what_name(enum rp_access_what what)
{
	RP_ASSERT(what < RP_ACCESS_WHATS);
	return names[what];
}

bool
rp_access_what_from(rp_text name, enum rp_access_what *out)
{
	for (int i = 0; i < RP_ACCESS_WHATS; i++) {
		if (!rp_text_eq(names[i], name))
			continue;
		*out = (enum rp_access_what)i;
		return true;
	}
	return false;
}

void
rp_access_add(const struct rp_actor *who, struct rp_arena *a,
    const struct rp_meeting *m, const struct rp_meeting_document *d,
    const struct rp_document_file *f, enum rp_access_what what,
    struct rp_accesses *out)
{
	const struct rp_access one = { .group_id = m->group_id,
		.document_id = d->id,
		.person_id = who->person_id,
		.at = who->now,
		.file_id = f != NULL ? f->id : 0,
		.what = what };

	/* Whose title alone is seen was not opened. */
	if (who->person_id != 0 && !d->is_title_only &&
	    !rp_text_eq(d->access, RP_TEXT("public")))
		rp_vec_push(a, out, one);
}

struct rp_err *
rp_access_note(struct rp_tx *tx, const struct rp_access *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		RP_TRY(q_access_insert(tx,
		    &(struct q_access_insert_param){ .group_id = v[i].group_id,
			.document_id = v[i].document_id,
			.file_id = v[i].file_id,
			.person_id = v[i].person_id,
			.what = rp_access_what_name(v[i].what),
			.at = v[i].at }));
	return NULL;
}

static struct rp_err *
add_rows(struct rp_tx *tx, int64_t group_id, int64_t below_id, int64_t max,
    struct rp_access_rows *out)
{
	struct q_access_list_rows rows;

	RP_TRY(q_access_list(tx,
	    &(struct q_access_list_param){ .group_id = group_id,
		.below_id = below_id > 0 ? below_id : INT64_MAX,
		.max = max },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_access_list_row *r = &rows.v[i];
		struct rp_access_row one = { .id = r->id,
			.at = r->at,
			.person_id = r->person_id,
			.person = r->person,
			.series = r->series,
			.lang = r->lang,
			.ordinal = r->ordinal,
			.number = r->number,
			.revision = r->revision };

		if (!rp_access_what_from(r->what, &one.what))
			return rp_fail(RP_E_INTERNAL, "access_log: what");
		rp_vec_push(rp_tx_arena(tx), out, one);
	}
	return NULL;
}

static struct rp_err *
needs(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id)
{
	return rp_place_needs(who, tx, RP_MAY_MEET, RP_TEXT("group"), group_id);
}

struct rp_err *
rp_access_list(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    int64_t below_id, struct rp_access_rows *out)
{
	RP_TRY(needs(who, tx, group_id));
	*out = (struct rp_access_rows){ 0 };
	return add_rows(tx, group_id, below_id, RP_ACCESS_PAGE, out);
}

struct rp_err *
rp_access_export(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    struct rp_access_rows *out)
{
	RP_TRY(needs(who, tx, group_id));
	*out = (struct rp_access_rows){ 0 };
	return add_rows(tx, group_id, 0, RP_ACCESS_EXPORT_MAX, out);
}

struct rp_err *
rp_access_sweep(const struct rp_actor *who, struct rp_tx *tx, bool *out_more)
{
	int64_t n = 0;

	if (!who->system)
		return rp_fail(RP_E_DENIED, "for the worker");
	if (who->env->access_log_age > 0)
		RP_TRY(q_access_sweep(tx,
		    &(struct q_access_sweep_param){
			.before = who->now - who->env->access_log_age,
			.max = RP_ACCESS_SWEEP_MAX },
		    &n));
	*out_more = n == RP_ACCESS_SWEEP_MAX;
	return NULL;
}
