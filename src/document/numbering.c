#include "document/numbering.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"

/* One definition's counters; a list's first use is noted beside. */
struct counter {
	int32_t value[RP_NUMBERING_LEVELS];
	bool used[RP_NUMBERING_LEVELS]; /* since the level began anew */
};

struct rp_numbering_count {
	const struct rp_numbering *n;
	struct counter *of; /* by place of the definition */
	uint16_t *begun;    /* by place of the list: levels that took start */
};

static const struct {
	const char *name;
	enum rp_number_format format;
} named[] = {
	{ "decimal", RP_NUMBER_DECIMAL },
	{ "decimalZero", RP_NUMBER_DECIMAL_ZERO },
	{ "lowerLetter", RP_NUMBER_LOWER_LETTER },
	{ "upperLetter", RP_NUMBER_UPPER_LETTER },
	{ "lowerRoman", RP_NUMBER_LOWER_ROMAN },
	{ "upperRoman", RP_NUMBER_UPPER_ROMAN },
	{ "ordinal", RP_NUMBER_ORDINAL },
	{ "chineseCounting", RP_NUMBER_CJK },
	{ "chineseCountingThousand", RP_NUMBER_CJK },
	{ "taiwaneseCounting", RP_NUMBER_CJK },
	{ "taiwaneseCountingThousand", RP_NUMBER_CJK },
	{ "japaneseCounting", RP_NUMBER_CJK },
	{ "ideographDigital", RP_NUMBER_CJK },
	{ "japaneseDigitalTenThousand", RP_NUMBER_CJK },
	{ "arabicAbjad", RP_NUMBER_ARABIC_ABJAD },
	{ "arabicAlpha", RP_NUMBER_ARABIC_ALPHA },
	{ "hindiNumbers", RP_NUMBER_ARABIC_INDIC },
	{ "arabicIndic", RP_NUMBER_ARABIC_INDIC },
	{ "russianLower", RP_NUMBER_LOWER_CYRILLIC },
	{ "russianUpper", RP_NUMBER_UPPER_CYRILLIC },
	{ "bullet", RP_NUMBER_BULLET },
	{ "none", RP_NUMBER_NONE },
};

enum rp_number_format
rp_number_format_named(rp_text name)
{
	for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++)
		if (rp_text_eq(name, rp_text_z(named[i].name)))
			return named[i].format;
	return RP_NUMBER_DECIMAL;
}

#define LETTER_TIMES_MAX 30 /* "zzz..." is not longer than that */

/* One letter, then the same doubled, as Word does it: z, aa, bb. */
static rp_text
letters(struct rp_arena *a, const char *const *alphabet, int32_t n, int32_t v)
{
	int32_t times = (v - 1) / n + 1;
	struct rp_buf b;
	rp_text t;

	if (times > LETTER_TIMES_MAX)
		return rp_textf(a, "%d", v);
	rp_buf_init(&b, a, 256);
	for (int32_t i = 0; i < times; i++)
		rp_buf_text(&b, rp_text_z(alphabet[(v - 1) % n]));
	rp_buf_byte(&b, 0);
	t = (rp_text){ (const char *)b.p, b.n - 1 };
	return t;
}

static rp_text
latin(struct rp_arena *a, char first, int32_t v)
{
	int32_t times = (v - 1) / 26 + 1;
	char *p;

	if (times > LETTER_TIMES_MAX)
		return rp_textf(a, "%d", v);
	p = rp_alloc(a, (size_t)times + 1);
	memset(p, first + (v - 1) % 26, (size_t)times);
	return (rp_text){ p, (size_t)times };
}

static rp_text
roman(struct rp_arena *a, bool upper, int32_t v)
{
	static const struct {
		int32_t v;
		const char *lower, *upper;
	} parts[] = { { 1000, "m", "M" }, { 900, "cm", "CM" },
		{ 500, "d", "D" }, { 400, "cd", "CD" }, { 100, "c", "C" },
		{ 90, "xc", "XC" }, { 50, "l", "L" }, { 40, "xl", "XL" },
		{ 10, "x", "X" }, { 9, "ix", "IX" }, { 5, "v", "V" },
		{ 4, "iv", "IV" }, { 1, "i", "I" } };
	struct rp_buf b;

	if (v > 32767)
		return rp_textf(a, "%d", v);
	rp_buf_init(&b, a, 256);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		for (; v >= parts[i].v; v -= parts[i].v)
			rp_buf_text(&b,
			    rp_text_z(upper ? parts[i].upper : parts[i].lower));
	rp_buf_byte(&b, 0);
	return (rp_text){ (const char *)b.p, b.n - 1 };
}

static rp_text
cjk(struct rp_arena *a, int32_t v)
{
	static const char *const digits[] = { "〇", "一", "二", "三", "四",
		"五", "六", "七", "八", "九" };
	static const char *const units[] = { "", "十", "百", "千" };
	int32_t powers[] = { 1, 10, 100, 1000 };
	bool zero = false;
	struct rp_buf b;

	if (v > 9999)
		return rp_textf(a, "%d", v);
	rp_buf_init(&b, a, 64);
	for (int i = 3; i >= 0; i--) {
		int32_t d = v / powers[i] % 10;

		if (d == 0) {
			zero = b.n > 0;
			continue;
		}
		if (zero)
			rp_buf_text(&b, rp_text_z(digits[0]));
		zero = false;
		/* Ten to nineteen begin with the unit. */
		if (i != 1 || d != 1 || b.n > 0)
			rp_buf_text(&b, rp_text_z(digits[d]));
		rp_buf_text(&b, rp_text_z(units[i]));
	}
	rp_buf_byte(&b, 0);
	return (rp_text){ (const char *)b.p, b.n - 1 };
}

static rp_text
indic(struct rp_arena *a, int32_t v)
{
	rp_text decimal = rp_textf(a, "%d", v);
	struct rp_buf b;

	rp_buf_init(&b, a, 64);
	for (size_t i = 0; i < decimal.n; i++) {
		rp_buf_byte(&b, 0xd9);
		rp_buf_byte(&b, (uint8_t)(0xa0 + (decimal.p[i] - '0')));
	}
	rp_buf_byte(&b, 0);
	return (rp_text){ (const char *)b.p, b.n - 1 };
}

static rp_text
ordinal(struct rp_arena *a, int32_t v)
{
	const char *end = "th";

	if (v % 100 < 11 || v % 100 > 13)
		end = v % 10 == 1 ? "st" :
		      v % 10 == 2 ? "nd" :
		      v % 10 == 3 ? "rd" :
				    "th";
	return rp_textf(a, "%d%s", v, end);
}

static const char *const abjad[] = { "أ", "ب", "ج", "د", "ه", "و", "ز", "ح",
	"ط", "ي", "ك", "ل", "م", "ن", "س", "ع", "ف", "ص", "ق", "ر", "ش", "ت",
	"ث", "خ", "ذ", "ض", "ظ", "غ" };
static const char *const alpha[] = { "أ", "ب", "ت", "ث", "ج", "ح", "خ", "د",
	"ذ", "ر", "ز", "س", "ش", "ص", "ض", "ط", "ظ", "ع", "غ", "ف", "ق", "ك",
	"ل", "م", "ن", "ه", "و", "ي" };
/* As Word counts: without ё, й, ъ, ы, ь. */
static const char *const lower_cyrillic[] = { "а", "б", "в", "г", "д", "е", "ж",
	"з", "и", "к", "л", "м", "н", "о", "п", "р", "с", "т", "у", "ф", "х",
	"ц", "ч", "ш", "щ", "э", "ю", "я" };
static const char *const upper_cyrillic[] = { "А", "Б", "В", "Г", "Д", "Е", "Ж",
	"З", "И", "К", "Л", "М", "Н", "О", "П", "Р", "С", "Т", "У", "Ф", "Х",
	"Ц", "Ч", "Ш", "Щ", "Э", "Ю", "Я" };

int32_t
rp_number_letter(enum rp_number_format f, rp_text t, size_t *out_n)
{
	const char *const *alphabet =
	    f == RP_NUMBER_ARABIC_ABJAD   ? abjad :
	    f == RP_NUMBER_ARABIC_ALPHA   ? alpha :
	    f == RP_NUMBER_UPPER_CYRILLIC ? upper_cyrillic :
					    lower_cyrillic;

	for (int32_t v = 0; v < 28; v++) {
		*out_n = strlen(alphabet[v]);
		if (t.n >= *out_n && memcmp(t.p, alphabet[v], *out_n) == 0)
			return v + 1;
	}
	return 0;
}

rp_text
rp_number_text(struct rp_arena *a, enum rp_number_format f, int32_t v)
{
	if (f == RP_NUMBER_BULLET || f == RP_NUMBER_NONE)
		return RP_TEXT("");
	if (v < 1)
		return rp_textf(a, "%d", v);
	switch (f) {
	case RP_NUMBER_DECIMAL_ZERO:
		return rp_textf(a, "%02d", v);
	case RP_NUMBER_LOWER_LETTER:
		return latin(a, 'a', v);
	case RP_NUMBER_UPPER_LETTER:
		return latin(a, 'A', v);
	case RP_NUMBER_LOWER_ROMAN:
		return roman(a, false, v);
	case RP_NUMBER_UPPER_ROMAN:
		return roman(a, true, v);
	case RP_NUMBER_ORDINAL:
		return ordinal(a, v);
	case RP_NUMBER_CJK:
		return cjk(a, v);
	case RP_NUMBER_ARABIC_INDIC:
		return indic(a, v);
	case RP_NUMBER_ARABIC_ABJAD:
		return letters(a, abjad, 28, v);
	case RP_NUMBER_ARABIC_ALPHA:
		return letters(a, alpha, 28, v);
	case RP_NUMBER_LOWER_CYRILLIC:
		return letters(a, lower_cyrillic, 28, v);
	case RP_NUMBER_UPPER_CYRILLIC:
		return letters(a, upper_cyrillic, 28, v);
	default:
		return rp_textf(a, "%d", v);
	}
}

static enum rp_label_style
style_of(enum rp_number_format f)
{
	switch (f) {
	case RP_NUMBER_LOWER_LETTER:
		return RP_LABEL_LOWER_LETTER;
	case RP_NUMBER_UPPER_LETTER:
		return RP_LABEL_UPPER_LETTER;
	case RP_NUMBER_LOWER_ROMAN:
		return RP_LABEL_LOWER_ROMAN;
	case RP_NUMBER_UPPER_ROMAN:
		return RP_LABEL_UPPER_ROMAN;
	case RP_NUMBER_CJK:
		return RP_LABEL_CJK;
	case RP_NUMBER_ARABIC_INDIC:
		return RP_LABEL_ARABIC_INDIC;
	case RP_NUMBER_ARABIC_ABJAD:
	case RP_NUMBER_ARABIC_ALPHA:
		return RP_LABEL_ARABIC_ABJAD;
	case RP_NUMBER_LOWER_CYRILLIC:
	case RP_NUMBER_UPPER_CYRILLIC:
		return RP_LABEL_CYRILLIC;
	case RP_NUMBER_BULLET:
		return RP_LABEL_BULLET;
	case RP_NUMBER_NONE:
		return RP_LABEL_OTHER;
	default:
		return RP_LABEL_DECIMAL;
	}
}

struct rp_numbering_abstract *
rp_numbering_define(struct rp_arena *a, struct rp_numbering *n, uint32_t id)
{
	struct rp_numbering_abstract d = { .id = id };

	for (unsigned i = 0; i < RP_NUMBERING_LEVELS; i++)
		d.levels[i] = (struct rp_level){ .start = 1,
			.restart = -1,
			.text = RP_TEXT("") };
	rp_vec_push(a, &n->abstracts, d);
	return &n->abstracts.v[n->abstracts.n - 1];
}

struct rp_numbering_abstract *
rp_numbering_abstract_find(struct rp_numbering *n, uint32_t id)
{
	for (size_t i = 0; i < n->abstracts.n; i++)
		if (n->abstracts.v[i].id == id)
			return &n->abstracts.v[i];
	return NULL;
}

static rp_text
key_of(const uint32_t *id)
{
	return (rp_text){ (const char *)id, sizeof(*id) };
}

struct rp_err *
rp_numbering_add(struct rp_arena *a, struct rp_numbering *n, uint32_t id,
    uint32_t abstract, struct rp_numbering_list **out)
{
	struct rp_numbering_abstract *d =
	    rp_numbering_abstract_find(n, abstract);
	struct rp_numbering_list l = { .id = id };
	uint32_t *key;

	if (n->lists.n >= RP_NUMBERING_LISTS_MAX)
		return rp_fail(RP_E_LIMIT, "over %d lists",
		    RP_NUMBERING_LISTS_MAX);
	if (d == NULL)
		d = rp_numbering_define(a, n, abstract);
	l.abstract = (uint32_t)(d - n->abstracts.v);
	rp_vec_push(a, &n->lists, l);
	key = rp_new(a, uint32_t);
	*key = id;
	*rp_map_at(a, &n->ids, key_of(key)) = (uint32_t)(n->lists.n - 1);
	*out = &n->lists.v[n->lists.n - 1];
	return NULL;
}

const struct rp_numbering_list *
rp_numbering_find(const struct rp_numbering *n, uint32_t id)
{
	const uint32_t *at = rp_map_find(&n->ids, key_of(&id));

	return at ? &n->lists.v[*at] : NULL;
}

struct rp_level
rp_numbering_level(const struct rp_numbering *n,
    const struct rp_numbering_list *l, unsigned level)
{
	const struct rp_list_override *o = &l->overrides[level];
	struct rp_level got = n->abstracts.v[l->abstract].levels[level];

	if (o->has_level)
		got = o->level;
	if (o->has_start)
		got.start = o->start;
	return got;
}

struct rp_numbering_count *
rp_numbering_count_new(struct rp_arena *a, const struct rp_numbering *n)
{
	struct rp_numbering_count *c = rp_new(a, struct rp_numbering_count);

	c->n = n;
	c->of = rp_new_n(a, struct counter, n->abstracts.n + 1);
	c->begun = rp_new_n(a, uint16_t, n->lists.n + 1);
	return c;
}

/* A level below, when a paragraph of `level` comes. */
static bool
restarts(const struct rp_level *below, unsigned level)
{
	if (below->restart < 0)
		return true;
	/* After a paragraph of level n, counted from 1, or one further out. */
	return below->restart > 0 && level < (unsigned)below->restart;
}

static void
count(struct rp_numbering_count *c, const struct rp_numbering_list *l,
    unsigned level, struct counter *k)
{
	size_t at = (size_t)(l - c->n->lists.v);

	/* Outer levels that had no paragraph count as begun. */
	for (unsigned i = 0; i <= level; i++) {
		struct rp_level d = rp_numbering_level(c->n, l, i);
		uint16_t bit = (uint16_t)(1U << i);
		bool first = l->overrides[i].has_start && !(c->begun[at] & bit);

		c->begun[at] |= bit;
		if (first)
			k->used[i] = false;
		if (i < level && k->used[i])
			continue;
		k->value[i] = k->used[i] ? k->value[i] + 1 : d.start;
		/* An outer level shows its start; its own first is the same. */
		k->used[i] = i == level;
	}
	for (unsigned i = level + 1; i < RP_NUMBERING_LEVELS; i++) {
		struct rp_level d = rp_numbering_level(c->n, l, i);

		if (restarts(&d, level))
			k->used[i] = false;
	}
}

static rp_text
shown(struct rp_arena *a, const struct rp_numbering_count *c,
    const struct rp_numbering_list *l, const struct rp_level *d,
    const struct counter *k)
{
	struct rp_buf b;

	rp_buf_init(&b, a, RP_NUMBERING_TEXT_MAX * 4);
	for (size_t i = 0; i < d->text.n; i++) {
		char ch = d->text.p[i];
		unsigned of;
		enum rp_number_format f;

		if (ch != '%' || i + 1 == d->text.n || d->text.p[i + 1] < '1' ||
		    d->text.p[i + 1] > '9') {
			rp_buf_byte(&b, (uint8_t)ch);
			continue;
		}
		of = (unsigned)(d->text.p[++i] - '1');
		f = rp_numbering_level(c->n, l, of).format;
		if (d->legal && f != RP_NUMBER_DECIMAL_ZERO)
			f = RP_NUMBER_DECIMAL;
		rp_buf_text(&b, rp_number_text(a, f, k->value[of]));
	}
	rp_buf_byte(&b, 0);
	return (rp_text){ (const char *)b.p, b.n - 1 };
}

void
rp_numbering_next(struct rp_arena *a, struct rp_numbering_count *c, uint32_t id,
    unsigned level, bool counts, struct rp_label *out)
{
	const struct rp_numbering_list *l = rp_numbering_find(c->n, id);
	struct counter *k, before;
	struct rp_level d;
	uint16_t begun;

	*out = (struct rp_label){ 0 };
	if (l == NULL)
		return;
	if (level >= RP_NUMBERING_LEVELS)
		level = RP_NUMBERING_LEVELS - 1;
	d = rp_numbering_level(c->n, l, level);
	k = &c->of[l->abstract];
	before = *k;
	begun = c->begun[l - c->n->lists.v];
	count(c, l, level, k);
	if (d.format == RP_NUMBER_BULLET)
		out->text = d.text;
	else
		out->text = shown(a, c, l, &d, k);
	out->kind = RP_LABEL_AUTO;
	out->style = d.legal && d.format != RP_NUMBER_BULLET ?
			 RP_LABEL_DECIMAL :
			 style_of(d.format);
	out->value = d.format == RP_NUMBER_BULLET ? 0 : k->value[level];
	out->level = (uint8_t)level;
	out->list = id;
	if (!counts) {
		*k = before;
		c->begun[l - c->n->lists.v] = begun;
	}
	if (out->text.n == 0)
		*out = (struct rp_label){ 0 };
}
