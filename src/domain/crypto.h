/*
 * crypto - hashes, secrets and passphrases, in the domain's words.
 *
 * The one place that calls OpenSSL and libsodium. SHA-256 over contents is
 * OpenSSL's (it uses the processor's instructions); the short HMAC-SHA-256
 * messages are libsodium's, which allocates nothing for them.
 *
 * Nothing here can fail but the passphrase functions: a library that cannot
 * hash is a broken installation and panics.
 *
 * A secret that we hand out (links, sessions, API tokens, recovery codes) is
 * 160 random bits as 32 characters of rp_base32(). Only its SHA-256 is stored:
 * with that much entropy a slow hash would add nothing. A passphrase is chosen
 * by a person and gets Argon2id (RFC 9106) with libsodium's "interactive"
 * costs: 64 MiB and about 55 ms. It is called by the process that hashes, never
 * by one that serves.
 */
#ifndef RP_DOMAIN_CRYPTO_H
#define RP_DOMAIN_CRYPTO_H

#include "base/str.h"
#include "domain/env.h"

#define RP_DIGEST_SIZE 32
#define RP_SECRET_LEN 32       /* characters of rp_base32() */
#define RP_PASSPHRASE_MAX 1024 /* octets */
#define RP_NONCE_SIZE 16

struct rp_digest {
	uint8_t b[RP_DIGEST_SIZE];
};

/* Borrows `d`. */
static inline rp_bytes
rp_digest_bytes(const struct rp_digest *d)
{
	return (rp_bytes){ d->b, RP_DIGEST_SIZE };
}

/*
 * Prepare the libraries (they choose code by processor and open the source of
 * randomness). Each process calls it once, before it is sandboxed; until then
 * everything works, only slower.
 */
void rp_crypto_start(void);

struct rp_digest rp_sha256(rp_bytes in);

/* Of the parts one after another, with nothing between. */
struct rp_digest rp_sha256_of(const rp_bytes *parts, size_t n);

/* The same piece by piece. Lives in `a`; nothing is added after _done. */
struct rp_sha256;
struct rp_sha256 *rp_sha256_new(struct rp_arena *a) RP_NONNULL_RET;
void rp_sha256_add(struct rp_sha256 *h, rp_bytes in);
struct rp_digest rp_sha256_done(struct rp_sha256 *h);

/* HMAC-SHA-256 (RFC 2104) with a key of any length. */
struct rp_digest rp_hmac(rp_bytes key, rp_bytes message);

/*
 * HMAC-SHA-256 under the installation's key over a purpose and parts. The
 * message is the purpose and then the parts, each preceded by its length as
 * eight octets, most significant first: no two lists make the same message, and
 * what was made for one purpose is worth nothing for another.
 */
struct rp_digest rp_keyed(const struct rp_env *env, rp_text purpose,
    const rp_bytes *parts, size_t n);

/* Equal, in a time that depends on the lengths only. */
bool rp_equal_ct(rp_bytes a, rp_bytes b);

/* A new secret, and what is stored of one. */
rp_text rp_secret_new(struct rp_arena *a, const struct rp_env *env);
struct rp_digest rp_secret_hash(rp_text secret);

/* RP_NONCE_SIZE random octets. */
rp_bytes rp_nonce_new(struct rp_arena *a, const struct rp_env *env);

/*
 * The string to store, with its salt and costs. RP_E_INVALID if empty,
 * RP_E_LIMIT past RP_PASSPHRASE_MAX, RP_E_UNAVAILABLE without 64 MiB. The text
 * went through rp_text_input(), so the same passphrase typed on another
 * keyboard is the same octets.
 */
struct rp_err *rp_passphrase_hash(struct rp_arena *a, rp_text passphrase,
    rp_text *out) RP_MUST_USE;

/* No for a hash that is malformed, or none. */
bool rp_passphrase_verify(rp_text hash, rp_text passphrase);

/* The hash was made with other costs than today's: hash again at sign-in. */
bool rp_passphrase_is_stale(rp_text hash);

/*
 * A well-formed hash that nothing verifies against, with today's costs: what is
 * compared for an address that nobody has, so that the time tells nothing.
 */
rp_text rp_passphrase_nobody(void);

#endif
