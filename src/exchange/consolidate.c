#include "exchange/consolidate.h"

#include <strings.h>

#include "base/buf.h"
#include "base/err.h"
#include "codec/sink.h"
#include "document/accept.h"
#include "document/label.h"
#include "exchange/consolidate_private.h"
#include "exchange/consolidated_json.h"
#include "exchange/file.h"
#include "exchange/pair_private.h"
#include "redline/change_key.h"
#include "redline/compare.h"
#include "redline/merge_sets.h"

struct work {
	struct rp_arena *arena, *scratch;
	struct rp_words *words;
	const struct rp_consolidate_options *o;
	const struct rp_consolidate_party *parties;
	size_t n;
	struct rp_pair_side base;
	struct rp_amendment amendments[RP_CONSOLIDATE_PARTIES_MAX];
	struct rp_document *edited[RP_CONSOLIDATE_PARTIES_MAX];
	struct rp_consolidated *settled; /* what documents show */
	struct rp_consolidate *out;
};

static struct rp_err *
check_names(const struct rp_consolidate_party *parties, size_t n)
{
	if (n == 0 || n > RP_CONSOLIDATE_PARTIES_MAX)
		return rp_fail(RP_E_LIMIT, "from 1 to %zu parties",
		    RP_CONSOLIDATE_PARTIES_MAX);
	for (size_t i = 0; i < n; i++) {
		if (parties[i].name.n == 0 ||
		    parties[i].name.n > RP_CONSOLIDATE_NAME_MAX)
			return rp_fail(RP_E_INVALID,
			    "%.*s: a party's name has from 1 to %zu octets",
			    RP_FMT(parties[i].file.name),
			    RP_CONSOLIDATE_NAME_MAX);
		for (size_t k = 0; k < i; k++)
			if (rp_text_eq(parties[i].name, parties[k].name))
				return rp_fail(RP_E_INVALID,
				    "two parties are called %.*s",
				    RP_FMT(parties[i].name));
	}
	return NULL;
}

/* Objections. */

static bool
is_label(const struct rp_block *b, rp_text l)
{
	rp_text t = b->label.text;

	if (b->label.kind == RP_LABEL_NONE || l.n == 0 || l.n > t.n ||
	    !rp_text_starts(t, l))
		return false;
	for (size_t i = l.n; i < t.n; i++)
		if (t.p[i] != ')' && t.p[i] != '.')
			return false;
	return true;
}

static bool
begins_with(rp_text t, rp_text with)
{
	return with.n <= t.n && strncasecmp(t.p, with.p, with.n) == 0;
}

/* The line above that a provision belongs to. */
static bool
is_below(struct rp_arena *a, const struct rp_blocks *blocks, size_t i,
    rp_text callout)
{
	if (callout.n == 0)
		return true;
	while (i-- > 0)
		if (blocks->v[i].kind == RP_BLOCK_CALLOUT ||
		    blocks->v[i].kind == RP_BLOCK_HEADING)
			return begins_with(rp_block_text(a, &blocks->v[i]),
			    callout);
	return false;
}

static struct rp_err *
find_place(const struct work *w, const struct rp_consolidate_noc *noc,
    uint32_t *out)
{
	const struct rp_blocks *blocks = &w->base.document->body.blocks;
	rp_text place = rp_text_trim(noc->place);
	rp_text label = place, callout = { "", 0 };
	size_t found = 0;
	int64_t number;

	if (place.n > 1 && place.p[0] == '#') {
		if (!rp_text_i64(rp_text_sub(place, 1, place.n), &number) ||
		    number < 1 || number > (int64_t)blocks->n)
			return rp_fail(RP_E_NOTFOUND,
			    "the base has no paragraph %.*s", RP_FMT(place));
		*out = (uint32_t)number - 1;
		return NULL;
	}
	for (size_t i = 0; i < place.n; i++)
		if (place.p[i] == ' ') {
			callout = rp_text_sub(place, 0, i);
			label = rp_text_sub(place, i + 1, place.n);
		}
	for (size_t i = 0; i < blocks->n; i++) {
		if (!is_label(&blocks->v[i], label) ||
		    !is_below(w->arena, blocks, i, callout))
			continue;
		found++;
		*out = (uint32_t)i;
	}
	if (found != 1)
		return rp_fail(RP_E_NOTFOUND, "the base has %s provision %.*s",
		    found == 0 ? "no" : "more than one", RP_FMT(place));
	return NULL;
}

static struct rp_err *
take_objections(struct work *w)
{
	const struct rp_consolidate_options *o = w->o;

	if (o->n_noc > RP_CONSOLIDATE_NOC_MAX)
		return rp_fail(RP_E_LIMIT, "over %zu objections",
		    RP_CONSOLIDATE_NOC_MAX);
	for (size_t p = 0; p < w->n; p++) {
		uint32_t *blocks = rp_new_n(w->arena, uint32_t, o->n_noc + 1);
		size_t n = 0;

		for (size_t i = 0; i < o->n_noc; i++)
			if (o->noc[i].party == p)
				RP_TRY(find_place(w, &o->noc[i], &blocks[n++]));
		w->amendments[p].noc = blocks;
		w->amendments[p].n_noc = n;
	}
	return NULL;
}

/* Parties. */

static struct rp_err *
read_party(struct work *w, size_t p)
{
	const struct rp_consolidate_party *party = &w->parties[p];
	const struct rp_document *now = w->base.document;
	struct rp_pair_side side;
	struct rp_script *script;
	struct rp_err *e;

	if (party->file.octets.n > 0) {
		RP_TRY(rp_pair_read_side(w->arena, &party->file, &side));
		if (w->o->format != RP_PAIR_DOCX)
			rp_pair_free_labels(side.document);
		now = side.document;
	} else if (w->edited[p] != NULL) {
		now = w->edited[p];
	}
	e = rp_redline_compare(w->arena, w->words, w->base.document, now,
	    &script);
	if (e != NULL)
		return rp_err_wrap(e, "%.*s", RP_FMT(party->file.name));
	w->amendments[p].party = party->name;
	w->amendments[p].script = script;
	return NULL;
}

/* Before labels are freed: what is added follows those that are typed. */
static struct rp_err *
edit_base(struct work *w)
{
	for (size_t p = 0; p < w->n; p++) {
		const struct rp_consolidate_party *party = &w->parties[p];
		struct rp_err *e;

		if (party->n_edits == 0 || party->file.octets.n > 0)
			continue;
		e = rp_provision_edit(w->arena, w->base.document, party->edits,
		    party->n_edits, &w->edited[p]);
		if (e != NULL)
			return rp_err_wrap(e, "%.*s", RP_FMT(party->name));
		if (w->o->format != RP_PAIR_DOCX)
			rp_pair_free_labels(w->edited[p]);
	}
	return NULL;
}

static void
free_scratch(void *scratch)
{
	rp_arena_free(scratch);
}

/* A move goes from its place and comes to its place, or does neither. */
static struct rp_err *
link_moves(struct rp_arena *a, struct rp_consolidated *c)
{
	uint32_t *of_block = rp_new_n(a, uint32_t, c->base->body.blocks.n + 1);

	for (uint32_t i = 0; i < c->changes.n; i++)
		if (c->changes.v[i].place == RP_MERGE_BLOCK)
			of_block[c->changes.v[i].at] = i + 1;
	for (uint32_t i = 0; i < c->changes.n; i++) {
		const struct rp_merge_change *k = &c->changes.v[i];

		for (size_t x = 0; x < k->choices.n; x++)
			for (size_t j = 0; j < k->choices.v[x].blocks.n; j++) {
				uint32_t from =
				    k->choices.v[x].blocks.v[j].moved_from;
				uint32_t ids[2] = { i, i };

				if (from != RP_NO_BLOCK && of_block[from] != 0)
					ids[1] = of_block[from] - 1;
				if (ids[1] != i)
					RP_TRY(rp_merge_link(c, ids, 2));
			}
	}
	return NULL;
}

/* Decisions. */

/* The change of this key, or as many as there are changes. */
static uint32_t
find_change(const struct work *w, const rp_text *keys, rp_text key)
{
	uint32_t i = 0;

	while (i < w->out->merged->changes.n && !rp_text_eq(keys[i], key))
		i++;
	return i;
}

/* The choice of this key, RP_MERGE_OPEN if there is none. */
static int32_t
find_choice(const struct work *w, uint32_t id, rp_text key)
{
	const struct rp_merge_change *k = &w->out->merged->changes.v[id];

	for (size_t i = 0; i < k->choices.n; i++)
		if (rp_text_eq(rp_choice_key(w->arena, &k->choices.v[i]), key))
			return (int32_t)i;
	return RP_MERGE_OPEN;
}

static struct rp_err *
decide(const struct work *w, uint32_t id,
    const struct rp_consolidate_decision *d)
{
	struct rp_consolidated *c = w->out->merged;
	int32_t choice = RP_MERGE_BASE;

	if (!d->base && d->choice.n > 0)
		choice = find_choice(w, id, d->choice);
	else if (!d->base)
		RP_TRY(rp_merge_propose(w->arena, c, id, d->text, &choice));
	return choice == RP_MERGE_OPEN ? NULL : rp_merge_decide(c, id, choice);
}

static struct rp_err *
take_decisions(struct work *w)
{
	const struct rp_consolidated *c = w->out->merged;
	rp_text *keys = rp_new_n(w->arena, rp_text, c->changes.n + 1);

	if (w->o->n_decisions > RP_CONSOLIDATE_DECISIONS_MAX)
		return rp_fail(RP_E_LIMIT, "over %zu decisions",
		    RP_CONSOLIDATE_DECISIONS_MAX);
	for (uint32_t i = 0; w->o->n_decisions > 0 && i < c->changes.n; i++)
		keys[i] = rp_change_key(w->arena, c, i);
	for (size_t i = 0; i < w->o->n_decisions; i++) {
		const struct rp_consolidate_decision *d = &w->o->decisions[i];
		uint32_t id = find_change(w, keys, d->change);

		if (id < c->changes.n)
			RP_TRY(decide(w, id, d));
	}
	w->settled = rp_merge_settle(w->arena, c);
	for (size_t i = 0; i < c->changes.n; i++)
		w->out->open += c->changes.v[i].bracket &&
				c->changes.v[i].decided == RP_MERGE_OPEN;
	return NULL;
}

/* Checks. */

/* Block by block the same text. Labels of typed ones too, if asked for. */
static rp_text
texts_differ(struct rp_arena *a, const struct rp_document *x,
    const struct rp_document *y, bool labels)
{
	size_t n = x->body.blocks.n;

	if (n != y->body.blocks.n)
		return rp_textf(a, "%zu and %zu paragraphs", n,
		    y->body.blocks.n);
	for (size_t i = 0; i < n; i++) {
		const struct rp_block *p = &x->body.blocks.v[i];
		const struct rp_block *q = &y->body.blocks.v[i];
		bool typed = p->label.kind == RP_LABEL_TYPED ||
			     q->label.kind == RP_LABEL_TYPED;

		if (!rp_text_eq(rp_block_text(a, p), rp_block_text(a, q)))
			return rp_textf(a,
			    "paragraph %zu is \"%.40s\", not \"%.40s\"", i + 1,
			    rp_text_dup(a, rp_block_text(a, p)).p,
			    rp_text_dup(a, rp_block_text(a, q)).p);
		if (labels && typed &&
		    !rp_text_eq(p->label.text, q->label.text))
			return rp_textf(a, "label of paragraph %zu", i + 1);
	}
	return RP_TEXT("");
}

/* What is checked; RP_E_INTERNAL says what does not hold. */
struct checking {
	const struct work *w;
	size_t party;
	const struct rp_document *d;
	rp_bytes octets;
};

/* In the memory beside, which is given back. */
static struct rp_err *
check(const struct work *w, struct rp_err *(*fn)(struct rp_arena *a, void *ctx),
    struct checking *c)
{
	struct rp_err *e;

	c->w = w;
	e = rp_job_run_in(w->scratch, fn, c);
	rp_arena_reset(w->scratch);
	return e;
}

static struct rp_err *
check_projection(struct rp_arena *a, void *ctx)
{
	const struct checking *c = ctx;
	rp_text t = texts_differ(a,
	    rp_merge_project(a, c->w->out->merged, (int32_t)c->party),
	    c->w->amendments[c->party].script->now, false);

	if (t.n == 0)
		return NULL;
	return rp_fail(RP_E_INTERNAL,
	    "the merged text is not that of %.*s: "
	    "%.*s",
	    RP_FMT(c->w->parties[c->party].name), RP_FMT(t));
}

static struct rp_err *
check_projections(const struct work *w)
{
	for (size_t p = 0; p < w->n; p++) {
		struct checking c = { .party = p };

		RP_TRY(check(w, check_projection, &c));
	}
	return NULL;
}

static struct rp_err *
check_model(struct rp_arena *a, void *ctx)
{
	const struct checking *c = ctx;
	rp_text t = rp_document_difference(a, rp_document_reject(a, c->d),
	    c->w->base.document);

	if (t.n == 0)
		return NULL;
	return rp_fail(RP_E_INTERNAL, "rejected: %.*s", RP_FMT(t));
}

/* The octets say what the model says, and rejected what the base does. */
static struct rp_err *
check_octets(struct rp_arena *a, void *ctx)
{
	const struct checking *c = ctx;
	struct checking back = { .w = c->w };
	struct rp_docx_read r;
	rp_text t;

	RP_TRY(rp_docx_read(a, c->octets, &r));
	back.d = r.document;
	RP_TRY(check_model(a, &back));
	t = texts_differ(a, rp_document_accept(a, r.document),
	    rp_document_accept(a, c->d), true);
	if (t.n == 0)
		return NULL;
	return rp_fail(RP_E_INTERNAL, "accepted: %.*s", RP_FMT(t));
}

/* Formats. */

static struct rp_err *
write_docx(const struct work *w)
{
	const struct rp_docx_read *base = &w->base.docx;
	const struct rp_numbering *lists = &base->styles.numbering;
	struct rp_docx_same_list *same =
	    rp_new_n(w->arena, struct rp_docx_same_list, lists->lists.n + 1);
	struct rp_docx_write how = { .packages = { base, base },
		.lists = same,
		.n_lists = lists->lists.n,
		.max = RP_PAIR_OUT_MAX };
	rp_text why = RP_TEXT("");

	for (size_t i = 0; i < lists->lists.n; i++)
		same[i].from = same[i].to = lists->lists.v[i].id;
	for (int whole = 0; whole < 2; whole++) {
		struct checking c = { .d = rp_consolidate_revise(w->arena,
					  w->settled, w->o, whole != 0) };
		struct rp_err *e =
		    rp_docx_write(w->arena, c.d, &how, &w->out->octets);

		if (e == NULL) {
			c.octets = w->out->octets;
			e = check(w, check_octets, &c);
		}
		w->out->why = why;
		if (e == NULL || rp_err_code(e) == RP_E_LIMIT)
			return e;
		if (whole == 0)
			why = rp_textf(w->arena, "%s", rp_err_message(e));
		rp_err_free(e);
	}
	return rp_fail(RP_E_INTERNAL, "the merged document does not hold: %.*s",
	    RP_FMT(why));
}

static struct rp_err *
check_clean(struct rp_arena *a, void *ctx)
{
	const struct checking *c = ctx;
	struct rp_docx_read r;
	rp_text t;

	RP_TRY(rp_docx_read(a, c->octets, &r));
	t = texts_differ(a, r.document, rp_merge_clean(a, c->w->settled),
	    false);
	if (t.n == 0)
		return NULL;
	return rp_fail(RP_E_INTERNAL, "the clean document: %.*s", RP_FMT(t));
}

/* All revisions of the merged document taken. */
static struct rp_err *
write_clean(const struct work *w)
{
	struct checking c = { 0 };

	if (w->out->open > 0)
		return rp_fail(RP_E_INVALID, "%u brackets are open",
		    w->out->open);
	RP_TRY(write_docx(w));
	RP_TRY(rp_file_settle(w->arena, w->out->octets, true, &w->out->octets));
	c.octets = w->out->octets;
	return check(w, check_clean, &c);
}

static struct rp_err *
write_other(const struct work *w)
{
	struct rp_pair_options o = { .format = w->o->format,
		.compare = { .author = w->o->author, .date = w->o->date } };
	struct rp_sink s;
	struct rp_buf b;

	rp_buf_init(&b, w->arena, RP_PAIR_OUT_MAX);
	rp_sink_to_buf(&s, w->arena, &b);
	if (w->o->format == RP_PAIR_JSON) {
		uint32_t left_out[RP_CONSOLIDATE_PARTIES_MAX];

		for (size_t p = 0; p < w->n; p++)
			left_out[p] = w->out->parties[p].left_out;
		rp_consolidated_json_write(w->arena, w->out->merged, left_out,
		    &s);
	} else {
		struct checking c = { .d = rp_consolidate_revise(w->arena,
					  w->settled, w->o, false) };
		struct rp_err *e = check(w, check_model, &c);

		if (e != NULL)
			return rp_err_wrap(e, "the merged document");
		rp_pair_write(&s, c.d, &o);
	}
	RP_TRY(rp_sink_flush(&s));
	return rp_buf_bytes(&b, &w->out->octets);
}

/* Counts. */

static bool
has(rp_parties set, size_t party)
{
	return (set >> party & 1) != 0;
}

/* What a party put into new blocks that is neither text nor a note. */
static uint32_t
things_in(const struct rp_consolidated *c, const struct rp_merge_blocks *blocks,
    size_t party)
{
	uint32_t n = 0;

	for (size_t i = 0; i < blocks->n; i++) {
		const struct rp_merge_block *b = &blocks->v[i];
		const struct rp_block *x =
		    &c->amendments[b->party]
			 .script->now->body.blocks.v[b->block];

		if (b->party != party)
			continue;
		n += x->kind == RP_BLOCK_OPAQUE;
		for (uint32_t k = 0; k < x->n_runs; k++)
			n += x->runs[k].kind == RP_RUN_OPAQUE;
	}
	return n;
}

static void
count(struct work *w)
{
	const struct rp_consolidated *c = w->out->merged;
	const struct rp_merged_notes *notes = rp_consolidate_notes(w->arena, c);

	for (size_t p = 0; p < w->n; p++)
		w->out->parties[p].left_out = notes->left_out[p];
	for (size_t i = 0; i < c->changes.n; i++) {
		const struct rp_merge_change *k = &c->changes.v[i];
		rp_parties all = k->choices.n > 0 ? k->choices.v[0].parties : 0;

		w->out->brackets += k->bracket;
		w->out->undisputed += !k->bracket;
		w->out->shared += !k->bracket && (all & (all - 1)) != 0;
		w->out->objections += k->bracket && k->objectors != 0;
		for (size_t p = 0; p < w->n; p++) {
			struct rp_consolidate_tally *t = &w->out->parties[p];

			t->objects += k->bracket && has(k->objectors, p);
			for (size_t x = 0; x < k->choices.n; x++) {
				const struct rp_merge_choice *y =
				    &k->choices.v[x];

				t->left_out += things_in(c, &y->blocks, p);
				if (!has(y->parties, p))
					continue;
				t->applied += !k->bracket;
				t->bracketed += k->bracket;
			}
		}
	}
}

struct rp_err *
rp_consolidate(struct rp_arena *a, struct rp_words *words,
    const struct rp_pair_file *base, const struct rp_consolidate_party *parties,
    size_t n, const struct rp_consolidate_options *o,
    struct rp_consolidate *out)
{
	struct work *w = rp_new(a, struct work);

	*out = (struct rp_consolidate){ .why = RP_TEXT("") };
	w->arena = a;
	w->scratch = rp_arena_new(RP_CONSOLIDATE_SCRATCH);
	rp_arena_defer(a, free_scratch, w->scratch);
	w->words = words;
	w->o = o;
	w->parties = parties;
	w->n = n;
	w->out = out;
	RP_TRY(check_names(parties, n));
	RP_TRY(rp_pair_read_side(a, base, &w->base));
	if (o->format == RP_PAIR_DOCX && !w->base.is_docx)
		return rp_fail(RP_E_INVALID,
		    "%.*s: tracked changes in a Word document need a base that "
		    "is one",
		    RP_FMT(base->name));
	if (o->format == RP_PAIR_SIDE || o->format >= RP_PAIR_FORMATS)
		return rp_fail(RP_E_INVALID, "no format of a merged text");
	RP_TRY(edit_base(w));
	if (o->format != RP_PAIR_DOCX)
		rp_pair_free_labels(w->base.document);
	RP_TRY(take_objections(w));
	for (size_t p = 0; p < n; p++)
		RP_TRY(read_party(w, p));
	RP_TRY(rp_redline_merge(a, w->base.document, w->amendments, n,
	    &out->merged));
	RP_TRY(link_moves(a, out->merged));
	RP_TRY(rp_merge_find_sets(a, out->merged));
	RP_TRY(check_projections(w));
	count(w);
	RP_TRY(take_decisions(w));
	if (o->format != RP_PAIR_DOCX)
		return write_other(w);
	return o->clean ? write_clean(w) : write_docx(w);
}

static void
put_party(struct rp_buf *b, rp_text name, const struct rp_consolidate_tally *t)
{
	rp_buf_f(b, "%.*s: %u applied, %u in brackets", RP_FMT(name),
	    t->applied, t->bracketed);
	if (t->objects > 0)
		rp_buf_f(b, ", objects to %u", t->objects);
	if (t->left_out > 0)
		rp_buf_f(b, "; left out %u (images, objects, contested notes)",
		    t->left_out);
	rp_buf_byte(b, '\n');
}

rp_text
rp_consolidate_summary(struct rp_arena *a, const struct rp_consolidate *c)
{
	struct rp_err *e;
	struct rp_buf b;
	rp_text out;

	rp_buf_init(&b, a, RP_PAIR_OUT_MAX);
	for (size_t p = 0; p < c->merged->n; p++)
		put_party(&b, c->merged->amendments[p].party, &c->parties[p]);
	rp_buf_f(&b,
	    "changes %u, of them shared %u; brackets %u, of them with "
	    "objections %u\n",
	    c->undisputed, c->shared, c->brackets, c->objections);
	if (rp_merge_count_sets(a, c->merged) > 0)
		rp_buf_f(&b, "sets of changes, each to be decided as one: %u\n",
		    rp_merge_count_sets(a, c->merged));
	if (c->why.n > 0)
		rp_buf_f(&b,
		    "what changed is shown as whole paragraphs: %.*s\n",
		    RP_FMT(c->why));
	e = rp_buf_done(&b, &out);
	RP_ASSERT(e == NULL);
	return out;
}
