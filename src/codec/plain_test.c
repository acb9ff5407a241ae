#include "codec/plain.h"

#include <string.h>

#include "base/check.h"

static void
gathers(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_plain p;

	rp_plain_init(&p, a, 1000);
	RP_CHECK(rp_plain_empty(&p));
	rp_plain_break(&p, 2);
	rp_plain_add(&p, RP_BYTES(" a\r\n b\x01\xc2\x85"));
	rp_plain_add(&p, RP_BYTES("c\xff"));
	rp_plain_break(&p, 1);
	rp_plain_break(&p, 2);
	rp_plain_break(&p, 1);
	rp_plain_add(&p, RP_BYTES("  "));
	rp_plain_tab(&p);
	rp_plain_tab(&p);
	rp_plain_add(&p, RP_BYTES("d "));
	rp_plain_tab(&p);
	rp_plain_break(&p, 1);
	rp_plain_add_lines(&p, RP_BYTES("e\r\nf\n\n\n\ng\fh\n"));
	RP_CHECK_TEXT(rp_plain_done(&p),
	    RP_TEXT("a b c\xef\xbf\xbd\n\n\t\td\ne\nf\n\ng\n\nh"));
	RP_CHECK(!p.truncated);
}

static void
stops_at_a_character(void)
{
	for (size_t max = 0; max < 12; max++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(1 << 20);
		struct rp_plain p;
		rp_text got;

		rp_plain_init(&p, a, max);
		rp_plain_add(&p, RP_BYTES("\xe6\x96\x87\xe6\x96\x87"
					  "aaa"));
		got = rp_plain_done(&p);
		RP_CHECK(p.truncated == (max < 9));
		RP_CHECK(got.n == (max < 6 ? max / 3 * 3 : max < 9 ? max : 9));
	}
}

static void
reads_utf16(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_plain p;

	rp_plain_init(&p, a, 1000);
	rp_plain_add_utf16(&p,
	    RP_BYTES("\xff\xfe"
		     "a\0\n\0\x87\x65\x3d\xd8\x00\xde\x3d\xd8"
		     "b\0"));
	rp_plain_break(&p, 1);
	rp_plain_add_utf16(&p, RP_BYTES("\xfe\xff\x65\x87\xde\x00"
					"c"));
	RP_CHECK_TEXT(rp_plain_done(&p),
	    RP_TEXT("a\n\xe6\x96\x87\xf0\x9f\x98\x80\xef\xbf\xbd"
		    "b\n"
		    "\xe6\x96\x87\xef\xbf\xbd"));
}

RP_CHECK_MAIN({ "gathers", gathers },
    { "stops at a character", stops_at_a_character },
    { "reads UTF-16", reads_utf16 })
