#include "text/suffix.h"

#include "base/check.h"
#include "text/names.h"

static struct rp_arena *arena;
static const struct rp_names *names;

static void
open_names(const char *psl)
{
	arena = rp_arena_new(64 << 20);
	RP_CHECK_OK(rp_names_open(arena, psl, &names));
}

static void
organisations(void)
{
	static const char *rows[][2] = {
		{ "www.example.co.uk", "example.co.uk" },
		{ "example.com", "example.com" },
		{ "com", "" },
		{ "co.uk", "" },
		{ "a.b.unheardof", "b.unheardof" },
		{ "x.xn--85x722f.xn--55qx5d.cn", "xn--85x722f.xn--55qx5d.cn" },
		{ "", "" },
	};

	open_names(RP_DATA_SOURCE "/psl/public_suffix_list.dat");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		RP_CHECK_TEXT(rp_suffix_find_organisation(names,
				  rp_text_z(rows[i][0])),
		    rp_text_z(rows[i][1]));
	RP_CHECK(rp_suffix_is_public(names, RP_TEXT("co.uk")));
	RP_CHECK(!rp_suffix_is_public(names, RP_TEXT("example.co.uk")));
	RP_CHECK(!rp_suffix_is_public(names, RP_TEXT("unheardof")));
	rp_arena_free(arena);
}

static void
known_tlds(void)
{
	static const char *known[] = { "com", "a.b.org", "uk", "ck", "a.ck",
		"xn--mgbah1a3hjkrd", "international", "icu" };
	static const char *not_known[] = { "unheardof", "example.invalid",
		"xn-----ctdbabcfhu9c2b9l1acccr4c", "" };

	open_names(RP_DATA_SOURCE "/psl/public_suffix_list.dat");
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		RP_CHECK(rp_suffix_is_known_tld(names, rp_text_z(known[i])));
	for (size_t i = 0; i < sizeof(not_known) / sizeof(not_known[0]); i++)
		RP_CHECK(
		    !rp_suffix_is_known_tld(names, rp_text_z(not_known[i])));
	rp_arena_free(arena);
}

static void
without_a_list(void)
{
	open_names(NULL);
	RP_CHECK(rp_suffix_find_organisation(names, RP_TEXT("a.com")).n == 0);
	RP_CHECK(!rp_suffix_is_public(names, RP_TEXT("com")));
	RP_CHECK(!rp_suffix_is_known_tld(names, RP_TEXT("com")));
	rp_arena_free(arena);
}

RP_CHECK_MAIN({ "organisations", organisations },
    { "known top-level domains", known_tlds },
    { "without a list", without_a_list })
