#include "text/layout.h"

#include <string.h>
#include <unicode/ubidi.h>
#include <unicode/ubrk.h>
#include <unicode/uscript.h>

#include "base/err.h"
#include "base/vec.h"
#include "text/utf16_private.h"

#define LAYOUT_MEMORY ((size_t)256 * 1024 * 1024)

struct rp_layout {
	struct rp_arena *arena, *scratch;
	UBreakIterator *lines;
	UBiDi *bidi;
};

static void
close_lines(void *it)
{
	ubrk_close(it);
}

static void
close_bidi(void *b)
{
	ubidi_close(b);
}

struct rp_layout *
rp_layout_new(void)
{
	struct rp_arena *a = rp_arena_new(LAYOUT_MEMORY);
	struct rp_layout *l = rp_new(a, struct rp_layout);
	UErrorCode status = U_ZERO_ERROR;

	l->arena = a;
	l->scratch = rp_arena_new(LAYOUT_MEMORY);
	l->lines = ubrk_open(UBRK_LINE, "", NULL, 0, &status);
	l->bidi = ubidi_open();
	RP_ASSERT(U_SUCCESS(status) && l->bidi != NULL);
	rp_arena_defer(a, close_lines, l->lines);
	rp_arena_defer(a, close_bidi, l->bidi);
	return l;
}

void
rp_layout_free(struct rp_layout *l)
{
	if (l == NULL)
		return;
	rp_arena_free(l->scratch);
	rp_arena_free(l->arena);
}

static UChar32
next_of(rp_text t, size_t *at)
{
	const uint8_t *p = (const uint8_t *)t.p + *at;
	size_t n = rp_utf8_len(p, t.n - *at);
	UChar32 c = n == 1 ? p[0] : p[0] & (0xff >> (n + 1));

	RP_ASSERT(n > 0);
	for (size_t i = 1; i < n; i++)
		c = (c << 6) | (p[i] & 0x3f);
	*at += n;
	return c;
}

enum rp_layout_base
rp_layout_direction(rp_text t)
{
	size_t at = 0;

	while (at < t.n) {
		UCharDirection d = u_charDirection(next_of(t, &at));

		if (d == U_LEFT_TO_RIGHT)
			return RP_LAYOUT_LTR;
		if (d == U_RIGHT_TO_LEFT || d == U_RIGHT_TO_LEFT_ARABIC)
			return RP_LAYOUT_RTL;
	}
	return RP_LAYOUT_NEITHER;
}

static bool
has_script(UScriptCode s)
{
	return s != USCRIPT_COMMON && s != USCRIPT_INHERITED &&
	       s != USCRIPT_UNKNOWN;
}

static UScriptCode
script_of(UChar32 c)
{
	UErrorCode status = U_ZERO_ERROR;
	UScriptCode s = uscript_getScript(c, &status);

	/* Marks of Chinese are common, and look wrong in a font for letters. */
	if (!has_script(s) &&
	    ((c >= 0x3000 && c <= 0x303f) || (c >= 0xff00 && c <= 0xffef)))
		return USCRIPT_HAN;
	return U_SUCCESS(status) ? s : USCRIPT_COMMON;
}

static UScriptCode
first_script(rp_text t)
{
	size_t at = 0;

	while (at < t.n) {
		UScriptCode s = script_of(next_of(t, &at));

		if (has_script(s))
			return s;
	}
	return USCRIPT_LATIN;
}

struct rp_layout_run *
rp_layout_runs(struct rp_layout *l, struct rp_arena *a, rp_text t,
    enum rp_layout_base base, size_t *n)
{
	struct RP_VEC(struct rp_layout_run) all = { 0 };
	UErrorCode status = U_ZERO_ERROR;
	UScriptCode script = first_script(t), last = USCRIPT_INVALID_CODE;
	const UBiDiLevel *levels;
	struct rp_utf16 u;
	size_t at = 0;

	*n = 0;
	if (t.n == 0)
		return NULL;
	rp_arena_reset(l->scratch);
	u = rp_utf16_from(l->scratch, t);
	ubidi_setPara(l->bidi, u.p, u.n, base == RP_LAYOUT_RTL ? 1 : 0, NULL,
	    &status);
	levels = ubidi_getLevels(l->bidi, &status);
	RP_ASSERT(U_SUCCESS(status));
	for (int32_t k = 0; k < u.n;) {
		uint8_t level = levels[k];
		size_t from = at;
		UScriptCode own = script_of(next_of(t, &at));
		struct rp_layout_run *r;

		(void)rp_utf16_next(u.p, &k);
		script = has_script(own) ? own : script;
		if (all.n == 0 || all.v[all.n - 1].level != level ||
		    script != last) {
			rp_vec_push(a, &all,
			    ((struct rp_layout_run){ .from = from,
				.level = level }));
			memcpy(all.v[all.n - 1].script,
			    uscript_getShortName(script), 4);
		}
		r = &all.v[all.n - 1];
		r->to = at;
		last = script;
	}
	*n = all.n;
	return all.v;
}

bool *
rp_layout_breaks(struct rp_layout *l, struct rp_arena *a, rp_text t)
{
	bool *out = rp_new_n(a, bool, t.n + 1);
	UErrorCode status = U_ZERO_ERROR;
	struct rp_utf16 u;
	size_t at = 0;

	rp_arena_reset(l->scratch);
	u = rp_utf16_from(l->scratch, t);
	ubrk_setText(l->lines, u.p, u.n, &status);
	RP_ASSERT(U_SUCCESS(status));
	for (int32_t from = 0, to; (to = ubrk_next(l->lines)) != UBRK_DONE;
	     from = to) {
		at += rp_utf16_octets(u.p + from, to - from);
		out[at] = true;
	}
	out[t.n] = true;
	out[0] = false;
	return out;
}

void
rp_layout_order(const uint8_t *levels, size_t n, int32_t *out)
{
	ubidi_reorderVisual(levels, (int32_t)n, out);
}
