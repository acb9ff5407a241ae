/*
 * UTS 46's own test file (Unicode 15.0) and RFC 5892's table, code point by
 * code point. The file expects UTS 46 alone, so its rows are judged without
 * the IDNA2008 table and with single labels; a row is skipped as the file says
 * where its input cannot be text (control characters, lone surrogates).
 */
#include "base/check.h"
#include "conformance/reader.h"
#include "text/domain_name.h"
#include "text/names.h"

enum {
	UTS46 = RP_DOMAIN_NAME_UTS46 | RP_DOMAIN_NAME_SINGLE,
	ROWS = 6000, /* fewer than this were not the file we know */
};

static int wrong;

static bool
says_error(rp_text status)
{
	return status.n > 0 && !rp_text_eq(status, RP_TEXT("[]"));
}

static rp_text
or_else(rp_text field, rp_text otherwise)
{
	return field.n > 0 ? field : otherwise;
}

static rp_text
without_dot(rp_text t)
{
	return t.n > 0 && t.p[t.n - 1] == '.' ? rp_text_sub(t, 0, t.n - 1) : t;
}

static void
compare(rp_text in, const char *what, bool error, rp_text want,
    enum rp_address_reason why, rp_text got)
{
	if (error == (why != RP_ADDRESS_OK) &&
	    (error || rp_text_eq(got, without_dot(want))))
		return;
	wrong++;
	printf("# %s of %.*s: %.*s (%s), not %.*s%s\n", what, RP_FMT(in),
	    RP_FMT(got), rp_address_reason_id(why).p, RP_FMT(want),
	    error ? " refused" : "");
}

static bool
row(struct rp_arena *a, const struct rp_names *names, rp_text line)
{
	rp_text in, u, n, u_status, n_status;
	struct rp_domain_name got = { 0 };
	enum rp_address_reason why;

	if (!rp_reader_unescape(a, rp_reader_field(line, ';', 0), &in) ||
	    !rp_reader_unescape(a, rp_reader_field(line, ';', 1), &u) ||
	    !rp_reader_unescape(a, rp_reader_field(line, ';', 3), &n) ||
	    in.n == 0)
		return false;
	u = or_else(u, in);
	n = or_else(n, u);
	u_status = rp_reader_field(line, ';', 2);
	n_status = or_else(rp_reader_field(line, ';', 4), u_status);
	why = rp_domain_name_check(a, names, in,
	    UTS46 | RP_DOMAIN_NAME_TO_UNICODE, &got);
	compare(in, "toUnicode", says_error(u_status), u, why, got.u);
	why = rp_domain_name_check(a, names, in, UTS46, &got);
	compare(in, "toASCII", says_error(n_status), n, why, got.a);
	return true;
}

static void
idna_test_v2(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 30);
	const struct rp_names *names = NULL;
	rp_text rest, line;
	int rows = 0;

	RP_CHECK_OK(rp_names_open(a, NULL, &names));
	rest = rp_reader_file(a, "idna/IdnaTestV2.txt");
	while (rp_reader_line(&rest, &line)) {
		line = rp_reader_field(line, '#', 0);
		if (line.n > 0 && row(a, names, line))
			rows++;
	}
	printf("# %d rows, %d wrong\n", rows, wrong);
	RP_CHECK(wrong == 0);
	RP_CHECK(rows > ROWS);
}

/* The code points of one line; fills `allowed` for 0x110000. */
static void
read_range(rp_text line, uint8_t *allowed)
{
	rp_text range = rp_reader_field(line, ';', 0);
	rp_text value = rp_reader_field(line, ';', 1);
	bool yes = rp_text_eq(value, RP_TEXT("PVALID")) ||
		   rp_text_starts(value, RP_TEXT("CONTEXT"));
	char *end;
	unsigned long first = strtoul(range.p, &end, 16);
	unsigned long last = end[0] == '.' ? strtoul(end + 2, NULL, 16) : first;

	memset(allowed + first, yes, last - first + 1);
}

/*
 * Alone and between letters, in either form: what RFC 5892 does not allow may
 * come in only if mapping took it away.
 */
static bool
is_kept(struct rp_arena *a, const struct rp_names *names, rp_text cp,
    rp_text in)
{
	struct rp_domain_name got, by_icu;

	if (rp_domain_name_check(a, names, in, 0, &got) != RP_ADDRESS_OK)
		return false;
	/* The short way for plain names and the long one agree. */
	RP_CHECK(rp_domain_name_check(a, names, in, RP_DOMAIN_NAME_UTS46,
		     &by_icu) == RP_ADDRESS_OK);
	RP_CHECK_TEXT(got.a, by_icu.a);
	RP_CHECK_TEXT(got.u, by_icu.u);
	return rp_reader_find(got.u, cp.p, 0) != SIZE_MAX;
}

static void
every_code_point(void)
{
	struct rp_arena *a = rp_arena_new(1 << 30);
	struct rp_arena *job = rp_arena_new(1 << 20);
	uint8_t *allowed = rp_alloc(a, 0x110000);
	const struct rp_names *names = NULL;
	int kept[2] = { 0, 0 };
	rp_text rest, line;

	RP_CHECK_OK(rp_names_open(a, NULL, &names));
	rest = rp_reader_file(a, "idna/Idna2008-15.0.0.txt");
	while (rp_reader_line(&rest, &line)) {
		line = rp_reader_field(line, '#', 0);
		if (line.n > 0)
			read_range(line, allowed);
	}
	for (uint32_t c = 0x80; c < 0x110000; c++) {
		rp_text cp;

		if (c >= 0xD800 && c < 0xE000)
			continue;
		cp = rp_reader_utf8(job, c);
		if (is_kept(job, names, cp, rp_textf(job, "%s.a", cp.p)) ||
		    is_kept(job, names, cp, rp_textf(job, "a%sa.a", cp.p)))
			kept[allowed[c]]++;
		rp_arena_reset(job);
	}
	printf("# accepted: %d allowed, %d not allowed\n", kept[1], kept[0]);
	RP_CHECK(kept[0] == 0);
	RP_CHECK(kept[1] > 131000);
	rp_arena_free(job);
	rp_arena_free(a);
}

RP_CHECK_MAIN({ "IdnaTestV2, both directions", idna_test_v2 },
    { "no disallowed or unassigned code point", every_code_point })
