#include "proc/hasher.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "base/err.h"
#include "base/rand.h"
#include "domain/crypto.h"
#include "proc/log.h"

#define HEAD_SIZE (8 + 8 + 1 + 2 + 2)
#define QUESTION_ARENA ((size_t)64 * 1024)

size_t
rp_hasher_write(const struct rp_hasher_message *m,
    uint8_t out[RP_HASHER_MESSAGE_MAX])
{
	uint16_t n1 = (uint16_t)m->one.n, n2 = (uint16_t)m->two.n;

	if (m->one.n > RP_HASHER_PASSPHRASE_MAX ||
	    m->two.n > RP_HASHER_STORED_MAX)
		return 0;
	memcpy(out, &m->life, 8);
	memcpy(out + 8, &m->id, 8);
	out[16] = m->flag;
	memcpy(out + 17, &n1, 2);
	memcpy(out + 19, &n2, 2);
	if (n1 > 0)
		memcpy(out + HEAD_SIZE, m->one.p, n1);
	if (n2 > 0)
		memcpy(out + HEAD_SIZE + n1, m->two.p, n2);
	return (size_t)HEAD_SIZE + n1 + n2;
}

struct rp_err *
rp_hasher_parse(struct rp_arena *a, rp_bytes in, struct rp_hasher_message *out)
{
	struct rp_hasher_message m = { 0 };
	uint16_t n1, n2;

	if (in.n < HEAD_SIZE)
		return rp_fail(RP_E_INVALID, "message of %zu octets", in.n);
	memcpy(&m.life, in.p, 8);
	memcpy(&m.id, in.p + 8, 8);
	m.flag = in.p[16];
	memcpy(&n1, in.p + 17, 2);
	memcpy(&n2, in.p + 19, 2);
	if (in.n != (size_t)HEAD_SIZE + n1 + n2 || m.flag > 1)
		return rp_fail(RP_E_INVALID, "message does not add up");
	RP_TRY(rp_text_from(a, (rp_bytes){ in.p + HEAD_SIZE, n1 },
	    RP_HASHER_PASSPHRASE_MAX, &m.one));
	RP_TRY(rp_text_from(a, (rp_bytes){ in.p + HEAD_SIZE + n1, n2 },
	    RP_HASHER_STORED_MAX, &m.two));
	*out = m;
	return NULL;
}

void
rp_hasher_client_init(struct rp_hasher_client *c, int fd)
{
	*c = (struct rp_hasher_client){ .fd = fd };
	rp_rand_fill(&c->life, sizeof(c->life));
}

bool
rp_hasher_send(void *ctx, uint64_t id, rp_text passphrase, rp_text stored)
{
	struct rp_hasher_client *c = ctx;
	struct rp_hasher_message m = { .life = c->life,
		.id = id,
		.flag = stored.n > 0,
		.one = passphrase,
		.two = stored };
	uint8_t octets[RP_HASHER_MESSAGE_MAX];
	size_t n = rp_hasher_write(&m, octets);
	ssize_t sent;

	if (n == 0 || c->waiting >= RP_HASHER_WAITING_MAX)
		return false;
	sent = send(c->fd, octets, n, MSG_DONTWAIT | MSG_NOSIGNAL);
	explicit_bzero(octets, n);
	if (sent != (ssize_t)n)
		return false;
	c->waiting++;
	return true;
}

bool
rp_hasher_receive(void *ctx, struct rp_arena *a, uint64_t *out_id, bool *out_ok,
    rp_text *out_hash)
{
	struct rp_hasher_client *c = ctx;
	uint8_t octets[RP_HASHER_MESSAGE_MAX];
	struct rp_hasher_message m;
	ssize_t n;

	while ((n = recv(c->fd, octets, sizeof(octets), MSG_DONTWAIT)) > 0) {
		struct rp_err *e =
		    rp_hasher_parse(a, (rp_bytes){ octets, (size_t)n }, &m);

		if (e != NULL || m.life != c->life) {
			rp_err_free(e);
			continue;
		}
		if (c->waiting > 0)
			c->waiting--;
		*out_id = m.id;
		*out_ok = m.flag == 1;
		*out_hash = m.one;
		return true;
	}
	return false;
}

static void
answer(struct rp_arena *a, const struct rp_hasher_message *question,
    struct rp_hasher_message *out)
{
	struct rp_err *e;

	*out = (struct rp_hasher_message){ .life = question->life,
		.id = question->id };
	if (question->flag == 1) {
		out->flag = rp_passphrase_verify(question->two, question->one);
		return;
	}
	e = rp_passphrase_hash(a, question->one, &out->one);
	out->flag = e == NULL;
	if (e != NULL)
		rp_log(RP_LOG_WARNING, "hash-failed", rp_log_err(e));
	rp_err_free(e);
}

bool
rp_hasher_answer(int fd)
{
	uint8_t octets[RP_HASHER_MESSAGE_MAX];
	struct rp_hasher_message question, reply;
	struct rp_arena *a;
	struct rp_err *e;
	ssize_t n = recv(fd, octets, sizeof(octets), MSG_DONTWAIT);
	size_t size;

	if (n <= 0)
		return false;
	a = rp_arena_new(QUESTION_ARENA);
	e = rp_hasher_parse(a, (rp_bytes){ octets, (size_t)n }, &question);
	if (e == NULL) {
		answer(a, &question, &reply);
		size = rp_hasher_write(&reply, octets);
		/* Whoever asked may be gone, or may not take answers. */
		if (send(fd, octets, size, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
			rp_log(RP_LOG_WARNING, "answer-lost",
			    rp_log_z("reason", strerrorname_np(errno)));
		explicit_bzero((void *)(uintptr_t)question.one.p,
		    question.one.n);
	}
	explicit_bzero(octets, sizeof(octets));
	rp_err_free(e);
	rp_arena_free(a);
	return true;
}

struct rp_err *
rp_hasher_run(struct rp_role_context *ctx)
{
	struct pollfd fds[1 + RP_ROLE_WEB_MAX];
	nfds_t n = 1 + (nfds_t)ctx->n_hash_fds;

	fds[0] = (struct pollfd){ .fd = ctx->stop_fd, .events = POLLIN };
	for (size_t i = 0; i < ctx->n_hash_fds; i++)
		fds[1 + i] =
		    (struct pollfd){ .fd = ctx->hash_fds[i], .events = POLLIN };
	rp_role_ready(ctx);
	for (;;) {
		if (poll(fds, n, -1) < 0 && errno != EINTR)
			return rp_fail_errno(RP_E_INTERNAL, "poll");
		if (fds[0].revents != 0)
			return NULL;
		for (nfds_t i = 1; i < n; i++)
			if (fds[i].revents & POLLIN)
				rp_hasher_answer(fds[i].fd);
	}
}
