#include "render/notice.h"

#include <string.h>

#include "base/check.h"
#include "text/format.h"

static void
writes(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_reader reader = { RP_LANG_EN, rp_locale_new(RP_LANG_EN) };
	struct rp_notice n = { .kind = RP_TEXT("returned"),
		.code = RP_TEXT("RP-7K2M"),
		.title = RP_TEXT("Wells"),
		.note = RP_TEXT("Too short."),
		.link = RP_TEXT("https://x.example/") };
	rp_text subject, text;

	RP_CHECK(rp_notice_write(a, &reader, &n, &subject, &text));
	RP_CHECK(strstr(subject.p, "RP-7K2M") != NULL &&
		 strstr(subject.p, "Wells") != NULL);
	RP_CHECK(
	    strstr(text.p, "\n\nToo short.\n\nhttps://x.example/") != NULL);
	n.title = RP_TEXT("");
	RP_CHECK(rp_notice_write(a, &reader, &n, &subject, &text));
	RP_CHECK(strstr(subject.p, "RP-7K2M") == NULL && subject.n > 0);
	n.kind = RP_TEXT("poem");
	RP_CHECK(!rp_notice_write(a, &reader, &n, &subject, &text));
	RP_CHECK(rp_notice_label(n.kind) == M_none);
	rp_locale_free((struct rp_locale *)reader.locale);
}

RP_CHECK_MAIN({ "writes", writes })
