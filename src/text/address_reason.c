#include "text/address_reason.h"

#include "base/err.h"

rp_text
rp_address_reason_id(enum rp_address_reason why)
{
	static const rp_text ids[] = {
#define ID(name, id) [RP_ADDRESS_##name] = RP_TEXT_INIT(id),
		RP_ADDRESS_REASONS(ID)
#undef ID
	};

	RP_ASSERT((size_t)why < sizeof(ids) / sizeof(ids[0]));
	return ids[why];
}
