#include "text/address_reason.h"

#include "base/check.h"

static void
identifiers_are_distinct(void)
{
	for (int i = RP_ADDRESS_OK; i <= RP_ADDRESS_IP_LINK_LOCAL; i++) {
		rp_text id = rp_address_reason_id((enum rp_address_reason)i);

		RP_CHECK(id.n > 0);
		for (int k = RP_ADDRESS_OK; k < i; k++)
			RP_CHECK(!rp_text_eq(id,
			    rp_address_reason_id((enum rp_address_reason)k)));
	}
	RP_CHECK_TEXT(rp_address_reason_id(RP_ADDRESS_OK), RP_TEXT("ok"));
	RP_CHECK_TEXT(rp_address_reason_id(RP_ADDRESS_IP_LINK_LOCAL),
	    RP_TEXT("ip-link-local"));
}

RP_CHECK_MAIN({ "identifiers are distinct", identifiers_are_distinct })
