#include "codec/mail.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"

#define WORD_OCTETS \
	((size_t)42) /* of UTF-8 in one encoded word: 56 of base64 */
#define LINE_OCTETS ((size_t)57) /* of a body in one line: 76 of base64 */

static const char digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void
base64(struct rp_buf *b, rp_bytes in)
{
	for (size_t i = 0; i < in.n; i += 3) {
		size_t n = in.n - i < 3 ? in.n - i : 3;
		uint32_t v = (uint32_t)in.p[i] << 16;

		if (n > 1)
			v |= (uint32_t)in.p[i + 1] << 8;
		if (n > 2)
			v |= in.p[i + 2];
		rp_buf_byte(b, (uint8_t)digits[v >> 18]);
		rp_buf_byte(b, (uint8_t)digits[(v >> 12) & 63]);
		rp_buf_byte(b,
		    n > 1 ? (uint8_t)digits[(v >> 6) & 63] : (uint8_t)'=');
		rp_buf_byte(b, n > 2 ? (uint8_t)digits[v & 63] : (uint8_t)'=');
	}
}

static bool
is_plain(rp_text t)
{
	for (size_t i = 0; i < t.n; i++) {
		if ((uint8_t)t.p[i] < ' ' || (uint8_t)t.p[i] >= 0x7f)
			return false;
	}
	return t.n < LINE_OCTETS;
}

/* A character is in one word, whole. */
static size_t
word_end(rp_text t, size_t at)
{
	size_t end = at + WORD_OCTETS < t.n ? at + WORD_OCTETS : t.n;

	while (end < t.n && end > at && ((uint8_t)t.p[end] & 0xc0) == 0x80)
		end--;
	return end > at ? end : t.n;
}

static rp_text
one_line(struct rp_arena *a, rp_text t)
{
	size_t n = t.n < RP_MAIL_SUBJECT_MAX ? t.n : RP_MAIL_SUBJECT_MAX;
	char *p;

	while (n < t.n && n > 0 && ((uint8_t)t.p[n] & 0xc0) == 0x80)
		n--;
	p = rp_alloc(a, n + 1);
	for (size_t i = 0; i < n; i++)
		p[i] = (char)((uint8_t)t.p[i] < ' ' || t.p[i] == 0x7f ? ' ' :
									t.p[i]);
	return (rp_text){ p, n };
}

static void
encoded(struct rp_buf *b, rp_text t)
{
	for (size_t at = 0; at < t.n;) {
		size_t end = word_end(t, at);

		rp_buf_text(b, at > 0 ? RP_TEXT("\r\n =?UTF-8?B?") :
					RP_TEXT("=?UTF-8?B?"));
		base64(b, rp_text_bytes(rp_text_sub(t, at, end)));
		rp_buf_text(b, RP_TEXT("?="));
		at = end;
	}
}

static void
header(struct rp_arena *a, struct rp_buf *b, const char *name, rp_text value)
{
	rp_text t = one_line(a, value);

	rp_buf_f(b, "%s: ", name);
	if (is_plain(t))
		rp_buf_text(b, t);
	else
		encoded(b, t);
	rp_buf_text(b, RP_TEXT("\r\n"));
}

/* Text as it stands: addresses, ids, dates. */
static void
as_it_is(struct rp_arena *a, struct rp_buf *b, const char *name, rp_text value,
    const char *around)
{
	rp_text t = one_line(a, value);

	rp_buf_f(b, "%s: %s%.*s%s\r\n", name, around[0] ? "<" : "", RP_FMT(t),
	    around[0] ? ">" : "");
}

static void
from(struct rp_arena *a, struct rp_buf *b, const struct rp_mail *m)
{
	rp_text address = one_line(a, m->from);

	rp_buf_text(b, RP_TEXT("From: "));
	if (m->from_name.n > 0) {
		encoded(b, one_line(a, m->from_name));
		rp_buf_text(b, RP_TEXT("\r\n "));
	}
	rp_buf_f(b, "<%.*s>\r\n", RP_FMT(address));
}

struct rp_err *
rp_mail_write(struct rp_arena *a, const struct rp_mail *m, size_t max,
    rp_bytes *out)
{
	rp_bytes text = rp_text_bytes(m->text);
	struct rp_buf b;

	rp_buf_init(&b, a, max);
	from(a, &b, m);
	as_it_is(a, &b, "To", m->to, "<>");
	header(a, &b, "Subject", m->subject);
	as_it_is(a, &b, "Date", m->date, "");
	as_it_is(a, &b, "Message-ID", m->id, "<>");
	if (m->unsubscribe.n > 0) {
		as_it_is(a, &b, "List-Unsubscribe", m->unsubscribe, "<>");
		rp_buf_text(&b, RP_TEXT("List-Unsubscribe-Post: "
					"List-Unsubscribe=One-Click\r\n"));
	}
	/* No answer by machine is wanted (RFC 3834). */
	rp_buf_text(&b, RP_TEXT("Auto-Submitted: auto-generated\r\n"));
	if (m->lang.n > 0)
		as_it_is(a, &b, "Content-Language", m->lang, "");
	rp_buf_text(&b, RP_TEXT("MIME-Version: 1.0\r\n"
				"Content-Type: text/plain; charset=UTF-8\r\n"
				"Content-Transfer-Encoding: base64\r\n\r\n"));
	for (size_t at = 0; at < text.n; at += LINE_OCTETS) {
		size_t n = text.n - at;

		base64(&b, (rp_bytes){ text.p + at,
			       n < LINE_OCTETS ? n : LINE_OCTETS });
		rp_buf_text(&b, RP_TEXT("\r\n"));
	}
	return rp_buf_bytes(&b, out);
}

rp_text
rp_mail_date(struct rp_arena *a, int64_t at)
{
	rp_text t = rp_clock_http(a, at);

	/* "GMT" is an obsolete zone here (RFC 5322, 4.3). */
	return rp_textf(a, "%.*s +0000", (int)(t.n - 4), t.p);
}
