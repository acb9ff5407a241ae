/*
 * ICANN's universal acceptance suite (UASG018A, UASG037) and the samples of
 * UASG004. One exception: LU2AS7's Ė.ua-test.top, which the suite wants refused
 * as DISALLOWED while LU2AS16 wants ℌ.test mapped; we map (RFC 5895).
 */
#include "base/check.h"
#include "conformance/reader.h"
#include "text/domain_name.h"
#include "text/email.h"
#include "text/names.h"

static struct rp_arena *arena;
static const struct rp_names *names;

static bool
is_exception(rp_text id, rp_text in)
{
	return rp_text_eq(id, RP_TEXT("LU2AS7")) &&
	       rp_text_eq(in, RP_TEXT("Ė.ua-test.top"));
}

/* Empty if it was refused. */
static rp_text
outcome(rp_text suite, rp_text in)
{
	struct rp_domain_name name;
	struct rp_email email;

	if (rp_text_eq(suite, RP_TEXT("HEs"))) {
		if (rp_email_check(arena, names, in, &email) != RP_ADDRESS_OK)
			return RP_TEXT("");
		return email.key;
	}
	if (rp_domain_name_check(arena, names, in, 0, &name) != RP_ADDRESS_OK)
		return RP_TEXT("");
	return rp_text_eq(suite, RP_TEXT("LA2U")) ? name.u : name.a;
}

static bool
case_passes(rp_text line)
{
	rp_text suite, id, in, want, got;
	size_t at = 0;
	bool valid = rp_reader_find(line, "\"valid\": true", 0) != SIZE_MAX;

	RP_CHECK(rp_reader_json(arena, line, "suite", &at, &suite));
	RP_CHECK(rp_reader_json(arena, line, "id", &at, &id));
	RP_CHECK(rp_reader_json(arena, line, "input", &at, &in));
	got = outcome(suite, in);
	if (valid != (got.n > 0)) {
		if (is_exception(id, in))
			return false;
		printf("# %s %s\n", id.p, in.p);
		RP_CHECK(valid == (got.n > 0));
	}
	if (rp_reader_json(arena, line, "expected", &at, &want))
		RP_CHECK_TEXT(got, want);
	return true;
}

static void
library_suite(void)
{
	int passed = 0, all = 0;
	rp_text rest, line;

	arena = rp_arena_new(256 << 20);
	RP_CHECK_OK(rp_names_open(arena, NULL, &names));
	rest = rp_reader_file(arena, "uasg/uasg-conformance.jsonl");
	while (rp_reader_line(&rest, &line)) {
		all++;
		passed += case_passes(line);
	}
	printf("# %d of %d\n", passed, all);
	RP_CHECK(all == 213 && passed == 212);
	rp_arena_free(arena);
}

static void
check_domain(rp_text in)
{
	struct rp_domain_name name, again;

	RP_CHECK(
	    rp_domain_name_check(arena, names, in, 0, &name) == RP_ADDRESS_OK);
	RP_CHECK_TEXT(name.entered, in);
	RP_CHECK_TEXT(rp_domain_name_display(arena, names, name.a), name.u);
	RP_CHECK(rp_domain_name_check(arena, names, name.u, 0, &again) ==
		 RP_ADDRESS_OK);
	RP_CHECK_TEXT(again.a, name.a);
	RP_CHECK_TEXT(again.u, name.u);
}

static void
check_email(rp_text in)
{
	struct rp_email email, again;

	RP_CHECK(rp_email_check(arena, names, in, &email) == RP_ADDRESS_OK);
	RP_CHECK_TEXT(email.entered, in);
	RP_CHECK(
	    rp_email_check(arena, names, email.key, &again) == RP_ADDRESS_OK);
	RP_CHECK_TEXT(again.key, email.key);
	RP_CHECK_TEXT(again.local, email.local);
	RP_CHECK_TEXT(rp_email_display(arena, &again),
	    rp_email_display(arena, &email));
	RP_CHECK(rp_email_check(arena, names, rp_email_display(arena, &email),
		     &again) == RP_ADDRESS_OK);
	RP_CHECK_TEXT(again.key, email.key);
}

static void
each_line(const char *file, void (*check)(rp_text), int want)
{
	rp_text rest, line;
	int n = 0;

	arena = rp_arena_new(256 << 20);
	RP_CHECK_OK(rp_names_open(arena, NULL, &names));
	rest = rp_reader_file(arena, file);
	while (rp_reader_line(&rest, &line)) {
		check(line);
		n++;
	}
	RP_CHECK(n == want);
	rp_arena_free(arena);
}

static void
sample_domains(void)
{
	each_line("uasg/uasg004-domains.txt", check_domain, 38);
}

static void
sample_emails(void)
{
	each_line("uasg/uasg004-emails.txt", check_email, 41);
}

RP_CHECK_MAIN({ "212 of 213 cases of the library suite", library_suite },
    { "every domain of UASG004", sample_domains },
    { "every address of UASG004", sample_emails })
