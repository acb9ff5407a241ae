/*
 * hasher - passphrases are checked in a process of their own.
 *
 * Argon2id takes 64 MiB and a twentieth of a second: not in a loop that serves.
 * A web process sends questions over a SEQPACKET socket and gets answers in any
 * order. The hasher has nothing but these sockets.
 *
 * One message is one question or answer, at most RP_HASHER_MESSAGE_MAX octets:
 *
 *	life u64 | id u64 | kind or ok u8 | n1 u16 | n2 u16 | n1 + n2 octets
 *
 * in the machine's byte order. `life` is drawn at random when a client starts;
 * answers meant for a process that is no more are thus not taken for one's own.
 * Both sides treat the other as foreign: what does not decode is dropped.
 */
#ifndef RP_PROC_HASHER_H
#define RP_PROC_HASHER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "proc/role.h"

#define RP_HASHER_PASSPHRASE_MAX 1024
#define RP_HASHER_STORED_MAX 512
#define RP_HASHER_MESSAGE_MAX 2048

/* Questions of one client that are not answered yet. */
#define RP_HASHER_WAITING_MAX 64

struct rp_hasher_message {
	uint64_t life, id;
	uint8_t flag;     /* question: 1 verify, 0 hash; answer: ok */
	rp_text one, two; /* passphrase and stored; new hash and nothing */
};

/* The message's length, or 0 if it does not fit. */
size_t rp_hasher_write(const struct rp_hasher_message *m,
    uint8_t out[RP_HASHER_MESSAGE_MAX]);

/* RP_E_INVALID, RP_E_LIMIT. Texts live in `a`. */
struct rp_err *rp_hasher_parse(struct rp_arena *a, rp_bytes in,
    struct rp_hasher_message *out) RP_MUST_USE;

/* The asking side; `fd` is borrowed and non-blocking. */
struct rp_hasher_client {
	int fd;
	uint64_t life;
	unsigned waiting;
};

void rp_hasher_client_init(struct rp_hasher_client *c, int fd);

/*
 * Ask to verify `passphrase` against `stored`, or to hash it if that is empty.
 * False when too many wait; then nothing was sent. `ctx` is the client.
 */
bool rp_hasher_send(void *ctx, uint64_t id, rp_text passphrase, rp_text stored);

/* One answer, if there is any. `out_hash` is empty after a verification. */
bool rp_hasher_receive(void *ctx, struct rp_arena *a, uint64_t *out_id,
    bool *out_ok, rp_text *out_hash);

/* Answer one question that waits on `fd`. Returns false if none did. */
bool rp_hasher_answer(int fd);

/* The role: answers on ctx->hash_fds until ctx->stop_fd is readable. */
struct rp_err *rp_hasher_run(struct rp_role_context *ctx) RP_MUST_USE;

#endif
