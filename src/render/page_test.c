#include "render/page.h"

#include "base/check.h"
#include "render/t_chip.h"
#include "render/t_error.h"
#include "text/format.h"

static rp_text
finished(struct rp_page *page)
{
	rp_html h;

	RP_CHECK_OK(rp_page_finish(page, &h));
	return (rp_text){ h.p, h.n };
}

static void
values(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	RP_AUTO(rp_locale_freep)
	struct rp_locale *l = rp_locale_new(RP_LANG_EN);
	struct rp_reader reader = { RP_LANG_EN, l };
	struct rp_page page;

	rp_page_init(&page, a, &reader);
	rp_page_html(&page, RP_HTML("<p>"));
	rp_page_text(&page, RP_TEXT("<b> & \"c\" 'd'"));
	rp_page_html(&page, RP_HTML("|"));
	rp_page_url(&page, RP_URL("/x?a=1&b=\"2\""));
	rp_page_html(&page, RP_HTML("|"));
	rp_page_i64(&page, -40000);
	rp_page_html(&page, RP_HTML("|"));
	rp_page_num(&page, 40000);
	RP_CHECK_TEXT(finished(&page),
	    RP_TEXT("<p>&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;|"
		    "/x?a=1&amp;b=&quot;2&quot;|-40000|40,000"));
}

static void
messages(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	RP_AUTO(rp_locale_freep)
	struct rp_locale *l = rp_locale_new(RP_LANG_EN);
	struct rp_reader reader = { RP_LANG_EN, l };
	struct rp_msg_arg one[] = { RP_MSG_NUM(1) };
	struct rp_msg_arg name[] = { RP_MSG_TEXT(RP_TEXT("<i>א")) };
	struct rp_page page;

	rp_page_init(&page, a, &reader);
	rp_page_msg(&page, M_none);
	rp_page_msgv(&page, M_card_responses, true, one, 1);
	rp_page_msgv(&page, M_frame_feed, true, name, 1);
	rp_page_msgv(&page, M_frame_feed, false, name, 1);
	RP_CHECK_TEXT(finished(&page),
	    RP_TEXT("1 responseFeed: <bdi>&lt;i&gt;א</bdi>"
		    "Feed: &lt;i&gt;א"));
	RP_CHECK_TEXT(rp_message(a, &reader, M_frame_feed, name, 1),
	    RP_TEXT("Feed: <i>א"));
	RP_CHECK_TEXT(rp_message(a, &reader, M_none, NULL, 0), RP_TEXT(""));
	RP_CHECK_TEXT(rp_message_id(M_answer_send), RP_TEXT("answer.send"));
}

static void
templates(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	RP_AUTO(rp_locale_freep)
	struct rp_locale *l = rp_locale_new(RP_LANG_EN);
	struct rp_reader reader = { RP_LANG_EN, l };
	struct v_chip chip = { RP_TEXT("open"), RP_TEXT("<open>") };
	struct v_error error = { .status = 404,
		.title = M_error_not_found_title };
	struct rp_page page;

	rp_page_init(&page, a, &reader);
	t_chip(&page, &chip);
	RP_CHECK_TEXT(finished(&page),
	    RP_TEXT(" <span class=\"chip open\">&lt;open&gt;</span>"));
	rp_page_init(&page, a, &reader);
	t_error(&page, &error);
	RP_CHECK(memmem(page.p, page.n, "404", 3) != NULL);
	RP_CHECK(memmem(page.p, page.n, "<pre", 4) == NULL);
}

static void
limit(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	RP_AUTO(rp_locale_freep)
	struct rp_locale *l = rp_locale_new(RP_LANG_EN);
	struct rp_reader reader = { RP_LANG_EN, l };
	struct rp_page page;
	rp_html h;

	rp_page_init(&page, a, &reader);
	page.limit = 5;
	rp_page_html(&page, RP_HTML("12345"));
	RP_CHECK_OK(rp_page_finish(&page, &h));
	rp_page_init(&page, a, &reader);
	page.limit = 5;
	/* Overflow stays: what would fit again is not written either. */
	rp_page_html(&page, RP_HTML("1234"));
	page.cap = page.n;
	rp_page_html(&page, RP_HTML("56"));
	RP_CHECK_FAILS(rp_page_finish(&page, &h), RP_E_LIMIT);
}

RP_CHECK_MAIN({ "values", values }, { "messages", messages },
    { "templates", templates }, { "limit", limit })
