#include "codec/ics.h"

#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "codec/sink.h"

static rp_text
written(struct rp_arena *a, const struct rp_ics_event *event)
{
	struct rp_sink s;
	struct rp_buf b;
	rp_text got = { 0 };

	rp_buf_init(&b, a, 1 << 20);
	rp_sink_to_buf(&s, a, &b);
	rp_ics_begin(&s, RP_TEXT("Deadlines"));
	rp_ics_event(&s, event);
	rp_ics_end(&s);
	RP_CHECK_OK(rp_buf_done(&b, &got));
	return got;
}

static void
writes_an_event(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_ics_event e = { .uid = RP_TEXT("c1@a.example"),
		.summary = RP_TEXT("a;b,c\\d\ne"),
		.language = RP_TEXT("en"),
		.location = RP_TEXT("Geneva"),
		.page = RP_URL("https://a.example/c,1"),
		.stamp_at = 0,
		.start_at = 1795248000000,
		.end_at = 1795251600000,
		.sequence = 2,
		.cancelled = true };

	RP_CHECK_TEXT(written(a, &e),
	    RP_TEXT("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
		    "PRODID:-//Rapporteur//EN\r\nX-WR-CALNAME:Deadlines\r\n"
		    "BEGIN:VEVENT\r\nUID:c1@a.example\r\n"
		    "DTSTAMP:19700101T000000Z\r\nDTSTART:20261121T080000Z\r\n"
		    "DTEND:20261121T090000Z\r\nSEQUENCE:2\r\n"
		    "STATUS:CANCELLED\r\n"
		    "SUMMARY;LANGUAGE=en:a\\;b\\,c\\\\d\\ne\r\n"
		    "LOCATION:Geneva\r\nURL:https://a.example/c,1\r\n"
		    "END:VEVENT\r\nEND:VCALENDAR\r\n"));
}

/* Whatever the length, no line passes 75 octets and unfolding gives it back. */
static void
folds_between_characters(void)
{
	char longest[400];

	for (size_t n = 0; n < 130; n++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(1 << 20);
		struct rp_ics_event e = { .uid = RP_TEXT("u") };
		struct rp_buf b;
		rp_text got, flat;
		size_t line = 0;

		memset(longest, 'x', n);
		for (size_t i = n; i + 3 < sizeof(longest); i += 3)
			memcpy(longest + i, "\xe6\x96\x87", 3);
		e.summary =
		    (rp_text){ longest, n + (sizeof(longest) - n - 1) / 3 * 3 };
		got = written(a, &e);
		rp_buf_init(&b, a, 4096);
		for (size_t i = 0; i < got.n; i++) {
			if (got.p[i] == '\r') {
				RP_CHECK(line <= 75);
				line = 0;
				if (got.p[i + 2] != ' ')
					continue;
				i += 2;
				line = 1;
				RP_CHECK(
				    ((uint8_t)got.p[i + 1] & 0xc0) != 0x80);
				continue;
			}
			line += got.p[i] != '\n';
			rp_buf_byte(&b, (uint8_t)got.p[i]);
		}
		RP_CHECK_OK(rp_buf_done(&b, &flat));
		RP_CHECK(memmem(flat.p, flat.n, e.summary.p, e.summary.n));
	}
}

RP_CHECK_MAIN({ "writes an event", writes_an_event },
    { "folds between characters", folds_between_characters })
