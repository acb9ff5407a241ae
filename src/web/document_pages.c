/* document_pages - one document of a meeting, and its files. */
#include "base/err.h"
#include "domain/document_comparison.h"
#include "domain/document_languages.h"
#include "domain/document_part.h"
#include "render/t_document.h"
#include "render/t_translations.h"
#include "text/format.h"
#include "text/zone.h"
#include "web/document_outcome.h"
#include "web/file.h"
#include "web/meeting.h"

#define FRESH ((int64_t)60 * 1000)

struct shown {
	struct rp_group g;
	struct rp_meeting m;
	struct rp_meeting_document d;
	struct rp_meeting_document of; /* what it is a part of, if it is */
};

static struct rp_err *
find(const struct rp_request *req, struct shown *s)
{
	rp_text lang = rp_lang_tag(req->reader.lang);

	RP_TRY(rp_group_get(req->who, req->tx, req->params.group, lang, &s->g));
	RP_TRY(
	    rp_meeting_get(req->who, req->tx, s->g.id, req->params.n, &s->m));
	RP_TRY(rp_meeting_document_get(req->who, req->tx, &s->m, req->params.k,
	    lang, &s->of));
	if (req->params.part.n > 0)
		return rp_document_part_of(req->arena, &s->of, req->params.part,
		    &s->d);
	s->d = s->of;
	return NULL;
}

static rp_text
symbol_of(const struct rp_request *req, const struct shown *s, int64_t revision)
{
	struct rp_meeting_document d = s->d;

	d.revision = revision;
	return rp_meeting_document_symbol(req->arena, &s->m, &d);
}

static rp_url
with_end(const struct rp_request *req, rp_url url, const char *end)
{
	return rp_urlf(req->arena, "%.*s%s", (int)url.n, url.p, end);
}

static void
add_files(const struct rp_request *req, const struct shown *s,
    struct v_document *v)
{
	for (size_t i = 0; i < s->d.files.n; i++) {
		const struct rp_document_file *f = &s->d.files.v[i];
		rp_url url = rp_web_document_url(req, &s->g, &s->m, &s->d, f);
		struct v_document_files row = { .symbol = symbol_of(req, s,
						    f->revision),
			.language = rp_locale_language(req->reader.locale,
			    req->arena, f->lang),
			.status = rp_msg_document_status(f->status),
			.url = url,
			.sent = f->file_kind,
			.waiting = rp_text_eq(f->reading, RP_TEXT("waiting")) &&
				   f->pdf_blob_id == 0,
			.not_aligned = !rp_document_is_aligned(&s->d, f) };

		if (f->tracked_blob_id != 0)
			row.changes_url = with_end(req, url, "-changes.docx");
		if (f->docx_blob_id != 0)
			row.docx_url = with_end(req, url, ".docx");
		if (f->pdf_blob_id != 0)
			row.pdf_url = with_end(req, url, ".pdf");
		rp_vec_push(req->arena, &v->files, row);
	}
}

/* "Arabic, Chinese and Russian" */
static rp_text
languages(const struct rp_request *req, unsigned missing)
{
	rp_text names[RP_LANG_COUNT];
	size_t n = 0;

	for (int l = 0; l < RP_LANG_COUNT; l++) {
		if ((missing & (1U << l)) != 0)
			names[n++] = rp_locale_language(req->reader.locale,
			    req->arena, rp_lang_tag((enum rp_lang)l));
	}
	return n > 0 ?
		   rp_format_list(req->reader.locale, req->arena, names, n) :
		   RP_TEXT("");
}

static struct rp_err *
add_deadline(const struct rp_request *req, const struct shown *s,
    struct v_document *v)
{
	const struct rp_zone *zone =
	    rp_zone_find(req->who->env->zones, s->m.zone);
	const struct rp_posting_rule *rule;
	struct rp_posting_rules rules;

	v->received = rp_web_time(req, s->m.zone, s->d.received_at);
	v->received_iso = rp_web_iso(req, s->d.received_at);
	v->late = rp_msg_late(&s->d);
	if (s->d.admitted_at != 0)
		v->admitted = rp_web_date(req, s->m.zone, s->d.admitted_at);
	if (zone == NULL)
		return NULL;
	v->days = rp_posting_days(zone, s->d.received_at, s->m.opens_at);
	RP_TRY(rp_posting_list(req->who, req->tx, s->g.id, &rules));
	rule = rp_posting_cited(&rules, s->d.kind, v->days);
	if (rule != NULL) {
		const struct rp_msg_arg args[] = {
			RP_MSG_TEXT(rule->instrument), RP_MSG_NUM(rule->days)
		};

		v->rule = rp_message(req->arena, &req->reader, M_document_rule,
		    args, 2);
	}
	return NULL;
}

static struct rp_err *
add_words(const struct rp_request *req, const struct shown *s,
    struct v_document *v)
{
	struct rp_document_words w;

	RP_TRY(rp_meeting_document_words(req->who, req->tx, &s->d,
	    rp_lang_tag(req->reader.lang), &w));
	v->purpose = w.purpose.body;
	v->purpose_lang = w.purpose.lang;
	v->action_required = w.action.body;
	v->action_lang = w.action.lang;
	v->summary = w.summary.body;
	v->summary_lang = w.summary.lang;
	v->refs = w.refs.body;
	v->refs_lang = w.refs.lang;
	return NULL;
}

/* What it belongs to, where it went, and its addenda and corrigenda. */
static void
add_relations(const struct rp_request *req, const struct shown *s,
    struct v_document *v)
{
	struct rp_meeting_document of = { .number = s->d.number },
				   to = { .number = s->d.merged_into };

	v->part_name = rp_web_part_name(req, &s->d);
	if (s->d.parent_id != 0) {
		v->of_url = rp_web_document_page(req, &s->g, &s->m, &of);
		v->of_symbol =
		    rp_meeting_document_symbol(req->arena, &s->m, &of);
	}
	if (s->d.only_lang.n > 0)
		v->only_language = rp_locale_language(req->reader.locale,
		    req->arena, s->d.only_lang);
	if (s->d.merged_into != 0) {
		v->into_url = rp_web_document_page(req, &s->g, &s->m, &to);
		v->into_symbol =
		    rp_meeting_document_symbol(req->arena, &s->m, &to);
	}
	for (size_t i = 0; i < s->d.merged_from.n; i++) {
		struct v_document_from row = { 0 };

		to.number = s->d.merged_from.v[i];
		row.url = rp_web_document_page(req, &s->g, &s->m, &to);
		row.symbol = rp_meeting_document_symbol(req->arena, &s->m, &to);
		rp_vec_push(req->arena, &v->from, row);
	}
	for (size_t i = 0; i < s->d.parts.n; i++) {
		const struct rp_meeting_document *p = &s->d.parts.v[i];
		struct v_document_parts row = {
			.symbol =
			    rp_meeting_document_symbol(req->arena, &s->m, p),
			.name = rp_web_part_name(req, p),
			.url = rp_web_document_page(req, &s->g, &s->m, p),
			.title = p->title.body,
			.lang = p->title.lang
		};

		if (!rp_text_eq(p->state, RP_TEXT("posted")))
			row.state = rp_msg_document_state(p->state);
		if (p->only_lang.n > 0)
			row.only_language =
			    rp_locale_language(req->reader.locale, req->arena,
				p->only_lang);
		rp_vec_push(req->arena, &v->parts, row);
	}
}

/* Each pair of revisions in one language, the newest first. */
static void
add_comparisons(const struct rp_request *req, const struct shown *s,
    struct v_document *v)
{
	struct rp_document_pairs all = { 0 };

	rp_document_pairs(req->arena, &s->d,
	    s->d.parent_id != 0 ? &s->of : NULL, &all);
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_document_pair *p = &all.v[i];
		struct rp_meeting_document old = p->is_of_whole ? s->of : s->d;
		struct v_document_comparisons row = {
			.new_symbol = symbol_of(req, s, p->now->revision),
			.language = rp_locale_language(req->reader.locale,
			    req->arena, p->now->lang),
			.url = rp_urlf(req->arena, "compare/%s/",
			    rp_web_document_pair(req, p).p)
		};

		old.revision = p->old->revision;
		row.old_symbol =
		    rp_meeting_document_symbol(req->arena, &s->m, &old);
		rp_vec_push(req->arena, &v->comparisons, row);
	}
}

struct rp_err *
rp_web_document(const struct rp_request *req, struct rp_response *out)
{
	struct v_document v = { 0 };
	struct shown s;
	struct rp_frame f = { .group = &s.g };
	rp_html content;

	RP_TRY(find(req, &s));
	v.meeting_url = rp_web_meeting_url(req, &s.g, &s.m, "");
	v.meeting_name = rp_web_meeting_name(req, &s.m);
	v.symbol = symbol_of(req, &s, s.d.revision);
	v.title = s.d.title.body;
	v.lang = s.d.title.lang;
	v.kind = rp_msg_document_kind(s.d.kind);
	v.purpose_word = s.d.is_for_action ? M_document_for_action :
					     M_document_for_information;
	if (!rp_text_eq(s.d.state, RP_TEXT("posted")))
		v.state = rp_msg_document_state(s.d.state);
	v.title_only = s.d.is_title_only && rp_document_is_out(&s.d);
	if (s.d.public_from_at > req->now)
		v.public_from = rp_web_date(req, s.m.zone, s.d.public_from_at);
	v.sources = rp_web_source_names(req, &s.d);
	RP_TRY(add_deadline(req, &s, &v));
	RP_TRY(add_words(req, &s, &v));
	add_files(req, &s, &v);
	add_relations(req, &s, &v);
	add_comparisons(req, &s, &v);
	RP_TRY(rp_web_document_outcome(req, &s.g, &s.m, &s.d, &v.decided,
	    &v.standing));
	v.missing = languages(req, rp_document_missing(&s.d));
	rp_access_add(req->who, req->arena, &s.m, &s.d, NULL,
	    RP_ACCESS_PAGE_SHOWN, &out->opened);
	out->fresh_ms = FRESH;
	f.title = v.symbol;
	RP_TRY(rp_web_render(req, document, &v, &content));
	return rp_web_frame(req, &f, content, out);
}

/* "CWG-Internet-20-3-Rev.1.pdf": the symbol as the name of a file. */
static rp_text
made_name(const struct rp_request *req, const struct shown *s,
    const struct rp_document_file *f, const char *kind)
{
	rp_text symbol = symbol_of(req, s, f->revision);
	char *p = rp_alloc(req->arena, symbol.n + 1);

	for (size_t i = 0; i < symbol.n; i++)
		p[i] = symbol.p[i] == '/' || symbol.p[i] == '(' ? '-' :
		       symbol.p[i] == ')'                       ? '.' :
								  symbol.p[i];
	return rp_textf(req->arena, "%s%s%.*s.%s", p,
	    symbol.n > 0 && p[symbol.n - 1] == '.' ? "" : ".", RP_FMT(f->lang),
	    kind);
}

static bool
is_named(const struct rp_request *req, const struct rp_document_file *f,
    const char *end)
{
	return rp_text_eq(req->params.name,
	    rp_textf(req->arena, "%lld-%.*s%s", (long long)f->revision,
		RP_FMT(f->lang), end));
}

/* One file of a document, as it was sent or made of it; noted. */
static struct rp_err *
give(const struct rp_request *req, const struct shown *s,
    const struct rp_document_file *f, enum rp_access_what what,
    struct rp_response *out)
{
	static const rp_text docx = RP_TEXT_INIT("docx");

	rp_access_add(req->who, req->arena, &s->m, &s->d, f, what,
	    &out->opened);
	if (what == RP_ACCESS_DOCX)
		return rp_web_file(req, f->docx_blob_id,
		    made_name(req, s, f, "docx"), docx, out);
	if (what == RP_ACCESS_CHANGES)
		return rp_web_file(req, f->tracked_blob_id,
		    made_name(req, s, f, "changes.docx"), docx, out);
	if (what == RP_ACCESS_PDF)
		return rp_web_file(req, f->pdf_blob_id,
		    made_name(req, s, f, "pdf"), RP_TEXT("pdf"), out);
	return rp_web_file(req, f->blob_id, f->file_name, f->file_kind, out);
}

struct rp_err *
rp_web_document_file(const struct rp_request *req, struct rp_response *out)
{
	struct shown s;

	RP_TRY(find(req, &s));
	for (size_t i = 0; i < s.d.files.n; i++) {
		const struct rp_document_file *f = &s.d.files.v[i];

		if (is_named(req, f, ""))
			return give(req, &s, f, RP_ACCESS_FILE, out);
		if (is_named(req, f, ".docx") && f->docx_blob_id != 0)
			return give(req, &s, f, RP_ACCESS_DOCX, out);
		if (is_named(req, f, "-changes.docx") &&
		    f->tracked_blob_id != 0)
			return give(req, &s, f, RP_ACCESS_CHANGES, out);
		if (is_named(req, f, ".pdf") && f->pdf_blob_id != 0)
			return give(req, &s, f, RP_ACCESS_PDF, out);
	}
	return rp_fail(RP_E_NOTFOUND, "no such file");
}

struct rp_err *
rp_web_translations(const struct rp_request *req, struct rp_response *out)
{
	rp_text lang = rp_lang_tag(req->reader.lang);
	struct rp_documents_to_translate all;
	struct v_translations v = { 0 };
	struct shown s = { 0 };
	struct rp_frame f = { .group = &s.g, .private = true };
	rp_html content;

	RP_TRY(rp_group_get(req->who, req->tx, req->params.group, lang, &s.g));
	RP_TRY(rp_meeting_get(req->who, req->tx, s.g.id, req->params.n, &s.m));
	RP_TRY(rp_document_translations(req->who, req->tx, &s.m, lang, &all));
	v.meeting_url = RP_URL("./");
	v.meeting_name = rp_web_meeting_name(req, &s.m);
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_document_to_translate *t = &all.v[i];
		struct v_translations_rows row = {
			.symbol =
			    rp_meeting_document_symbol(req->arena, &s.m, &t->d),
			.url = rp_web_document_page(req, &s.g, &s.m, &t->d),
			.title = t->d.title.body,
			.lang = t->d.title.lang,
			.missing = languages(req, t->missing),
			.due = rp_web_date(req, s.m.zone, t->due_at),
			.due_iso = rp_web_iso(req, t->due_at)
		};

		rp_vec_push(req->arena, &v.rows, row);
	}
	f.title = rp_web_msg(req, M_translations_title);
	out->no_store = true;
	RP_TRY(rp_web_render(req, translations, &v, &content));
	return rp_web_frame(req, &f, content, out);
}
