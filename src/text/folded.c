#include "text/folded.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>

#include "base/err.h"
#include "base/vec.h"
#include "text/fold_private.h"

#define FOLDER_MEMORY ((size_t)4 * 1024 * 1024 * 1024)
#define BLOCKS (0x110000 >> 8)
#define FOLDED_MOST 64 /* octets that one code point may become */

enum kind { SEPARATOR, LETTER, SINGLE, POINT };

/* What one code point becomes: octets of the pool. */
struct entry {
	uint8_t kind, n;
	uint32_t at;
};

struct rp_folder {
	struct rp_arena *arena, *scratch;
	struct entry *blocks[BLOCKS]; /* made when first met */
	struct RP_VEC(char) pool;
	/* What a call gives back; the room is kept for the next. */
	char *p;
	size_t n, cap;
	struct RP_VEC(struct rp_folded_word) words;
	size_t n_single;
};

struct rp_folder *
rp_folder_new(void)
{
	struct rp_arena *a = rp_arena_new(FOLDER_MEMORY);
	struct rp_folder *f = rp_new(a, struct rp_folder);

	f->arena = a;
	f->scratch = rp_arena_new(FOLDER_MEMORY);
	return f;
}

void
rp_folder_free(struct rp_folder *f)
{
	if (f == NULL)
		return;
	rp_arena_free(f->scratch);
	rp_arena_free(f->arena);
}

void
rp_folder_freep(struct rp_folder **f)
{
	rp_folder_free(*f);
}

/* Accents of Latin, Greek and Cyrillic; points of Hebrew and Arabic. */
static bool
is_point(UChar32 c)
{
	return (c >= 0x300 && c <= 0x36f) || (c >= 0x591 && c <= 0x5c7) ||
	       (c >= 0x64b && c <= 0x65f) || c == 0x670 || c == 0x640 ||
	       (c >= 0x1ab0 && c <= 0x1aff) || c == 0x200c || c == 0x200d ||
	       c == 0xad || (c >= 0xfe00 && c <= 0xfe0f);
}

static enum kind
kind_of(UChar32 c)
{
	UErrorCode status = U_ZERO_ERROR;
	int8_t type = u_charType(c);
	bool mark =
	    type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK;

	if (is_point(c))
		return POINT;
	if (!u_isalnum(c) && !mark)
		return SEPARATOR;
	/* A vowel of Thai by itself says as much as a letter. */
	if (u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT)
		return SINGLE;
	switch (uscript_getScript(c, &status)) {
	case USCRIPT_HAN:
	case USCRIPT_HIRAGANA:
	case USCRIPT_KATAKANA:
		return SINGLE;
	default:
		return c == 0x30fc ? SINGLE : LETTER;
	}
}

static struct entry
entry_of(struct rp_folder *f, UChar32 c)
{
	struct entry e = { .kind = (uint8_t)kind_of(c) };
	struct rp_utf16 u;
	UChar units[3] = { 0 };
	int32_t n = 0;
	rp_text t;

	if (e.kind != LETTER && e.kind != SINGLE)
		return e;
	rp_arena_reset(f->scratch);
	U16_APPEND_UNSAFE(units, n, c);
	u = rp_fold(f->scratch, (struct rp_utf16){ units, n });
	t = rp_utf16_text(f->scratch, u.p, u.n);
	e.at = (uint32_t)f->pool.n;
	for (size_t i = 0; i < t.n && e.n < FOLDED_MOST; i++) {
		/* Some ligatures become several words. */
		if (t.p[i] == ' ')
			continue;
		rp_vec_push(f->arena, &f->pool, t.p[i]);
		e.n++;
	}
	return e;
}

static const struct entry *
look_up(struct rp_folder *f, UChar32 c)
{
	struct entry **block = &f->blocks[c >> 8];

	if (*block == NULL) {
		*block = rp_new_n(f->arena, struct entry, 256);
		for (UChar32 i = 0; i < 256; i++)
			(*block)[i] = entry_of(f, (c & ~0xff) + i);
	}
	return &(*block)[c & 0xff];
}

static void
need_room(struct rp_folder *f, size_t n)
{
	char *p;

	if (f->cap - f->n >= n)
		return;
	p = rp_alloc(f->arena, (f->n + n) * 2);
	if (f->n > 0)
		memcpy(p, f->p, f->n);
	f->p = p;
	f->cap = (f->n + n) * 2;
}

/* The word that is being read, if any. */
struct reading {
	size_t from, at;
	bool is_open;
};

static void
end_word(struct rp_folder *f, struct reading *r, size_t to)
{
	struct rp_folded_word w;

	if (!r->is_open)
		return;
	r->is_open = false;
	/* A letter whose folding is nothing. */
	if (f->n == r->at)
		return;
	w = (struct rp_folded_word){ (uint32_t)r->from, (uint32_t)to,
		(uint32_t)r->at, (uint32_t)(f->n - r->at) };
	rp_vec_push(f->arena, &f->words, w);
	f->p[f->n++] = ' ';
}

static void
begin_word(struct rp_folder *f, struct reading *r, size_t from)
{
	if (r->is_open)
		return;
	*r = (struct reading){ from, f->n, true };
}

/* One code point outside ASCII; octets read. */
static size_t
wide(struct rp_folder *f, struct reading *r, rp_text t, size_t at)
{
	const uint8_t *p = (const uint8_t *)t.p + at;
	size_t n = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	UChar32 c = p[0] & (0xff >> (n + 1));
	const struct entry *e;

	for (size_t i = 1; i < n; i++)
		c = c << 6 | (p[i] & 0x3f);
	e = look_up(f, c);
	if (e->kind == POINT)
		return n;
	if (e->kind != LETTER)
		end_word(f, r, at);
	if (e->kind == SEPARATOR)
		return n;
	need_room(f, FOLDED_MOST + 2);
	begin_word(f, r, at);
	memcpy(f->p + f->n, f->pool.v + e->at, e->n);
	f->n += e->n;
	if (e->kind == SINGLE) {
		end_word(f, r, at + n);
		f->n_single++;
	}
	return n;
}

/* 0: a separator; the letter or digit, in lower case, otherwise. */
static char
plain(char c)
{
	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
		return c;
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : 0;
}

struct rp_folded
rp_fold_words(struct rp_folder *f, rp_text t)
{
	struct reading r = { 0 };
	size_t at = 0;
	char c;

	RP_ASSERT(t.n <= RP_FOLDED_MAX);
	f->n = f->words.n = f->n_single = 0;
	/* A word and the space behind it take what it and its separator did. */
	need_room(f, t.n + 2);
	while (at < t.n) {
		if ((uint8_t)t.p[at] >= 0x80) {
			at += wide(f, &r, t, at);
			need_room(f, t.n - at + 2);
			continue;
		}
		c = plain(t.p[at]);
		if (c != 0) {
			begin_word(f, &r, at);
			f->p[f->n++] = c;
		} else {
			end_word(f, &r, at);
		}
		at++;
	}
	end_word(f, &r, t.n);
	return (struct rp_folded){ f->p, f->n, f->words.v, f->words.n,
		f->n_single };
}
