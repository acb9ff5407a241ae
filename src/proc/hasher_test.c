#include "proc/hasher.h"

#include <sys/socket.h>
#include <unistd.h>

#include "base/check.h"
#include "domain/crypto.h"

static struct rp_arena *arena;

static void
test_message(void)
{
	struct rp_hasher_message m = { .life = 1,
		.id = 2,
		.flag = 1,
		.one = RP_TEXT("pass"),
		.two = RP_TEXT("stored") },
				 got;
	uint8_t octets[RP_HASHER_MESSAGE_MAX];
	char big[RP_HASHER_PASSPHRASE_MAX + 1];
	size_t n = rp_hasher_write(&m, octets);

	arena = rp_arena_new((size_t)1 << 20);
	RP_CHECK_OK(rp_hasher_parse(arena, (rp_bytes){ octets, n }, &got));
	RP_CHECK(got.life == 1 && got.id == 2 && got.flag == 1);
	RP_CHECK_TEXT(got.one, m.one);
	RP_CHECK_TEXT(got.two, m.two);
	for (size_t i = 0; i < n; i++)
		RP_CHECK_FAILS(rp_hasher_parse(arena, (rp_bytes){ octets, i },
				   &got),
		    RP_E_INVALID);
	octets[16] = 2;
	RP_CHECK_FAILS(rp_hasher_parse(arena, (rp_bytes){ octets, n }, &got),
	    RP_E_INVALID);
	memset(big, 'x', sizeof(big));
	m.one = (rp_text){ big, sizeof(big) };
	RP_CHECK(rp_hasher_write(&m, octets) == 0);
	m.one.n--;
	m.two = (rp_text){ big, RP_HASHER_STORED_MAX };
	RP_CHECK(rp_hasher_write(&m, octets) > 0);
}

/* A question goes over, is answered by the real functions, comes back. */
static void
test_questions(void)
{
	struct rp_hasher_client c;
	rp_text hash, none;
	uint64_t id;
	bool ok;
	int pair[2];

	RP_CHECK(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair) == 0);
	rp_hasher_client_init(&c, pair[0]);
	RP_CHECK(!rp_hasher_receive(&c, arena, &id, &ok, &hash));
	RP_CHECK(!rp_hasher_answer(pair[1]));
	RP_CHECK(rp_hasher_send(&c, 7, RP_TEXT("correct horse"), RP_TEXT("")));
	RP_CHECK(rp_hasher_answer(pair[1]));
	RP_CHECK(rp_hasher_receive(&c, arena, &id, &ok, &hash));
	RP_CHECK(id == 7 && ok && hash.n > 0);
	RP_CHECK(rp_passphrase_verify(hash, RP_TEXT("correct horse")));
	RP_CHECK(rp_hasher_send(&c, 8, RP_TEXT("correct horse"), hash));
	RP_CHECK(rp_hasher_send(&c, 9, RP_TEXT("wrong horse"), hash));
	RP_CHECK(c.waiting == 2);
	RP_CHECK(rp_hasher_answer(pair[1]) && rp_hasher_answer(pair[1]));
	RP_CHECK(rp_hasher_receive(&c, arena, &id, &ok, &none));
	RP_CHECK(id == 8 && ok && none.n == 0);
	RP_CHECK(rp_hasher_receive(&c, arena, &id, &ok, &none));
	RP_CHECK(id == 9 && !ok && c.waiting == 0);
	close(pair[0]);
	close(pair[1]);
}

/* Answers to a process that is no more, and nonsense, are not taken. */
static void
test_other_lives(void)
{
	struct rp_hasher_client before, now;
	rp_text hash;
	uint64_t id;
	bool ok;
	int pair[2];

	RP_CHECK(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair) == 0);
	rp_hasher_client_init(&before, pair[0]);
	RP_CHECK(rp_hasher_send(&before, 1, RP_TEXT("x"), RP_TEXT("")));
	rp_hasher_client_init(&now, pair[0]);
	RP_CHECK(rp_hasher_answer(pair[1]));
	RP_CHECK(send(pair[1], "nonsense", 8, 0) == 8);
	RP_CHECK(!rp_hasher_receive(&now, arena, &id, &ok, &hash));
	RP_CHECK(send(pair[0], "nonsense", 8, 0) == 8);
	RP_CHECK(rp_hasher_answer(pair[1]));
	RP_CHECK(!rp_hasher_receive(&now, arena, &id, &ok, &hash));
	close(pair[0]);
	close(pair[1]);
}

static void
test_full(void)
{
	struct rp_hasher_client c;
	int pair[2];

	RP_CHECK(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair) == 0);
	rp_hasher_client_init(&c, pair[0]);
	for (unsigned i = 0; i < RP_HASHER_WAITING_MAX; i++)
		RP_CHECK(rp_hasher_send(&c, i, RP_TEXT("x"), RP_TEXT("y")));
	RP_CHECK(!rp_hasher_send(&c, 99, RP_TEXT("x"), RP_TEXT("y")));
	close(pair[0]);
	close(pair[1]);
	rp_arena_free(arena);
}

RP_CHECK_MAIN({ "message", test_message }, { "questions", test_questions },
    { "other lives", test_other_lives }, { "full", test_full })
