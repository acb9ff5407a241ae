#include "domain/crypto.h"

#include "base/check.h"

static struct rp_env env;

static void
count_up(void *p, size_t n)
{
	static uint8_t next;

	for (size_t i = 0; i < n; i++)
		((uint8_t *)p)[i] = next++;
}

static rp_text
hex(struct rp_arena *a, struct rp_digest d)
{
	return rp_hex(a, rp_digest_bytes(&d));
}

/* FIPS 180-2, appendix B. */
static void
sha256(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_sha256 *h = rp_sha256_new(a);

	RP_CHECK_TEXT(hex(a, rp_sha256(RP_BYTES("abc"))),
	    RP_TEXT("ba7816bf8f01cfea414140de5dae2223"
		    "b00361a396177a9cb410ff61f20015ad"));
	RP_CHECK_TEXT(hex(a, rp_sha256((rp_bytes){ NULL, 0 })),
	    RP_TEXT("e3b0c44298fc1c149afbf4c8996fb924"
		    "27ae41e4649b934ca495991b7852b855"));
	RP_CHECK_TEXT(hex(a, rp_sha256_of((const rp_bytes[]){ RP_BYTES("a"),
					      RP_BYTES(""), RP_BYTES("bc") },
				 3)),
	    hex(a, rp_sha256(RP_BYTES("abc"))));
	for (int i = 0; i < 1000; i++)
		rp_sha256_add(h, RP_BYTES("a"));
	for (int i = 0; i < 999; i++) {
		uint8_t block[1000];

		memset(block, 'a', sizeof(block));
		rp_sha256_add(h, (rp_bytes){ block, sizeof(block) });
	}
	rp_sha256_add(h, (rp_bytes){ NULL, 0 });
	RP_CHECK_TEXT(hex(a, rp_sha256_done(h)),
	    RP_TEXT("cdc76e5c9914fb9281a1c7e284d73e67"
		    "f1809a48a497200e046d39ccc7112cd0"));
}

/* RFC 4231, cases 2 and 6. */
static void
hmac(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	uint8_t key[131];

	memset(key, 0xaa, sizeof(key));
	RP_CHECK_TEXT(hex(a, rp_hmac(RP_BYTES("Jefe"),
				 RP_BYTES("what do ya want for nothing?"))),
	    RP_TEXT("5bdcc146bf60754e6a042426089575c7"
		    "5a003f089d2739839dec58b964ec3843"));
	RP_CHECK_TEXT(hex(a, rp_hmac((rp_bytes){ key, sizeof(key) },
				 RP_BYTES(
				     "Test Using Larger Than Block-Size Key - "
				     "Hash Key First"))),
	    RP_TEXT("60e431591ee0b67f0d8a26aacbf5b77f"
		    "8e0bc6213728c5140546040f0ee37f54"));
}

static void
keyed_is_rp_hmac_over_lengths(void)
{
	const rp_bytes ab[] = { RP_BYTES("a"), RP_BYTES("b") };
	const rp_bytes ab_[] = { RP_BYTES("ab"), RP_BYTES("") };
	struct rp_digest want = rp_hmac((rp_bytes){ env.key, RP_KEY_SIZE },
	    RP_BYTES("\0\0\0\0\0\0\0\1p\0\0\0\0\0\0\0\1a\0\0\0\0\0\0\0\1b"));
	struct rp_digest one = rp_keyed(&env, RP_TEXT("p"), ab, 2);
	struct rp_digest two = rp_keyed(&env, RP_TEXT("p"), ab_, 2);
	struct rp_digest three = rp_keyed(&env, RP_TEXT("q"), ab, 2);

	RP_CHECK(memcmp(&one, &want, sizeof(one)) == 0);
	RP_CHECK(memcmp(&one, &two, sizeof(one)) != 0);
	RP_CHECK(memcmp(&one, &three, sizeof(one)) != 0);
	RP_CHECK(rp_equal_ct(rp_digest_bytes(&one), rp_digest_bytes(&want)));
	RP_CHECK(!rp_equal_ct(rp_digest_bytes(&one), rp_digest_bytes(&two)));
	RP_CHECK(!rp_equal_ct(RP_BYTES("a"), RP_BYTES("ab")));
}

static void
secrets(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	rp_text one = rp_secret_new(a, &env), two = rp_secret_new(a, &env);
	struct rp_digest h = rp_secret_hash(one);

	RP_CHECK(one.n == RP_SECRET_LEN && two.n == RP_SECRET_LEN);
	RP_CHECK(!rp_text_eq(one, two));
	RP_CHECK_TEXT(hex(a, h), hex(a, rp_sha256(rp_text_bytes(one))));
	RP_CHECK(rp_nonce_new(a, &env).n == RP_NONCE_SIZE);
}

static void
passphrases(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	char long_one[RP_PASSPHRASE_MAX + 1];
	rp_text phrase = RP_TEXT("قلعة الجبل 城 façade"), one, two;

	memset(long_one, 'x', sizeof(long_one));
	RP_CHECK_OK(rp_passphrase_hash(a, phrase, &one));
	RP_CHECK_OK(rp_passphrase_hash(a, phrase, &two));
	RP_CHECK(!rp_text_eq(one, two)); /* salted */
	RP_CHECK(rp_passphrase_verify(one, phrase));
	RP_CHECK(rp_passphrase_verify(two, phrase));
	RP_CHECK(!rp_passphrase_verify(one, RP_TEXT("façade")));
	RP_CHECK(!rp_passphrase_verify(one, RP_TEXT("")));
	RP_CHECK(!rp_passphrase_is_stale(one));
	RP_CHECK_FAILS(rp_passphrase_hash(a, RP_TEXT(""), &one), RP_E_INVALID);
	RP_CHECK_FAILS(rp_passphrase_hash(a,
			   (rp_text){ long_one, sizeof(long_one) }, &one),
	    RP_E_LIMIT);
}

static void
hashes_that_nothing_verifies_against(void)
{
	/* The right form and today's costs, or it would be found out. */
	RP_CHECK(!rp_passphrase_is_stale(rp_passphrase_nobody()));
	RP_CHECK(!rp_passphrase_verify(rp_passphrase_nobody(), RP_TEXT("x")));
	RP_CHECK(!rp_passphrase_verify(rp_passphrase_nobody(), RP_TEXT("")));
	RP_CHECK(!rp_passphrase_verify(RP_TEXT(""), RP_TEXT("")));
	RP_CHECK(
	    !rp_passphrase_verify(RP_TEXT("$argon2id$v=19$"), RP_TEXT("x")));
	RP_CHECK(rp_passphrase_is_stale(RP_TEXT("")));
	RP_CHECK(rp_passphrase_is_stale(
	    RP_TEXT("$argon2id$v=19$m=4096,t=1,p=1$cmFwcG9ydGV1ci5ub2JvZA$"
		    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")));
}

static void
start(void)
{
	rp_crypto_start();
	env.rand = count_up;
	memset(env.key, 7, sizeof(env.key));
}

RP_CHECK_MAIN({ "the libraries start", start }, { "SHA-256", sha256 },
    { "HMAC-SHA-256", hmac },
    { "a keyed hash keeps its parts apart", keyed_is_rp_hmac_over_lengths },
    { "secrets", secrets }, { "passphrases", passphrases },
    { "hashes that nothing verifies against",
	hashes_that_nothing_verifies_against })
