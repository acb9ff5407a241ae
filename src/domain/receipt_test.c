#include "domain/receipt.h"

#include "base/check.h"

/* What the form in the header gives, written by hand; its SHA-256 behind the
 * nonce 00 01 … 0f was computed by another program. */
#define CANONICAL                                                            \
	"rapporteur-response-1\n"                                            \
	"capacity:12:organisation\n"                                         \
	"name:8:Ana Ruiz\n"                                                  \
	"organisation:11:Red Abierta\n"                                      \
	"job_title:0:\n"                                                     \
	"signatories:3:X\nY\n"                                               \
	"category:13:civil_society\n"                                        \
	"country:2:PE\n"                                                     \
	"email:20:ana@例え.テスト\n"                                    \
	"lang:2:es\n"                                                        \
	"summary:0:\n"                                                       \
	"authorisation:4:full\n"                                             \
	"notice:1:7\n"                                                       \
	"wishes_to_present:6:remote\n"                                       \
	"needs:0:\n"                                                         \
	"answer-1:4:Sí.\n"                                                  \
	"answer-3:6:多语\n"                                                \
	"file-1:72:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61" \
	"f20015ad a b.pdf\n"
#define DIGEST                           \
	"05e69cd14d710ede7da638784ce543" \
	"97c86c44c09bfd947a779b6a2f93605c0e"

static struct rp_submission
submission(struct rp_arena *a)
{
	const struct rp_answer_in answers[] = { { 3, RP_TEXT("多语") },
		{ 2, RP_TEXT(" \n") }, { 1, RP_TEXT("Sí.") } };
	struct rp_submission s = {
		.capacity = RP_TEXT("organisation"),
		.name = RP_TEXT("Ana Ruiz"),
		.organisation = RP_TEXT("Red Abierta"),
		.signatories = RP_TEXT("X\nY"),
		.category = RP_TEXT("civil_society"),
		.country = RP_TEXT("PE"),
		.lang = RP_TEXT("es"),
		.authorisation = RP_TEXT("full"),
		.notice_id = 7,
		.present = RP_TEXT("remote"),
	};

	for (size_t i = 0; i < 3; i++)
		rp_vec_push(a, &s.answers, answers[i]);
	return s;
}

static struct rp_receipt_files
files(struct rp_arena *a, struct rp_digest *abc)
{
	struct rp_receipt_files list = { 0 };
	struct rp_receipt_file f = { .name = RP_TEXT("a b.pdf") };

	*abc = rp_sha256(RP_BYTES("abc"));
	f.digest = rp_digest_bytes(abc);
	rp_vec_push(a, &list, f);
	return list;
}

static void
the_canonical_form_is_the_documented_one(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_submission s = submission(a);
	struct rp_digest abc;
	struct rp_receipt_files list = files(a, &abc);
	rp_bytes got;

	RP_CHECK_OK(rp_receipt_canonical(a, &s, RP_TEXT("ana@例え.テスト"),
	    &list, &got));
	RP_CHECK_TEXT(((rp_text){ (const char *)got.p, got.n }),
	    RP_TEXT(CANONICAL));
}

static void
the_digest_covers_nonce_and_form(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_submission s = submission(a);
	struct rp_digest abc, d;
	struct rp_receipt_files list = files(a, &abc);
	uint8_t nonce[16];

	for (uint8_t i = 0; i < 16; i++)
		nonce[i] = i;
	RP_CHECK_OK(rp_receipt_digest(a, &s, RP_TEXT("ana@例え.テスト"), &list,
	    (rp_bytes){ nonce, 16 }, &d));
	RP_CHECK_TEXT(rp_hex(a, rp_digest_bytes(&d)), RP_TEXT(DIGEST));
	nonce[15] = 0;
	RP_CHECK_OK(rp_receipt_digest(a, &s, RP_TEXT("ana@例え.テスト"), &list,
	    (rp_bytes){ nonce, 16 }, &d));
	RP_CHECK(!rp_text_eq(rp_hex(a, rp_digest_bytes(&d)), RP_TEXT(DIGEST)));
}

static void
too_much_has_no_canonical_form(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)64 << 20);
	struct rp_submission s = { 0 };
	struct rp_receipt_files none = { 0 };
	char *big = rp_new_n(a, char, RP_CANONICAL_MAX + 1);
	rp_bytes got;

	memset(big, 'x', RP_CANONICAL_MAX);
	s.summary = (rp_text){ big, RP_CANONICAL_MAX };
	RP_CHECK_FAILS(rp_receipt_canonical(a, &s, RP_TEXT(""), &none, &got),
	    RP_E_LIMIT);
}

static void
all_ones(void *p, size_t n)
{
	memset(p, 0xff, n);
}

static void
codes_are_for_people(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 16);
	struct rp_env env = { .rand = all_ones };

	RP_CHECK_TEXT(rp_receipt_code(a, &env), RP_TEXT("RP-ZZZZ-ZZZZ-ZZZZ"));
}

RP_CHECK_MAIN({ "the canonical form is the documented one",
		  the_canonical_form_is_the_documented_one },
    { "the digest covers nonce and form", the_digest_covers_nonce_and_form },
    { "too much has no canonical form", too_much_has_no_canonical_form },
    { "codes are for people", codes_are_for_people })
