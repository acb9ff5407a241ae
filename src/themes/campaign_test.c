#include "themes/campaign.h"

#include "base/check.h"
#include "text/folded.h"
#include "text/words.h"
#include "themes/units.h"

int
main(void)
{
	return 0;
}
