#include "exchange/consolidate_bundle.h"

#include <string.h>

#include "base/buf.h"
#include "base/check.h"

#define MEMORY ((size_t)160 << 20)

static struct rp_consolidate_bundle
sample(void)
{
	static const struct rp_provision_edit edits[] = {
		{ RP_PROVISION_REPLACE, 3,
		    RP_TEXT_INIT("new \"words\"\nhere") },
		{ RP_PROVISION_ADD, 0, RP_TEXT_INIT("x") },
	};
	static const struct rp_consolidate_noc noc[] = {
		{ 2, RP_TEXT_INIT("#4") },
		{ 0, RP_TEXT_INIT("resolves 2") },
	};
	static const struct rp_consolidate_decision decisions[] = {
		{ .change = RP_TEXT_INIT("9f"), .choice = RP_TEXT_INIT("03") },
		{ .change = RP_TEXT_INIT("aa"), .base = true },
	};
	struct rp_consolidate_bundle b = { .n = 3 };

	b.parties[0].name = RP_TEXT("Ελλάδα");
	b.parties[0].file.octets = RP_BYTES("PK\x03\x04 one");
	b.parties[1].name = RP_TEXT("B");
	b.parties[1].edits = edits;
	b.parties[1].n_edits = 2;
	b.parties[2].name = RP_TEXT("C");
	b.parties[2].file.octets = RP_BYTES("two");
	b.options.author = RP_TEXT("Chair");
	b.options.date = RP_TEXT("2026-11-29T10:00:00Z");
	b.options.noc = noc;
	b.options.n_noc = 2;
	b.options.decisions = decisions;
	b.options.n_decisions = 2;
	return b;
}

static void
comes_back(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(MEMORY);
	struct rp_consolidate_bundle b = sample(), got;
	rp_bytes octets;

	RP_CHECK_OK(rp_consolidate_bundle_write(a, &b, &octets));
	RP_CHECK_OK(rp_consolidate_bundle_parse(a, octets, &got));
	RP_CHECK(got.n == 3 && got.options.n_noc == 2 &&
		 got.options.n_decisions == 2);
	RP_CHECK_TEXT(got.parties[0].name, RP_TEXT("Ελλάδα"));
	RP_CHECK(got.parties[0].file.octets.n == 8 &&
		 got.parties[1].file.octets.n == 0 &&
		 got.parties[2].file.octets.n == 3 &&
		 memcmp(got.parties[2].file.octets.p, "two", 3) == 0);
	RP_CHECK(got.parties[1].n_edits == 2 &&
		 got.parties[1].edits[0].block == 3 &&
		 got.parties[1].edits[1].op == RP_PROVISION_ADD);
	RP_CHECK_TEXT(got.parties[1].edits[0].text,
	    RP_TEXT("new \"words\"\nhere"));
	RP_CHECK(
	    got.options.noc[0].party == 0 && got.options.noc[1].party == 2);
	RP_CHECK_TEXT(got.options.noc[0].place, RP_TEXT("resolves 2"));
	RP_CHECK_TEXT(got.options.author, RP_TEXT("Chair"));
	RP_CHECK(
	    !got.options.decisions[0].base && got.options.decisions[1].base);
	RP_CHECK_TEXT(got.options.decisions[0].choice, RP_TEXT("03"));
}

/* A frame around an order, with files of these lengths and no octets. */
static rp_bytes
around(struct rp_arena *a, const char *order, size_t files, size_t each)
{
	struct rp_buf b;
	rp_bytes out;
	size_t n = strlen(order);

	rp_buf_init(&b, a, 1 << 20);
	rp_buf_text(&b, RP_TEXT("RPB1"));
	for (int i = 0; i < 4; i++)
		rp_buf_byte(&b, (uint8_t)(files >> (8 * i)));
	for (int i = 0; i < 4; i++)
		rp_buf_byte(&b, (uint8_t)(n >> (8 * i)));
	for (size_t f = 0; f < files && f < 100; f++)
		for (int i = 0; i < 4; i++)
			rp_buf_byte(&b, (uint8_t)(each >> (8 * i)));
	rp_buf_add(&b, order, n);
	RP_CHECK_OK(rp_buf_bytes(&b, &out));
	return out;
}

#define PARTY(more)                                                         \
	"{\"author\":\"\",\"date\":\"\",\"parties\":[{\"name\":\"A\"," more \
	"}],\"decisions\":[]}"

static void
hostile(void)
{
	static const struct {
		const char *order;
		size_t files, each;
		enum rp_ecode code;
	} rows[] = {
		{ "{}", 0, 0, RP_E_INVALID },
		{ "", 0, 0, RP_E_INVALID },
		{ "{}", 13, 0, RP_E_LIMIT },
		{ "{}", 0xffffffff, 0, RP_E_LIMIT },
		{ "{}", 2, 0xffffffff, RP_E_INVALID },
		{ "{}", 1, 0, RP_E_INVALID },
		{ PARTY("\"file\":1,\"edits\":[],\"noc\":[]"), 0, 0,
		    RP_E_INVALID },
		{ PARTY("\"file\":-1,\"edits\":[],\"noc\":[]"), 0, 0,
		    RP_E_INVALID },
		{ PARTY("\"edits\":[{\"op\":\"burn\",\"block\":1,\"text\":\"\""
			"}],\"noc\":[]"),
		    0, 0, RP_E_INVALID },
		{ PARTY("\"edits\":[{\"op\":\"add\",\"block\":-1,\"text\":\"\""
			"}],\"noc\":[]"),
		    0, 0, RP_E_INVALID },
		{ PARTY("\"edits\":[],\"noc\":[1]"), 0, 0, RP_E_INVALID },
	};
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(MEMORY);
	struct rp_consolidate_bundle b = sample(), got;
	rp_bytes whole;

	RP_CHECK_OK(rp_consolidate_bundle_parse(a,
	    around(a, PARTY("\"edits\":[],\"noc\":[]"), 0, 0), &got));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		RP_CHECK_FAILS(rp_consolidate_bundle_parse(a,
				   around(a, rows[i].order, rows[i].files,
				       rows[i].each),
				   &got),
		    rows[i].code);
	RP_CHECK_OK(rp_consolidate_bundle_write(a, &b, &whole));
	for (size_t n = 0; n < whole.n; n++)
		RP_CHECK_FAILS(rp_consolidate_bundle_parse(a,
				   (rp_bytes){ whole.p, n }, &got),
		    RP_E_INVALID);
}

static void
has_an_end(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(MEMORY);
	struct rp_consolidate_bundle b = sample();
	rp_bytes out;

	b.parties[0].file.octets =
	    (rp_bytes){ rp_alloc(a, RP_BUNDLE_MAX), RP_BUNDLE_MAX };
	RP_CHECK_FAILS(rp_consolidate_bundle_write(a, &b, &out), RP_E_LIMIT);
}

RP_CHECK_MAIN({ "comes back", comes_back }, { "hostile", hostile },
    { "has an end", has_an_end })
