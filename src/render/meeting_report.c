#include "render/meeting_report.h"

#include "base/err.h"
#include "codec/doc_build.h"
#include "text/format.h"

/* Writing. */

#define DEPTH 3 /* of numbers: 5.1.2 */

struct making {
	struct rp_arena *a;
	const struct rp_reader *reader;
	const struct rp_report_facts *facts;
	struct rp_report_lines *out;
	uint32_t n[DEPTH]; /* the numbers of section, subsection, paragraph */
	uint8_t depth;     /* of paragraphs below the heading that stands */
	size_t item;       /* index, for origins */
	bool had_one;      /* "a member" has spoken in this discussion */
};

static rp_text
say(const struct making *k, enum rp_msg id)
{
	return rp_message(k->a, k->reader, id, NULL, 0);
}

static rp_text
say1(const struct making *k, enum rp_msg id, rp_text t)
{
	const struct rp_msg_arg args[] = { RP_MSG_TEXT(t) };

	return rp_message(k->a, k->reader, id, args, 1);
}

static rp_text
say2(const struct making *k, enum rp_msg id, rp_text t, rp_text u)
{
	const struct rp_msg_arg args[] = { RP_MSG_TEXT(t), RP_MSG_TEXT(u) };

	return rp_message(k->a, k->reader, id, args, 2);
}

static void
put(struct making *k, enum rp_report_line_kind kind, uint8_t level,
    rp_text label, rp_text t, rp_text origin)
{
	struct rp_report_line line = { .kind = kind,
		.level = level,
		.label = label,
		.text = t,
		.origin = origin };

	if (t.n > 0)
		rp_vec_push(k->a, k->out, line);
}

static rp_text
label_of(const struct making *k, uint8_t depth)
{
	return depth == 1 ?
		   rp_textf(k->a, "%u.", k->n[0]) :
	       depth == 2 ?
		   rp_textf(k->a, "%u.%u", k->n[0], k->n[1]) :
		   rp_textf(k->a, "%u.%u.%u", k->n[0], k->n[1], k->n[2]);
}

/* The next number at a depth; those below begin anew. */
static rp_text
count(struct making *k, uint8_t depth)
{
	k->n[depth - 1]++;
	for (uint8_t i = depth; i < DEPTH; i++)
		k->n[i] = 0;
	return label_of(k, depth);
}

static void
section(struct making *k, uint8_t depth, rp_text title, rp_text origin)
{
	put(k, RP_LINE_SECTION, depth, count(k, depth), title, origin);
	k->depth = (uint8_t)(depth + 1);
	k->had_one = false;
}

static void
paragraph(struct making *k, rp_text t, rp_text origin)
{
	if (t.n > 0)
		put(k, RP_LINE_PARAGRAPH, k->depth, count(k, k->depth), t,
		    origin);
}

static rp_text
join(const struct making *k, rp_text a, rp_text b)
{
	if (a.n == 0 || b.n == 0)
		return a.n == 0 ? b : a;
	return rp_textf(k->a, "%.*s %.*s", RP_FMT(a), RP_FMT(b));
}

static rp_text
sentence_of(const struct making *k, const struct rp_report_outcome *o)
{
	static const struct {
		enum rp_msg plain, with;
	} of[RP_OUTCOMES] = {
		[RP_OUTCOME_ADOPTED] = { M_outcome_adopted,
		    M_outcome_adopted_object },
		[RP_OUTCOME_NOTED] = { M_outcome_noted,
		    M_outcome_noted_object },
		[RP_OUTCOME_AGREED] = { M_outcome_agreed,
		    M_outcome_agreed_object },
		[RP_OUTCOME_APPROVED] = { M_outcome_approved,
		    M_outcome_approved_object },
		[RP_OUTCOME_NO_AGREEMENT] = { M_outcome_no_agreement,
		    M_outcome_no_agreement_object },
		[RP_OUTCOME_REVISED_INVITED] = { M_outcome_revised_invited,
		    M_outcome_revised_invited_object },
		[RP_OUTCOME_CONSIDERED] = { M_outcome_considered,
		    M_outcome_considered_object },
		[RP_OUTCOME_INFORMAL] = { M_outcome_informal,
		    M_outcome_informal_object },
		[RP_OUTCOME_MERGE] = { M_outcome_merge,
		    M_outcome_merge_object },
		[RP_OUTCOME_DEFERRED] = { M_outcome_deferred,
		    M_outcome_deferred_object },
		[RP_OUTCOME_TO_COUNCIL] = { M_outcome_to_council,
		    M_outcome_to_council_object },
	};

	if (o->verb == RP_OUTCOME_NONE)
		return RP_TEXT("");
	return join(k,
	    o->object.n > 0 ? say1(k, of[o->verb].with, o->object) :
			      say(k, of[o->verb].plain),
	    o->reservation);
}

rp_text
rp_report_sentence(struct rp_arena *a, const struct rp_reader *reader,
    const struct rp_report_outcome *o)
{
	const struct making k = { .a = a, .reader = reader };

	return sentence_of(&k, o);
}

static rp_text
outcomes_of(const struct making *k, const struct rp_report_outcomes *all)
{
	rp_text out = RP_TEXT("");

	for (size_t i = 0; i < all->n; i++)
		out = join(k, out, sentence_of(k, &all->v[i]));
	return out;
}

static rp_text
chair_title(const struct making *k)
{
	return say(k,
	    k->facts->acting.n > 0 ? M_report_acting_chair : M_report_chair);
}

static rp_text
who(struct making *k, const struct rp_report_statement *s)
{
	bool again = k->had_one;

	switch (s->speaker) {
	case RP_SPEAKER_CHAIR:
		return chair_title(k);
	case RP_SPEAKER_SECRETARIAT:
		return say(k, M_report_secretariat);
	case RP_SPEAKER_NAMED:
		return s->name;
	case RP_SPEAKER_MEMBERS:
	case RP_SPEAKERS:
		break;
	}
	if (s->is_all)
		return say(k, M_report_members);
	if (s->voices > 1)
		return say(k, M_report_some_members);
	k->had_one = true;
	return say(k, again ? M_report_another_member : M_report_a_member);
}

static rp_text
statement(struct making *k, const struct rp_report_statement *s)
{
	rp_text said = say2(k, M_report_says, who(k, s), s->words);

	return join(k, said, sentence_of(k, &s->outcome));
}

/* What stands for a fact in origins. */
static int64_t
key(int64_t given, size_t place)
{
	return given != 0 ? given : (int64_t)place + 1;
}

static int64_t
item_key(const struct making *k)
{
	return key(k->facts->items.v[k->item].key, k->item);
}

static rp_text
origin(const struct making *k, const char *what, int64_t n)
{
	return rp_textf(k->a, "item-%lld-%s-%lld", (long long)item_key(k), what,
	    (long long)n);
}

/* A line that tells how many said it, for the secretariat to see. */
static void
said(struct making *k, const struct rp_report_statement *s,
    enum rp_report_line_kind kind, rp_text label, rp_text at)
{
	rp_text t = statement(k, s);

	if (kind == RP_LINE_PARAGRAPH)
		paragraph(k, t, at);
	else
		put(k, kind, 3, label, t, at);
	if (t.n > 0 && s->speaker == RP_SPEAKER_MEMBERS)
		k->out->v[k->out->n - 1].voices = s->voices;
}

static void
statements(struct making *k, const struct rp_report_statements *all,
    const char *what)
{
	for (size_t i = 0; i < all->n; i++)
		said(k, &all->v[i], RP_LINE_PARAGRAPH, RP_TEXT(""),
		    origin(k, what, key(all->v[i].key, i)));
}

/* What was said of one document of an item, and how it ended. */
static void
of_paper(struct making *k, const struct rp_report_paper *p, size_t n)
{
	statements(k, &p->statements, "paper-said");
	paragraph(k, outcomes_of(k, &p->outcomes),
	    origin(k, "paper-ended", key(p->key, n)));
}

/* The same of the whole item: what its kind tells of by itself comes before. */
static void
recorded(struct making *k, const struct rp_report_item *item)
{
	statements(k, &item->statements, "said");
	paragraph(k, outcomes_of(k, &item->outcomes), origin(k, "ended", 1));
	for (size_t i = 0; i < item->papers.n; i++)
		of_paper(k, &item->papers.v[i], i);
}

/* Sections. */

static void
box(struct making *k)
{
	const struct rp_report_facts *f = k->facts;
	const struct rp_msg_arg args[] = { RP_MSG_TEXT(f->date),
		RP_MSG_TEXT(f->group),
		RP_MSG_TEXT(
		    rp_format_ordinal(k->reader->locale, k->a, f->ordinal)) };

	put(k, RP_LINE_BOX_HEAD, 0, RP_TEXT(""), say(k, M_report_purpose),
	    RP_TEXT("purpose"));
	put(k, RP_LINE_BOX, 0, RP_TEXT(""),
	    rp_message(k->a, k->reader, M_report_purpose_text, args, 3),
	    RP_TEXT("purpose-text"));
	put(k, RP_LINE_BOX_HEAD, 0, RP_TEXT(""), say(k, M_report_action),
	    RP_TEXT("action"));
	put(k, RP_LINE_BOX, 0, RP_TEXT(""),
	    say1(k, M_report_action_text, f->group_name),
	    RP_TEXT("action-text"));
}

static void
opening(struct making *k, const struct rp_report_item *item)
{
	const struct rp_report_facts *f = k->facts;
	const struct rp_msg_arg args[] = { RP_MSG_TEXT(f->date),
		RP_MSG_TEXT(f->group),
		RP_MSG_TEXT(
		    rp_format_ordinal(k->reader->locale, k->a, f->ordinal)) };
	rp_text held = rp_message(k->a, k->reader, M_report_held, args, 3);

	if (f->acting.n > 0)
		held =
		    join(k, held, say2(k, M_report_acted, f->acting, f->chair));
	paragraph(k, held, origin(k, "held", 1));
	recorded(k, item);
}

static void
agenda(struct making *k, const struct rp_report_item *item)
{
	rp_text first = RP_TEXT("");

	if (item->papers.n > 0)
		first = say2(k, M_report_agenda_presented, chair_title(k),
		    item->papers.v[0].symbol);
	paragraph(k, join(k, first, outcomes_of(k, &item->outcomes)),
	    origin(k, "agenda", 1));
	statements(k, &item->statements, "said");
	for (size_t i = 0; i < item->papers.n; i++)
		of_paper(k, &item->papers.v[i], i);
}

/* Paragraphs of a summary: the first has the number, the others follow it. */
static void
summary(struct making *k, const struct rp_report_paper *p, size_t n)
{
	for (size_t i = 0; i < p->summary.n; i++) {
		rp_text at = rp_textf(k->a, "item-%lld-summary-%lld-%zu",
		    (long long)item_key(k), (long long)key(p->key, n), i + 1);

		put(k, RP_LINE_TEXT, k->depth, RP_TEXT(""), p->summary.v[i],
		    at);
	}
}

static void
one_report(struct making *k, const struct rp_report_item *item)
{
	for (size_t i = 0; i < item->papers.n; i++) {
		const struct rp_report_paper *p = &item->papers.v[i];

		for (size_t n = 0; n < p->summary.n; n++)
			paragraph(k, p->summary.v[n],
			    rp_textf(k->a, "item-%lld-summary-%lld-%zu",
				(long long)item_key(k),
				(long long)key(p->key, i), n + 1));
		of_paper(k, p, i);
	}
	statements(k, &item->statements, "said");
	paragraph(k, outcomes_of(k, &item->outcomes), origin(k, "ended", 1));
}

static rp_text
paper_title(const struct making *k, const struct rp_report_paper *p)
{
	rp_text out = p->symbol;

	if (p->sources.n > 0)
		out = rp_textf(k->a, "%.*s (%.*s)", RP_FMT(out),
		    RP_FMT(p->sources));
	return p->title.n > 0 ?
		   rp_textf(k->a, "%.*s: %.*s", RP_FMT(out), RP_FMT(p->title)) :
		   out;
}

/* a) to z), then aa). */
static rp_text
letter_of(const struct making *k, uint32_t n)
{
	char c = (char)('a' + (n - 1) % 26);

	return n <= 26 ?
		   rp_textf(k->a, "%c)", c) :
		   rp_textf(k->a, "%c%c)", (char)('a' + (n - 27) / 26 % 26), c);
}

/* a), b), c): what was said of one document, and how it ended. */
static void
letters(struct making *k, const struct rp_report_paper *p, size_t n)
{
	rp_text ended = outcomes_of(k, &p->outcomes);
	uint32_t letter = 0;

	k->had_one = false;
	for (size_t i = 0; i < p->statements.n; i++) {
		const struct rp_report_statement *one = &p->statements.v[i];

		said(k, one, RP_LINE_LETTER, letter_of(k, ++letter),
		    rp_textf(k->a, "item-%lld-paper-%lld-said-%lld",
			(long long)item_key(k), (long long)key(p->key, n),
			(long long)key(one->key, i)));
	}
	if (ended.n > 0)
		put(k, RP_LINE_LETTER, 3, letter_of(k, ++letter), ended,
		    rp_textf(k->a, "item-%lld-paper-%lld-ended-1",
			(long long)item_key(k), (long long)key(p->key, n)));
}

static void
contributions(struct making *k, const struct rp_report_item *item)
{
	put(k, RP_LINE_TEXT, 1, RP_TEXT(""), say(k, M_report_contributions),
	    origin(k, "introduction", 1));
	for (size_t i = 0; i < item->papers.n; i++) {
		const struct rp_report_paper *p = &item->papers.v[i];

		section(k, 2, paper_title(k, p),
		    origin(k, "paper", key(p->key, i)));
		if (p->summary.n > 0) {
			section(k, 3, say(k, M_report_summary),
			    origin(k, "summary", key(p->key, i)));
			summary(k, p, i);
		}
		if (p->statements.n + p->outcomes.n > 0) {
			section(k, 3, say(k, M_report_discussion),
			    origin(k, "discussion", key(p->key, i)));
			letters(k, p, i);
		}
	}
	if (item->statements.n + item->outcomes.n == 0)
		return;
	section(k, 2, say(k, M_report_discussion), origin(k, "discussed", 1));
	statements(k, &item->statements, "said");
	paragraph(k, outcomes_of(k, &item->outcomes), origin(k, "ended", 1));
}

static rp_text
symbols(const struct making *k, const struct rp_report_item *item)
{
	rp_text *all = rp_new_n(k->a, rp_text, item->papers.n + 1);

	for (size_t i = 0; i < item->papers.n; i++)
		all[i] = item->papers.v[i].symbol;
	return rp_format_list(k->reader->locale, k->a, all, item->papers.n);
}

static void
topics(struct making *k, const struct rp_report_item *item)
{
	rp_text all = symbols(k, item);

	put(k, RP_LINE_TEXT, 1, RP_TEXT(""), say(k, M_report_contributions),
	    origin(k, "introduction", 1));
	section(k, 2, say1(k, M_report_summaries_of, all),
	    origin(k, "summaries", 1));
	for (size_t i = 0; i < item->papers.n; i++) {
		section(k, 3, paper_title(k, &item->papers.v[i]),
		    origin(k, "paper", key(item->papers.v[i].key, i)));
		summary(k, &item->papers.v[i], i);
	}
	section(k, 2, say1(k, M_report_discussion_of, all),
	    origin(k, "discussed", 1));
	statements(k, &item->statements, "said");
	paragraph(k, outcomes_of(k, &item->outcomes), origin(k, "ended", 1));
	for (size_t i = 0; i < item->papers.n; i++) {
		const struct rp_report_paper *p = &item->papers.v[i];

		if (item->papers.n == 1) {
			of_paper(k, p, i);
		} else if (p->statements.n + p->outcomes.n > 0) {
			section(k, 3, p->symbol,
			    origin(k, "discussion", key(p->key, i)));
			letters(k, p, i);
		}
	}
}

static void
actions(struct making *k, const struct rp_report_item *item)
{
	for (size_t i = 0; i < item->actions.n; i++)
		paragraph(k, item->actions.v[i].text,
		    origin(k, "action", key(item->actions.v[i].key, i)));
	recorded(k, item);
}

static rp_text
title_of(const struct making *k, const struct rp_report_item *item)
{
	static const enum rp_msg titles[RP_ITEM_KINDS] = {
		[RP_ITEM_OPENING] = M_report_title_opening,
		[RP_ITEM_AGENDA] = M_report_title_agenda,
		[RP_ITEM_REPORT] = M_report_title_report,
		[RP_ITEM_CONTRIBUTIONS] = M_report_title_contributions,
		[RP_ITEM_TOPICS] = M_report_title_topics,
		[RP_ITEM_ACTIONS] = M_report_title_actions,
		[RP_ITEM_APPROVAL] = M_report_title_approval,
		[RP_ITEM_OTHER] = M_report_title_other,
		[RP_ITEM_CLOSING] = M_report_title_closing,
	};
	rp_text title =
	    item->title.n > 0 ? item->title : say(k, titles[item->kind]);
	bool quotes =
	    item->kind == RP_ITEM_AGENDA || item->kind == RP_ITEM_REPORT;

	if (!quotes || item->papers.n == 0)
		return title;
	return rp_textf(k->a, "%.*s: %.*s", RP_FMT(title),
	    RP_FMT(symbols(k, item)));
}

static void
one_item(struct making *k, const struct rp_report_item *item)
{
	section(k, 1, title_of(k, item), origin(k, "title", 1));
	switch (item->kind) {
	case RP_ITEM_OPENING:
		opening(k, item);
		return;
	case RP_ITEM_AGENDA:
		agenda(k, item);
		return;
	case RP_ITEM_CONTRIBUTIONS:
		contributions(k, item);
		return;
	case RP_ITEM_TOPICS:
		topics(k, item);
		return;
	case RP_ITEM_ACTIONS:
		actions(k, item);
		return;
	case RP_ITEM_REPORT:
	case RP_ITEM_APPROVAL:
	case RP_ITEM_OTHER:
	case RP_ITEM_CLOSING:
	case RP_ITEM_KINDS:
		break;
	}
	one_report(k, item);
}

static void
signature(struct making *k)
{
	const struct rp_report_facts *f = k->facts;
	bool acted = f->acting.n > 0;
	rp_text name = acted ? f->acting : f->chair,
		country = acted ? f->acting_country : f->chair_country;
	const struct rp_msg_arg args[] = { RP_MSG_TEXT(country),
		RP_MSG_TEXT(f->group), RP_MSG_TEXT(name),
		RP_MSG_MSG(acted ? M_office_acting_chair : M_office_chair) };

	if (name.n > 0)
		put(k, RP_LINE_SIGNATURE, 0, RP_TEXT(""),
		    rp_message(k->a, k->reader, M_report_signature, args, 4),
		    RP_TEXT("signature"));
}

void
rp_meeting_report_number(struct rp_arena *a, struct rp_report_lines *lines)
{
	struct making k = { .a = a };
	uint32_t letter = 0;

	for (size_t i = 0; i < lines->n; i++) {
		struct rp_report_line *l = &lines->v[i];

		if (l->is_removed)
			continue;
		if (l->kind != RP_LINE_LETTER)
			letter = 0;
		if (l->kind == RP_LINE_SECTION) {
			l->label = count(&k, l->level);
			k.depth = (uint8_t)(l->level + 1);
		} else if (l->kind == RP_LINE_PARAGRAPH) {
			l->level = k.depth > 0 && k.depth <= DEPTH ? k.depth :
				   k.depth > 0                     ? DEPTH :
								     1;
			l->label = count(&k, l->level);
		} else if (l->kind == RP_LINE_LETTER) {
			l->label = letter_of(&k, ++letter);
		}
	}
}

void
rp_meeting_report(struct rp_arena *a, const struct rp_reader *reader,
    const struct rp_report_facts *facts, struct rp_report_lines *out)
{
	struct making k = { .a = a,
		.reader = reader,
		.facts = facts,
		.out = out };

	box(&k);
	for (k.item = 0; k.item < facts->items.n; k.item++)
		one_item(&k, &facts->items.v[k.item]);
	signature(&k);
}

/* As a document. */

struct building {
	struct rp_doc_build b;
	struct rp_doc_runs runs;
	uint32_t bold;
};

static struct rp_err *
build_line(struct building *s, const struct rp_report_line *l)
{
	bool head = l->kind == RP_LINE_BOX_HEAD;
	struct rp_block block = { .kind = RP_BLOCK_PARAGRAPH };
	struct rp_run label = { .text = l->label },
		      tab = { .text = RP_TEXT("\t") },
		      text = { .text = l->text, .format = head ? s->bold : 0 };

	if (l->kind == RP_LINE_SECTION) {
		block.kind = RP_BLOCK_HEADING;
		block.level = l->level;
	} else if (l->label.n > 0) {
		block.kind = RP_BLOCK_ITEM;
		block.level = (uint8_t)(l->level - 1);
	}
	if (l->label.n > 0) {
		block.label = (struct rp_label){ .kind = RP_LABEL_TYPED,
			.style = RP_LABEL_OTHER,
			.level = (uint8_t)(l->level - 1),
			.text = l->label };
		RP_TRY(rp_doc_build_run(&s->b, &s->runs, &label));
		RP_TRY(rp_doc_build_run(&s->b, &s->runs, &tab));
		block.label_runs = (uint32_t)s->runs.n;
	}
	if (head || l->kind == RP_LINE_BOX)
		block.style = RP_TEXT("Box");
	block.id = l->origin;
	RP_TRY(rp_doc_build_run(&s->b, &s->runs, &text));
	return rp_doc_build_block(&s->b, &s->b.doc->body.blocks, &block,
	    &s->runs);
}

struct rp_err *
rp_meeting_report_document(struct rp_arena *a, const struct rp_reader *reader,
    const struct rp_report_lines *lines, struct rp_document **out)
{
	const struct rp_format bold = { .look = RP_LOOK_BOLD };
	struct building s = { 0 };

	rp_doc_build_init(&s.b, a);
	s.b.doc->lang = rp_lang_tag(reader->lang);
	s.bold = rp_document_format(a, s.b.doc, &bold);
	for (size_t i = 0; i < lines->n; i++)
		if (!lines->v[i].is_removed)
			RP_TRY(build_line(&s, &lines->v[i]));
	*out = s.b.doc;
	return NULL;
}
