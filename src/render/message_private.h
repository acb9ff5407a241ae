/* message_private - the compiled catalogues. For messages.c, page and message.
 */
#ifndef RP_RENDER_MESSAGE_PRIVATE_H
#define RP_RENDER_MESSAGE_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

#include "render/message.h"

/* A run of literal text (arg < 0) or an argument; {NULL, 0, -1} ends. */
struct rp_msg_part {
	const char *p;
	unsigned short n;
	signed char arg;
	bool special; /* holds a character that HTML escapes */
};

/* plural_arg < 0: by_category[0] is all there is. */
struct rp_msg_def {
	int plural_arg;
	const struct rp_msg_part *by_category[6];
};

extern const struct rp_msg_def *const rp_msg_defs[];
extern const char *const rp_msg_ids[];

/* The parts for these arguments. */
const struct rp_msg_part *rp_message_parts(const struct rp_reader *reader,
    enum rp_msg id, const struct rp_msg_arg *args, size_t n);

#endif
