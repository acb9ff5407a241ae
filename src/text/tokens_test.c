#include "text/tokens.h"

#include "base/check.h"
#include "text/input.h"

static void
indexing(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	RP_AUTO(rp_tokenizer_freep) struct rp_tokenizer *k = rp_tokenizer_new();
	static const struct {
		const char *in, *lang, *out;
	} rows[] = {
		{ "", "en", "" },
		{ " --- !? ", "en", "" },
		{ "IPv6 Deployment", "", "ipv6 deployment" },
		{ "IPv6 deployments", "en",
		    "ipv6 deployments \xcb\xa2"
		    "deploy" },
		{ "l’accès d'été", "", "l acces d ete" },
		{ "Straße Łódź Ærø İstanbul ıslak", "",
		    "strasse lodz aero istanbul islak" },
		{ "ＩＰｖ６ ﬁber", "", "ipv6 fiber" },
		{ "co\xc2\xad"
		  "operation",
		    "", "cooperation" },
		{ "Ещё йод Київ", "", "еще йод київ" },
		{ "Άνθρωπος ΣΟΦΌΣ", "", "ανθρωποσ σοφοσ" },
		{ "多语种互联网", "zh",
		    "多语 语种 种互 互联 联网 多 语 种 互 联 网" },
		{ "中", "zh", "中" },
		{ "A网", "", "a 网" },
		{ "データー", "ja", "デー ータ ター デ ー タ" },
		{ "인터넷은", "ko", "인터 터넷 넷은 인 터 넷 은" },
		{ "ภาษาไทย", "th", "ภาษา ไทย" },
		{ "الإنترنت", "ar", "الانترنت انترنت" },
		{ "مُــحَمَّد مدرسة هُدى", "ar", "محمد مدرسه هدي" },
		{ "٢٠٢٦ ۲۰۲۶ २०२६", "", "2026 2026 2026" },
		{ "שָׁלוֹם", "he", "שלום" },
		{ "हिन्दी", "hi", "हिन्दी" },
		{ "U+02E2 ˢ", "", "u 02e2 s" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		RP_CHECK_TEXT(rp_tokens_index(k, a, rp_text_z(rows[i].in),
				  rp_text_z(rows[i].lang)),
		    rp_text_z(rows[i].out));
}

/* `needle`'s tokens stand one after the other in `hay`'s. */
static bool
stands_in(struct rp_arena *a, rp_text hay, rp_text needle)
{
	rp_text h = rp_textf(a, " %.*s ", RP_FMT(hay));
	rp_text n = rp_textf(a, " %.*s ", RP_FMT(needle));

	return memmem(h.p, h.n, n.p, n.n) != NULL;
}

static bool
found(struct rp_arena *a, rp_text index, const struct rp_query *q)
{
	for (size_t i = 0; i < q->groups.n; i++) {
		const struct rp_query_group *g = &q->groups.v[i];
		bool any = false;

		for (size_t k = 0; k < g->any.n; k++)
			any = any || stands_in(a, index, g->any.v[k]);
		if (!any)
			return false;
	}
	return q->groups.n > 0;
}

static void
finding(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	RP_AUTO(rp_tokenizer_freep) struct rp_tokenizer *k = rp_tokenizer_new();
	static const struct {
		const char *text, *lang, *query;
		enum rp_lang reader;
		bool found;
	} rows[] = {
		{ "An open Internet for all", "en", "internet", RP_LANG_EN, 1 },
		{ "An open Internet for all", "en", "ALL open", RP_LANG_AR, 1 },
		{ "An open Internet for all", "en", "open closed", RP_LANG_EN,
		    0 },
		{ "An open Internet for all", "en", "\"open internet\"",
		    RP_LANG_EN, 1 },
		{ "An open Internet for all", "en", "\"internet open\"",
		    RP_LANG_EN, 0 },
		{ "An open Internet for all", "en", "“open internet” all",
		    RP_LANG_EN, 1 },
		{ "An open Internet", "en", "\"internet open", RP_LANG_EN, 1 },
		{ "networks", "en", "network", RP_LANG_EN, 1 },
		{ "network", "en", "networks", RP_LANG_EN, 1 },
		{ "networking", "en", "networks", RP_LANG_EN, 1 },
		{ "réseaux nationaux", "fr", "national", RP_LANG_FR, 1 },
		{ "консультации", "ru", "консультация", RP_LANG_EN, 1 },
		{ "consultaciones públicas", "es", "consultacion publica",
		    RP_LANG_ES, 1 },
		{ "Éducation", "fr", "education", RP_LANG_EN, 1 },
		{ "education", "en", "éducation", RP_LANG_FR, 1 },
		/* Chinese: two characters, one, none, a phrase */
		{ "支持多语种互联网的发展", "zh", "互联", RP_LANG_ZH, 1 },
		{ "支持多语种互联网的发展", "zh", "联网", RP_LANG_ZH, 1 },
		{ "支持多语种互联网的发展", "zh", "网", RP_LANG_ZH, 1 },
		{ "支持多语种互联网的发展", "zh", "发", RP_LANG_ZH, 1 },
		{ "支持多语种互联网的发展", "zh", "网络", RP_LANG_ZH, 0 },
		{ "支持多语种互联网的发展", "zh", "互联网 语种", RP_LANG_ZH,
		    1 },
		/* the pairs are there, but apart */
		{ "互联与联网", "zh", "互联网", RP_LANG_ZH, 0 },
		{ "互联网", "zh", "「互联网」", RP_LANG_ZH, 1 },
		{ "IPv6部署", "zh", "ipv6 部署", RP_LANG_ZH, 1 },
		/* Arabic: with and without the article, both ways */
		{ "نحو إنترنت مفتوحة", "ar", "الإنترنت", RP_LANG_AR, 1 },
		{ "مستقبل الإنترنت", "ar", "إنترنت", RP_LANG_AR, 1 },
		{ "مستقبل الإنترنت", "ar", "انترنت", RP_LANG_AR, 1 },
		{ "والإنترنت", "ar", "الانترنت", RP_LANG_AR, 1 },
		{ "بالإنترنت", "ar", "إنترنت", RP_LANG_AR, 1 },
		{ "للإنترنت", "ar", "الإنترنت", RP_LANG_AR, 1 },
		{ "البريد الإلكتروني", "ar", "إلكتروني", RP_LANG_AR, 1 },
		{ "بريد إلكتروني", "ar", "الإلكتروني", RP_LANG_AR, 1 },
		{ "الشَّبَكَة", "ar", "شبكة", RP_LANG_AR, 1 },
		{ "مستقبل الشبكة", "ar", "الإنترنت", RP_LANG_AR, 0 },
		{ "می\xe2\x80\x8cخواهم", "fa", "میخواهم", RP_LANG_EN, 1 },
		/* Japanese, Korean, Thai */
		{ "日本語のドメイン名", "ja", "ドメイン", RP_LANG_EN, 1 },
		{ "인터넷은 열려", "ko", "인터넷", RP_LANG_EN, 1 },
		{ "ภาษาไทยบนอินเทอร์เน็ต", "th", "ภาษา", RP_LANG_EN, 1 },
		{ "resolution 102 (2018)", "en", "١٠٢", RP_LANG_AR, 1 },
		{ "anything", "en", "", RP_LANG_EN, 0 },
		{ "anything", "en", "\" * ( AND ) :", RP_LANG_EN, 0 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		rp_text index = rp_tokens_index(k, a, rp_text_z(rows[i].text),
		    rp_text_z(rows[i].lang));
		struct rp_query q = rp_tokens_query(k, a,
		    rp_text_z(rows[i].query), rows[i].reader);

		if (found(a, index, &q) != rows[i].found)
			printf("# \"%s\" in \"%s\": %s\n", rows[i].query,
			    index.p, rp_query_fts5(a, &q).p);
		RP_CHECK(found(a, index, &q) == rows[i].found);
	}
}

static void
writing(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	RP_AUTO(rp_tokenizer_freep) struct rp_tokenizer *k = rp_tokenizer_new();
	static const struct {
		const char *in, *fts5, *ts;
	} rows[] = {
		{ "", "", "" },
		{ "a \"b c\"", "(\"a\") AND (\"b c\")",
		    "(('a')) & (('b' & 'c'))" },
		{ "x' OR 1=1; --",
		    "(\"x\") AND (\"or\") AND (\"1\") AND "
		    "(\"1\")",
		    "(('x')) & (('or')) & (('1')) & (('1'))" },
		{ "互联网", "(\"互联 联网\")", "(('互联' & '联网'))" },
		{ "الشبكة", "(\"الشبكه\" OR \"شبكه\")",
		    "(('الشبكه') | ('شبكه'))" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct rp_query q =
		    rp_tokens_query(k, a, rp_text_z(rows[i].in), RP_LANG_ZH);

		RP_CHECK_TEXT(rp_query_fts5(a, &q), rp_text_z(rows[i].fts5));
		RP_CHECK_TEXT(rp_query_tsquery(a, &q), rp_text_z(rows[i].ts));
	}
}

static void
limits(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)1 << 28);
	RP_AUTO(rp_tokenizer_freep) struct rp_tokenizer *k = rp_tokenizer_new();
	static char big[2000000];
	struct rp_query q;
	rp_text got;

	RP_CHECK(rp_tokens_index(k, a, (rp_text){ 0 }, (rp_text){ 0 }).n == 0);
	RP_CHECK(
	    rp_tokens_query(k, a, (rp_text){ 0 }, RP_LANG_EN).groups.n == 0);
	memset(big, 'x', sizeof(big));
	got =
	    rp_tokens_index(k, a, (rp_text){ big, sizeof(big) }, RP_TEXT("en"));
	RP_CHECK(got.n == RP_TOKEN_MAX);
	for (size_t i = 9; i < sizeof(big); i += 10)
		big[i] = ' ';
	got =
	    rp_tokens_index(k, a, (rp_text){ big, sizeof(big) }, RP_TEXT("en"));
	RP_CHECK(got.n <= RP_TOKENS_MAX && got.n > RP_TOKENS_MAX - 20);
	RP_CHECK(got.p[got.n] == '\0' && got.p[got.n - 1] == 'x');
	q = rp_tokens_query(k, a, (rp_text){ big, sizeof(big) }, RP_LANG_EN);
	RP_CHECK(q.groups.n == RP_QUERY_GROUPS_MAX);
}

RP_CHECK_MAIN({ "indexing", indexing }, { "finding", finding },
    { "writing queries", writing }, { "limits", limits })
