#include "domain/crypto.h"

#include <openssl/evp.h>
#include <sodium.h>

#include "base/err.h"

#define SECRET_OCTETS 20

struct rp_sha256 {
	EVP_MD_CTX *ctx;
};

void
rp_crypto_start(void)
{
	RP_ASSERT(sodium_init() >= 0);
	(void)rp_sha256((rp_bytes){ (const uint8_t *)"", 0 });
}

struct rp_digest
rp_sha256(rp_bytes in)
{
	struct rp_digest out;
	unsigned n = 0;

	RP_ASSERT(EVP_Digest(in.n ? in.p : (const uint8_t *)"", in.n, out.b, &n,
		      EVP_sha256(), NULL) == 1);
	RP_ASSERT(n == RP_DIGEST_SIZE);
	return out;
}

struct rp_digest
rp_sha256_of(const rp_bytes *parts, size_t n)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	struct rp_sha256 h = { ctx };
	struct rp_digest out;

	RP_ASSERT(ctx != NULL);
	RP_ASSERT(EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) == 1);
	for (size_t i = 0; i < n; i++)
		rp_sha256_add(&h, parts[i]);
	out = rp_sha256_done(&h);
	EVP_MD_CTX_free(ctx);
	return out;
}

static void
ctx_free(void *ctx)
{
	EVP_MD_CTX_free(ctx);
}

struct rp_sha256 *
rp_sha256_new(struct rp_arena *a)
{
	struct rp_sha256 *h = rp_new(a, struct rp_sha256);

	h->ctx = EVP_MD_CTX_new();
	RP_ASSERT(h->ctx != NULL);
	rp_arena_defer(a, ctx_free, h->ctx);
	RP_ASSERT(EVP_DigestInit_ex(h->ctx, EVP_sha256(), NULL) == 1);
	return h;
}

void
rp_sha256_add(struct rp_sha256 *h, rp_bytes in)
{
	if (in.n > 0)
		RP_ASSERT(EVP_DigestUpdate(h->ctx, in.p, in.n) == 1);
}

struct rp_digest
rp_sha256_done(struct rp_sha256 *h)
{
	struct rp_digest out;
	unsigned n = 0;

	RP_ASSERT(EVP_DigestFinal_ex(h->ctx, out.b, &n) == 1);
	RP_ASSERT(n == RP_DIGEST_SIZE);
	return out;
}

struct rp_digest
rp_hmac(rp_bytes key, rp_bytes message)
{
	crypto_auth_hmacsha256_state st;
	struct rp_digest out;

	crypto_auth_hmacsha256_init(&st, key.p, key.n);
	crypto_auth_hmacsha256_update(&st, message.p, message.n);
	crypto_auth_hmacsha256_final(&st, out.b);
	return out;
}

static void
mac_part(crypto_auth_hmacsha256_state *st, rp_bytes part)
{
	uint8_t len[8];

	for (size_t i = 0; i < sizeof(len); i++)
		len[i] = (uint8_t)((uint64_t)part.n >> (56 - 8 * i));
	crypto_auth_hmacsha256_update(st, len, sizeof(len));
	crypto_auth_hmacsha256_update(st, part.p, part.n);
}

struct rp_digest
rp_keyed(const struct rp_env *env, rp_text purpose, const rp_bytes *parts,
    size_t n)
{
	crypto_auth_hmacsha256_state st;
	struct rp_digest out;

	crypto_auth_hmacsha256_init(&st, env->key, sizeof(env->key));
	mac_part(&st, rp_text_bytes(purpose));
	for (size_t i = 0; i < n; i++)
		mac_part(&st, parts[i]);
	crypto_auth_hmacsha256_final(&st, out.b);
	return out;
}

bool
rp_equal_ct(rp_bytes a, rp_bytes b)
{
	return a.n == b.n && sodium_memcmp(a.p, b.p, a.n) == 0;
}

rp_text
rp_secret_new(struct rp_arena *a, const struct rp_env *env)
{
	uint8_t raw[SECRET_OCTETS];

	env->rand(raw, sizeof(raw));
	return rp_base32(a, (rp_bytes){ raw, sizeof(raw) });
}

struct rp_digest
rp_secret_hash(rp_text secret)
{
	return rp_sha256(rp_text_bytes(secret));
}

rp_bytes
rp_nonce_new(struct rp_arena *a, const struct rp_env *env)
{
	uint8_t *p = rp_alloc(a, RP_NONCE_SIZE);

	env->rand(p, RP_NONCE_SIZE);
	return (rp_bytes){ p, RP_NONCE_SIZE };
}

struct rp_err *
rp_passphrase_hash(struct rp_arena *a, rp_text passphrase, rp_text *out)
{
	char *hash = rp_alloc(a, crypto_pwhash_STRBYTES);

	if (passphrase.n == 0)
		return rp_fail(RP_E_INVALID, "empty passphrase");
	if (passphrase.n > RP_PASSPHRASE_MAX)
		return rp_fail(RP_E_LIMIT, "passphrase of %zu octets",
		    passphrase.n);
	if (crypto_pwhash_str(hash, passphrase.p, passphrase.n,
		crypto_pwhash_OPSLIMIT_INTERACTIVE,
		crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
		return rp_fail(RP_E_UNAVAILABLE, "no memory for Argon2id");
	*out = (rp_text){ hash, strlen(hash) };
	return NULL;
}

/* libsodium reads a C string; a hash that does not fit is not one of ours. */
static bool
hash_z(rp_text hash, char out[crypto_pwhash_STRBYTES])
{
	if (hash.n == 0 || hash.n >= crypto_pwhash_STRBYTES)
		return false;
	memset(out, 0, crypto_pwhash_STRBYTES);
	memcpy(out, hash.p, hash.n);
	return true;
}

bool
rp_passphrase_verify(rp_text hash, rp_text passphrase)
{
	char z[crypto_pwhash_STRBYTES];

	return hash_z(hash, z) && passphrase.n <= RP_PASSPHRASE_MAX &&
	       crypto_pwhash_str_verify(z, passphrase.p, passphrase.n) == 0;
}

bool
rp_passphrase_is_stale(rp_text hash)
{
	char z[crypto_pwhash_STRBYTES];

	return !hash_z(hash, z) || crypto_pwhash_str_needs_rehash(z,
				       crypto_pwhash_OPSLIMIT_INTERACTIVE,
				       crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0;
}

/* The tag is of zeros: no passphrase is known, or likely, to make it. */
rp_text
rp_passphrase_nobody(void)
{
	return RP_TEXT("$argon2id$v=19$m=65536,t=2,p=1$"
		       "cmFwcG9ydGV1ci5ub2JvZA$"
		       "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
}
