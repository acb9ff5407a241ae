/* JSON-Schema's ipv4 and ipv6 formats, and the examples of RFC 5952. */
#include "base/check.h"
#include "conformance/reader.h"
#include "text/ip.h"

/* Both files speak of one family each; only strings are judged. */
static void
json_schema(const char *file, bool v4, int want)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	rp_text json = rp_reader_file(a, file), in;
	size_t at = 0;
	int n = 0;

	while (rp_reader_json(a, json, "data", &at, &in)) {
		size_t yes = rp_reader_find(json, "\"valid\": true", at);
		size_t no = rp_reader_find(json, "\"valid\": false", at);
		struct rp_ip ip;
		struct rp_err *e = rp_ip_parse(in, &ip);
		bool valid =
		    e == NULL && (rp_text_find(in, ':', 0) == in.n) == v4;

		rp_err_free(e);
		if (valid != (yes < no))
			printf("# %s\n", in.p);
		RP_CHECK(valid == (yes < no));
		n++;
	}
	printf("# %d addresses\n", n);
	RP_CHECK(n >= want);
}

static void
json_schema_v4(void)
{
	json_schema("url-ip/jsonschema-ipv4.json", true, 10);
}

static void
json_schema_v6(void)
{
	json_schema("url-ip/jsonschema-ipv6.json", false, 30);
}

static void
rfc5952(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	rp_text rest = rp_reader_file(a, "url-ip/rfc5952-examples.tsv"), line;
	int n = 0;

	while (rp_reader_line(&rest, &line)) {
		struct rp_ip ip;

		if (rp_text_starts(line, RP_TEXT("#")))
			continue;
		RP_CHECK_OK(rp_ip_parse(rp_reader_field(line, '\t', 0), &ip));
		RP_CHECK_TEXT(rp_ip_text(a, ip),
		    rp_reader_field(line, '\t', 1));
		n++;
	}
	RP_CHECK(n == 25);
}

RP_CHECK_MAIN({ "JSON-Schema ipv4", json_schema_v4 },
    { "JSON-Schema ipv6", json_schema_v6 }, { "RFC 5952", rfc5952 })
