#include "codec/smtp.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"

enum step { GREETING, EHLO, MAIL, RCPT, DATA, BODY, QUIT, OVER };

struct rp_smtp {
	struct rp_arena *a;
	struct rp_smtp_message m;
	enum step step;
	enum rp_smtp_outcome outcome;
	bool needs_utf8, has_utf8;
	uint8_t line[RP_SMTP_LINE_MAX];
	size_t n, lines;
	int code; /* of the reply that is being read; 0: none */
	rp_bytes out;
	rp_text said;
};

static bool
address_ok(rp_text t)
{
	if (t.n > RP_SMTP_ADDRESS_MAX)
		return false;
	for (size_t i = 0; i < t.n; i++) {
		if ((uint8_t)t.p[i] <= ' ' || t.p[i] == 0x7f || t.p[i] == '<' ||
		    t.p[i] == '>')
			return false;
	}
	return true;
}

static bool
is_ascii(rp_text t)
{
	for (size_t i = 0; i < t.n; i++) {
		if ((uint8_t)t.p[i] >= 0x80)
			return false;
	}
	return true;
}

struct rp_err *
rp_smtp_new(struct rp_arena *a, const struct rp_smtp_message *m,
    struct rp_smtp **out)
{
	struct rp_smtp *s;

	if (!address_ok(m->from) || !address_ok(m->to) || m->to.n == 0 ||
	    !address_ok(m->client) || m->client.n == 0)
		return rp_fail(RP_E_INVALID, "not an envelope");
	s = rp_new(a, struct rp_smtp);
	s->a = a;
	s->m = *m;
	s->said = RP_TEXT("");
	s->needs_utf8 = !is_ascii(m->to) || !is_ascii(m->from);
	*out = s;
	return NULL;
}

static void
send_line(struct rp_smtp *s, rp_text line)
{
	s->out = rp_text_bytes(rp_textf(s->a, "%.*s\r\n", RP_FMT(line)));
}

/* Dots stuffed, CRLF at the end of each line, and the one dot. */
static rp_bytes
stuffed(struct rp_smtp *s)
{
	rp_bytes in = s->m.octets, out = { 0 };
	struct rp_buf b;
	bool starts = true;

	rp_buf_init(&b, s->a, in.n * 2 + 16);
	for (size_t i = 0; i < in.n; i++) {
		if (in.p[i] == '\r')
			continue;
		if (starts && in.p[i] == '.')
			rp_buf_byte(&b, '.');
		starts = in.p[i] == '\n';
		if (starts)
			rp_buf_byte(&b, '\r');
		rp_buf_byte(&b, in.p[i]);
	}
	rp_buf_text(&b, starts ? RP_TEXT(".\r\n") : RP_TEXT("\r\n.\r\n"));
	rp_err_free(rp_buf_bytes(&b, &out));
	return out;
}

/* Over, but for the farewell. */
static void
finish(struct rp_smtp *s, enum rp_smtp_outcome outcome)
{
	s->outcome = outcome;
	s->step = QUIT;
	send_line(s, RP_TEXT("QUIT"));
}

static void
begin_mail(struct rp_smtp *s)
{
	if (s->needs_utf8 && !s->has_utf8) {
		s->said = RP_TEXT("the mail server does not offer SMTPUTF8");
		finish(s, RP_SMTP_NEVER);
		return;
	}
	s->step = MAIL;
	send_line(s, rp_textf(s->a, "MAIL FROM:<%.*s>%s", RP_FMT(s->m.from),
			 s->needs_utf8 ? " SMTPUTF8" : ""));
}

static void
advance(struct rp_smtp *s)
{
	switch (s->step) {
	case GREETING:
		s->step = EHLO;
		send_line(s, rp_textf(s->a, "EHLO %.*s", RP_FMT(s->m.client)));
		return;
	case EHLO:
		begin_mail(s);
		return;
	case MAIL:
		s->step = RCPT;
		send_line(s, rp_textf(s->a, "RCPT TO:<%.*s>", RP_FMT(s->m.to)));
		return;
	case RCPT:
		s->step = DATA;
		send_line(s, RP_TEXT("DATA"));
		return;
	case DATA:
		s->step = BODY;
		s->out = stuffed(s);
		return;
	case BODY:
		finish(s, RP_SMTP_SENT);
		return;
	case QUIT:
	case OVER:
		s->step = OVER;
		return;
	}
}

/* The first digit that lets the step go on. */
static int
wanted(enum step step)
{
	return step == DATA ? 3 : 2;
}

static void
reply(struct rp_smtp *s)
{
	int code = s->code;

	s->code = 0;
	s->lines = 0;
	if (s->step == QUIT || s->step == OVER) {
		s->step = OVER;
		return;
	}
	if (code / 100 == wanted(s->step))
		advance(s);
	else
		finish(s, code / 100 == 5 ? RP_SMTP_NEVER : RP_SMTP_LATER);
}

/* U+061C, 200E, 200F, 2028 to 202E, 2066 to 2069: they end a line, or turn
 * the direction of what surrounds them. */
static bool
moves_others(const uint8_t *p, size_t len)
{
	if (len == 2)
		return p[0] == 0xd8 && p[1] == 0x9c;
	if (len != 3 || p[0] != 0xe2)
		return false;
	if (p[1] == 0x80)
		return p[2] == 0x8e || p[2] == 0x8f ||
		       (p[2] >= 0xa8 && p[2] <= 0xae);
	return p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9;
}

/* Octets of the character at p that can be shown in a line, 0 if it cannot. */
static size_t
shown(const uint8_t *p, size_t n)
{
	size_t len = rp_utf8_len(p, n);

	if (len == 1)
		return p[0] >= ' ' && p[0] < 0x7f ? 1 : 0;
	if (len == 2 && p[0] == 0xc2 && p[1] < 0xa0) /* C1 */
		return 0;
	return moves_others(p, len) ? 0 : len;
}

/* What can be shown of it, in whole characters; an octet that cannot is "?". */
static rp_text
cleaned(struct rp_smtp *s)
{
	char *p = rp_alloc(s->a, RP_SMTP_SAID_MAX + 1);
	size_t n = 0;

	for (size_t i = 0, len = 0; i < s->n; i += len) {
		bool fine = (len = shown(s->line + i, s->n - i)) > 0;

		len = fine ? len : 1;
		if (n + len > RP_SMTP_SAID_MAX)
			break;
		if (fine)
			memcpy(p + n, s->line + i, len);
		else
			p[n] = '?';
		n += len;
	}
	return (rp_text){ p, n };
}

static bool
keyword(const struct rp_smtp *s, const char *word)
{
	size_t n = strlen(word);

	if (s->n < 4 + n || (s->n > 4 + n && s->line[4 + n] != ' '))
		return false;
	for (size_t i = 0; i < n; i++) {
		if ((s->line[4 + i] & 0xdf) != (uint8_t)word[i] &&
		    s->line[4 + i] != (uint8_t)word[i])
			return false;
	}
	return true;
}

static bool
is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

static void
nonsense(struct rp_smtp *s)
{
	s->said = RP_TEXT("the server does not speak SMTP");
	s->outcome = s->outcome == RP_SMTP_GOES_ON ? RP_SMTP_LATER : s->outcome;
	s->step = OVER;
}

static void
take_line(struct rp_smtp *s)
{
	bool more;
	int code;

	if (s->n > 0 && s->line[s->n - 1] == '\r')
		s->n--;
	if (s->n < 3 || !is_digit(s->line[0]) || !is_digit(s->line[1]) ||
	    !is_digit(s->line[2]) || ++s->lines > RP_SMTP_LINES_MAX ||
	    (s->n > 3 && s->line[3] != ' ' && s->line[3] != '-')) {
		nonsense(s);
		return;
	}
	code = (s->line[0] - '0') * 100 + (s->line[1] - '0') * 10 +
	       (s->line[2] - '0');
	if (s->code != 0 && code != s->code) {
		nonsense(s);
		return;
	}
	more = s->n > 3 && s->line[3] == '-';
	s->code = code;
	if (s->step == EHLO && code == 250 && s->n > 4)
		s->has_utf8 |= keyword(s, "SMTPUTF8");
	if (s->step < QUIT)
		s->said = cleaned(s);
	if (!more)
		reply(s);
}

void
rp_smtp_feed(struct rp_smtp *s, rp_bytes in)
{
	for (size_t i = 0; i < in.n && s->step != OVER; i++) {
		if (in.p[i] == '\n') {
			take_line(s);
			s->n = 0;
			continue;
		}
		if (s->n == RP_SMTP_LINE_MAX) {
			nonsense(s);
			return;
		}
		s->line[s->n++] = in.p[i];
	}
}

void
rp_smtp_end(struct rp_smtp *s, rp_text why)
{
	if (s->outcome == RP_SMTP_GOES_ON) {
		s->outcome = RP_SMTP_LATER;
		s->said = why;
	}
	s->step = OVER;
	s->out = (rp_bytes){ 0 };
}

rp_bytes
rp_smtp_next(struct rp_smtp *s)
{
	rp_bytes out = s->out;

	s->out = (rp_bytes){ 0 };
	return out;
}

enum rp_smtp_outcome
rp_smtp_outcome(const struct rp_smtp *s)
{
	return s->outcome;
}

rp_text
rp_smtp_said(const struct rp_smtp *s)
{
	return s->said;
}
