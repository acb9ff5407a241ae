#include "render/message.h"

#include "base/buf.h"
#include "base/err.h"
#include "render/message_private.h"
#include "text/format.h"

#define MESSAGE_MAX ((size_t)64 * 1024)

const struct rp_msg_part *
rp_message_parts(const struct rp_reader *reader, enum rp_msg id,
    const struct rp_msg_arg *args, size_t n)
{
	const struct rp_msg_def *def = &rp_msg_defs[reader->lang][id];
	size_t at = 0;

	if (def->plural_arg >= 0) {
		RP_ASSERT((size_t)def->plural_arg < n &&
			  args[def->plural_arg].kind == RP_MSG_ARG_NUM);
		at = (size_t)rp_locale_plural(reader->locale,
		    args[def->plural_arg].num);
	}
	return def->by_category[at];
}

rp_text
rp_message(struct rp_arena *a, const struct rp_reader *reader, enum rp_msg id,
    const struct rp_msg_arg *args, size_t n)
{
	const struct rp_msg_part *part;
	struct rp_buf b;
	rp_text out;

	if (id == M_none)
		return RP_TEXT("");
	rp_buf_init(&b, a, MESSAGE_MAX);
	for (part = rp_message_parts(reader, id, args, n);
	     part->p != NULL || part->arg >= 0; part++) {
		const struct rp_msg_arg *arg;

		if (part->arg < 0) {
			rp_buf_add(&b, part->p, part->n);
			continue;
		}
		RP_ASSERT((size_t)part->arg < n);
		arg = &args[part->arg];
		if (arg->kind == RP_MSG_ARG_NUM)
			rp_buf_text(&b,
			    rp_format_i64(reader->locale, a, arg->num));
		else if (arg->kind == RP_MSG_ARG_MSG)
			rp_buf_text(&b,
			    rp_message(a, reader, arg->msg, NULL, 0));
		else
			rp_buf_text(&b, arg->text);
	}
	if (b.over)
		return RP_TEXT("");
	rp_err_free(rp_buf_done(&b, &out));
	return out;
}

rp_text
rp_message_id(enum rp_msg id)
{
	RP_ASSERT(id < M_count_of_messages);
	return rp_text_z(rp_msg_ids[id]);
}
