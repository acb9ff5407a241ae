#include "text/collate.h"

#include "base/check.h"

static void
check_order(const struct rp_collation *c, enum rp_lang lang,
    const char *const *want, size_t n)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	rp_text items[16];
	size_t *order;

	/* From behind, so that nothing is in order by chance. */
	for (size_t i = 0; i < n; i++)
		items[i] = rp_text_z(want[n - 1 - i]);
	order = rp_collate_order(c, a, lang, items, n);
	for (size_t i = 0; i < n; i++)
		RP_CHECK_TEXT(items[order[i]], rp_text_z(want[i]));
	for (size_t i = 0; i + 1 < n; i++) {
		rp_text x = rp_text_z(want[i]), y = rp_text_z(want[i + 1]);
		rp_bytes kx = rp_sort_key(c, a, lang, x);
		rp_bytes ky = rp_sort_key(c, a, lang, y);
		rp_text tx = { (const char *)kx.p, kx.n };
		rp_text ty = { (const char *)ky.p, ky.n };

		RP_CHECK(rp_collate(c, lang, x, y) < 0);
		RP_CHECK(rp_collate(c, lang, y, x) > 0);
		RP_CHECK(rp_text_cmp(tx, ty) < 0);
	}
}
#define ORDER(c, lang, list) \
	check_order(c, lang, list, sizeof(list) / sizeof((list)[0]))

static void
orders(void)
{
	RP_AUTO(rp_collation_freep) struct rp_collation *c = rp_collation_new();
	static const char *const en[] = { "\xc3\xa5ngstrom", "apple", "Apple",
		"Zebra" };
	static const char *const fr[] = { "cote", "cot\xc3\xa9", "c\xc3\xb4te",
		"\xc3\xa9t\xc3\xa9", "zone" };
	static const char *const es[] = { "cuna",
		"cu\xc3\xb1"
		"a",
		"cuota",
		"n\xc3\xba"
		"cleo",
		"\xc3\xb1"
		"and\xc3\xba",
		"oso" };
	static const char *const ru[] = { "Авария", "Ёлка", "Ель", "Жизнь",
		"Apple" };
	static const char *const zh[] = { "澳大利亚", "德国", "法国", "中国" };
	static const char *const ar[] = { "ألمانيا", "بلجيكا", "مصر",
		"نيجيريا" };

	ORDER(c, RP_LANG_EN, en);
	ORDER(c, RP_LANG_ES, es);
	ORDER(c, RP_LANG_ZH, zh);
	ORDER(c, RP_LANG_AR, ar);
	ORDER(c, RP_LANG_FR, fr);
	ORDER(c, RP_LANG_RU, ru);
	RP_CHECK(rp_collation_version(c).n > 10);
}

static void
keys(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 24);
	RP_AUTO(rp_collation_freep) struct rp_collation *c = rp_collation_new();
	static char big[100000];
	rp_bytes all[RP_LANG_COUNT], one;

	rp_sort_keys(c, a, RP_TEXT("中 Éa б"), all);
	for (int i = 0; i < RP_LANG_COUNT; i++) {
		one = rp_sort_key(c, a, (enum rp_lang)i, RP_TEXT("中 Éa б"));
		RP_CHECK(
		    one.n == all[i].n && memcmp(one.p, all[i].p, one.n) == 0);
		RP_CHECK(memchr(one.p, 0, one.n) == NULL);
	}
	for (size_t i = 0; i + 3 <= sizeof(big); i += 3)
		memcpy(big + i, "\xe9\xbe\x98", 3);
	one = rp_sort_key(c, a, RP_LANG_ZH,
	    (rp_text){ big, sizeof(big) / 3 * 3 });
	RP_CHECK(one.n > 0 && one.n <= RP_SORT_KEY_MAX);
	/* Not in NFC, yet equal. */
	RP_CHECK(rp_collate(c, RP_LANG_FR, RP_TEXT("e\xcc\x81"),
		     RP_TEXT("\xc3\xa9z")) < 0);
	RP_CHECK(rp_sort_key(c, a, RP_LANG_EN, RP_TEXT("")).n <= 3);
	RP_CHECK(rp_sort_key(c, a, RP_LANG_EN, (rp_text){ 0 }).n <= 3);
}

RP_CHECK_MAIN({ "orders", orders }, { "keys", keys })
