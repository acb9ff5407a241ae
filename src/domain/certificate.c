#include "domain/certificate.h"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <time.h>

#include "base/clock.h"
#include "base/err.h"

static void
free_bio(void *bio)
{
	BIO_free(bio);
}

static void
free_certificate(void *x)
{
	X509_free(x);
}

static bool
instant(const ASN1_TIME *t, int64_t *out)
{
	struct tm tm;

	if (ASN1_TIME_to_tm(t, &tm) != 1)
		return false;
	*out = (int64_t)timegm(&tm) * RP_SECOND;
	return true;
}

struct rp_err *
rp_certificate_read(struct rp_arena *a, rp_bytes pem, rp_text host,
    struct rp_certificate *out)
{
	struct rp_certificate c = { 0 };
	BIO *bio;
	X509 *x;

	if (pem.n > RP_CERTIFICATE_MAX)
		return rp_fail(RP_E_LIMIT, "certificate of %zu octets", pem.n);
	bio = BIO_new_mem_buf(pem.p, (int)pem.n);
	RP_ASSERT(bio != NULL);
	rp_arena_defer(a, free_bio, bio);
	x = PEM_read_bio_X509(bio, NULL, NULL, NULL);
	if (x == NULL)
		return rp_fail(RP_E_INVALID, "no certificate in PEM form");
	rp_arena_defer(a, free_certificate, x);
	if (!instant(X509_get0_notBefore(x), &c.from) ||
	    !instant(X509_get0_notAfter(x), &c.until))
		return rp_fail(RP_E_INVALID, "certificate without times");
	host = rp_text_dup(a, host);
	c.covers =
	    host.n > 0 && (X509_check_host(x, host.p, host.n, 0, NULL) == 1 ||
			      X509_check_ip_asc(x, host.p, 0) == 1);
	*out = c;
	return NULL;
}
