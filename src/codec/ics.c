#include "codec/ics.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "codec/sink.h"

#define LINE_MAX_OCTETS 75 /* RFC 5545, 3.1: without the line end */

/* A line in the making: how many octets of it stand already. */
struct line {
	struct rp_sink *sink;
	size_t n;
};

static void
put(struct line *l, const char *p, size_t n)
{
	if (l->n + n > LINE_MAX_OCTETS) {
		rp_sink_add(l->sink, "\r\n ", 3);
		l->n = 1;
	}
	rp_sink_add(l->sink, p, n);
	l->n += n;
}

static void
put_plain(struct line *l, rp_text t)
{
	for (size_t i = 0, step; i < t.n; i += step) {
		step = rp_utf8_len((const uint8_t *)t.p + i, t.n - i);
		RP_ASSERT(step > 0);
		put(l, t.p + i, step);
	}
}

static void
put_escaped(struct line *l, rp_text t)
{
	for (size_t i = 0, step; i < t.n; i += step) {
		step = rp_utf8_len((const uint8_t *)t.p + i, t.n - i);
		RP_ASSERT(step > 0);
		switch (t.p[i]) {
		case '\n':
			put(l, "\\n", 2);
			break;
		case '\\':
		case ';':
		case ',':
			put(l, (char[]){ '\\', t.p[i] }, 2);
			break;
		default:
			put(l, t.p + i, step);
		}
	}
}

static void
end_line(struct line *l)
{
	rp_sink_add(l->sink, "\r\n", 2);
	l->n = 0;
}

static void
plain(struct rp_sink *s, rp_text name, rp_text value)
{
	struct line l = { s, 0 };

	put_plain(&l, name);
	put_plain(&l, value);
	end_line(&l);
}

static void
text(struct rp_sink *s, rp_text name, rp_text language, rp_text value)
{
	struct line l = { s, 0 };

	if (value.n == 0)
		return;
	put_plain(&l, name);
	if (language.n > 0) {
		put_plain(&l, RP_TEXT(";LANGUAGE="));
		put_plain(&l, language);
	}
	put_plain(&l, RP_TEXT(":"));
	put_escaped(&l, value);
	end_line(&l);
}

/* 2026-11-21T08:00:00Z without its dashes and colons. */
static void
instant(struct rp_sink *s, rp_text name, int64_t at)
{
	rp_text full = rp_clock_rfc3339(s->arena, at);
	char basic[32];
	size_t n = 0;

	for (size_t i = 0; i < full.n && n < sizeof(basic); i++)
		if (full.p[i] != '-' && full.p[i] != ':')
			basic[n++] = full.p[i];
	plain(s, name, (rp_text){ basic, n });
}

void
rp_ics_begin(struct rp_sink *s, rp_text name)
{
	plain(s, RP_TEXT("BEGIN:"), RP_TEXT("VCALENDAR"));
	plain(s, RP_TEXT("VERSION:"), RP_TEXT("2.0"));
	plain(s, RP_TEXT("PRODID:"), RP_TEXT("-//Rapporteur//EN"));
	text(s, RP_TEXT("X-WR-CALNAME"), (rp_text){ 0 }, name);
}

void
rp_ics_event(struct rp_sink *s, const struct rp_ics_event *event)
{
	rp_text none = { 0 };

	plain(s, RP_TEXT("BEGIN:"), RP_TEXT("VEVENT"));
	text(s, RP_TEXT("UID"), none, event->uid);
	instant(s, RP_TEXT("DTSTAMP:"), event->stamp_at);
	instant(s, RP_TEXT("DTSTART:"), event->start_at);
	if (event->end_at > event->start_at)
		instant(s, RP_TEXT("DTEND:"), event->end_at);
	if (event->sequence > 0)
		plain(s, RP_TEXT("SEQUENCE:"),
		    rp_textf(s->arena, "%lld", (long long)event->sequence));
	if (event->cancelled)
		plain(s, RP_TEXT("STATUS:"), RP_TEXT("CANCELLED"));
	text(s, RP_TEXT("SUMMARY"), event->language, event->summary);
	text(s, RP_TEXT("DESCRIPTION"), event->language, event->description);
	text(s, RP_TEXT("LOCATION"), none, event->location);
	if (event->page.n > 0)
		plain(s, RP_TEXT("URL:"),
		    (rp_text){ event->page.p, event->page.n });
	plain(s, RP_TEXT("END:"), RP_TEXT("VEVENT"));
}

void
rp_ics_end(struct rp_sink *s)
{
	plain(s, RP_TEXT("END:"), RP_TEXT("VCALENDAR"));
}
