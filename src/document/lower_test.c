#include "document/lower.h"

#include "base/check.h"

static void
as_long_as_it_was(void)
{
	static const struct {
		rp_text in, out;
	} rows[] = {
		{ RP_TEXT_INIT("Report TO the Council"),
		    RP_TEXT_INIT("report to the council") },
		{ RP_TEXT_INIT("DÉCIDE × ÀÞ"), RP_TEXT_INIT("décide × àþ") },
		{ RP_TEXT_INIT("ПОРУЧАЕТ Генеральному"),
		    RP_TEXT_INIT("поручает генеральному") },
		{ RP_TEXT_INIT("责成 يكلف Œuvre"),
		    RP_TEXT_INIT("责成 يكلف Œuvre") },
		{ RP_TEXT_INIT(""), RP_TEXT_INIT("") },
	};

	struct rp_arena *a = rp_arena_new(1 << 16);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		RP_CHECK_TEXT(rp_lower(a, rows[i].in), rows[i].out);
	rp_arena_free(a);
}

RP_CHECK_MAIN({ "as long as it was", as_long_as_it_was })
