#include "text/ip.h"

#include "base/check.h"

static struct rp_ip
ip(const char *z)
{
	struct rp_ip out = { 0 };

	RP_CHECK_OK(rp_ip_parse(rp_text_z(z), &out));
	return out;
}

static void
canonical_text(void)
{
	static const char *rows[][2] = {
		{ "::", "::" },
		{ "0:0:0:0:0:0:0:1", "::1" },
		{ "1::", "1::" },
		{ "2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1" },
		{ "2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1" },
		{ "2001:0:0:1:0:0:0:1", "2001:0:0:1::1" },
		{ "1:2:3:4:5:6:7:0", "1:2:3:4:5:6:7:0" },
		{ "1:2:3:4:5:6:0:0", "1:2:3:4:5:6::" },
		{ "::1.2.3.4", "::102:304" },
		{ "::ffff:192.0.2.1", "192.0.2.1" },
		{ "::FFFF:C000:0201", "192.0.2.1" },
		{ "192.0.2.1", "192.0.2.1" },
		{ "64:ff9b::192.0.2.33", "64:ff9b::c000:221" },
	};
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		RP_CHECK_TEXT(rp_ip_text(a, ip(rows[i][0])),
		    rp_text_z(rows[i][1]));
	RP_CHECK_TEXT(rp_ip_port_text(a, ip("::1"), 80), RP_TEXT("[::1]:80"));
	RP_CHECK_TEXT(rp_ip_port_text(a, ip("192.0.2.1"), 80),
	    RP_TEXT("192.0.2.1:80"));
}

static void
refused(void)
{
	static const struct {
		const char *in;
		enum rp_address_reason why;
	} rows[] = {
		{ "", RP_ADDRESS_EMPTY },
		{ "1.2.3", RP_ADDRESS_IP_SYNTAX },
		{ "1.2.3.04", RP_ADDRESS_IP_SYNTAX },
		{ "0x7f.1", RP_ADDRESS_IP_SYNTAX },
		{ "1.2.3.256", RP_ADDRESS_IP_SYNTAX },
		{ " ::1", RP_ADDRESS_IP_SYNTAX },
		{ "::1 ", RP_ADDRESS_IP_SYNTAX },
		{ "[::1]", RP_ADDRESS_IP_SYNTAX },
		{ "::1/64", RP_ADDRESS_IP_SYNTAX },
		{ "1::2::3", RP_ADDRESS_IP_SYNTAX },
		{ "12345::", RP_ADDRESS_IP_SYNTAX },
		{ "fe80::1%eth0", RP_ADDRESS_IP_ZONE },
		{ "2001:db8::1%1", RP_ADDRESS_IP_ZONE },
		{ "fe80::1", RP_ADDRESS_IP_LINK_LOCAL },
		{ "FEBF::", RP_ADDRESS_IP_LINK_LOCAL },
	};
	struct rp_ip out;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		RP_CHECK(
		    rp_ip_check(rp_text_z(rows[i].in), &out) == rows[i].why);
	RP_CHECK_OK(rp_ip_parse(RP_TEXT("fe80::1"), &out));
	RP_CHECK_FAILS(rp_ip_parse(RP_TEXT("fe80::1%1"), &out), RP_E_INVALID);
}

static void
prefixes(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_ip v6 = ip("2001:db8:1:2ff3:4:5:6:7");
	struct rp_ip v4 = ip("192.0.2.77");

	RP_CHECK_TEXT(rp_ip_prefix_text(a, rp_ip_prefix(v6, 64)),
	    RP_TEXT("2001:db8:1:2ff3::/64"));
	RP_CHECK_TEXT(rp_ip_prefix_text(a, rp_ip_prefix(v6, 56)),
	    RP_TEXT("2001:db8:1:2f00::/56"));
	RP_CHECK_TEXT(rp_ip_prefix_text(a, rp_ip_prefix(v6, 48)),
	    RP_TEXT("2001:db8:1::/48"));
	RP_CHECK_TEXT(rp_ip_prefix_text(a, rp_ip_prefix(v6, 60)),
	    RP_TEXT("2001:db8:1:2ff0::/60"));
	RP_CHECK_TEXT(rp_ip_prefix_text(a, rp_ip_prefix(v6, 0)),
	    RP_TEXT("::/0"));
	RP_CHECK_TEXT(rp_ip_prefix_text(a, rp_ip_prefix(v4, 120)),
	    RP_TEXT("192.0.2.0/24"));
	RP_CHECK_TEXT(rp_ip_log_key(a, v6), RP_TEXT("2001:db8:1:2ff3::/64"));
	RP_CHECK_TEXT(rp_ip_log_key(a, v4), RP_TEXT("192.0.2.77"));
	RP_CHECK_TEXT(rp_ip_log_key(a, ip("::ffff:192.0.2.77")),
	    RP_TEXT("192.0.2.77"));
	RP_CHECK(rp_ip_in(v6, rp_ip_prefix(v6, 48)));
	RP_CHECK(!rp_ip_in(v4, rp_ip_prefix(v6, 48)));
}

static void
global(void)
{
	static const char *no[] = { "10.1.2.3", "127.0.0.1", "172.31.0.1",
		"192.168.1.1", "198.19.255.255", "203.0.113.9", "224.0.0.1",
		"255.255.255.255", "100.127.0.1", "::1", "fc00::1", "ff02::1",
		"2001:db8::1", "2002::1", "2001::1", "64:ff9b::1", "3fff::1" };
	static const char *yes[] = { "1.1.1.1", "172.32.0.1", "100.128.0.1",
		"198.20.0.1", "2606:4700::1", "2001:200::1", "2a00::1" };

	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		RP_CHECK(!rp_ip_is_global(ip(no[i])));
	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		RP_CHECK(rp_ip_is_global(ip(yes[i])));
}

RP_CHECK_MAIN({ "canonical text", canonical_text }, { "refused", refused },
    { "prefixes", prefixes }, { "global", global })
