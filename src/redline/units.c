#include "redline/units.h"

#include <string.h>

#include "base/err.h"
#include "base/map.h"
#include "base/vec.h"
#include "text/words.h"

struct entry {
	uint32_t id, norm;
	bool is_word;
};

struct rp_vocabulary {
	struct rp_arena *arena;
	struct rp_words *words;
	struct rp_vocabulary_map RP_MAP(struct entry) map;
};

struct split {
	struct rp_arena *arena;
	struct rp_vocabulary *voc;
	rp_text t;
	struct rp_split_list RP_VEC(struct rp_unit) list;
};

struct rp_vocabulary *
rp_vocabulary_new(struct rp_arena *a, struct rp_words *w)
{
	struct rp_vocabulary *voc = rp_new(a, struct rp_vocabulary);

	voc->arena = a;
	voc->words = w;
	return voc;
}

uint32_t
rp_vocabulary_n(const struct rp_vocabulary *voc)
{
	return (uint32_t)voc->map.n;
}

rp_text
rp_vocabulary_text(const struct rp_vocabulary *voc, uint32_t id)
{
	RP_ASSERT(id < voc->map.n);
	return voc->map.keys[id];
}

uint32_t
rp_vocabulary_norm(const struct rp_vocabulary *voc, uint32_t id)
{
	RP_ASSERT(id < voc->map.n);
	return voc->map.v[id].norm;
}

bool
rp_vocabulary_is_word(const struct rp_vocabulary *voc, uint32_t id)
{
	RP_ASSERT(id < voc->map.n);
	return voc->map.v[id].is_word;
}

/* The code point at `at`, for text that is valid. */
static uint32_t
point(rp_text t, size_t at)
{
	const uint8_t *p = (const uint8_t *)t.p + at;

	if (p[0] < 0x80)
		return p[0];
	if (p[0] < 0xe0)
		return (uint32_t)(p[0] & 0x1f) << 6 | (p[1] & 0x3f);
	if (p[0] < 0xf0)
		return (uint32_t)(p[0] & 0x0f) << 12 |
		       (uint32_t)(p[1] & 0x3f) << 6 | (p[2] & 0x3f);
	return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3f) << 12 |
	       (uint32_t)(p[2] & 0x3f) << 6 | (p[3] & 0x3f);
}

/* White_Space of PropList.txt, and the zero-width space. */
size_t
rp_space_at(rp_text t, size_t at)
{
	uint32_t c;

	if (at >= t.n)
		return 0;
	if ((uint8_t)t.p[at] < 0x80)
		return t.p[at] == ' ' || t.p[at] == '\n' || t.p[at] == '\t';
	c = point(t, at);
	if (c == 0xa0 || c == 0x85)
		return 2;
	if (c == 0x1680 || (c >= 0x2000 && c <= 0x200b) || c == 0x2028 ||
	    c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000)
		return 3;
	return 0;
}

bool
rp_ideograph_at(rp_text t, size_t at)
{
	uint32_t c;

	if (at >= t.n || (uint8_t)t.p[at] < 0xe3)
		return false;
	c = point(t, at);
	return (c >= 0x3041 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x4dbf) ||
	       (c >= 0x4e00 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
	       (c >= 0x20000 && c <= 0x3ffff);
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_solid(char c)
{
	return is_letter(c) || is_digit(c) || c == '_';
}

/* Quotation marks and hyphens that an editor writes for a plain one. */
static const char *
plain_mark(rp_text t)
{
	static const struct {
		const char *mark, *plain;
	} table[] = {
		{ "\xe2\x80\x98", "'" },  /* ‘ */
		{ "\xe2\x80\x99", "'" },  /* ’ */
		{ "\xe2\x80\x9a", "'" },  /* ‚ */
		{ "\xe2\x80\x9c", "\"" }, /* “ */
		{ "\xe2\x80\x9d", "\"" }, /* ” */
		{ "\xe2\x80\x9e", "\"" }, /* „ */
		{ "\xc2\xab", "\"" },     /* « */
		{ "\xc2\xbb", "\"" },     /* » */
		{ "\xe2\x80\x90", "-" },  /* ‐ */
		{ "\xe2\x80\x91", "-" },  /* no-break hyphen */
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (rp_text_eq(t, rp_text_z(table[i].mark)))
			return table[i].plain;
	return NULL;
}

static uint32_t intern(struct rp_vocabulary *voc, rp_text t, bool is_word);

/* The id that differs in case or in the shape of a mark only. */
static uint32_t
norm_of(struct rp_vocabulary *voc, rp_text t, bool is_word, uint32_t id)
{
	const char *plain = is_word ? NULL : plain_mark(t);
	bool lower = false;
	char *p;

	if (plain != NULL)
		return intern(voc, rp_text_z(plain), false);
	for (size_t i = 0; i < t.n; i++)
		lower = lower || (t.p[i] >= 'A' && t.p[i] <= 'Z');
	if (!lower)
		return id;
	p = rp_alloc(voc->arena, t.n + 1);
	for (size_t i = 0; i < t.n; i++)
		p[i] = (char)(t.p[i] >= 'A' && t.p[i] <= 'Z' ? t.p[i] | 0x20 :
							       t.p[i]);
	return intern(voc, (rp_text){ p, t.n }, is_word);
}

static uint32_t
intern(struct rp_vocabulary *voc, rp_text t, bool is_word)
{
	size_t before = voc->map.n;
	struct entry *e = rp_map_at(voc->arena, &voc->map, t);
	uint32_t id, norm;

	if (voc->map.n == before)
		return e->id;
	id = (uint32_t)before;
	*e = (struct entry){ id, id, is_word };
	norm = norm_of(voc, t, is_word, id);
	voc->map.v[id].norm = norm; /* `e` may have moved */
	return id;
}

static void
add(struct split *s, size_t from, size_t to, bool is_word)
{
	uint32_t id = intern(s->voc, rp_text_sub(s->t, from, to), is_word);

	rp_vec_push(s->arena, &s->list,
	    ((struct rp_unit){ id, (uint32_t)from, (uint32_t)to }));
}

/*
 * The end of a document symbol or number that begins at `at`, or `at`. It ends
 * with a letter or digit, so that a full stop or hyphen behind it is not in it.
 */
static size_t
symbol(rp_text t, size_t at, size_t end)
{
	size_t i = at, solid = at;
	bool digit = false, joined = false, inner = false;

	for (; i < end; i++) {
		char c = t.p[i];

		if (is_solid(c)) {
			digit = digit || is_digit(c);
			inner = inner || joined;
			solid = i + 1;
			continue;
		}
		if (c == ',' && i > at && i + 1 < end && is_digit(t.p[i - 1]) &&
		    is_digit(t.p[i + 1])) {
			joined = true;
			continue;
		}
		/* Two marks together, or one at the start, join nothing. */
		if ((c != '-' && c != '/' && c != '.') || i == at ||
		    !is_solid(t.p[i - 1]))
			break;
		joined = true;
	}
	return digit && inner ? solid : at;
}

/* A word of ASCII at `at`, as UAX 29 has it. */
static size_t
word(rp_text t, size_t at, size_t end)
{
	size_t i = at;

	while (i < end) {
		if (is_solid(t.p[i])) {
			i++;
			continue;
		}
		if (i == at || i + 1 >= end || t.p[i] != '\'' ||
		    !is_letter(t.p[i - 1]) || !is_letter(t.p[i + 1]))
			break;
		i++;
	}
	return i;
}

static void
split_ascii(struct split *s, size_t at, size_t end)
{
	while (at < end) {
		size_t to = at;

		if (is_solid(s->t.p[at])) {
			to = symbol(s->t, at, end);
			if (to == at)
				to = word(s->t, at, end);
		}
		if (to > at)
			add(s, at, to, true);
		else
			add(s, at, to = at + 1, false);
		at = to;
	}
}

static bool
all_ascii(rp_text t, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if ((uint8_t)t.p[i] >= 0x80)
			return false;
	return true;
}

/* What holds letters beyond ASCII: ICU's words; white space is left out. */
static void
split_any(struct split *s, size_t from, size_t to)
{
	rp_text part = rp_text_sub(s->t, from, to);
	size_t n;
	const struct rp_segment *seg =
	    rp_words_split(s->voc->words, s->arena, RP_BREAK_WORD, part, &n);

	for (size_t i = 0; i < n; i++) {
		size_t a = from + seg[i].from, b = from + seg[i].to;
		size_t space;

		/* A segment of spaces, maybe of several. */
		while (a < b && (space = rp_space_at(s->t, a)) > 0)
			a += space;
		if (a == b)
			continue;
		if (all_ascii(s->t, a, b) && seg[i].is_word)
			split_ascii(s, a, b);
		else
			add(s, a, b, seg[i].is_word);
	}
}

/* The piece from `at` to the next white space. */
static size_t
piece(rp_text t, size_t at, bool *ascii)
{
	*ascii = true;
	while (at < t.n) {
		uint8_t c = (uint8_t)t.p[at];

		if (c < 0x80) {
			if (c == ' ' || c == '\n' || c == '\t')
				break;
			at++;
			continue;
		}
		if (rp_space_at(t, at) > 0)
			break;
		*ascii = false;
		at++;
		while (at < t.n && ((uint8_t)t.p[at] & 0xc0) == 0x80)
			at++;
	}
	return at;
}

struct rp_units
rp_units_split(struct rp_arena *a, struct rp_vocabulary *voc, rp_text t)
{
	struct split s = { a, voc, t, { 0 } };
	size_t other = SIZE_MAX, other_end = 0;

	RP_ASSERT(t.n < UINT32_MAX);
	for (size_t at = 0; at < t.n;) {
		size_t space = rp_space_at(t, at), end;
		bool ascii;

		if (space > 0) {
			at += space;
			continue;
		}
		end = piece(t, at, &ascii);
		/* Pieces that need ICU go to it together. */
		if (!ascii) {
			other = other == SIZE_MAX ? at : other;
			other_end = end;
		} else {
			if (other != SIZE_MAX)
				split_any(&s, other, other_end);
			other = SIZE_MAX;
			split_ascii(&s, at, end);
		}
		at = end;
	}
	if (other != SIZE_MAX)
		split_any(&s, other, other_end);
	return (struct rp_units){ s.list.v, s.list.n };
}
