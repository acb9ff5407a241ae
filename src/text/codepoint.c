#include "text/codepoint.h"

uint32_t
rp_codepoint_opening(uint32_t close)
{
	size_t low = 0, high = rp_link_brackets_n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (rp_link_brackets[mid].from == close)
			return rp_link_brackets[mid].to;
		if (rp_link_brackets[mid].from < close)
			low = mid + 1;
		else
			high = mid;
	}
	return 0;
}
