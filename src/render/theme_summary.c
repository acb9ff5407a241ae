#include "render/theme_summary.h"

#include "base/err.h"
#include "codec/doc_build.h"
#include "codec/docx_new.h"
#include "text/format.h"

#define GROUPS_MAX RP_REPORT_GROUPS_MAX
#define LETTER_MAX ((size_t)4000) /* octets of a campaign's letter */

struct making {
	struct rp_arena *a;
	const struct rp_reader *reader;
	struct rp_doc_build b;
	struct rp_doc_runs runs;
	uint32_t bold, tables, row;
};

static rp_text
say(const struct making *k, enum rp_msg id)
{
	return rp_message(k->a, k->reader, id, NULL, 0);
}

static rp_text
say_n(const struct making *k, enum rp_msg id, int64_t n)
{
	return rp_message(k->a, k->reader, id,
	    (const struct rp_msg_arg[]){ RP_MSG_NUM(n) }, 1);
}

static rp_text
say_t(const struct making *k, enum rp_msg id, rp_text t)
{
	return rp_message(k->a, k->reader, id,
	    (const struct rp_msg_arg[]){ RP_MSG_TEXT(t) }, 1);
}

static rp_text
number(const struct making *k, int64_t n)
{
	return rp_format_i64(k->reader->locale, k->a, n);
}

static rp_text
share(const struct making *k, int64_t part, int64_t all)
{
	return all == 0 ? RP_TEXT("") :
			  rp_format_percent(k->reader->locale, k->a,
			      (double)part / (double)all, 1);
}

static rp_text
known(rp_text tag)
{
	return rp_text_eq(tag, RP_TEXT("und")) ? RP_TEXT("") : tag;
}

static struct rp_err *
put(struct making *k, rp_text t, uint32_t format)
{
	struct rp_run run = { .text = t, .format = format };

	return t.n == 0 ? NULL : rp_doc_build_run(&k->b, &k->runs, &run);
}

static struct rp_err *
end(struct making *k, const struct rp_block *block)
{
	return rp_doc_build_block(&k->b, &k->b.doc->body.blocks, block,
	    &k->runs);
}

static struct rp_err *
heading(struct making *k, uint8_t level, rp_text t, rp_text lang)
{
	struct rp_block block = { .kind = RP_BLOCK_HEADING,
		.level = level,
		.lang = known(lang) };

	RP_TRY(put(k, t, 0));
	return end(k, &block);
}

static struct rp_err *
paragraph(struct making *k, const char *style, rp_text t, rp_text lang)
{
	struct rp_block block = { .style = rp_text_z(style),
		.lang = known(lang) };

	RP_TRY(put(k, t, 0));
	return end(k, &block);
}

/* Tables. */

struct cell {
	rp_text text, lang;
};

static void
table(struct making *k)
{
	k->tables++;
	k->row = 0;
}

static struct rp_err *
row(struct making *k, const struct cell *cells, size_t n, bool is_bold)
{
	k->row++;
	for (size_t i = 0; i < n; i++) {
		struct rp_block block = { .cell = { .table = k->tables,
					      .row = k->row,
					      .column = (uint32_t)i + 1 },
			.lang = known(cells[i].lang) };

		RP_TRY(put(k, cells[i].text, is_bold ? k->bold : 0));
		RP_TRY(end(k, &block));
	}
	return NULL;
}

static struct rp_err *
states(struct making *k, const struct rp_theme_report *r)
{
	const struct cell head[] = { { say(k, M_theme_report_state), { 0 } },
		{ say(k, M_consultation_responses), { 0 } },
		{ say(k, M_statistics_share), { 0 } },
		{ say(k, M_theme_head_heard), { 0 } } };
	const struct cell total[] = { { say(k, M_theme_report_total), { 0 } },
		{ number(k, r->responses), { 0 } }, { RP_TEXT(""), { 0 } },
		{ number(k, r->heard), { 0 } } };
	size_t n = r->heard > 0 ? 4 : 3;

	RP_TRY(heading(k, 2, say(k, M_theme_report_states), RP_TEXT("")));
	RP_TRY(paragraph(k, "",
	    say_n(k, M_theme_report_states_hint, r->responses), RP_TEXT("")));
	if (r->heard > 0)
		RP_TRY(
		    paragraph(k, "", say(k, M_theme_heard_hint), RP_TEXT("")));
	table(k);
	RP_TRY(row(k, head, n, true));
	for (int s = 0; s < RP_REPORT_STATES; s++) {
		const struct cell one[] = {
			{ say(k, rp_report_state_name((enum rp_report_state)s)),
			    { 0 } },
			{ number(k, r->states[s]), { 0 } },
			{ share(k, r->states[s], r->responses), { 0 } },
			{ number(k, r->heard_states[s]), { 0 } },
		};

		RP_TRY(row(k, one, n, false));
	}
	return row(k, total, n, true);
}

static bool
has_children(const struct rp_theme_report *r, size_t theme)
{
	for (size_t i = theme + 1; i < r->themes.n; i++)
		if (r->themes.v[i].parent == theme)
			return true;
	return false;
}

/* The number and the label, which may go another way than the table. */
static struct rp_err *
theme_cell(struct making *k, const struct rp_theme_report *r, uint32_t i)
{
	const struct rp_report_theme *t = &r->themes.v[i];
	uint32_t look = has_children(r, i) ? k->bold : 0;
	struct rp_format label = k->b.doc->formats.v[look];
	struct rp_block block = {
		.cell = { .table = k->tables, .row = ++k->row, .column = 1 },
		.direction = rp_lang_dir(k->reader->lang) == RP_DIR_RTL ?
				 RP_DIRECTION_RTL :
				 RP_DIRECTION_LTR
	};

	label.lang = known(t->lang);
	label.rtl = rp_text_dir(t->label) == RP_DIR_RTL;
	RP_TRY(put(k,
	    rp_textf(k->a, "%.*s  ",
		RP_FMT(rp_report_theme_number(k->a, k->reader, r, i))),
	    look));
	RP_TRY(put(k, t->label, rp_document_format(k->a, k->b.doc, &label)));
	return end(k, &block);
}

static struct rp_err *
cells(struct making *k, const rp_text *texts, size_t n, bool is_bold)
{
	for (size_t i = 0; i < n; i++) {
		struct rp_block block = { .cell = { .table = k->tables,
					      .row = k->row,
					      .column = (uint32_t)i + 2 } };

		RP_TRY(put(k, texts[i], is_bold ? k->bold : 0));
		RP_TRY(end(k, &block));
	}
	return NULL;
}

static struct rp_err *
theme_table(struct making *k, const struct rp_theme_report *r)
{
	const struct cell head[] = { { say(k, M_theme_report_theme), { 0 } },
		{ say(k, M_consultation_responses), { 0 } },
		{ say(k, M_statistics_share), { 0 } },
		{ say(k, M_theme_report_distinct), { 0 } },
		{ say(k, M_theme_report_of_campaigns), { 0 } },
		{ say(k, M_theme_head_heard), { 0 } } };
	size_t n = r->heard > 0 ? 6 : 5;

	RP_TRY(heading(k, 2, say(k, M_theme_report_themes), RP_TEXT("")));
	if (r->themes.n == 0)
		return paragraph(k, "", say(k, M_theme_report_no_themes),
		    RP_TEXT(""));
	table(k);
	RP_TRY(row(k, head, n, true));
	for (uint32_t i = 0; i < r->themes.n; i++) {
		const struct rp_report_theme *t = &r->themes.v[i];
		const rp_text figures[] = { number(k, t->responses),
			share(k, t->responses, r->responses),
			number(k, t->distinct),
			number(k, t->campaign_responses), number(k, t->heard) };

		RP_TRY(theme_cell(k, r, i));
		RP_TRY(cells(k, figures, n - 1, has_children(r, i)));
	}
	return NULL;
}

/* A table of its own: a page is not wide enough for all. */
static struct rp_err *
group_table(struct making *k, const struct rp_theme_report *r)
{
	struct cell head[GROUPS_MAX + 1] = { { say(k, M_theme_report_theme),
	    { 0 } } };
	size_t n = r->groups.n < GROUPS_MAX ? r->groups.n : GROUPS_MAX;
	rp_text figures[GROUPS_MAX];

	if (n < 2 || r->themes.n == 0)
		return NULL;
	RP_TRY(heading(k, 2, say(k, M_theme_report_by_group), RP_TEXT("")));
	RP_TRY(paragraph(k, "", say(k, M_theme_report_by_group_hint),
	    RP_TEXT("")));
	table(k);
	for (size_t g = 0; g < n; g++)
		head[g + 1].text =
		    rp_report_group_name(k->a, k->reader, &r->groups.v[g]);
	RP_TRY(row(k, head, n + 1, true));
	for (uint32_t i = 0; i < r->themes.n; i++) {
		for (size_t g = 0; g < n; g++)
			figures[g] = number(k, r->themes.v[i].by_group[g]);
		RP_TRY(theme_cell(k, r, i));
		RP_TRY(cells(k, figures, n, has_children(r, i)));
	}
	return NULL;
}

static rp_text
source_line(struct making *k, const struct rp_report_source *s, rp_text lang)
{
	rp_text line =
	    s->cite.n > 0 ? s->cite : say_t(k, M_theme_report_source, s->id);

	if (s->group.n > 0)
		line = rp_textf(k->a, "%.*s · %.*s", RP_FMT(line),
		    RP_FMT(s->group));
	if (known(lang).n > 0)
		line = rp_textf(k->a, "%.*s · %.*s", RP_FMT(line),
		    RP_FMT(rp_locale_language(k->reader->locale, k->a, lang)));
	return line;
}

/* A link where the source has an address that a document can hold. */
static struct rp_err *
source(struct making *k, const struct rp_report_source *s, rp_text lang)
{
	struct rp_block block = { .style = RP_TEXT("Caption") };
	struct rp_run run = { .text = source_line(k, s, lang) };

	if (rp_text_starts(s->url_path, RP_TEXT("https://")) ||
	    rp_text_starts(s->url_path, RP_TEXT("http://")))
		run.link = rp_doc_build_link(&k->b, s->url_path);
	RP_TRY(rp_doc_build_run(&k->b, &k->runs, &run));
	return end(k, &block);
}

static struct rp_err *
quotation(struct making *k, rp_text t, rp_text lang)
{
	return paragraph(k, "Quote", t, lang);
}

static rp_text
counts(struct making *k, const struct rp_report_theme *t)
{
	rp_text line = rp_textf(k->a, "%.*s · %.*s",
	    RP_FMT(say_n(k, M_theme_report_n_responses, t->responses)),
	    RP_FMT(say_n(k, M_theme_report_n_distinct, t->distinct)));

	if (t->campaign_responses > 0)
		line = rp_textf(k->a, "%.*s · %.*s", RP_FMT(line),
		    RP_FMT(say_n(k, M_theme_report_n_campaign,
			t->campaign_responses)));
	if (t->heard > 0)
		line = rp_textf(k->a, "%.*s · %.*s", RP_FMT(line),
		    RP_FMT(say_n(k, M_theme_heard_n, t->heard)));
	if (t->is_machine)
		line = rp_textf(k->a, "%.*s · %.*s", RP_FMT(line),
		    RP_FMT(say(k, M_theme_report_machine)));
	return line;
}

static struct rp_err *
theme(struct making *k, const struct rp_theme_report *r, uint32_t i)
{
	const struct rp_report_theme *t = &r->themes.v[i];

	RP_TRY(heading(k, t->parent == RP_REPORT_NONE ? 3 : 4,
	    rp_textf(k->a, "%.*s  %.*s",
		RP_FMT(rp_report_theme_number(k->a, k->reader, r, i)),
		RP_FMT(t->label)),
	    t->lang));
	RP_TRY(paragraph(k, "Subtitle", counts(k, t), RP_TEXT("")));
	if (t->definition.n > 0)
		RP_TRY(paragraph(k, "", t->definition, t->lang));
	for (size_t q = 0; q < t->quotations.n && q < RP_SUMMARY_QUOTATIONS;
	     q++) {
		const struct rp_report_quotation *one = &t->quotations.v[q];

		RP_TRY(quotation(k, one->text, one->lang));
		RP_TRY(source(k, &r->sources.v[one->source], one->lang));
	}
	return NULL;
}

static struct rp_err *
themes(struct making *k, const struct rp_theme_report *r)
{
	if (r->themes.n == 0)
		return NULL;
	RP_TRY(heading(k, 2, say(k, M_theme_report_quotations), RP_TEXT("")));
	RP_TRY(
	    paragraph(k, "", say(k, M_theme_report_machine_hint), RP_TEXT("")));
	for (uint32_t i = 0; i < r->themes.n; i++)
		RP_TRY(theme(k, r, i));
	return NULL;
}

static rp_text
letter(struct making *k, const struct rp_report_campaign *c)
{
	rp_text out = RP_TEXT("");

	for (size_t i = 0; i < c->letter.n && out.n < LETTER_MAX; i++)
		out = rp_textf(k->a, "%.*s%.*s", RP_FMT(out),
		    RP_FMT(c->letter.v[i].text));
	return out;
}

static struct rp_err *
campaign(struct making *k, const struct rp_theme_report *r, size_t i)
{
	const struct rp_report_campaign *c = &r->campaigns.v[i];

	RP_TRY(heading(k, 3,
	    say_n(k, M_theme_report_campaign_n, (int64_t)i + 1), RP_TEXT("")));
	RP_TRY(paragraph(k, "Subtitle",
	    say_n(k, M_theme_report_n_responses, c->members), RP_TEXT("")));
	if (c->twin != RP_REPORT_NONE)
		RP_TRY(paragraph(k, "",
		    say_n(k, M_theme_report_twin, (int64_t)c->twin + 1),
		    RP_TEXT("")));
	RP_TRY(quotation(k, letter(k, c), c->lang));
	for (int l = 0; l < RP_REPORT_LEVELS; l++) {
		struct rp_block item = { .kind = RP_BLOCK_ITEM };

		if (c->by_level[l] == 0)
			continue;
		RP_TRY(put(k,
		    rp_textf(k->a, "%.*s: %.*s",
			RP_FMT(say(k,
			    rp_report_level_name((enum rp_report_level)l))),
			RP_FMT(number(k, c->by_level[l]))),
		    0));
		RP_TRY(end(k, &item));
	}
	return NULL;
}

static struct rp_err *
campaigns(struct making *k, const struct rp_theme_report *r)
{
	RP_TRY(heading(k, 2, say(k, M_theme_report_campaigns), RP_TEXT("")));
	RP_TRY(paragraph(k, "",
	    say(k, r->campaigns.n > 0 ? M_theme_report_campaigns_hint :
					M_theme_report_no_campaigns),
	    RP_TEXT("")));
	for (size_t i = 0; i < r->campaigns.n; i++)
		RP_TRY(campaign(k, r, i));
	return NULL;
}

/* What has no theme, and why: the states but the first. */
static struct rp_err *
not_themed(struct making *k, const struct rp_theme_report *r)
{
	RP_TRY(heading(k, 2, say(k, M_theme_report_not_themed), RP_TEXT("")));
	for (int s = RP_REPORT_NO_THEME; s < RP_REPORT_STATES; s++) {
		struct rp_block item = { .kind = RP_BLOCK_ITEM };

		RP_TRY(put(k,
		    rp_textf(k->a, "%.*s: %.*s",
			RP_FMT(say(k,
			    rp_report_state_name((enum rp_report_state)s))),
			RP_FMT(say_n(k, M_theme_report_n_responses,
			    r->states[s]))),
		    0));
		RP_TRY(end(k, &item));
	}
	return NULL;
}

static struct rp_err *
by_group(struct making *k, const struct rp_theme_report *r)
{
	struct cell c[5] = { { say(k, M_theme_report_group), { 0 } },
		{ say(k, M_consultation_responses), { 0 } },
		{ say(k, M_statistics_words), { 0 } },
		{ say(k, M_statistics_share), { 0 } },
		{ say(k, M_theme_report_words_each), { 0 } } };

	if (r->groups.n == 0)
		return NULL;
	table(k);
	RP_TRY(row(k, c, 5, true));
	for (size_t i = 0; i < r->groups.n; i++) {
		const struct rp_report_group *g = &r->groups.v[i];

		c[0].text = rp_report_group_name(k->a, k->reader, g);
		c[1].text = number(k, g->responses);
		c[2].text = number(k, g->words);
		c[3].text = share(k, g->words, r->words);
		c[4].text =
		    number(k, g->responses == 0 ?
				  0 :
				  (g->words + g->responses / 2) / g->responses);
		RP_TRY(row(k, c, 5, false));
	}
	return NULL;
}

static struct rp_err *
by_language(struct making *k, const struct rp_theme_report *r)
{
	struct cell c[4] = { { say(k, M_statistics_head_language), { 0 } },
		{ say(k, M_consultation_responses), { 0 } },
		{ say(k, M_statistics_share), { 0 } },
		{ say(k, M_statistics_words), { 0 } } };

	if (r->languages.n == 0)
		return NULL;
	table(k);
	RP_TRY(row(k, c, 4, true));
	for (size_t i = 0; i < r->languages.n; i++) {
		const struct rp_report_language *l = &r->languages.v[i];

		c[0].text = rp_locale_language(k->reader->locale, k->a, l->tag);
		c[1].text = number(k, l->responses);
		c[2].text = share(k, l->responses, r->responses);
		c[3].text = number(k, l->words);
		RP_TRY(row(k, c, 4, false));
	}
	return NULL;
}

static struct rp_err *
participation(struct making *k, const struct rp_theme_report *r)
{
	RP_TRY(
	    heading(k, 2, say(k, M_theme_report_participation), RP_TEXT("")));
	if (r->longest_share >= 0)
		RP_TRY(paragraph(k, "",
		    say_t(k, M_theme_report_balance_hint,
			rp_format_percent(k->reader->locale, k->a,
			    r->longest_share, 0)),
		    RP_TEXT("")));
	RP_TRY(by_group(k, r));
	return by_language(k, r);
}

static struct rp_err *
question(struct making *k, const struct rp_theme_report *r)
{
	RP_TRY(rp_theme_report_check(r));
	if (r->title.n > 0)
		RP_TRY(heading(k, 1, r->title, r->title_lang));
	if (r->responses + r->heard == 0)
		return paragraph(k, "", say(k, M_theme_report_no_responses),
		    RP_TEXT(""));
	RP_TRY(states(k, r));
	RP_TRY(theme_table(k, r));
	RP_TRY(group_table(k, r));
	RP_TRY(themes(k, r));
	RP_TRY(campaigns(k, r));
	RP_TRY(not_themed(k, r));
	RP_TRY(participation(k, r));
	return paragraph(k, "Subtitle",
	    rp_message(k->a, k->reader, M_theme_report_made,
		(const struct rp_msg_arg[]){ RP_MSG_TEXT(r->seed),
		    RP_MSG_TEXT(r->version) },
		2),
	    RP_TEXT(""));
}

struct rp_err *
rp_theme_summary(struct rp_arena *a, const struct rp_reader *reader,
    rp_text title, const struct rp_theme_report *const *questions, size_t n,
    struct rp_document **out)
{
	struct making k = { .a = a, .reader = reader };

	rp_doc_build_init(&k.b, a);
	k.b.doc->lang = rp_lang_tag(reader->lang);
	k.b.doc->title = title.n > 0 ? title : say(&k, M_theme_report_summary);
	k.bold = rp_document_format(a, k.b.doc,
	    &(struct rp_format){ .look = RP_LOOK_BOLD });
	RP_TRY(heading(&k, 0, k.b.doc->title, RP_TEXT("")));
	if (n > 0 && questions[0]->context.n > 0)
		RP_TRY(paragraph(&k, "Subtitle", questions[0]->context,
		    RP_TEXT("")));
	for (size_t i = 0; i < n; i++)
		RP_TRY(question(&k, questions[i]));
	*out = k.b.doc;
	return NULL;
}

struct rp_err *
rp_theme_summary_docx(struct rp_arena *a, const struct rp_reader *reader,
    rp_text title, const struct rp_theme_report *const *questions, size_t n,
    rp_bytes *out)
{
	const struct rp_docx_new options = { .head_rows = 1,
		.first_column = 34 };
	struct rp_document *d;

	RP_TRY(rp_theme_summary(a, reader, title, questions, n, &d));
	return rp_docx_new(a, d, &options, out);
}
