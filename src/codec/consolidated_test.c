#include "codec/consolidated.h"

#include <string.h>

#include "base/check.h"

#define HEAD                                                             \
	"{\"version\":1,\"parties\":[\"A\",\"B\",\"N\"],\"left_out\":"   \
	"[0,2],\"provisions\":"                                          \
	"[{\"block\":0,\"label\":null,\"text\":\"resolves\",\"changes\"" \
	":[]},{\"block\":1,\"label\":\"1\",\"text\":\"in May é\","      \
	"\"changes\":[0]}],\"changes\":["
#define CHOICE(key, who, gone, text, moved)                          \
	"{\"key\":\"" key "\",\"sponsors\":[" who "],\"gone\":" gone \
	",\"moved_to\":" moved ",\"text\":\"" text "\",\"blocks\":[]}"
#define CHANGE(key, place, at, from, to, set, choices)                     \
	"{\"id\":0,\"key\":\"" key "\",\"place\":\"" place "\",\"at\":" at \
	",\"from\":" from ",\"to\":" to ",\"base\":\"\",\"bracket\":true," \
	"\"objectors\":[\"N\"],\"set\":" set ",\"decided\":\"open\","      \
	"\"choices\":[" choices "]}"
#define TAIL "],\"summary\":{}}"

#define MAY CHOICE("c0", "\"A\"", "false", "July", "null")
#define JUNE CHOICE("c1", "\"B\"", "false", "June", "null")

static struct rp_consolidated_view
parse(struct rp_arena *a, const char *json)
{
	struct rp_consolidated_view v = { 0 };

	RP_CHECK_OK(
	    rp_consolidated_parse(a, rp_text_bytes(rp_text_z(json)), &v));
	return v;
}

static void
is_read(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 24);
	struct rp_consolidated_view v = parse(a,
	    HEAD CHANGE("k0", "range", "1", "3", "6", "null",
		MAY "," JUNE) "," CHANGE("k1", "slot", "2", "0", "0", "null",
		"{\"key\":\"c2\",\"sponsors\":[\"B\"],\"gone\":false,"
		"\"moved_to\":null,\"text\":\"\",\"blocks\":[{\"label\":"
		"\"1bis\",\"text\":\"to go\",\"moved_from\":null}]}") TAIL);

	RP_CHECK(v.parties.n == 3 && v.provisions.n == 2 && v.changes.n == 2);
	RP_CHECK(v.left_out[0] == 0 && v.left_out[1] == 2);
	RP_CHECK_TEXT(v.provisions.v[1].label, RP_TEXT("1"));
	RP_CHECK(v.provisions.v[0].label.n == 0);
	RP_CHECK(v.changes.v[0].objectors == 4 &&
		 v.changes.v[0].choices.v[1].sponsors == 2);
	RP_CHECK_TEXT(v.changes.v[1].choices.v[0].blocks.v[0].label,
	    RP_TEXT("1bis"));
	RP_CHECK(rp_consolidated_open(&v) == 2);
	RP_CHECK(rp_consolidated_find(&v, RP_TEXT("k1")) == 1 &&
		 rp_consolidated_find(&v, RP_TEXT("k2")) == 2);
}

static void
is_decided(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 24);
	struct rp_consolidated_view v = parse(a,
	    HEAD CHANGE("k0", "range", "1", "0", "2", "1", MAY) "," CHANGE("k1",
		"range", "1", "3", "6", "1", JUNE "," MAY) TAIL);

	RP_CHECK(rp_consolidated_choice(&v.changes.v[1], RP_TEXT("c0")) == 1);
	RP_CHECK(rp_consolidated_choice(&v.changes.v[1], RP_TEXT("x")) ==
		 RP_CONSOLIDATED_OPEN);
	/* A set is one intention: what A wants here, it wants there. */
	rp_consolidated_decide(&v, 0, 0, RP_TEXT(""));
	RP_CHECK(v.changes.v[0].decided == 0 && v.changes.v[1].decided == 1 &&
		 v.changes.v[1].by == 0);
	rp_consolidated_decide(&v, 1, 0, RP_TEXT(""));
	RP_CHECK(v.changes.v[1].decided == 0 &&
		 v.changes.v[0].decided == RP_CONSOLIDATED_BASE);
	/* Neither is there. */
	rp_consolidated_decide(&v, 1, RP_CONSOLIDATED_TEXT, RP_TEXT("x"));
	rp_consolidated_decide(&v, 1, 2, RP_TEXT(""));
	rp_consolidated_decide(&v, 7, 0, RP_TEXT(""));
	RP_CHECK(v.changes.v[1].decided == 0 && rp_consolidated_open(&v) == 0);
	v = parse(a,
	    HEAD CHANGE("k0", "range", "1", "3", "6", "null", MAY) TAIL);
	rp_consolidated_decide(&v, 0, RP_CONSOLIDATED_TEXT, RP_TEXT("x"));
	RP_CHECK(v.changes.v[0].decided == RP_CONSOLIDATED_TEXT);
	RP_CHECK_TEXT(v.changes.v[0].compromise, RP_TEXT("x"));
}

/* What stands between two words keeps them apart. */
static void
is_spaced(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 24);
	struct rp_consolidated_view v =
	    parse(a, HEAD CHANGE("k0", "range", "1", "0", "0", "null",
			 CHOICE("c", "\"A\"", "false", "often ",
			     "null")) "," CHANGE("k1", "range", "1", "3", "6",
			 "null", JUNE) TAIL);

	RP_CHECK_TEXT(rp_consolidated_spaced(a, &v.changes.v[0],
			  RP_TEXT("now")),
	    RP_TEXT("now "));
	RP_CHECK_TEXT(rp_consolidated_spaced(a, &v.changes.v[0],
			  RP_TEXT(" \n")),
	    RP_TEXT(""));
	RP_CHECK_TEXT(rp_consolidated_spaced(a, &v.changes.v[1],
			  RP_TEXT(" summer ")),
	    RP_TEXT("summer"));
}

static void
hostile(void)
{
	static const char *const bad[] = {
		"",
		"[]",
		"{}",
		HEAD "{}" TAIL,
		HEAD CHANGE("k", "range", "2", "0", "0", "null", MAY) TAIL,
		HEAD CHANGE("k", "slot", "3", "0", "0", "null", MAY) TAIL,
		HEAD CHANGE("k", "slot", "-1", "0", "0", "null", MAY) TAIL,
		HEAD CHANGE("k", "hole", "1", "0", "0", "null", MAY) TAIL,
		HEAD CHANGE("k", "range", "1", "4", "3", "null", MAY) TAIL,
		HEAD CHANGE("k", "range", "1", "0", "99", "null", MAY) TAIL,
		/* In the middle of a character. */
		HEAD CHANGE("k", "range", "1", "8", "8", "null", MAY) TAIL,
		HEAD CHANGE("k", "range", "1", "0", "1", "null", "") TAIL,
		HEAD CHANGE("k", "range", "1", "0", "1", "null",
		    CHOICE("c", "\"Z\"", "false", "", "null")) TAIL,
		/* Not in the order of their places. */
		HEAD CHANGE("k", "range", "1", "3", "6", "null",
		    MAY) "," CHANGE("l", "range", "1", "5", "6", "null", MAY)
		    TAIL,
		HEAD CHANGE("k", "range", "1", "3", "6", "null",
		    MAY) "," CHANGE("l", "slot", "1", "0", "0", "null", MAY)
		    TAIL,
	};
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 24);
	struct rp_consolidated_view v;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		RP_CHECK_FAILS(rp_consolidated_parse(a,
				   rp_text_bytes(rp_text_z(bad[i])), &v),
		    RP_E_INVALID);
}

RP_CHECK_MAIN({ "is read", is_read }, { "is decided", is_decided },
    { "is spaced", is_spaced }, { "hostile", hostile })
