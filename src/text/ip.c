#include "text/ip.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/err.h"

static const uint8_t v4_mapped[12] = { [10] = 0xff, [11] = 0xff };

static enum rp_address_reason
read_ip(rp_text in, struct rp_ip *out)
{
	char z[RP_IP_TEXT_MAX + 1];
	uint8_t v4[4];

	if (in.n == 0)
		return RP_ADDRESS_EMPTY;
	if (rp_text_find(in, '%', 0) < in.n)
		return RP_ADDRESS_IP_ZONE;
	if (in.n > RP_IP_TEXT_MAX || memchr(in.p, 0, in.n) != NULL)
		return RP_ADDRESS_IP_SYNTAX;
	memcpy(z, in.p, in.n);
	z[in.n] = '\0';
	if (inet_pton(AF_INET, z, v4) == 1)
		*out = rp_ip_v4(v4);
	else if (inet_pton(AF_INET6, z, out->b) != 1)
		return RP_ADDRESS_IP_SYNTAX;
	return RP_ADDRESS_OK;
}

enum rp_address_reason
rp_ip_check(rp_text in, struct rp_ip *out)
{
	struct rp_ip ip = { 0 };
	enum rp_address_reason why = read_ip(in, &ip);

	if (why != RP_ADDRESS_OK)
		return why;
	if (ip.b[0] == 0xfe && (ip.b[1] & 0xc0) == 0x80)
		return RP_ADDRESS_IP_LINK_LOCAL;
	*out = ip;
	return RP_ADDRESS_OK;
}

struct rp_err *
rp_ip_parse(rp_text in, struct rp_ip *out)
{
	struct rp_ip ip = { 0 };
	enum rp_address_reason why = read_ip(in, &ip);

	if (why != RP_ADDRESS_OK)
		return rp_fail(RP_E_INVALID, "IP address: %s",
		    rp_address_reason_id(why).p);
	*out = ip;
	return NULL;
}

struct rp_ip
rp_ip_v4(const uint8_t b[4])
{
	struct rp_ip ip;

	memcpy(ip.b, v4_mapped, sizeof(v4_mapped));
	memcpy(ip.b + 12, b, 4);
	return ip;
}

struct rp_ip
rp_ip_v6(const uint8_t b[16])
{
	struct rp_ip ip;

	memcpy(ip.b, b, 16);
	return ip;
}

bool
rp_ip_is_v4(struct rp_ip ip)
{
	return memcmp(ip.b, v4_mapped, sizeof(v4_mapped)) == 0;
}

bool
rp_ip_eq(struct rp_ip a, struct rp_ip b)
{
	return memcmp(a.b, b.b, 16) == 0;
}

static unsigned
group(struct rp_ip ip, size_t i)
{
	return (unsigned)(ip.b[2 * i] << 8 | ip.b[2 * i + 1]);
}

/* RFC 5952, 4.2: the longest run of zero groups, the first one of equals. */
static void
longest_run(struct rp_ip ip, size_t *from, size_t *n)
{
	size_t run = 0;

	*from = *n = 0;
	for (size_t i = 0; i < 8; i++) {
		run = group(ip, i) == 0 ? run + 1 : 0;
		if (run > *n) {
			*n = run;
			*from = i + 1 - run;
		}
	}
	if (*n < 2)
		*n = 0;
}

static char *
put_hex(char *p, unsigned v)
{
	bool started = false;

	for (int shift = 12; shift >= 0; shift -= 4) {
		unsigned digit = v >> shift & 0xf;

		started = started || digit != 0 || shift == 0;
		if (started)
			*p++ = "0123456789abcdef"[digit];
	}
	return p;
}

static size_t
write_v6(struct rp_ip ip, char *out)
{
	size_t run, n, i = 0;
	char *p = out;

	longest_run(ip, &run, &n);
	while (i < 8) {
		if (n > 0 && i == run) {
			*p++ = ':';
			i += n;
			if (i == 8)
				*p++ = ':';
			continue;
		}
		if (i > 0)
			*p++ = ':';
		p = put_hex(p, group(ip, i++));
	}
	return (size_t)(p - out);
}

rp_text
rp_ip_text(struct rp_arena *a, struct rp_ip ip)
{
	char out[RP_IP_TEXT_MAX + 1];

	if (rp_ip_is_v4(ip))
		return rp_textf(a, "%u.%u.%u.%u", ip.b[12], ip.b[13], ip.b[14],
		    ip.b[15]);
	return rp_text_dup(a, (rp_text){ out, write_v6(ip, out) });
}

rp_text
rp_ip_port_text(struct rp_arena *a, struct rp_ip ip, uint16_t port)
{
	rp_text t = rp_ip_text(a, ip);

	return rp_textf(a, rp_ip_is_v4(ip) ? "%s:%u" : "[%s]:%u", t.p, port);
}

struct rp_ip_prefix
rp_ip_prefix(struct rp_ip ip, uint8_t bits)
{
	struct rp_ip_prefix p = { .ip = ip, .bits = bits };

	RP_ASSERT(bits <= 128);
	for (unsigned i = 0; i < 16; i++) {
		unsigned keep = bits > 8 * i ? bits - 8 * i : 0;

		if (keep < 8)
			p.ip.b[i] &= (uint8_t)(0xff00 >> keep);
	}
	return p;
}

rp_text
rp_ip_prefix_text(struct rp_arena *a, struct rp_ip_prefix p)
{
	bool v4 = rp_ip_is_v4(p.ip) && p.bits >= 96;

	return rp_textf(a, "%s/%d", rp_ip_text(a, p.ip).p,
	    v4 ? p.bits - 96 : p.bits);
}

bool
rp_ip_in(struct rp_ip ip, struct rp_ip_prefix p)
{
	return rp_ip_eq(rp_ip_prefix(ip, p.bits).ip, p.ip);
}

struct rp_ip_prefix
rp_ip_subscriber(struct rp_ip ip)
{
	return rp_ip_prefix(ip, rp_ip_is_v4(ip) ? 128 : 64);
}

rp_text
rp_ip_log_key(struct rp_arena *a, struct rp_ip ip)
{
	if (rp_ip_is_v4(ip))
		return rp_ip_text(a, ip);
	return rp_ip_prefix_text(a, rp_ip_subscriber(ip));
}

struct special {
	uint8_t bits, b[8];
};

/* IANA's registries of special-purpose addresses; and multicast. */
static const struct special special_v4[] = {
	{ 8, { 0 } },
	{ 8, { 10 } },
	{ 10, { 100, 64 } },
	{ 8, { 127 } },
	{ 16, { 169, 254 } },
	{ 12, { 172, 16 } },
	{ 24, { 192, 0, 0 } },
	{ 24, { 192, 0, 2 } },
	{ 24, { 192, 88, 99 } },
	{ 16, { 192, 168 } },
	{ 15, { 198, 18 } },
	{ 24, { 198, 51, 100 } },
	{ 24, { 203, 0, 113 } },
	{ 3, { 224 } },
};

/* Within 2000::/3, which is all that IANA has given out. */
static const struct special special_v6[] = {
	{ 23, { 0x20, 0x01, 0x00 } },
	{ 32, { 0x20, 0x01, 0x0d, 0xb8 } },
	{ 16, { 0x20, 0x02 } },
	{ 20, { 0x3f, 0xff, 0x00 } },
};

static bool
starts_with_bits(const uint8_t *p, const struct special *s)
{
	unsigned whole = s->bits / 8, rest = s->bits % 8;

	return memcmp(p, s->b, whole) == 0 &&
	       (rest == 0 || (p[whole] ^ s->b[whole]) >> (8 - rest) == 0);
}

bool
rp_ip_is_global(struct rp_ip ip)
{
	bool v4 = rp_ip_is_v4(ip);
	const struct special *rows = v4 ? special_v4 : special_v6;
	size_t n = v4 ? sizeof(special_v4) / sizeof(special_v4[0]) :
			sizeof(special_v6) / sizeof(special_v6[0]);

	if (!v4 && ip.b[0] >> 5 != 1)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (starts_with_bits(ip.b + (v4 ? 12 : 0), &rows[i]))
			return false;
	}
	return true;
}
