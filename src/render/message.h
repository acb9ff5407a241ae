/*
 * message - the words of the pages, in the reader's language.
 *
 * Every visible string is a message of the catalogues po/<lang>.po, known to C
 * as an enum rp_msg. Templates print them by rp_page_msg(); what needs one as
 * text (charts, feeds, mail, the API's errors) calls rp_message(). Arguments
 * come in the alphabetical order of their names in po/en.po. Numbers are in the
 * reader's digits; plurals follow CLDR's rules for the language.
 */
#ifndef RP_RENDER_MESSAGE_H
#define RP_RENDER_MESSAGE_H

#include "base/str.h"
#include "render/messages.h"
#include "text/lang.h"

struct rp_locale;

/* Who reads: the language, and ICU's formatters for it. */
struct rp_reader {
	enum rp_lang lang;
	const struct rp_locale *locale;
};

enum rp_msg_arg_kind { RP_MSG_ARG_TEXT, RP_MSG_ARG_NUM, RP_MSG_ARG_MSG };

struct rp_msg_arg {
	enum rp_msg_arg_kind kind;
	rp_text text;
	int64_t num;
	enum rp_msg msg;
};

#define RP_MSG_TEXT(t)                               \
	{                                            \
		.kind = RP_MSG_ARG_TEXT, .text = (t) \
	}
#define RP_MSG_NUM(n_)                              \
	{                                           \
		.kind = RP_MSG_ARG_NUM, .num = (n_) \
	}
#define RP_MSG_MSG(m_)                              \
	{                                           \
		.kind = RP_MSG_ARG_MSG, .msg = (m_) \
	}

#define RP_MSG_ARGS_MAX 8

/* The message as text, in `a`. */
rp_text rp_message(struct rp_arena *a, const struct rp_reader *reader,
    enum rp_msg id, const struct rp_msg_arg *args, size_t n);

/* The message's id as it stands in the catalogues: "answer.send". */
rp_text rp_message_id(enum rp_msg id);

#endif
