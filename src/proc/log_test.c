#include "proc/log.h"

#include "base/check.h"

static void
check(const char *want, const char *event, const struct rp_log_field *fields)
{
	char line[RP_LOG_LINE_MAX];
	size_t n =
	    rp_log_format(line, RP_LOG_INFO, 1795247580000, event, fields);

	RP_CHECK_TEXT(((rp_text){ line, n }), rp_text_z(want));
}

#define FIELDS(...) ((const struct rp_log_field[]){ __VA_ARGS__, { 0 } })

static void
test_line(void)
{
	static const uint8_t v6[16] = { 0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 7,
		9, [15] = 1 };
	static const uint8_t
	    v4[16] = { [10] = 0xff, [11] = 0xff, 192, 0, 2, 55 };
	struct rp_err *e = rp_fail(RP_E_INTERNAL, "a \"b\"\n=c\x01\\");

	check("time=2026-11-21T07:53:00Z level=info event=started n=-5\n",
	    "started", FIELDS(rp_log_i64("n", -5)));
	check("time=2026-11-21T07:53:00Z level=info event=x a=b c=\"\" "
	      "d=\"e f\" g=\xc3\xa9\n",
	    "x",
	    FIELDS(rp_log_z("a", "b"), rp_log_z("c", ""), rp_log_z("d", "e f"),
		rp_log_z("g", "\xc3\xa9")));
	check("time=2026-11-21T07:53:00Z level=info event=x "
	      "error=\"a \\\"b\\\"\\n=c\\x01\\\\\"\n",
	    "x", FIELDS(rp_log_err(e)));
	rp_err_free(e);
	check("time=2026-11-21T07:53:00Z level=info event=x "
	      "from=2001:db8:0:7::/64 from=192.0.2.0/24\n",
	    "x",
	    FIELDS(rp_log_network("from", v6), rp_log_network("from", v4)));
}

static void
test_cut(void)
{
	char line[RP_LOG_LINE_MAX], big[4000];
	rp_text mark = RP_TEXT(" cut=yes\n");
	size_t n;

	memset(big, 'x', sizeof(big));
	n = rp_log_format(line, RP_LOG_ERROR, 0, "x",
	    FIELDS(rp_log_text("t", (rp_text){ big, sizeof(big) }),
		rp_log_i64("after", 1)));
	RP_CHECK(n <= RP_LOG_LINE_MAX);
	RP_CHECK_TEXT(((rp_text){ line + n - mark.n, mark.n }), mark);
	memset(big, '\n', sizeof(big));
	n = rp_log_format(line, RP_LOG_ERROR, 0, "x",
	    FIELDS(rp_log_text("t", (rp_text){ big, sizeof(big) })));
	RP_CHECK(n <= RP_LOG_LINE_MAX && n > RP_LOG_LINE_MAX - 64);
	RP_CHECK_TEXT(((rp_text){ line + n - mark.n, mark.n }), mark);
}

static void
test_journald(void)
{
	rp_log_init(RP_LOG_WARNING, true);
	rp_log_set_role("web");
	check("<6>level=info role=web event=x\n", "x", FIELDS({ 0 }));
	RP_CHECK(rp_log_wants(RP_LOG_ERROR) && rp_log_wants(RP_LOG_WARNING));
	RP_CHECK(!rp_log_wants(RP_LOG_INFO));
}

RP_CHECK_MAIN({ "line", test_line }, { "cut", test_cut },
    { "journald", test_journald })
