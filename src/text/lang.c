#include "text/lang.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include "base/err.h"
#include "text/utf16_private.h"

static const struct {
	rp_text tag, own_name;
	enum rp_dir dir;
} langs[RP_LANG_COUNT] = {
	[RP_LANG_AR] = { RP_TEXT_INIT("ar"), RP_TEXT_INIT("العربية"),
	    RP_DIR_RTL },
	[RP_LANG_ZH] = { RP_TEXT_INIT("zh"), RP_TEXT_INIT("中文"), RP_DIR_LTR },
	[RP_LANG_EN] = { RP_TEXT_INIT("en"), RP_TEXT_INIT("English"),
	    RP_DIR_LTR },
	[RP_LANG_FR] = { RP_TEXT_INIT("fr"), RP_TEXT_INIT("Français"),
	    RP_DIR_LTR },
	[RP_LANG_RU] = { RP_TEXT_INIT("ru"), RP_TEXT_INIT("Русский"),
	    RP_DIR_LTR },
	[RP_LANG_ES] = { RP_TEXT_INIT("es"), RP_TEXT_INIT("Español"),
	    RP_DIR_LTR },
};

#define T(lit) RP_TEXT_INIT(lit)
const rp_text rp_lang_common[] = { T("ar"), T("zh"), T("en"), T("fr"), T("ru"),
	T("es"), T("pt"), T("de"), T("it"), T("ja"), T("ko"), T("hi"), T("bn"),
	T("ur"), T("fa"), T("tr"), T("id"), T("ms"), T("vi"), T("th"), T("sw"),
	T("am"), T("ha"), T("yo"), T("zu"), T("pl"), T("uk"), T("cs"), T("sk"),
	T("hu"), T("ro"), T("bg"), T("sr"), T("hr"), T("sl"), T("el"), T("nl"),
	T("sv"), T("da"), T("nb"), T("fi"), T("et"), T("lv"), T("lt"), T("he"),
	T("hy"), T("ka"), T("az"), T("kk"), T("uz"), T("mn"), T("ne"), T("si"),
	T("ta"), T("te"), T("ml"), T("kn"), T("mr"), T("gu"), T("pa"), T("my"),
	T("km"), T("lo"), T("fil"), T("ps"), T("ku"), T("so"), T("rw"), T("mg"),
	T("sq"), T("mk"), T("is"), T("ga"), T("ca"), { NULL, 0 } };
#undef T

rp_text
rp_lang_tag(enum rp_lang lang)
{
	RP_ASSERT(lang < RP_LANG_COUNT);
	return langs[lang].tag;
}

rp_text
rp_lang_own_name(enum rp_lang lang)
{
	RP_ASSERT(lang < RP_LANG_COUNT);
	return langs[lang].own_name;
}

enum rp_dir
rp_lang_dir(enum rp_lang lang)
{
	RP_ASSERT(lang < RP_LANG_COUNT);
	return langs[lang].dir;
}

bool
rp_lang_find(rp_text tag, enum rp_lang *out)
{
	for (int i = 0; i < RP_LANG_COUNT; i++) {
		if (rp_text_eq(langs[i].tag, tag)) {
			*out = (enum rp_lang)i;
			return true;
		}
	}
	return false;
}

rp_text
rp_dir_name(enum rp_dir dir)
{
	if (dir == RP_DIR_AUTO)
		return RP_TEXT("auto");
	return dir == RP_DIR_RTL ? RP_TEXT("rtl") : RP_TEXT("ltr");
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static char
upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
}

static bool
is_alpha(char c)
{
	return lower(c) >= 'a' && lower(c) <= 'z';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
all(rp_text t, bool (*is)(char))
{
	for (size_t i = 0; i < t.n; i++)
		if (!is(t.p[i]))
			return false;
	return true;
}

static bool
is_alnum(char c)
{
	return is_alpha(c) || is_digit(c);
}

/* The next subtag from *at on, without its hyphen; n == 0 at the end. */
static rp_text
subtag(rp_text t, size_t *at)
{
	size_t end = rp_text_find(t, '-', *at);
	rp_text s = rp_text_sub(t, *at, end);

	*at = end < t.n ? end + 1 : t.n;
	return s;
}

static rp_text
primary(rp_text tag)
{
	return rp_text_sub(tag, 0, rp_text_find(tag, '-', 0));
}

static bool
same_letters(rp_text a, rp_text b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

bool
rp_lang_tag_same_primary(rp_text tag, rp_text other)
{
	return same_letters(primary(tag), primary(other));
}

/* RFC 5646, section 2.1: what may follow what. */
enum place { LANGUAGE, EXTLANG, SCRIPT, REGION, VARIANT, EXTENSION, PRIVATE };

/*
 * Where a subtag stands after one that stood at `place`, or -1. `inside` is
 * true while an extension or private part has no subtag of its own yet.
 */
static int
place_of(rp_text s, int place, bool first)
{
	bool alpha = all(s, is_alpha);

	if (first)
		return alpha && s.n >= 2 ? LANGUAGE : -1;
	if (place == PRIVATE)
		return PRIVATE;
	if (s.n == 1)
		return lower(s.p[0]) == 'x' ? PRIVATE : EXTENSION;
	if (place == EXTENSION)
		return EXTENSION;
	if (alpha && s.n == 3 && place <= EXTLANG)
		return EXTLANG;
	if (alpha && s.n == 4 && place < SCRIPT)
		return SCRIPT;
	if (place < REGION &&
	    ((alpha && s.n == 2) || (s.n == 3 && all(s, is_digit))))
		return REGION;
	if (place <= VARIANT && (s.n >= 5 || (s.n == 4 && is_digit(s.p[0]))))
		return VARIANT;
	return -1;
}

static void
write_case(char *p, rp_text s, int place)
{
	for (size_t i = 0; i < s.n; i++) {
		bool up = place == REGION || (place == SCRIPT && i == 0);

		p[i] = up ? upper(s.p[i]) : lower(s.p[i]);
	}
}

struct rp_err *
rp_lang_tag_parse(struct rp_arena *a, rp_text in, rp_text *out)
{
	int place = LANGUAGE, extlangs = 0;
	bool hungry = false;
	char *p;

	if (in.n < 2 || in.n > RP_LANG_TAG_MAX || in.p[in.n - 1] == '-')
		return rp_fail(RP_E_INVALID, "not a language tag by length");
	p = rp_alloc(a, in.n + 1);
	memcpy(p, in.p, in.n);
	for (size_t at = 0, from = 0; at < in.n; from = at) {
		rp_text s = subtag(in, &at);

		if (s.n == 0 || s.n > 8 || !all(s, is_alnum))
			return rp_fail(RP_E_INVALID, "not a subtag");
		if (hungry && place == EXTENSION && s.n == 1)
			return rp_fail(RP_E_INVALID, "empty extension");
		hungry = s.n == 1 && place != PRIVATE;
		place = place_of(s, place, from == 0);
		extlangs += place == EXTLANG;
		if (place < 0 || extlangs > 3)
			return rp_fail(RP_E_INVALID, "subtag out of place");
		write_case(p + from, s, place);
	}
	if (hungry)
		return rp_fail(RP_E_INVALID, "empty extension");
	*out = (rp_text){ p, in.n };
	return NULL;
}

enum rp_dir
rp_lang_tag_dir(rp_text tag)
{
	char z[RP_LANG_TAG_MAX + 1];
	enum rp_lang known;

	if (rp_lang_find(primary(tag), &known) && tag.n == primary(tag).n)
		return rp_lang_dir(known);
	return uloc_isRightToLeft(rp_icu_tag(tag, z, sizeof(z))) ? RP_DIR_RTL :
								   RP_DIR_LTR;
}

/* "0", "1", "0.5", "0.125" in thousandths; -1 if it is none of these. */
static int
quality(rp_text q)
{
	int v, scale = 100;

	if (q.n == 0 || q.n > 5 || (q.p[0] != '0' && q.p[0] != '1'))
		return -1;
	v = (q.p[0] - '0') * 1000;
	if (q.n > 1 && q.p[1] != '.')
		return -1;
	for (size_t i = 2; i < q.n; i++, scale /= 10) {
		if (!is_digit(q.p[i]))
			return -1;
		v += (q.p[i] - '0') * scale;
	}
	return v <= 1000 ? v : -1;
}

/* One "range;q=0.5" of the field: its weight, -1 to skip it. */
static int
weigh(rp_text item, rp_text *range)
{
	size_t semi = rp_text_find(item, ';', 0);
	rp_text rest;

	*range = rp_text_trim(rp_text_sub(item, 0, semi));
	if (semi == item.n)
		return 1000;
	rest = rp_text_trim(rp_text_sub(item, semi + 1, item.n));
	if (rest.n < 2 || lower(rest.p[0]) != 'q' || rest.p[1] != '=')
		return -1;
	return quality(rp_text_sub(rest, 2, rest.n));
}

static bool
is_star(rp_text range)
{
	return range.n == 1 && range.p[0] == '*';
}

/*
 * RFC 4647 lookup drops subtags from the right until something fits; our six
 * tags are primary subtags, so that ends at the primary one.
 */
static bool
fits(rp_text range, int lang)
{
	return same_letters(primary(range), langs[lang].tag);
}

enum rp_lang
rp_lang_accept(rp_bytes field, enum rp_lang fallback)
{
	rp_text t = { (const char *)field.p, field.n }, range;
	int best = 0, lang = -1, w;
	bool refused = false;

	if (t.n > RP_LANG_ACCEPT_MAX)
		t.n = RP_LANG_ACCEPT_MAX;
	for (size_t at = 0, end; at < t.n; at = end + 1) {
		end = rp_text_find(t, ',', at);
		w = weigh(rp_text_sub(t, at, end), &range);
		if (w == 0 && fits(range, (int)fallback))
			refused = true;
		if (w <= best)
			continue;
		for (int i = 0; i < RP_LANG_COUNT; i++) {
			if (fits(range, i)) {
				lang = i;
				best = w;
			}
		}
		/* Anything will do: then the one that the site prefers. */
		if (is_star(range) && !refused) {
			lang = (int)fallback;
			best = w;
		}
	}
	return lang < 0 ? fallback : (enum rp_lang)lang;
}

enum rp_dir
rp_text_dir(rp_text t)
{
	const uint8_t *p = (const uint8_t *)t.p;
	int32_t at = 0, n = (int32_t)t.n, depth = 0;
	UChar32 c;

	RP_ASSERT(t.n < RP_UTF16_MAX);
	for (size_t seen = 0; at < n && seen < RP_LANG_LOOK; seen++) {
		UCharDirection d;

		U8_NEXT_UNSAFE(p, at, c);
		d = u_charDirection(c);
		if (d == U_LEFT_TO_RIGHT_ISOLATE ||
		    d == U_RIGHT_TO_LEFT_ISOLATE || d == U_FIRST_STRONG_ISOLATE)
			depth++;
		else if (d == U_POP_DIRECTIONAL_ISOLATE && depth > 0)
			depth--;
		else if (depth > 0)
			continue;
		else if (d == U_LEFT_TO_RIGHT)
			return RP_DIR_LTR;
		else if (d == U_RIGHT_TO_LEFT || d == U_RIGHT_TO_LEFT_ARABIC)
			return RP_DIR_RTL;
	}
	return RP_DIR_AUTO;
}

static void
count_scripts(rp_text t, unsigned *counts)
{
	const uint8_t *p = (const uint8_t *)t.p;
	int32_t at = 0, n = (int32_t)t.n;
	UErrorCode status = U_ZERO_ERROR;
	UChar32 c;

	RP_ASSERT(t.n < RP_UTF16_MAX);
	for (size_t seen = 0; at < n && seen < RP_LANG_LOOK; seen++) {
		U8_NEXT_UNSAFE(p, at, c);
		if (c < 0x80) {
			counts[USCRIPT_LATIN] += is_alpha((char)c);
			continue;
		}
		counts[uscript_getScript(c, &status)] += u_isalpha(c) != 0;
	}
}

rp_text
rp_text_script(rp_text t)
{
	unsigned counts[USCRIPT_CODE_LIMIT] = { 0 }, kana, best = 0;
	UScriptCode code = USCRIPT_COMMON;

	count_scripts(t, counts);
	counts[USCRIPT_COMMON] = counts[USCRIPT_INHERITED] = 0;
	kana = counts[USCRIPT_HIRAGANA] + counts[USCRIPT_KATAKANA];
	/* A tenth of kana among Han is Japanese, of Hangul Korean. */
	if (kana > 0 && kana * 10 >= counts[USCRIPT_HAN]) {
		counts[USCRIPT_JAPANESE] = kana + counts[USCRIPT_HAN];
		counts[USCRIPT_HAN] = 0;
	}
	if (counts[USCRIPT_HANGUL] > 0 &&
	    counts[USCRIPT_HANGUL] * 10 >= counts[USCRIPT_HAN]) {
		counts[USCRIPT_KOREAN] =
		    counts[USCRIPT_HANGUL] + counts[USCRIPT_HAN];
		counts[USCRIPT_HAN] = counts[USCRIPT_HANGUL] = 0;
	}
	for (int i = 0; i < USCRIPT_CODE_LIMIT; i++) {
		if (counts[i] > best) {
			best = counts[i];
			code = (UScriptCode)i;
		}
	}
	return rp_text_z(uscript_getShortName(code));
}
