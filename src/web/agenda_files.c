/* agenda_files - an agenda that is issued, as Word documents in the register.
 */
#include "base/err.h"
#include "domain/upload.h"
#include "render/agenda_document.h"
#include "web/agenda.h"
#include "web/server.h"

struct issuing {
	struct rp_request req; /* as if read in the language of the file */
	const struct rp_meeting *m;
	struct rp_agenda agenda;
	struct rp_meeting_documents documents;
	int64_t number, revision;
};

static void
add_entry(const struct issuing *s, const struct rp_agenda_item *i,
    struct rp_agenda_section *to)
{
	struct rp_web_title title = rp_web_item_title(&s->req, i);
	struct rp_agenda_entry e = { .number = i->number,
		.title = title.text,
		.lang = title.lang,
		.minutes = i->minutes };

	for (size_t k = 0; k < i->documents.n; k++) {
		const struct rp_meeting_document *d =
		    rp_web_document_find(&s->documents, i->documents.v[k]);
		struct rp_agenda_paper p;

		if (d == NULL)
			continue;
		p = (struct rp_agenda_paper){
			.symbol =
			    rp_meeting_document_symbol(s->req.arena, s->m, d),
			.title = d->title.body,
			.lang = d->title.lang
		};
		rp_vec_push(s->req.arena, &e.papers, p);
	}
	rp_vec_push(s->req.arena, &to->entries, e);
}

static rp_text
about_part(const struct issuing *s, const struct rp_meeting_part *p)
{
	const struct rp_msg_arg chair[] = { RP_MSG_TEXT(p->chair) };
	const struct rp_msg_arg acting[] = { RP_MSG_TEXT(p->acting) };
	struct rp_arena *a = s->req.arena;
	rp_text t = rp_textf(a, "%.*s – %.*s",
	    RP_FMT(rp_web_part_time(&s->req, s->m, p)),
	    RP_FMT(rp_web_msg(&s->req, rp_msg_part_access(p->access))));

	if (p->chair.n > 0)
		t = rp_textf(a, "%.*s – %.*s", RP_FMT(t),
		    RP_FMT(rp_message(a, &s->req.reader, M_agenda_chair, chair,
			1)));
	if (p->acting.n > 0)
		t = rp_textf(a, "%.*s – %.*s", RP_FMT(t),
		    RP_FMT(rp_message(a, &s->req.reader, M_agenda_acting,
			acting, 1)));
	return t;
}

static void
add_section(const struct issuing *s, size_t part, struct rp_agenda_facts *f)
{
	const struct rp_meeting_part *p =
	    part > 0 ? &s->agenda.parts.v[part - 1] : NULL;
	struct rp_agenda_section section = { 0 };

	if (p != NULL) {
		struct rp_web_title t = rp_web_part_title(&s->req, p, part);

		section.title = t.text;
		section.lang = t.lang;
		section.about = about_part(s, p);
	}
	for (size_t i = 0; i < s->agenda.items.n; i++) {
		if (s->agenda.items.v[i].part_id == (p ? p->id : 0))
			add_entry(s, &s->agenda.items.v[i], &section);
	}
	if (p != NULL || section.entries.n > 0)
		rp_vec_push(s->req.arena, &f->sections, section);
}

static struct rp_err *
make(const struct issuing *s, const struct rp_meeting_document *d,
    rp_bytes *out)
{
	struct rp_meeting_document named = *d;
	struct rp_agenda_facts f = { .meeting =
					 rp_web_meeting_name(&s->req, s->m) };

	named.revision = s->revision;
	f.symbol = rp_meeting_document_symbol(s->req.arena, s->m, &named);
	f.about = rp_textf(s->req.arena, "%.*s – %.*s",
	    RP_FMT(rp_web_time(&s->req, s->m->zone, s->m->opens_at)),
	    RP_FMT(s->m->place));
	for (size_t part = 0; part <= s->agenda.parts.n; part++)
		add_section(s, part, &f);
	return rp_agenda_docx(s->req.arena, &s->req.reader, &f, out);
}

/* An item without a title has one in every language: its kind's. */
static bool
is_complete(const struct rp_agenda *a, rp_text lang)
{
	for (size_t i = 0; i < a->items.n; i++) {
		const struct rp_wording *t = &a->items.v[i].title;

		if (t->body.n > 0 && !rp_text_eq(t->lang, lang))
			return false;
	}
	for (size_t i = 0; i < a->parts.n; i++) {
		const struct rp_wording *t = &a->parts.v[i].title;

		if (t->body.n > 0 && !rp_text_eq(t->lang, lang))
			return false;
	}
	return true;
}

static struct rp_err *
upload(const struct issuing *s, rp_text name, rp_bytes octets, int64_t *out_id)
{
	const struct rp_actor *who = s->req.who;

	RP_TRY(rp_upload_begin(who, s->req.tx, name, out_id));
	for (size_t at = 0, seq = 0; at < octets.n; at += RP_CHUNK_MAX, seq++) {
		size_t n = octets.n - at;

		RP_TRY(rp_upload_chunk(who, s->req.tx, *out_id, (int64_t)seq,
		    (rp_bytes){ octets.p + at,
			n < RP_CHUNK_MAX ? n : RP_CHUNK_MAX }));
	}
	return NULL;
}

static struct rp_err *
add_file(const struct issuing *s, const struct rp_meeting_document *d,
    bool is_original)
{
	rp_text lang = rp_lang_tag(s->req.reader.lang);
	struct rp_document_file_in in = { .revision = s->revision,
		.lang = lang,
		.status =
		    is_original ? RP_TEXT("original") : RP_TEXT("official"),
		.file_kind = RP_TEXT("docx") };
	struct rp_wording_at title = { .owner_kind = RP_TEXT("document"),
		.owner_id = d->id,
		.field = RP_TEXT("title"),
		.lang = lang };
	const struct rp_msg_arg args[] = { RP_MSG_TEXT(
	    rp_web_meeting_name(&s->req, s->m)) };
	rp_bytes octets;

	in.file_name = rp_textf(s->req.arena,
	    "agenda-%.*s-%lld-rev%lld-%.*s"
	    ".docx",
	    RP_FMT(s->m->series), (long long)s->m->ordinal,
	    (long long)s->revision, RP_FMT(lang));
	RP_TRY(make(s, d, &octets));
	RP_TRY(upload(s, in.file_name, octets, &in.upload_id));
	RP_TRY(
	    rp_meeting_document_add_file(s->req.who, s->req.tx, s->m, d, &in));
	if (s->revision > 0)
		return NULL;
	return rp_wording_set(s->req.who, s->req.tx, &title,
	    is_original ? RP_WORDING_ORIGINAL : RP_WORDING_OFFICIAL,
	    rp_message(s->req.arena, &s->req.reader, M_agenda_of, args, 1));
}

/* In one language: `wanted` even if titles are missing in it. */
static struct rp_err *
one_language(struct issuing *s, enum rp_lang lang, bool wanted)
{
	const struct rp_web_options *o = rp_web_options_of(s->req.web);
	const struct rp_meeting_document *d = NULL;
	rp_text tag = rp_lang_tag(lang);

	s->req.reader = (struct rp_reader){ lang, o->locales[lang] };
	RP_TRY(rp_agenda_get(s->req.who, s->req.tx, s->m, tag, &s->agenda));
	if (!wanted && !is_complete(&s->agenda, tag))
		return NULL;
	RP_TRY(rp_meeting_document_list(s->req.who, s->req.tx, s->m, tag,
	    &s->documents));
	d = rp_web_document_find(&s->documents, s->agenda.document_id);
	if (d == NULL)
		return rp_fail(RP_E_INTERNAL, "an agenda without a document");
	return add_file(s, d, wanted);
}

struct rp_err *
rp_web_agenda_files(const struct rp_request *req, const struct rp_meeting *m,
    int64_t number, int64_t revision)
{
	struct issuing s = { .req = *req,
		.m = m,
		.number = number,
		.revision = revision };
	struct rp_meeting_document d;

	RP_TRY(one_language(&s, req->reader.lang, true));
	for (int l = 0; l < RP_LANG_COUNT; l++) {
		if ((enum rp_lang)l != req->reader.lang)
			RP_TRY(one_language(&s, (enum rp_lang)l, false));
	}
	RP_TRY(rp_meeting_document_get(req->who, req->tx, m, number,
	    rp_lang_tag(req->reader.lang), &d));
	if (rp_text_eq(d.state, RP_TEXT("received")))
		RP_TRY(rp_meeting_document_set_state(req->who, req->tx, m, &d,
		    RP_TEXT("posted")));
	return NULL;
}
