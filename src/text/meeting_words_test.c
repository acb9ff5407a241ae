#include "text/meeting_words.h"

#include "base/check.h"

static void
outcomes(void)
{
	enum rp_outcome o;

	for (int i = 0; i < RP_OUTCOMES; i++) {
		RP_CHECK(
		    rp_outcome_from(rp_outcome_name((enum rp_outcome)i), &o));
		RP_CHECK((int)o == i);
	}
	RP_CHECK_TEXT(rp_outcome_name(RP_OUTCOME_REVISED_INVITED),
	    RP_TEXT("revised_invited"));
	RP_CHECK(!rp_outcome_from(RP_TEXT("Noted"), &o));
	RP_CHECK(!rp_outcome_from(RP_TEXT(""), &o));
}

static void
kinds(void)
{
	enum rp_report_kind k;

	for (int i = 0; i < RP_ITEM_KINDS; i++) {
		RP_CHECK(rp_report_kind_from(rp_report_kind_name(
						 (enum rp_report_kind)i),
		    &k));
		RP_CHECK((int)k == i);
	}
	RP_CHECK_TEXT(rp_report_kind_name(RP_ITEM_TOPICS), RP_TEXT("topics"));
	RP_CHECK(!rp_report_kind_from(RP_TEXT("topic"), &k));
}

RP_CHECK_MAIN({ "outcomes", outcomes }, { "kinds", kinds })
