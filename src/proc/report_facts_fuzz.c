#include "proc/report_facts.h"

#include "base/err.h"
#include "text/format.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is read becomes a report: lines with an origin, and a document. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct rp_locale *locale;
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(512 << 20);
	struct rp_report_facts facts;
	struct rp_report_lines lines = { 0 };
	struct rp_reader reader = { RP_LANG_EN, NULL };
	struct rp_document *d;
	struct rp_err *e;

	if (locale == NULL)
		locale = rp_locale_new(RP_LANG_EN);
	reader.locale = locale;
	e = rp_report_facts_read(a, (rp_bytes){ data, size }, &facts);
	if (e == NULL) {
		rp_meeting_report(a, &reader, &facts, &lines);
		RP_ASSERT(lines.n >= 4);
		for (size_t i = 0; i < lines.n; i++)
			RP_ASSERT(
			    lines.v[i].origin.n > 0 && lines.v[i].text.n > 0);
		e = rp_meeting_report_document(a, &reader, &lines, &d);
	}
	rp_err_free(e);
	return 0;
}
