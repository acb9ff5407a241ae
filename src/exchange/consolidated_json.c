#include "exchange/consolidated_json.h"

#include "codec/json.h"
#include "codec/sink.h"
#include "redline/change_key.h"

struct work {
	struct rp_arena *arena;
	const struct rp_consolidated *c;
	struct rp_json_writer json;
};

static void
key(struct work *w, const char *name)
{
	rp_json_key(&w->json, rp_text_z(name));
}

static void
member_text(struct work *w, const char *name, rp_text value)
{
	key(w, name);
	rp_json_put_text(&w->json, value);
}

static void
member_count(struct work *w, const char *name, uint32_t n)
{
	key(w, name);
	rp_json_put_i64(&w->json, n);
}

static void
member_bool(struct work *w, const char *name, bool value)
{
	key(w, name);
	rp_json_put_bool(&w->json, value);
}

/* A number, or null for one that says "none". */
static void
member_or_null(struct work *w, const char *name, uint32_t n, uint32_t none)
{
	key(w, name);
	if (n == none)
		rp_json_put_null(&w->json);
	else
		rp_json_put_i64(&w->json, n);
}

static void
member_label(struct work *w, const struct rp_block *b)
{
	key(w, "label");
	if (b->label.kind == RP_LABEL_NONE)
		rp_json_put_null(&w->json);
	else
		rp_json_put_text(&w->json, b->label.text);
}

static void
member_parties(struct work *w, const char *name, rp_parties who)
{
	key(w, name);
	rp_json_array_begin(&w->json);
	for (size_t p = 0; p < w->c->n; p++)
		if ((who >> p & 1) != 0)
			rp_json_put_text(&w->json, w->c->amendments[p].party);
	rp_json_array_end(&w->json);
}

static void
put_block(struct work *w, const struct rp_merge_block *b)
{
	const struct rp_document *d = w->c->amendments[b->party].script->now;

	rp_json_object_begin(&w->json);
	member_label(w, b->own != NULL ? b->own : &d->body.blocks.v[b->block]);
	member_text(w, "text", b->text);
	member_or_null(w, "moved_from", b->moved_from, RP_NO_BLOCK);
	rp_json_object_end(&w->json);
}

static void
put_choice(struct work *w, const struct rp_merge_choice *k)
{
	rp_json_object_begin(&w->json);
	member_text(w, "key", rp_choice_key(w->arena, k));
	member_parties(w, "sponsors", k->parties);
	member_bool(w, "gone", k->gone);
	member_or_null(w, "moved_to", k->moved_to, RP_NO_BLOCK);
	member_text(w, "text", k->text);
	key(w, "blocks");
	rp_json_array_begin(&w->json);
	for (size_t i = 0; i < k->blocks.n; i++)
		put_block(w, &k->blocks.v[i]);
	rp_json_array_end(&w->json);
	rp_json_object_end(&w->json);
}

static void
put_decision(struct work *w, int32_t decided)
{
	key(w, "decided");
	if (decided == RP_MERGE_OPEN)
		rp_json_put_text(&w->json, RP_TEXT("open"));
	else if (decided == RP_MERGE_BASE)
		rp_json_put_text(&w->json, RP_TEXT("base"));
	else
		rp_json_put_i64(&w->json, decided);
}

static void
put_change(struct work *w, uint32_t id)
{
	static const char *const places[] = {
		[RP_MERGE_SLOT] = "slot",
		[RP_MERGE_BLOCK] = "block",
		[RP_MERGE_RANGE] = "range",
	};
	const struct rp_merge_change *k = &w->c->changes.v[id];
	rp_text base = { "", 0 };

	if (k->place != RP_MERGE_SLOT)
		base =
		    rp_block_text(w->arena, &w->c->base->body.blocks.v[k->at]);
	rp_json_object_begin(&w->json);
	member_count(w, "id", id);
	member_text(w, "key", rp_change_key(w->arena, w->c, id));
	member_text(w, "place", rp_text_z(places[k->place]));
	member_count(w, "at", k->at);
	member_count(w, "from", k->from);
	member_count(w, "to", k->to);
	member_text(w, "base", rp_text_sub(base, k->from, k->to));
	member_bool(w, "bracket", k->bracket);
	member_parties(w, "objectors", k->objectors);
	member_or_null(w, "set", k->set, 0);
	put_decision(w, k->decided);
	key(w, "choices");
	rp_json_array_begin(&w->json);
	for (size_t i = 0; i < k->choices.n; i++)
		put_choice(w, &k->choices.v[i]);
	rp_json_array_end(&w->json);
	rp_json_object_end(&w->json);
}

/* `next` is the first change at this block or later. */
static uint32_t
put_provision(struct work *w, uint32_t block, uint32_t next)
{
	const struct rp_block *b = &w->c->base->body.blocks.v[block];
	const struct rp_merge_changes *changes = &w->c->changes;

	rp_json_object_begin(&w->json);
	member_count(w, "block", block);
	member_label(w, b);
	member_text(w, "text", rp_block_text(w->arena, b));
	key(w, "changes");
	rp_json_array_begin(&w->json);
	for (; next < changes->n && changes->v[next].at == block; next++)
		if (changes->v[next].place != RP_MERGE_SLOT)
			rp_json_put_i64(&w->json, next);
	rp_json_array_end(&w->json);
	rp_json_object_end(&w->json);
	return next;
}

static void
put_summary(struct work *w)
{
	uint32_t brackets = 0, shared = 0, objections = 0, n = 0, open = 0;

	for (size_t i = 0; i < w->c->changes.n; i++) {
		const struct rp_merge_change *k = &w->c->changes.v[i];
		rp_parties who = k->choices.v[0].parties;

		brackets += k->bracket;
		open += k->bracket && k->decided == RP_MERGE_OPEN;
		n += !k->bracket;
		shared += !k->bracket && (who & (who - 1)) != 0;
		objections += k->bracket && k->objectors != 0;
	}
	key(w, "summary");
	rp_json_object_begin(&w->json);
	member_count(w, "changes", n);
	member_count(w, "shared", shared);
	member_count(w, "brackets", brackets);
	member_count(w, "objections", objections);
	member_count(w, "open", open);
	rp_json_object_end(&w->json);
}

void
rp_consolidated_json_write(struct rp_arena *a, const struct rp_consolidated *c,
    const uint32_t *left_out, struct rp_sink *out)
{
	struct work w = { .arena = a, .c = c };
	uint32_t next = 0;

	rp_json_init(&w.json, out);
	rp_json_object_begin(&w.json);
	member_count(&w, "version", 1);
	member_parties(&w, "parties", ~(rp_parties)0);
	if (left_out != NULL) {
		key(&w, "left_out");
		rp_json_array_begin(&w.json);
		for (size_t p = 0; p < c->n; p++)
			rp_json_put_i64(&w.json, left_out[p]);
		rp_json_array_end(&w.json);
	}
	key(&w, "provisions");
	rp_json_array_begin(&w.json);
	for (uint32_t b = 0; b < c->base->body.blocks.n; b++)
		next = put_provision(&w, b, next);
	rp_json_array_end(&w.json);
	key(&w, "changes");
	rp_json_array_begin(&w.json);
	for (uint32_t i = 0; i < c->changes.n; i++)
		put_change(&w, i);
	rp_json_array_end(&w.json);
	put_summary(&w);
	rp_json_object_end(&w.json);
}
