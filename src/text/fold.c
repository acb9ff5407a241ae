#include "text/fold_private.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>

#include "base/err.h"

static struct rp_utf16
normalize(struct rp_arena *a, const UNormalizer2 *by, struct rp_utf16 u)
{
	UErrorCode status = U_ZERO_ERROR;
	struct rp_utf16 out;
	int32_t cap = u.n + u.n / 4 + 64;

	for (;;) {
		out.p = rp_new_n(a, UChar, (size_t)cap + 1);
		out.n = unorm2_normalize(by, u.p, u.n, out.p, cap, &status);
		if (status != U_BUFFER_OVERFLOW_ERROR)
			break;
		cap = out.n;
		status = U_ZERO_ERROR;
	}
	RP_ASSERT(U_SUCCESS(status));
	return out;
}

static bool
is_mark(UChar32 c)
{
	int8_t type = u_charType(c);

	return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK;
}

/* Scripts whose marks a person who searches may leave out. */
static bool
drops_marks(UScriptCode script)
{
	return script == USCRIPT_LATIN || script == USCRIPT_GREEK ||
	       script == USCRIPT_CYRILLIC || script == USCRIPT_ARABIC ||
	       script == USCRIPT_HEBREW;
}

/* What no decomposition takes apart. NULL: the letter stays. */
static const UChar *
plain_latin(UChar32 c)
{
	switch (c) {
	case 0x00e6:
		return u"ae";
	case 0x0153:
		return u"oe";
	case 0x00f8:
		return u"o";
	case 0x0142:
		return u"l";
	case 0x0111:
	case 0x00f0:
		return u"d";
	case 0x00fe:
		return u"th";
	case 0x0127:
		return u"h";
	case 0x0131:
		return u"i";
	case 0x0167:
		return u"t";
	default:
		return NULL;
	}
}

/* Letters that Arabic and its sister scripts write in several ways; 0: none. */
static UChar32
plain_arabic(UChar32 c)
{
	switch (c) {
	case 0x0671: /* alef wasla */
		return 0x0627;
	case 0x0629: /* teh marbuta */
	case 0x06d5: /* ae */
	case 0x06c1: /* heh goal */
		return 0x0647;
	case 0x0649: /* alef maksura */
	case 0x06cc: /* Farsi yeh */
		return 0x064a;
	case 0x06a9: /* keheh */
		return 0x0643;
	case 0x0640: /* tatweel */
		return 0;
	default:
		return c;
	}
}

struct folding {
	struct rp_utf16 out;
	UScriptCode base; /* of the last letter */
};

static void
put(struct folding *f, UChar32 c)
{
	if (c <= 0xffff) {
		f->out.p[f->out.n++] = (UChar)c;
		return;
	}
	f->out.p[f->out.n++] = U16_LEAD(c);
	f->out.p[f->out.n++] = U16_TRAIL(c);
}

/* A breve or diaeresis that makes Cyrillic й, ў, ї letters of their own. */
static bool
makes_letter(const struct folding *f, UChar32 mark)
{
	UChar last = f->out.n > 0 ? f->out.p[f->out.n - 1] : 0;

	return f->base == USCRIPT_CYRILLIC &&
	       (mark == 0x0306 || (mark == 0x0308 && last == 0x0456));
}

static void
fold_one(struct folding *f, UChar32 c)
{
	UErrorCode status = U_ZERO_ERROR;
	const UChar *latin;

	if (is_mark(c)) {
		if (!drops_marks(f->base) || makes_letter(f, c))
			put(f, c);
		return;
	}
	f->base = uscript_getScript(c, &status);
	latin = f->base == USCRIPT_LATIN ? plain_latin(c) : NULL;
	if (latin != NULL) {
		for (; *latin != 0; latin++)
			put(f, *latin);
		return;
	}
	/* Tatweel belongs to no script: marks after it go with the word's. */
	if (c == 0x0640) {
		f->base = USCRIPT_ARABIC;
		return;
	}
	if (f->base == USCRIPT_ARABIC)
		c = plain_arabic(c);
	if (u_charType(c) == U_DECIMAL_DIGIT_NUMBER)
		c = '0' + u_charDigitValue(c);
	put(f, c);
}

struct rp_utf16
rp_fold(struct rp_arena *a, struct rp_utf16 u)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfkc_cf = unorm2_getNFKCCasefoldInstance(&status);
	const UNormalizer2 *nfd = unorm2_getNFDInstance(&status);
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
	struct folding f = { .base = USCRIPT_COMMON };
	UChar32 c;

	RP_ASSERT(U_SUCCESS(status));
	u = normalize(a, nfd, normalize(a, nfkc_cf, u));
	/* One letter becomes two at most. */
	f.out.p = rp_new_n(a, UChar, (size_t)u.n * 2 + 1);
	for (int32_t i = 0; i < u.n;) {
		if (u.p[i] < 0x80) {
			f.base = USCRIPT_LATIN;
			f.out.p[f.out.n++] = u.p[i++];
			continue;
		}
		c = rp_utf16_next(u.p, &i);
		fold_one(&f, c);
	}
	return normalize(a, nfc, f.out);
}

size_t
rp_fold_article(rp_text word)
{
	static const struct {
		rp_text prefix;
		size_t rest; /* octets that must follow: two per letter */
	} articles[] = {
		{ RP_TEXT_INIT("ال"), 4 },
		{ RP_TEXT_INIT("وال"), 4 },
		{ RP_TEXT_INIT("فال"), 4 },
		{ RP_TEXT_INIT("بال"), 4 },
		{ RP_TEXT_INIT("كال"), 4 },
		{ RP_TEXT_INIT("وبال"), 4 },
		{ RP_TEXT_INIT("لل"), 6 },
		{ RP_TEXT_INIT("ولل"), 6 },
	};

	for (size_t i = 0; i < sizeof(articles) / sizeof(articles[0]); i++) {
		rp_text prefix = articles[i].prefix;

		if (rp_text_starts(word, prefix) &&
		    word.n - prefix.n >= articles[i].rest)
			return prefix.n;
	}
	return 0;
}
