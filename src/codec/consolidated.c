#include "codec/consolidated.h"

#include "base/err.h"
#include "codec/json.h"

#define NAME_MAX ((size_t)400)
#define WORD_MAX ((size_t)20)

/* A text of the JSON may be as long as all of it. */
#define ANY RP_JSON_MAX

struct reading {
	struct rp_arena *arena;
	struct rp_consolidated_view *out;
};

static struct rp_err *
text_or_null(struct rp_arena *a, const struct rp_json *v, const char *name,
    size_t max, rp_text *out)
{
	const struct rp_json *member = rp_json_find(v, name);

	*out = RP_TEXT("");
	if (member == NULL || rp_json_kind(member) == RP_JSON_NULL)
		return NULL;
	return rp_json_text(a, v, name, max, out);
}

static bool
is_there(const struct rp_json *v, const char *name)
{
	const struct rp_json *member = rp_json_find(v, name);

	return member != NULL && rp_json_kind(member) != RP_JSON_NULL;
}

static struct rp_err *
count(const struct rp_json *v, const char *name, size_t max, size_t *out)
{
	int64_t n;

	RP_TRY(rp_json_i64(v, name, &n));
	if (n < 0 || (uint64_t)n > max)
		return rp_fail(RP_E_INVALID, "%s of %lld", name, (long long)n);
	*out = (size_t)n;
	return NULL;
}

static struct rp_err *
take_parties(struct reading *r, const struct rp_json *v)
{
	const struct rp_json *list;

	RP_TRY(rp_json_array(v, "parties", RP_CONSOLIDATED_PARTIES_MAX, &list));
	for (size_t i = 0; i < rp_json_n(list); i++) {
		rp_text name;

		RP_TRY(rp_json_as_text(r->arena, rp_json_at(list, i), NAME_MAX,
		    &name));
		rp_vec_push(r->arena, &r->out->parties, name);
	}
	return NULL;
}

/* It is not in all of them. */
static struct rp_err *
take_left_out(struct reading *r, const struct rp_json *v)
{
	const struct rp_json *list = rp_json_find(v, "left_out");

	for (size_t i = 0; i < rp_json_n(list) && i < r->out->parties.n; i++) {
		RP_TRY(
		    rp_json_as_i64(rp_json_at(list, i), &r->out->left_out[i]));
		if (r->out->left_out[i] < 0)
			return rp_fail(RP_E_INVALID, "less than nothing");
	}
	return NULL;
}

/* Names as a set; one that is no party's is an error. */
static struct rp_err *
take_names(struct reading *r, const struct rp_json *v, const char *member,
    uint64_t *out)
{
	const struct rp_json *list;

	*out = 0;
	RP_TRY(rp_json_array(v, member, RP_CONSOLIDATED_PARTIES_MAX, &list));
	for (size_t i = 0; i < rp_json_n(list); i++) {
		rp_text name;
		size_t p = 0;

		RP_TRY(rp_json_as_text(r->arena, rp_json_at(list, i), NAME_MAX,
		    &name));
		while (p < r->out->parties.n &&
		       !rp_text_eq(r->out->parties.v[p], name))
			p++;
		if (p == r->out->parties.n)
			return rp_fail(RP_E_INVALID, "no party %.*s",
			    RP_FMT(name));
		*out |= UINT64_C(1) << p;
	}
	return NULL;
}

static struct rp_err *
take_provisions(struct reading *r, const struct rp_json *v)
{
	const struct rp_json *list;

	RP_TRY(rp_json_array(v, "provisions", RP_CONSOLIDATED_PROVISIONS_MAX,
	    &list));
	for (size_t i = 0; i < rp_json_n(list); i++) {
		const struct rp_json *p = rp_json_at(list, i);
		struct rp_consolidated_provision one;

		RP_TRY(
		    text_or_null(r->arena, p, "label", NAME_MAX, &one.label));
		RP_TRY(rp_json_text(r->arena, p, "text", ANY, &one.text));
		rp_vec_push(r->arena, &r->out->provisions, one);
	}
	return NULL;
}

static struct rp_err *
take_blocks(struct reading *r, const struct rp_json *v,
    struct rp_consolidated_choice *out)
{
	const struct rp_json *list;

	RP_TRY(
	    rp_json_array(v, "blocks", RP_CONSOLIDATED_PROVISIONS_MAX, &list));
	for (size_t i = 0; i < rp_json_n(list); i++) {
		const struct rp_json *b = rp_json_at(list, i);
		struct rp_consolidated_block one = { .moved = is_there(b,
							 "moved_from") };

		RP_TRY(
		    text_or_null(r->arena, b, "label", NAME_MAX, &one.label));
		RP_TRY(rp_json_text(r->arena, b, "text", ANY, &one.text));
		rp_vec_push(r->arena, &out->blocks, one);
	}
	return NULL;
}

static struct rp_err *
take_choices(struct reading *r, const struct rp_json *v,
    struct rp_consolidated_change *out)
{
	const struct rp_json *list;

	RP_TRY(rp_json_array(v, "choices", RP_CONSOLIDATED_CHOICES_MAX, &list));
	for (size_t i = 0; i < rp_json_n(list); i++) {
		const struct rp_json *c = rp_json_at(list, i);
		struct rp_consolidated_choice one = { .moved = is_there(c,
							  "moved_to") };

		RP_TRY(take_names(r, c, "sponsors", &one.sponsors));
		if (one.sponsors == 0)
			continue;
		RP_TRY(rp_json_text(r->arena, c, "key", RP_CONSOLIDATED_KEY_MAX,
		    &one.key));
		RP_TRY(rp_json_bool(c, "gone", &one.gone));
		RP_TRY(rp_json_text(r->arena, c, "text", ANY, &one.text));
		RP_TRY(take_blocks(r, c, &one));
		rp_vec_push(r->arena, &out->choices, one);
	}
	return out->choices.n > 0 ? NULL :
				    rp_fail(RP_E_INVALID, "no choice there");
}

static struct rp_err *
take_place(struct reading *r, const struct rp_json *v,
    struct rp_consolidated_change *out)
{
	static const rp_text places[] = { RP_TEXT_INIT("slot"),
		RP_TEXT_INIT("block"), RP_TEXT_INIT("range") };
	size_t n = r->out->provisions.n, length = 0;
	rp_text place;
	int i = 0;

	RP_TRY(rp_json_text(r->arena, v, "place", WORD_MAX, &place));
	while (i < 3 && !rp_text_eq(places[i], place))
		i++;
	if (i == 3)
		return rp_fail(RP_E_INVALID, "no place %.*s", RP_FMT(place));
	out->place = (enum rp_consolidated_place)i;
	RP_TRY(count(v, "at", n, &out->at));
	if (out->place != RP_CONSOLIDATED_SLOT) {
		if (out->at == n)
			return rp_fail(RP_E_INVALID, "no block %zu", n);
		length = r->out->provisions.v[out->at].text.n;
	}
	RP_TRY(count(v, "from", length, &out->from));
	RP_TRY(count(v, "to", length, &out->to));
	if (out->to < out->from)
		return rp_fail(RP_E_INVALID, "a range backwards");
	return NULL;
}

/* Places grow: pages walk the text and its changes once. */
static bool
in_order(const struct rp_consolidated_changes *all,
    const struct rp_consolidated_change *c)
{
	const struct rp_consolidated_change *last;

	if (all->n == 0)
		return true;
	last = &all->v[all->n - 1];
	if (c->at != last->at)
		return c->at > last->at;
	if (last->place == RP_CONSOLIDATED_SLOT)
		return true;
	return c->place != RP_CONSOLIDATED_SLOT && c->from >= last->to;
}

/* Both ends of a range stand between characters. */
static bool
is_whole(const struct reading *r, const struct rp_consolidated_change *c)
{
	const size_t ends[] = { c->from, c->to };

	if (c->place == RP_CONSOLIDATED_SLOT)
		return true;
	for (size_t i = 0; i < 2; i++) {
		rp_text t = r->out->provisions.v[c->at].text;

		if (ends[i] < t.n && ((uint8_t)t.p[ends[i]] & 0xc0) == 0x80)
			return false;
	}
	return true;
}

static struct rp_err *
take_change(struct reading *r, const struct rp_json *v)
{
	struct rp_consolidated_change c = { .decided = RP_CONSOLIDATED_OPEN,
		.by = r->out->changes.n };
	const struct rp_json *set = rp_json_find(v, "set");

	RP_TRY(
	    rp_json_text(r->arena, v, "key", RP_CONSOLIDATED_KEY_MAX, &c.key));
	RP_TRY(take_place(r, v, &c));
	RP_TRY(rp_json_text(r->arena, v, "base", ANY, &c.base));
	RP_TRY(rp_json_bool(v, "bracket", &c.bracket));
	RP_TRY(take_names(r, v, "objectors", &c.objectors));
	if (set != NULL && rp_json_kind(set) != RP_JSON_NULL)
		RP_TRY(rp_json_as_i64(set, &c.set));
	RP_TRY(take_choices(r, v, &c));
	if (!in_order(&r->out->changes, &c) || !is_whole(r, &c))
		return rp_fail(RP_E_INVALID, "change %zu out of place",
		    r->out->changes.n);
	rp_vec_push(r->arena, &r->out->changes, c);
	return NULL;
}

struct rp_err *
rp_consolidated_parse(struct rp_arena *a, rp_bytes in,
    struct rp_consolidated_view *out)
{
	struct reading r = { a, out };
	const struct rp_json *v, *changes;

	*out = (struct rp_consolidated_view){ 0 };
	RP_TRY(rp_json_parse(a, in, &v));
	RP_TRY(take_parties(&r, v));
	if (rp_json_find(v, "left_out") != NULL)
		RP_TRY(take_left_out(&r, v));
	RP_TRY(take_provisions(&r, v));
	RP_TRY(
	    rp_json_array(v, "changes", RP_CONSOLIDATED_CHANGES_MAX, &changes));
	for (size_t i = 0; i < rp_json_n(changes); i++)
		RP_TRY(take_change(&r, rp_json_at(changes, i)));
	return NULL;
}

size_t
rp_consolidated_find(const struct rp_consolidated_view *v, rp_text key)
{
	size_t i = 0;

	while (i < v->changes.n && !rp_text_eq(v->changes.v[i].key, key))
		i++;
	return i;
}

int
rp_consolidated_choice(const struct rp_consolidated_change *c, rp_text key)
{
	for (size_t i = 0; i < c->choices.n; i++)
		if (rp_text_eq(c->choices.v[i].key, key))
			return (int)i;
	return RP_CONSOLIDATED_OPEN;
}

rp_text
rp_consolidated_spaced(struct rp_arena *a,
    const struct rp_consolidated_change *c, rp_text typed)
{
	rp_text like = c->choices.v[0].gone ? c->base : c->choices.v[0].text;
	rp_text t = rp_text_trim(typed);
	bool before = like.n > 0 && like.p[0] == ' ';
	bool behind = like.n > 0 && like.p[like.n - 1] == ' ';

	if (t.n == 0 || c->place == RP_CONSOLIDATED_SLOT)
		return t;
	return rp_textf(a, "%s%.*s%s", before ? " " : "", RP_FMT(t),
	    behind ? " " : "");
}

static int
choice_with(const struct rp_consolidated_change *c, uint64_t who)
{
	for (size_t i = 0; i < c->choices.n; i++)
		if ((c->choices.v[i].sponsors & who) != 0)
			return (int)i;
	return RP_CONSOLIDATED_BASE;
}

void
rp_consolidated_decide(struct rp_consolidated_view *v, size_t change,
    int choice, rp_text text)
{
	struct rp_consolidated_change *first;
	uint64_t who = 0;

	if (change >= v->changes.n)
		return;
	first = &v->changes.v[change];
	if (choice < RP_CONSOLIDATED_BASE || choice >= (int)first->choices.n ||
	    (choice == RP_CONSOLIDATED_TEXT && first->set != 0))
		return;
	if (choice >= 0)
		who = first->choices.v[choice].sponsors;
	for (size_t i = 0; i < v->changes.n; i++) {
		struct rp_consolidated_change *c = &v->changes.v[i];

		if (first->set == 0 || c->set != first->set)
			continue;
		c->decided = choice_with(c, who);
		c->by = change;
	}
	first->decided = choice;
	first->by = change;
	first->compromise = text;
}

size_t
rp_consolidated_open(const struct rp_consolidated_view *v)
{
	size_t n = 0;

	for (size_t i = 0; i < v->changes.n; i++)
		n += v->changes.v[i].bracket &&
		     v->changes.v[i].decided == RP_CONSOLIDATED_OPEN;
	return n;
}
