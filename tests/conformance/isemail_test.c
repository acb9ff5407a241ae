/*
 * isemail's 164 addresses under our policy: an SMTP address is taken (VALID,
 * DNSWARN, RFC5321), a header's form of it is not (CFWS, DEPREC, RFC5322, ERR).
 * U+2400..U+2421 in the file stand for control characters, which are not text.
 */
#include "base/buf.h"
#include "base/check.h"
#include "conformance/reader.h"
#include "text/email.h"
#include "text/names.h"

/* XML's own escapes and the pictures of control characters. */
static rp_text
decode(struct rp_arena *a, rp_text t)
{
	static const char *entities[][2] = { { "&lt;", "<" }, { "&gt;", ">" },
		{ "&quot;", "\"" }, { "&apos;", "'" }, { "&amp;", "&" } };
	struct rp_buf b;
	rp_text out;

	rp_buf_init(&b, a, t.n + 1);
	for (size_t i = 0; i < t.n; i++) {
		rp_text rest = rp_text_sub(t, i, t.n);
		size_t n = 0;

		if (rp_text_starts(rest, RP_TEXT("&#x"))) {
			char *end;
			unsigned long cp = strtoul(rest.p + 3, &end, 16);
			rp_text c = rp_reader_utf8(a,
			    (uint32_t)(cp >= 0x2400 ? cp - 0x2400 : cp));

			rp_buf_text(&b, c);
			i += (size_t)(end - rest.p);
			continue;
		}
		for (size_t k = 0; k < 5 && n == 0; k++) {
			if (!rp_text_starts(rest, rp_text_z(entities[k][0])))
				continue;
			rp_buf_text(&b, rp_text_z(entities[k][1]));
			n = strlen(entities[k][0]);
		}
		if (n > 0)
			i += n - 1;
		else
			rp_buf_byte(&b, (uint8_t)t.p[i]);
	}
	RP_CHECK_OK(rp_buf_done(&b, &out));
	return out;
}

static rp_text
element(struct rp_arena *a, rp_text t, const char *name)
{
	rp_text open = rp_textf(a, "<%s>", name);
	rp_text close = rp_textf(a, "</%s>", name);
	size_t from = rp_reader_find(t, open.p, 0), to;

	if (from == SIZE_MAX)
		return RP_TEXT("");
	from += open.n;
	to = rp_reader_find(t, close.p, from);
	RP_CHECK(to != SIZE_MAX);
	return rp_text_sub(t, from, to);
}

static bool
is_accepted(struct rp_arena *a, const struct rp_names *names, rp_text in)
{
	struct rp_email email;
	struct rp_err *e;
	rp_text text;

	e = rp_text_from(a, rp_text_bytes(in), RP_EMAIL_INPUT_MAX, &text);
	if (e != NULL) {
		rp_err_free(e);
		return false;
	}
	return rp_email_check(a, names, text, &email) == RP_ADDRESS_OK;
}

static bool
wants(rp_text category)
{
	return rp_text_eq(category, RP_TEXT("ISEMAIL_VALID_CATEGORY")) ||
	       rp_text_eq(category, RP_TEXT("ISEMAIL_DNSWARN")) ||
	       rp_text_eq(category, RP_TEXT("ISEMAIL_RFC5321"));
}

static void
by_policy(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(256 << 20);
	const struct rp_names *names = NULL;
	int n = 0, wrong = 0;
	size_t at, end;
	rp_text xml;

	RP_CHECK_OK(rp_names_open(a, NULL, &names));
	xml = rp_reader_file(a, "email/isemail-tests.xml");
	at = rp_reader_find(xml, "<test ", 0);
	for (; at != SIZE_MAX; at = rp_reader_find(xml, "<test ", end)) {
		rp_text one, in;

		end = rp_reader_find(xml, "</test>", at);
		one = rp_text_sub(xml, at, end);
		in = decode(a, element(a, one, "address"));
		n++;
		if (is_accepted(a, names, in) ==
		    wants(element(a, one, "category")))
			continue;
		wrong++;
		printf("# %.*s %.*s\n", RP_FMT(in),
		    RP_FMT(element(a, one, "diagnosis")));
	}
	printf("# %d addresses, %d wrong\n", n, wrong);
	RP_CHECK(wrong == 0 && n == 164);
}

RP_CHECK_MAIN({ "isemail by policy", by_policy })
