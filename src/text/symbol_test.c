#include "base/check.h"
#include "text/symbol.h"

static const struct rp_symbol group = { .series = RP_TEXT_INIT("CWG-Internet"),
	.session = 18 };

static void
check(rp_text in, rp_text want)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_symbol s;

	if (!rp_symbol_parse(in, &group, &s)) {
		printf("not ok - %.*s is no symbol\n", RP_FMT(in));
		exit(1);
	}
	RP_CHECK_TEXT(rp_symbol_print(a, &s), want);
}

static void
every_spelling(void)
{
	check(RP_TEXT("CWG-Internet-18/1"), RP_TEXT("CWG-Internet-18/1"));
	check(RP_TEXT("CWG-Internet 18/4"), RP_TEXT("CWG-Internet-18/4"));
	check(RP_TEXT("CWG-Internet-18/1(Rev.1)"),
	    RP_TEXT("CWG-Internet-18/1(Rev.1)"));
	check(RP_TEXT(" CWG-Internet-20/1 (Rev. 2) "),
	    RP_TEXT("CWG-Internet-20/1(Rev.2)"));
	check(RP_TEXT("CWG-Internet-20/1\xc2\xa0(Rev.\xc2\xa0"
		      "2)"),
	    RP_TEXT("CWG-Internet-20/1(Rev.2)"));
	check(RP_TEXT("CWG-Internet-20/1R2"),
	    RP_TEXT("CWG-Internet-20/1(Rev.2)"));
	check(RP_TEXT("20/1R2"), RP_TEXT("CWG-Internet-20/1(Rev.2)"));
	check(RP_TEXT("20/1-Rev.2"), RP_TEXT("CWG-Internet-20/1(Rev.2)"));
	check(RP_TEXT("4"), RP_TEXT("CWG-Internet-18/4"));
	check(RP_TEXT("Document 48-E"), RP_TEXT("CWG-Internet-18/48-E"));
	check(RP_TEXT("WG-Internet 12/10"), RP_TEXT("WG-Internet-12/10"));
	check(RP_TEXT("OPCWGINT-11/3"), RP_TEXT("OPCWGINT-11/3"));
	check(RP_TEXT("C17/51"), RP_TEXT("C17/51"));
	check(RP_TEXT("C17/DT/5"), RP_TEXT("C17/DT/5"));
	check(RP_TEXT("C17/INF/6-E"), RP_TEXT("C17/INF/6-E"));
	check(RP_TEXT("C17/98(Rev.1)"), RP_TEXT("C17/98(Rev.1)"));
	check(RP_TEXT("Revision 1 to Document C17/130-E"),
	    RP_TEXT("C17/130(Rev.1)-E"));
	check(RP_TEXT("Addendum 16 to Document 48-E"),
	    RP_TEXT("CWG-Internet-18/48(Add.16)-E"));
	check(RP_TEXT("PP-14/20(Add.1)-E"), RP_TEXT("PP-14/20(Add.1)-E"));
	/* Of which the revision is: the addendum, or what it is added to. */
	check(RP_TEXT("PP-14/20(Add.2)(Rev.1)"),
	    RP_TEXT("PP-14/20(Add.2)(Rev.1)"));
	check(RP_TEXT("Revision 1 to Addendum 2 to Document PP-14/20"),
	    RP_TEXT("PP-14/20(Add.2)(Rev.1)"));
	check(RP_TEXT("Addendum 2 to Revision 1 to Document PP-14/20"),
	    RP_TEXT("PP-14/20(Rev.1)(Add.2)"));
	check(RP_TEXT("Corrigendum 3 to Addendum 2 to Document PP-14/20"),
	    RP_TEXT("PP-14/20(Add.2)(Corr.3)"));
	check(RP_TEXT("PP-14/20(Rev.1)(Add.2)"),
	    RP_TEXT("PP-14/20(Rev.1)(Add.2)"));
	check(RP_TEXT("S14-PP14-C-0015!!MSW-E"), RP_TEXT("PP-14/15-E"));
	check(RP_TEXT("S14-PP14-DT-0015!Cor1!MSW-F"),
	    RP_TEXT("PP-14/DT/15(Corr.1)-F"));
	check(RP_TEXT("S22-PP-C-0034"), RP_TEXT("PP-22/34"));
	check(RP_TEXT("CL-24/43"), RP_TEXT("CL-24/43"));
	check(RP_TEXT("ARB/14/26"), RP_TEXT("ARB/14/26"));
}

static void
what_is_none(void)
{
	static const rp_text none[] = { RP_TEXT_INIT(""), RP_TEXT_INIT("18"),
		RP_TEXT_INIT("18/4"), RP_TEXT_INIT("Resolution 70/1"),
		RP_TEXT_INIT("and/or"), RP_TEXT_INIT("CWG-Internet-18/0"),
		RP_TEXT_INIT("CWG-Internet-18/1(Rev.0)"),
		RP_TEXT_INIT("CWG-Internet-18/1(Rev.2"),
		RP_TEXT_INIT("CWG-Internet-18/100000"),
		RP_TEXT_INIT("CWG-Internet-18/1x"),
		RP_TEXT_INIT("CWG-Internet-18/1 and more"),
		RP_TEXT_INIT("CWG-Internet-/1"), RP_TEXT_INIT("-18/1"),
		RP_TEXT_INIT("A/RES/70/1"), RP_TEXT_INIT("S14--C-15"),
		RP_TEXT_INIT("S14-PP14-C-0015!Cor!MSW-E") };
	struct rp_symbol s;

	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		if (rp_symbol_parse(none[i], NULL, &s)) {
			printf("not ok - %.*s is taken for a symbol\n",
			    RP_FMT(none[i]));
			exit(1);
		}
	}
}

static void
printed_again(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_symbol s, again;

	for (uint32_t i = 0; i < 64; i++) {
		rp_text t;

		s = group;
		s.number = i + 1;
		s.revision = i & 1 ? i : 0;
		s.addendum = i & 2 ? i : 0;
		s.corrigendum = i & 4 ? i : 0;
		s.language = i & 8 ? 'R' : 0;
		s.kind = i & 16 ? RP_TEXT("DT") : RP_TEXT("");
		t = rp_symbol_print(a, &s);
		RP_CHECK(rp_symbol_parse(t, NULL, &again));
		RP_CHECK(rp_symbol_same(&s, &again));
		RP_CHECK(s.language == again.language);
		RP_CHECK_TEXT(rp_symbol_print(a, &again), t);
	}
}

static void
in_running_text(void)
{
	const rp_text t = RP_TEXT("See C17/51, (CWG-Internet-20/1 (Rev. 2)). "
				  "Resolution 70/1 and telecommunications/ICT, "
				  "but CWG-Internet 18/5: new");
	static const rp_text want[] = { RP_TEXT_INIT("C17/51"),
		RP_TEXT_INIT("CWG-Internet-20/1 (Rev. 2)"),
		RP_TEXT_INIT("CWG-Internet 18/5") };
	struct rp_symbol s;
	size_t at = 0, end = 0;

	for (size_t i = 0; i < 3; i++) {
		RP_CHECK(rp_symbol_next(t, end, &s, &at, &end));
		RP_CHECK_TEXT(rp_text_sub(t, at, end), want[i]);
	}
	RP_CHECK(!rp_symbol_next(t, end, &s, &at, &end));
}

static void
what_is_the_same(void)
{
	struct rp_symbol a, b;

	RP_CHECK(rp_symbol_parse(RP_TEXT("CWG-Internet-20/1R2"), NULL, &a));
	RP_CHECK(
	    rp_symbol_parse(RP_TEXT("cwg-internet-20/1(Rev.2)-E"), NULL, &b));
	RP_CHECK(rp_symbol_same(&a, &b));
	b.revision = 1;
	RP_CHECK(!rp_symbol_same(&a, &b) && rp_symbol_same_base(&a, &b));
	b.addendum = 1;
	RP_CHECK(!rp_symbol_same_base(&a, &b) && rp_symbol_same_series(&a, &b));
	b.session = 21;
	RP_CHECK(!rp_symbol_same_series(&a, &b));
}

RP_CHECK_MAIN({ "every spelling is read, one is printed", every_spelling },
    { "what is no symbol", what_is_none },
    { "what is printed is read again", printed_again },
    { "symbols in running text", in_running_text },
    { "what is the same document", what_is_the_same })
