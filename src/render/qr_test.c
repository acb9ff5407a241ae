#include "render/qr.h"

#include "base/check.h"

static bool
has(rp_html h, const char *what)
{
	return memmem(h.p, h.n, what, strlen(what)) != NULL;
}

/* Of the path alone: how many modules are dark, by the h of each run. */
static int
dark(rp_html h)
{
	const char *p = memmem(h.p, h.n, "#000\" d=\"", 9);
	int n = 0;

	RP_ASSERT(p != NULL);
	for (p += 9; *p != '"'; p++) {
		int run = 0;

		if (*p != 'h' || p[1] == '-')
			continue;
		while (p[1] >= '0' && p[1] <= '9')
			run = run * 10 + *++p - '0';
		n += run;
	}
	return n;
}

/* Version 1 has 21 modules a side; the finder patterns alone are 99 dark. */
static void
a_short_text_is_version_one(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	rp_html h;

	RP_CHECK_OK(rp_qr(a, RP_TEXT("HELLO"), RP_TEXT("a \"code\""), &h));
	RP_CHECK(has(h, "viewBox=\"0 0 29 29\""));
	RP_CHECK(has(h, "aria-label=\"a &quot;code&quot;\""));
	RP_CHECK(has(h, "M4 4h7v1h-7z"));
	RP_CHECK(dark(h) > 150 && dark(h) < 290);
}

static void
other_texts_are_other_codes(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	rp_html one, two, same;

	RP_CHECK_OK(rp_qr(a, RP_TEXT("otpauth://totp/a"), RP_TEXT(""), &one));
	RP_CHECK_OK(rp_qr(a, RP_TEXT("otpauth://totp/b"), RP_TEXT(""), &two));
	RP_CHECK_OK(rp_qr(a, RP_TEXT("otpauth://totp/a"), RP_TEXT(""), &same));
	RP_CHECK(one.n != two.n || memcmp(one.p, two.p, one.n) != 0);
	RP_CHECK(one.n == same.n && memcmp(one.p, same.p, one.n) == 0);
}

static void
the_longest_fits_and_no_longer(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 22);
	char *p = rp_alloc(a, RP_QR_TEXT_MAX + 2);
	rp_html h;

	memset(p, 'a', RP_QR_TEXT_MAX + 1);
	RP_CHECK_OK(rp_qr(a, (rp_text){ p, RP_QR_TEXT_MAX }, RP_TEXT(""), &h));
	RP_CHECK_FAILS(rp_qr(a, (rp_text){ p, RP_QR_TEXT_MAX + 1 }, RP_TEXT(""),
			   &h),
	    RP_E_LIMIT);
	RP_CHECK_FAILS(rp_qr(a, RP_TEXT(""), RP_TEXT(""), &h), RP_E_INVALID);
}

RP_CHECK_MAIN({ "version 1", a_short_text_is_version_one },
    { "other texts", other_texts_are_other_codes },
    { "limits", the_longest_fits_and_no_longer })
