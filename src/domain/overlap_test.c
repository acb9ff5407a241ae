#include "domain/overlap.h"

#include "base/buf.h"
#include "base/check.h"
#include "domain/testing/proposed.h"
#include "text/words.h"

struct asked {
	struct rp_proposal_text t;
};

static void
ask(struct rp_arena *a, struct asked *k, const char *q)
{
	struct rp_proposal_question one = { .body = rp_text_z(q) };

	rp_vec_push(a, &k->t.questions, one);
}

static void
paired(void)
{
	RP_AUTO(proposed_close) struct proposed t;
	RP_AUTO(rp_words_freep) struct rp_words *w = rp_words_new();
	struct asked x = { 0 }, y = { 0 }, z = { 0 };
	const struct rp_proposal_text *all[] = { &x.t, &y.t, &z.t };
	struct rp_overlap o;

	proposed_open(&t);
	t.w.env.words = w;
	ask(t.w.a, &x,
	    "Which mail systems accept internationalized addresses?");
	ask(t.w.a, &x, "What does training of registries cost?");
	ask(t.w.a, &y, "How far has IPv6 been deployed by operators?");
	ask(t.w.a, &y,
	    "Which mail systems refuse internationalized addresses?");
	ask(t.w.a, &z, "How far has IPv6 been deployed in schools?");
	rp_overlap_of(&t.chair, t.w.a, all, 3, &o);
	RP_CHECK(o.n == 3);
	RP_CHECK(o.v[0].n == 2 && o.v[0].question[0] == 0 &&
		 o.v[0].question[1] == 1 &&
		 o.v[0].question[2] == RP_OVERLAP_NONE &&
		 o.v[0].percent >= 35 && o.v[0].percent < 100);
	RP_CHECK(o.v[1].n == 1 && o.v[1].percent == 0);
	RP_CHECK(o.v[2].n == 2 && o.v[2].question[1] == 0 &&
		 o.v[2].question[2] == 0);
	rp_overlap_of(&t.chair, t.w.a, all, 0, &o);
	RP_CHECK(o.n == 0);
}

/* "[-old-]{+new+} same" */
static rp_text
shown(struct rp_arena *a, const struct rp_change_line *line)
{
	struct rp_buf b;
	rp_text out = RP_TEXT("");

	rp_buf_init(&b, a, 4000);
	for (size_t i = 0; i < line->parts.n; i++) {
		const struct rp_change_part *p = &line->parts.v[i];

		rp_buf_text(&b, rp_textf(a, "%s%.*s%s",
				    p->is_ins ? "{+" :
				    p->is_del ? "[-" :
						"",
				    RP_FMT(p->text),
				    p->is_ins ? "+}" :
				    p->is_del ? "-]" :
						""));
	}
	RP_CHECK_OK(rp_buf_done(&b, &out));
	return out;
}

static void
changed(void)
{
	RP_AUTO(proposed_close) struct proposed t;
	RP_AUTO(rp_words_freep) struct rp_words *w = rp_words_new();
	struct asked x = { .t = { .title = RP_TEXT("Names"),
			       .issue = RP_TEXT("Multilingualism"),
			       .rationale =
				   RP_TEXT("One.\n\nTwo and a half.") } };
	struct asked y = x;
	struct rp_change_lines l;

	proposed_open(&t);
	t.w.env.words = w;
	ask(t.w.a, &x, "What has been done in schools?");
	y.t.questions = (struct rp_proposal_questions){ 0 };
	y.t.title = RP_TEXT("Names and numbers");
	ask(t.w.a, &y, "What has been done in towns?");
	ask(t.w.a, &y, "Which rules of registries hinder newcomers?");
	RP_CHECK_OK(rp_overlap_changes(&t.chair, t.w.a, &x.t, &y.t, &l));
	RP_CHECK(l.n == 6);
	RP_CHECK_TEXT(shown(t.w.a, &l.v[0]), RP_TEXT("Names{+ and numbers+}"));
	RP_CHECK(l.v[0].field == RP_CHANGE_TITLE && l.v[0].changed);
	RP_CHECK(l.v[1].field == RP_CHANGE_ISSUE && !l.v[1].changed);
	RP_CHECK(l.v[3].field == RP_CHANGE_RATIONALE && !l.v[3].changed);
	RP_CHECK_TEXT(shown(t.w.a, &l.v[4]),
	    RP_TEXT("What has been done in [-schools-]{+towns+}?"));
	RP_CHECK_TEXT(shown(t.w.a, &l.v[5]),
	    RP_TEXT("{+Which rules of registries hinder newcomers?+}"));
	RP_CHECK(l.v[5].field == RP_CHANGE_QUESTION);
	RP_CHECK_OK(rp_overlap_words(&t.chair, t.w.a,
	    RP_TEXT("One line.\nAnother."), RP_TEXT("One line."), &l));
	RP_CHECK(l.n == 2);
	RP_CHECK_TEXT(shown(t.w.a, &l.v[1]), RP_TEXT("[-Another.-]"));
}

RP_CHECK_MAIN({ "paired", paired }, { "changed", changed })
