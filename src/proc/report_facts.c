#include "proc/report_facts.h"

#include "base/err.h"
#include "codec/json.h"
#include "text/zone.h"

/* A text that may be left out. */
static struct rp_err *
text(struct rp_arena *a, const struct rp_json *o, const char *name,
    rp_text *out)
{
	*out = RP_TEXT("");
	return rp_json_find(o, name) == NULL ?
		   NULL :
		   rp_json_text(a, o, name, RP_REPORT_TEXT_MAX, out);
}

/* A list that may be left out: NULL then. */
static struct rp_err *
list(const struct rp_json *o, const char *name, const struct rp_json **out)
{
	*out = NULL;
	return rp_json_find(o, name) == NULL ?
		   NULL :
		   rp_json_array(o, name, RP_REPORT_LIST_MAX, out);
}

static struct rp_err *
texts(struct rp_arena *a, const struct rp_json *o, const char *name,
    struct rp_report_texts *out)
{
	const struct rp_json *all;

	RP_TRY(list(o, name, &all));
	for (size_t i = 0; all != NULL && i < rp_json_n(all); i++) {
		rp_text t;

		RP_TRY(rp_json_as_text(a, rp_json_at(all, i),
		    RP_REPORT_TEXT_MAX, &t));
		rp_vec_push(a, out, t);
	}
	return NULL;
}

static struct rp_err *
outcome(struct rp_arena *a, const struct rp_json *o,
    struct rp_report_outcome *out)
{
	rp_text verb;

	RP_TRY(rp_json_text(a, o, "verb", RP_REPORT_TEXT_MAX, &verb));
	if (!rp_outcome_from(verb, &out->verb))
		return rp_fail(RP_E_INVALID, "\"%.*s\" is no outcome",
		    RP_FMT(verb));
	return text(a, o, "object", &out->object);
}

static struct rp_err *
outcomes(struct rp_arena *a, const struct rp_json *o,
    struct rp_report_outcomes *out)
{
	const struct rp_json *all;

	RP_TRY(list(o, "outcomes", &all));
	for (size_t i = 0; all != NULL && i < rp_json_n(all); i++) {
		struct rp_report_outcome one = { 0 };

		RP_TRY(outcome(a, rp_json_at(all, i), &one));
		rp_vec_push(a, out, one);
	}
	return NULL;
}

static enum rp_report_speaker
speaker(rp_text by)
{
	return rp_text_eq(by, RP_TEXT("members")) || by.n == 0 ?
		   RP_SPEAKER_MEMBERS :
	       rp_text_eq(by, RP_TEXT("chair"))       ? RP_SPEAKER_CHAIR :
	       rp_text_eq(by, RP_TEXT("secretariat")) ? RP_SPEAKER_SECRETARIAT :
							RP_SPEAKER_NAMED;
}

static struct rp_err *
statement(struct rp_arena *a, const struct rp_json *o,
    struct rp_report_statement *out)
{
	const struct rp_json *ended = rp_json_find(o, "outcome");
	int64_t voices = 1;

	RP_TRY(text(a, o, "by", &out->name));
	out->speaker = speaker(out->name);
	if (rp_json_find(o, "voices") != NULL)
		RP_TRY(rp_json_i64(o, "voices", &voices));
	if (voices < 1 || voices > (int64_t)RP_REPORT_LIST_MAX)
		return rp_fail(RP_E_INVALID, "voices: %lld", (long long)voices);
	out->voices = (uint32_t)voices;
	if (rp_json_find(o, "all") != NULL)
		RP_TRY(rp_json_bool(o, "all", &out->is_all));
	RP_TRY(rp_json_text(a, o, "words", RP_REPORT_TEXT_MAX, &out->words));
	return ended == NULL ? NULL : outcome(a, ended, &out->outcome);
}

static struct rp_err *
statements(struct rp_arena *a, const struct rp_json *o,
    struct rp_report_statements *out)
{
	const struct rp_json *all;

	RP_TRY(list(o, "statements", &all));
	for (size_t i = 0; all != NULL && i < rp_json_n(all); i++) {
		struct rp_report_statement one = { 0 };

		RP_TRY(statement(a, rp_json_at(all, i), &one));
		rp_vec_push(a, out, one);
	}
	return NULL;
}

static struct rp_err *
paper(struct rp_arena *a, const struct rp_json *o, struct rp_report_paper *out)
{
	RP_TRY(rp_json_text(a, o, "symbol", RP_REPORT_TEXT_MAX, &out->symbol));
	RP_TRY(text(a, o, "title", &out->title));
	RP_TRY(text(a, o, "sources", &out->sources));
	RP_TRY(texts(a, o, "summary", &out->summary));
	RP_TRY(statements(a, o, &out->statements));
	return outcomes(a, o, &out->outcomes);
}

static struct rp_err *
papers(struct rp_arena *a, const struct rp_json *o,
    struct rp_report_papers *out)
{
	const struct rp_json *all;

	RP_TRY(list(o, "papers", &all));
	for (size_t i = 0; all != NULL && i < rp_json_n(all); i++) {
		struct rp_report_paper one = { 0 };

		RP_TRY(paper(a, rp_json_at(all, i), &one));
		rp_vec_push(a, out, one);
	}
	return NULL;
}

static struct rp_err *
item(struct rp_arena *a, const struct rp_json *o, struct rp_report_item *out)
{
	struct rp_report_texts actions = { 0 };
	rp_text kind;

	RP_TRY(rp_json_text(a, o, "kind", RP_REPORT_TEXT_MAX, &kind));
	if (!rp_report_kind_from(kind, &out->kind))
		return rp_fail(RP_E_INVALID, "\"%.*s\" is no kind of item",
		    RP_FMT(kind));
	RP_TRY(text(a, o, "title", &out->title));
	RP_TRY(papers(a, o, &out->papers));
	RP_TRY(statements(a, o, &out->statements));
	RP_TRY(outcomes(a, o, &out->outcomes));
	RP_TRY(texts(a, o, "actions", &actions));
	for (size_t i = 0; i < actions.n; i++)
		rp_vec_push(a, &out->actions,
		    ((struct rp_report_action){ .text = actions.v[i] }));
	return NULL;
}

static struct rp_err *
person(struct rp_arena *a, const struct rp_json *o, const char *name,
    rp_text *out, rp_text *out_country)
{
	const struct rp_json *p = rp_json_find(o, name);

	*out = *out_country = RP_TEXT("");
	if (p == NULL)
		return NULL;
	RP_TRY(rp_json_text(a, p, "name", RP_REPORT_TEXT_MAX, out));
	return text(a, p, "country", out_country);
}

struct rp_err *
rp_report_facts_read(struct rp_arena *a, rp_bytes in,
    struct rp_report_facts *out)
{
	const struct rp_json *o, *all;

	*out = (struct rp_report_facts){ 0 };
	RP_TRY(rp_json_parse(a, in, &o));
	RP_TRY(rp_json_text(a, o, "group", RP_REPORT_TEXT_MAX, &out->group));
	RP_TRY(text(a, o, "group_name", &out->group_name));
	if (out->group_name.n == 0)
		out->group_name = out->group;
	RP_TRY(rp_json_i64(o, "ordinal", &out->ordinal));
	if (out->ordinal < 1 || out->ordinal > 9999)
		return rp_fail(RP_E_INVALID, "ordinal: %lld",
		    (long long)out->ordinal);
	RP_TRY(rp_json_text(a, o, "date", RP_REPORT_TEXT_MAX, &out->date));
	RP_TRY(person(a, o, "chair", &out->chair, &out->chair_country));
	RP_TRY(person(a, o, "acting", &out->acting, &out->acting_country));
	RP_TRY(rp_json_array(o, "items", RP_REPORT_LIST_MAX, &all));
	for (size_t i = 0; i < rp_json_n(all); i++) {
		struct rp_report_item one = { 0 };
		struct rp_err *e = item(a, rp_json_at(all, i), &one);

		if (e != NULL)
			return rp_err_wrap(e, "item %zu", i + 1);
		rp_vec_push(a, &out->items, one);
	}
	return NULL;
}
