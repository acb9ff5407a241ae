/*
 * decisions - what was decided when a flattened text was separated.
 *
 * The list is JSON made by a parse process: foreign octets, read within the
 * limits of codec/json.h.
 */
#include "base/err.h"
#include "codec/json.h"
#include "render/t_decisions.h"
#include "text/input.h"
#include "web/registry.h"

#define TEXT_MAX ((size_t)64 << 10) /* a line of the text */
#define SHOWN_MAX ((size_t)600)     /* octets of one text in the page */

static const struct {
	const char *word;
	enum rp_msg msg;
} kinds[] = {
	{ "LBL", M_decisions_lbl },
	{ "SUB", M_decisions_sub },
	{ "INS", M_decisions_ins },
	{ "DEL", M_decisions_del },
	{ "PAR", M_decisions_par },
	{ "FN", M_decisions_fn },
	{ "HDG", M_decisions_hdg },
	{ "REF", M_decisions_ref },
	{ "SPL", M_decisions_spl },
	{ "ART", M_decisions_art },
}, confidences[] = {
	{ "certain", M_decisions_certain },
	{ "likely", M_decisions_likely },
	{ "ambiguous", M_decisions_ambiguous },
	{ "uncertain", M_decisions_uncertain },
};

/* Its own reasons in the reader's language; others as they are. */
#define REASON(name, text) { #name, M_because_##name },
static const struct {
	const char *word;
	enum rp_msg msg;
} reasons[] = {
#include "codec/salvage_reasons.def"
};
#undef REASON

enum { UNCERTAIN = 3, CONFIDENCES };

struct one {
	int64_t line;
	size_t kind, confidence;
	rp_text flat, base, now, reason;
};

static struct rp_err *
shortened(struct rp_arena *a, const struct rp_json *v, const char *name,
    rp_text *out)
{
	const struct rp_json *member = rp_json_find(v, name);

	*out = RP_TEXT("");
	if (member == NULL || rp_json_kind(member) == RP_JSON_NULL)
		return NULL;
	RP_TRY(rp_json_as_text(a, member, TEXT_MAX, out));
	if (out->n > SHOWN_MAX)
		*out =
		    rp_textf(a, "%.*s…", RP_FMT(rp_text_cut(*out, SHOWN_MAX)));
	return NULL;
}

static struct rp_err *
word(struct rp_arena *a, const struct rp_json *v, const char *name, size_t n,
    bool confidence, size_t *out)
{
	rp_text t;

	RP_TRY(rp_json_text(a, v, name, 20, &t));
	for (*out = 0; *out < n; ++*out)
		if (rp_text_eq(t,
			rp_text_z(confidence ? confidences[*out].word :
					       kinds[*out].word)))
			return NULL;
	return rp_fail(RP_E_INVALID, "%s of a decision", name);
}

static struct rp_err *
because(const struct rp_request *req, const struct rp_json *v, rp_text *out)
{
	rp_text rule;

	RP_TRY(shortened(req->arena, v, "rule", &rule));
	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (rp_text_eq(rule, rp_text_z(reasons[i].word))) {
			*out = rp_web_msg(req, reasons[i].msg);
			return NULL;
		}
	return shortened(req->arena, v, "reason", out);
}

static struct rp_err *
read_one(const struct rp_request *req, const struct rp_json *v, struct one *out)
{
	struct rp_arena *a = req->arena;

	RP_TRY(rp_json_i64(v, "line", &out->line));
	RP_TRY(word(a, v, "kind", sizeof(kinds) / sizeof(kinds[0]), false,
	    &out->kind));
	RP_TRY(word(a, v, "confidence", CONFIDENCES, true, &out->confidence));
	RP_TRY(shortened(a, v, "flattened", &out->flat));
	RP_TRY(shortened(a, v, "base", &out->base));
	RP_TRY(shortened(a, v, "new", &out->now));
	return because(req, v, &out->reason);
}

#define ROW(type, d)                                        \
	((struct type){ .line = (d)->line,                  \
	    .kind = kinds[(d)->kind].msg,                   \
	    .confidence = confidences[(d)->confidence].msg, \
	    .flat = (d)->flat,                              \
	    .base = (d)->base,                              \
	    .now = (d)->now,                                \
	    .reason = (d)->reason })

static void
show_one(struct rp_arena *a, const struct one *d, struct v_decisions *out)
{
	struct v_decisions_uncertain doubt = ROW(v_decisions_uncertain, d);
	struct v_decisions_made made = ROW(v_decisions_made, d);
	bool uncertain = d->confidence == UNCERTAIN;

	if ((uncertain ? out->uncertain.n : out->made.n) >= RP_DECISIONS_SHOWN)
		out->more++;
	else if (uncertain)
		rp_vec_push(a, &out->uncertain, doubt);
	else
		rp_vec_push(a, &out->made, made);
}

struct rp_err *
rp_web_decisions(const struct rp_request *req, int64_t blob_id, rp_text lang,
    struct v_decisions *out)
{
	int64_t n[CONFIDENCES] = { 0 };
	const struct rp_json *v, *all;
	rp_bytes octets;

	*out = (struct v_decisions){ .lang = lang };
	RP_TRY(rp_registry_octets(req->who, req->tx, blob_id, RP_JSON_MAX,
	    &octets));
	RP_TRY(rp_json_parse(req->arena, octets, &v));
	RP_TRY(rp_json_array(v, "decisions", RP_JSON_VALUES_MAX, &all));
	for (size_t i = 0; i < rp_json_n(all); i++) {
		struct one d;

		RP_TRY(read_one(req, rp_json_at(all, i), &d));
		n[d.confidence]++;
		show_one(req->arena, &d, out);
	}
	for (size_t c = 0; c < CONFIDENCES; c++) {
		struct v_decisions_counts row = { .confidence =
						      confidences[c].msg,
			.n = n[c] };

		rp_vec_push(req->arena, &out->counts, row);
	}
	return NULL;
}
