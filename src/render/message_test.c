#include "render/message.h"

#include "base/check.h"
#include "text/format.h"

/* Every message can be written in every language, with every plural form. */
static void
all(void)
{
	static const int64_t counts[] = { 0, 1, 2, 3, 11, 100, 1000000 };
	struct rp_msg_arg args[RP_MSG_ARGS_MAX];

	for (size_t i = 0; i < RP_MSG_ARGS_MAX; i++)
		args[i] = (struct rp_msg_arg)RP_MSG_NUM(7);
	for (enum rp_lang lang = 0; lang < RP_LANG_COUNT; lang++) {
		RP_AUTO(rp_locale_freep)
		struct rp_locale *l = rp_locale_new(lang);
		struct rp_reader reader = { lang, l };

		for (enum rp_msg id = 1; id < M_count_of_messages; id++) {
			RP_AUTO(rp_arena_freep)
			struct rp_arena *a = rp_arena_new(1 << 20);

			for (size_t k = 0; k < 7; k++) {
				args[0].num = counts[k];
				RP_CHECK(rp_message(a, &reader, id, args,
					     RP_MSG_ARGS_MAX)
					     .n > 0);
			}
			RP_CHECK(rp_message_id(id).n > 0);
		}
	}
}

static void
plural(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	RP_AUTO(rp_locale_freep)
	struct rp_locale *l = rp_locale_new(RP_LANG_EN);
	struct rp_reader reader = { RP_LANG_EN, l };
	struct rp_msg_arg n[] = { RP_MSG_NUM(1) };
	struct rp_msg_arg over[] = { RP_MSG_NUM(40000), RP_MSG_NUM(1234) };

	RP_CHECK_TEXT(rp_message(a, &reader, M_list_count, n, 1),
	    RP_TEXT("1 response"));
	n[0].num = 12345;
	RP_CHECK_TEXT(rp_message(a, &reader, M_list_count, n, 1),
	    RP_TEXT("12,345 responses"));
	RP_CHECK_TEXT(rp_message(a, &reader, M_answer_error_too_long, over, 2),
	    RP_TEXT("1,234 characters too many; at most 40,000 are possible."));
}

RP_CHECK_MAIN({ "all messages", all }, { "plurals", plural })
