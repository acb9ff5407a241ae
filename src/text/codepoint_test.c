#include "text/codepoint.h"

#include "base/check.h"

static void
classes(void)
{
	RP_CHECK(rp_codepoint_class(&rp_idna2008, 'a') == RP_IDNA_PVALID);
	RP_CHECK(rp_codepoint_class(&rp_idna2008, 'A') == RP_IDNA_DISALLOWED);
	RP_CHECK(rp_codepoint_class(&rp_idna2008, 0xDF) == RP_IDNA_PLAIN);
	RP_CHECK(rp_codepoint_class(&rp_idna2008, 0x4E2D) == RP_IDNA_PLAIN);
	RP_CHECK(rp_codepoint_class(&rp_idna2008, 0x05D0) == RP_IDNA_PVALID);
	RP_CHECK(rp_codepoint_class(&rp_idna2008, 0x0301) == RP_IDNA_PVALID);
	RP_CHECK(
	    rp_codepoint_class(&rp_idna2008, 0x093E) == RP_IDNA_PLAIN_MARK);
	RP_CHECK(
	    rp_codepoint_class(&rp_idna2008, 0x094D) == RP_IDNA_PLAIN_ACCENT);
	RP_CHECK(rp_codepoint_class(&rp_idna2008, 0x200D) == RP_IDNA_CONTEXT);
	RP_CHECK(
	    rp_codepoint_class(&rp_idna2008, 0x1F60E) == RP_IDNA_DISALLOWED);
	RP_CHECK(
	    rp_codepoint_class(&rp_idna2008, 0x10FFFF) == RP_IDNA_DISALLOWED);
	RP_CHECK(rp_codepoint_class(&rp_link_term, ' ') == RP_LINK_HARD);
	RP_CHECK(rp_codepoint_class(&rp_link_term, 'a') == RP_LINK_INCLUDE);
	RP_CHECK(rp_codepoint_class(&rp_link_term, '.') == RP_LINK_SOFT);
	RP_CHECK(rp_codepoint_class(&rp_link_term, '(') == RP_LINK_OPEN);
	RP_CHECK(rp_codepoint_class(&rp_link_term, ')') == RP_LINK_CLOSE);
	RP_CHECK(rp_codepoint_class(&rp_link_email, '+') == 1);
	RP_CHECK(rp_codepoint_class(&rp_link_email, '(') == 0);
}

static void
brackets(void)
{
	RP_CHECK(rp_codepoint_opening(')') == '(');
	RP_CHECK(rp_codepoint_opening(0xFF63) == 0xFF62);
	RP_CHECK(rp_codepoint_opening('(') == 0);
	RP_CHECK(rp_codepoint_opening(0x10FFFF) == 0);
}

RP_CHECK_MAIN({ "classes", classes }, { "brackets", brackets })
