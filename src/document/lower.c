#include "document/lower.h"

rp_text
rp_lower(struct rp_arena *a, rp_text t)
{
	char *p = rp_alloc(a, t.n + 1);

	for (size_t i = 0; i < t.n; i++) {
		uint8_t c = (uint8_t)t.p[i];
		uint8_t d = i + 1 < t.n ? (uint8_t)t.p[i + 1] : 0;

		p[i] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
		if (c == 0xc3 && d >= 0x80 && d <= 0x9e && d != 0x97) {
			p[++i] = (char)(d + 0x20);
		} else if (c == 0xd0 && d >= 0x90 && d <= 0x9f) {
			p[++i] = (char)(d + 0x20);
		} else if (c == 0xd0 && d >= 0xa0 && d <= 0xaf) {
			p[i] = (char)0xd1;
			p[++i] = (char)(d - 0x20);
		}
	}
	p[t.n] = '\0';
	return (rp_text){ p, t.n };
}
