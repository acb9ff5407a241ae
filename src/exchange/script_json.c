#include "exchange/script_json.h"

#include "codec/json.h"
#include "codec/sink.h"
#include "redline/compare.h"

static const char *const ops[] = {
	[RP_OP_EQUAL] = "equal",
	[RP_OP_EDIT] = "edit",
	[RP_OP_INSERT] = "insert",
	[RP_OP_DELETE] = "delete",
	[RP_OP_MOVE] = "move",
};
static const char *const classes[] = {
	[RP_CLASS_NOC] = "NOC",
	[RP_CLASS_MOD] = "MOD",
	[RP_CLASS_MOD_EDITORIAL] = "(MOD)",
	[RP_CLASS_ADD] = "ADD",
	[RP_CLASS_SUP] = "SUP",
};
static const char *const changes[] = {
	[RP_CHANGE_EQUAL] = "equal",
	[RP_CHANGE_INS] = "ins",
	[RP_CHANGE_DEL] = "del",
};
static const char *const states[] = {
	[RP_REFERENCE_OK] = "ok",
	[RP_REFERENCE_UPDATED] = "updated",
	[RP_REFERENCE_STALE] = "stale",
	[RP_REFERENCE_GONE] = "gone",
};

#define AROUND 40 /* octets before a reference, at most */

struct work {
	struct rp_arena *arena;
	const struct rp_script *script;
	struct rp_json_writer json;
};

static void
key(struct work *w, const char *name)
{
	rp_json_key(&w->json, rp_text_z(name));
}

static void
member_text(struct work *w, const char *name, const char *value)
{
	key(w, name);
	rp_json_put_text(&w->json, rp_text_z(value));
}

static void
member_block(struct work *w, const char *name, uint32_t block)
{
	key(w, name);
	if (block == RP_NO_BLOCK)
		rp_json_put_null(&w->json);
	else
		rp_json_put_i64(&w->json, block);
}

static void
member_bool(struct work *w, const char *name, bool value)
{
	key(w, name);
	rp_json_put_bool(&w->json, value);
}

static void
member_count(struct work *w, const char *name, uint32_t n)
{
	key(w, name);
	rp_json_put_i64(&w->json, n);
}

static void
member_label(struct work *w, const char *name, const struct rp_document *d,
    uint32_t block)
{
	key(w, name);
	if (block == RP_NO_BLOCK ||
	    d->body.blocks.v[block].label.kind == RP_LABEL_NONE)
		rp_json_put_null(&w->json);
	else
		rp_json_put_text(&w->json, d->body.blocks.v[block].label.text);
}

static rp_text
block_text(struct work *w, const struct rp_document *d, uint32_t block)
{
	if (block == RP_NO_BLOCK)
		return RP_TEXT("");
	return rp_block_text(w->arena, &d->body.blocks.v[block]);
}

static void
put_run(struct work *w, enum rp_run_change change, rp_text t, bool follows)
{
	rp_json_object_begin(&w->json);
	member_text(w, "t", changes[change]);
	key(w, "text");
	rp_json_put_text(&w->json, t);
	if (follows)
		member_bool(w, "consequential", true);
	rp_json_object_end(&w->json);
}

/* `old`: the text that is deleted from, if it is no block's. */
static void
put_runs(struct work *w, const struct rp_script_runs *runs, rp_text now,
    const rp_text *old)
{
	for (size_t i = 0; i < runs->n; i++) {
		const struct rp_script_run *r = &runs->v[i];
		rp_text t = now;

		if (r->change == RP_CHANGE_DEL && old != NULL)
			t = *old;
		else if (r->change == RP_CHANGE_DEL)
			t = block_text(w, w->script->old, r->old_block);
		put_run(w, r->change, rp_text_sub(t, r->from, r->to),
		    r->consequential);
	}
}

static void
put_notes(struct work *w, const struct rp_edit *e)
{
	key(w, "notes");
	rp_json_array_begin(&w->json);
	for (size_t i = 0; i < e->notes.n; i++) {
		const struct rp_script_note *n = &e->notes.v[i];
		rp_text now = rp_note_text(w->arena, w->script->now, n->now);
		rp_text old = rp_note_text(w->arena, w->script->old, n->old);

		rp_json_object_begin(&w->json);
		member_block(w, "old", n->old);
		member_block(w, "new", n->now);
		key(w, "runs");
		rp_json_array_begin(&w->json);
		put_runs(w, &n->runs, now, &old);
		rp_json_array_end(&w->json);
		rp_json_object_end(&w->json);
	}
	rp_json_array_end(&w->json);
}

static void
put_edit(struct work *w, const struct rp_edit *e)
{
	const struct rp_script *s = w->script;
	rp_text now = block_text(w, s->now, e->now);

	rp_json_object_begin(&w->json);
	member_text(w, "op", ops[e->op]);
	member_text(w, "class", classes[e->class]);
	member_block(w, "old", e->old);
	member_block(w, "new", e->now);
	member_label(w, "old_label", s->old, e->old);
	member_label(w, "new_label", s->now, e->now);
	member_bool(w, "renumbered", e->renumbered);
	member_bool(w, "reformatted", e->reformatted);
	member_block(w, "split_of", e->split_of);
	key(w, "merge_of");
	rp_json_array_begin(&w->json);
	for (size_t i = 0; i < e->merged.n; i++)
		rp_json_put_i64(&w->json, e->merged.v[i]);
	rp_json_array_end(&w->json);
	key(w, "runs");
	rp_json_array_begin(&w->json);
	if (e->runs.n == 0 && now.n > 0)
		put_run(w, RP_CHANGE_EQUAL, now, false);
	put_runs(w, &e->runs, now, NULL);
	rp_json_array_end(&w->json);
	put_notes(w, e);
	rp_json_object_end(&w->json);
}

/* Some words before a reference: a number alone tells little. */
static rp_text
around(rp_text t, const struct rp_script_reference *r)
{
	size_t from = r->from > AROUND ? r->from - AROUND : 0;

	/* Where a word begins, as far as there is one. */
	while (from > 0 && from < r->from && t.p[from - 1] != ' ')
		from++;
	while (from < r->from && ((uint8_t)t.p[from] & 0xc0) == 0x80)
		from++;
	return rp_text_sub(t, from, r->to);
}

static void
put_reference(struct work *w, const struct rp_script_reference *r)
{
	rp_text t = block_text(w, w->script->now, r->at);

	rp_json_object_begin(&w->json);
	member_block(w, "at", r->at);
	key(w, "text");
	rp_json_put_text(&w->json, rp_text_sub(t, r->from, r->to));
	key(w, "around");
	rp_json_put_text(&w->json, around(t, r));
	member_block(w, "old_target", r->old_target);
	member_block(w, "new_target", r->new_target);
	member_label(w, "new_label", w->script->now, r->new_target);
	member_text(w, "state", states[r->state]);
	if (r->doubtful)
		member_bool(w, "doubtful", true);
	rp_json_object_end(&w->json);
}

static rp_text
margin_text(struct work *w, const struct rp_document *d, uint32_t i)
{
	return i != RP_NO_BLOCK ? rp_story_text(w->arena, &d->margins.v[i]) :
				  RP_TEXT("");
}

static void
put_margin(struct work *w, const struct rp_script_margin *m)
{
	rp_text old = margin_text(w, w->script->old, m->old);
	rp_text now = margin_text(w, w->script->now, m->now);

	rp_json_object_begin(&w->json);
	member_text(w, "kind",
	    m->kind == RP_STORY_HEADER ? "header" : "footer");
	member_block(w, "old", m->old);
	member_block(w, "new", m->now);
	key(w, "runs");
	rp_json_array_begin(&w->json);
	put_runs(w, &m->runs, now, &old);
	rp_json_array_end(&w->json);
	rp_json_object_end(&w->json);
}

static void
put_summary(struct work *w)
{
	const struct rp_script *s = w->script;

	key(w, "summary");
	rp_json_object_begin(&w->json);
	member_count(w, "NOC", s->n_noc);
	member_count(w, "MOD", s->n_mod);
	member_count(w, "(MOD)", s->n_editorial);
	member_count(w, "ADD", s->n_add);
	member_count(w, "SUP", s->n_sup);
	member_count(w, "moved", s->n_moved);
	member_count(w, "renumbered", s->n_renumbered);
	member_count(w, "words_inserted", s->words_inserted);
	member_count(w, "words_deleted", s->words_deleted);
	member_count(w, "words_equal", s->words_equal);
	rp_json_object_end(&w->json);
}

void
rp_script_json_write(struct rp_arena *a, const struct rp_script *s,
    struct rp_sink *out)
{
	struct work w = { .arena = a, .script = s };

	rp_json_init(&w.json, out);
	rp_json_object_begin(&w.json);
	key(&w, "version");
	rp_json_put_i64(&w.json, 1);
	key(&w, "blocks");
	rp_json_array_begin(&w.json);
	for (size_t i = 0; i < s->edits.n; i++)
		put_edit(&w, &s->edits.v[i]);
	rp_json_array_end(&w.json);
	key(&w, "references");
	rp_json_array_begin(&w.json);
	for (size_t i = 0; i < s->references.n; i++)
		put_reference(&w, &s->references.v[i]);
	rp_json_array_end(&w.json);
	key(&w, "margins");
	rp_json_array_begin(&w.json);
	for (size_t i = 0; i < s->margins.n; i++)
		put_margin(&w, &s->margins.v[i]);
	rp_json_array_end(&w.json);
	put_summary(&w);
	rp_json_object_end(&w.json);
}
