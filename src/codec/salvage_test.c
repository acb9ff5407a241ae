#include "codec/salvage.h"

#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "codec/json.h"
#include "codec/sink.h"

static rp_text
text_of(struct rp_arena *a, const struct rp_document *d)
{
	struct rp_sink sink;
	struct rp_buf b;
	rp_text t;

	rp_buf_init(&b, a, 1 << 20);
	rp_sink_to_buf(&sink, a, &b);
	rp_salvage_put_text(a, &sink, d);
	RP_CHECK_OK(rp_sink_flush(&sink));
	RP_CHECK_OK(rp_buf_done(&b, &t));
	return t;
}

/* The first decision of that kind, or an empty one. */
static struct rp_salvage_decision
first(const struct rp_salvage *s, enum rp_salvage_kind kind)
{
	for (size_t i = 0; i < s->decisions.n; i++)
		if (s->decisions.v[i].kind == kind)
			return s->decisions.v[i];
	return (struct rp_salvage_decision){ 0 };
}

static const struct {
	const char *flat, *base, *now;
} rows[] = {
	{ "", "", "" },
	/* Places and years; small capitals; the name of one version. */
	{ "RESOLUTION 5 (Rev. nice, 2018Lima, 2022)\n",
	    "RESOLUTION 5 (Rev. Nice, 2018)\n",
	    "RESOLUTION 5 (Rev. Lima, 2022)\n" },
	{ "see 4 (Nice, 2010) and 5 (Porto Alegre, 2018Rev. Lima, 2022);\n",
	    "see 4 (Nice, 2010) and 5 (Porto Alegre, 2018);\n",
	    "see 4 (Nice, 2010) and 5 (Rev. Lima, 2022);\n" },
	{ "see 5 (Nice, 20182022);\n", "see 5 (Nice, 2018);\n",
	    "see 5 (Nice, 2022);\n" },
	{ "see 5 (Nice, 2018Oslo, 2022) and (Bonn, 2014);\n",
	    "see 5 (Nice, 2018) and (Bonn, 2014);\n",
	    "see 5 (Oslo, 2022) and (Bonn, 2014);\n" },
	/* Run together. */
	{ "for example through roadsas the largest builder in towns;\n"
	  "through roads in towns\n",
	    "for example through roads in towns;\nthrough roads in towns\n",
	    "for example as the largest builder in towns;\n"
	    "through roads in towns\n" },
	{ "to carry harbourfleet goods; the harbour and the fleet\n",
	    "to carry harbour goods; the harbour and the fleet\n",
	    "to carry fleet goods; the harbour and the fleet\n" },
	/* Two words where one fits. */
	{ "it acts as a an open harbour for ships\n",
	    "it acts as a harbour for ships\n",
	    "it acts as an open harbour for ships\n" },
	{ "the harbour has opened is serving the town\n",
	    "the harbour has opened the town\n",
	    "the harbour is serving the town\n" },
	{ "members shall should report to the 2022 2026 session\n",
	    "members shall report to the 2022 session\n",
	    "members should report to the 2026 session\n" },
	{ "to strengthen enhance the fleet and the harbour\n",
	    "to strengthen the fleet and the harbour\n",
	    "to enhance the fleet and the harbour\n" },
	{ "the town promises delivers fish\n", "the town promises fish\n",
	    "the town delivers fish\n" },
	{ "the the town,;\n", "the town,\n", "the town;\n" },
	/* No changes. */
	{ "the work of groups enables growth, and of the old fleet\n"
	  "the report that was adopted is of use to provide support\n"
	  "worldwide networks, an underserved area of investors in IPv6\n"
	  "its existing fleet and of the future fleet, as for women\n",
	    "the work of groups enables growth, and of the old fleet\n"
	    "the report that was adopted is of use to provide support\n"
	    "worldwide networks, an underserved area of investors in IPv6\n"
	    "its existing fleet and of the future fleet, as for women\n",
	    "the work of groups enables growth, and of the old fleet\n"
	    "the report that was adopted is of use to provide support\n"
	    "worldwide networks, an underserved area of investors in IPv6\n"
	    "its existing fleet and of the future fleet, as for women\n" },
	/* What extractors do. */
	{ "[bookmark: _Toc1]the ITUT group\n", "the ITU-T group\n",
	    "the ITU-T group\n" },
	{ "the FISHNET of FISH-NET\n", "the FISH-NET of FISH-NET\n",
	    "the FISH-NET of FISH-NET\n" },
	{ "ships[footnoteRef:4]1 sail; [4: 1 \tOf [all] kinds.] \n",
	    "ships[^1] sail;\n[^1]: Of [all] kinds.\n",
	    "ships[^1] sail;\n[^1]: Of [all] kinds.\n" },
	/* Labels; the mark of the last paragraph. */
	{ "noting\na)\tone;\nb)\ttwo;\nbc)\tthree;\ncd)\tfour;\nd)\tgone;\n"
	  "e)\tfive,\n",
	    "noting\na)\ttwo;\nb)\tthree;\nc)\tfour;\nd)\tgone;\ne)\tfive,\n",
	    "noting\na)\tone;\nb)\ttwo;\nc)\tthree;\nd)\tfour;\ne)\tfive,\n" },
	{ "resolves\n1\tone;\n2\ttwo;\n23\tthree;\n4\tfour.\n",
	    "resolves\n1\ttwo;\n2\tthree.\n",
	    "resolves\n1\tone;\n2\ttwo;\n3\tthree;\n4\tfour.\n" },
	{ "noting\na)\tall:\ni)\tone;\nii)\ttwo;\niiiii)\tthree;\nb)\tfour,\n",
	    "noting\na)\tall:\ni)\ttwo;\nii)\tthree;\nb)\tfour,\n",
	    "noting\na)\tall:\ni)\tone;\nii)\ttwo;\niii)\tthree;\n"
	    "b)\tfour,\n" },
	/* A call-out that was joined to the one before it. */
	{ "invites members\n1\tone;\n2\ttwo;\ninvites members\n3\tthree.\n",
	    "invites members\n1\tone;\n2\ttwo;\ninvites members\nthree.\n",
	    "invites members\n1\tone;\n2\ttwo;\n3\tthree.\n" },
	{ "recognizingrecalling\na)\tone,\n", "recognizing\na)\tone,\n",
	    "recalling\na)\tone,\n" },
};

static void
separates(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(64 << 20);
		struct rp_salvage s;

		RP_CHECK_OK(rp_salvage_read(a,
		    rp_text_bytes(rp_text_z(rows[i].flat)), &s));
		RP_CHECK_TEXT(text_of(a, s.base), rp_text_z(rows[i].base));
		RP_CHECK_TEXT(text_of(a, s.now), rp_text_z(rows[i].now));
	}
}

static void
tells_how_sure_it_is(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_salvage_decision d;
	struct rp_salvage s;

	RP_CHECK_OK(rp_salvage_read(a,
	    RP_BYTES("noting\na)\tone;\nb)\ttwo;\nbc)\tthree;\nd)\tfour;\n"
		     "ce)\tfive,\n"),
	    &s));
	d = first(&s, RP_SALVAGE_LBL);
	RP_CHECK(d.line == 3 && d.confidence == RP_SALVAGE_AMBIGUOUS);
	d = s.decisions.v[s.decisions.n - 1];
	RP_CHECK(d.line == 6 && d.confidence == RP_SALVAGE_CERTAIN);
	RP_CHECK_TEXT(d.base, RP_TEXT("c)"));
	RP_CHECK_TEXT(d.now, RP_TEXT("e)"));
	d = s.decisions.v[s.decisions.n - 2];
	RP_CHECK(d.kind == RP_SALVAGE_PAR && d.line == 5 &&
		 d.confidence == RP_SALVAGE_CERTAIN && d.base.n == 0);
}

/* What rests on another text is told, and nothing is done. */
static void
leaves_what_it_cannot_know(void)
{
	static const char flat[] =
	    "to continue to take a large share participate in the trade;\n"
	    "for an honest and a slow, long trade;\n"
	    "to sell[footnoteRef:1]2 fish, including by night, and to promote "
	    "fish; [1: \t] \n";
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	bool lines[4] = { 0 };
	struct rp_salvage s;

	RP_CHECK_OK(rp_salvage_read(a, rp_text_bytes(rp_text_z(flat)), &s));
	for (size_t i = 0; i < s.decisions.n; i++) {
		RP_CHECK(s.decisions.v[i].confidence == RP_SALVAGE_UNCERTAIN);
		lines[s.decisions.v[i].line] = true;
	}
	RP_CHECK(lines[1] && lines[3]);
	RP_CHECK_TEXT(text_of(a, s.base), text_of(a, s.now));
	RP_CHECK(first(&s, RP_SALVAGE_FN).line == 3);
}

static void
makes_blocks(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	const struct rp_block *b;
	struct rp_salvage s;

	RP_CHECK_OK(rp_salvage_read(a,
	    RP_BYTES(
		"RESOLUTION 5\nFish\nnoting\na)\tone:\n\xe2\x80\xa2\ttwo;\n"
		"b)bis\tthree[footnoteRef:1]1, [1: 1 \tNote.]\n"),
	    &s));
	b = s.now->body.blocks.v;
	RP_CHECK(s.now->body.blocks.n == 6 && s.now->notes.n == 1);
	RP_CHECK(b[0].kind == RP_BLOCK_HEADING && b[0].level == 1);
	RP_CHECK(b[1].kind == RP_BLOCK_HEADING && b[1].level == 0);
	RP_CHECK(b[2].kind == RP_BLOCK_CALLOUT);
	RP_CHECK(b[3].kind == RP_BLOCK_PROVISION && b[3].label_runs == 1 &&
		 b[3].label.value == 1);
	RP_CHECK(b[4].label.style == RP_LABEL_BULLET);
	RP_CHECK_TEXT(b[5].label.text, RP_TEXT("b)bis"));
	RP_CHECK_TEXT(rp_block_text(a, &b[5]), RP_TEXT("three,"));
}

static void
writes_json(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	const struct rp_json *v, *rows_, *one;
	struct rp_salvage s;
	struct rp_sink sink;
	struct rp_buf b;
	rp_bytes octets;

	RP_CHECK_OK(rp_salvage_read(a,
	    RP_BYTES("noting\na)\to;\nab)\tt;\nc)\th,\n"), &s));
	rp_buf_init(&b, a, 1 << 20);
	rp_sink_to_buf(&sink, a, &b);
	rp_salvage_put_json(&sink, &s);
	RP_CHECK_OK(rp_sink_flush(&sink));
	RP_CHECK_OK(rp_buf_bytes(&b, &octets));
	RP_CHECK_OK(rp_json_parse(a, octets, &v));
	rows_ = rp_json_find(v, "decisions");
	RP_CHECK(rp_json_n(rows_) == s.decisions.n && s.decisions.n > 1);
	one = rp_json_at(rows_, 0);
	RP_CHECK(rp_json_kind(rp_json_find(one, "base")) == RP_JSON_NULL);
	RP_CHECK(rp_json_kind(rp_json_find(one, "new")) == RP_JSON_TEXT);
}

static void
refuses(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(256 << 20);
	size_t n = RP_SALVAGE_MAX + 1;
	uint8_t *p = rp_alloc(a, n);
	struct rp_salvage s;

	RP_CHECK_FAILS(rp_salvage_read(a, RP_BYTES("\xff"), &s), RP_E_INVALID);
	RP_CHECK_FAILS(rp_salvage_read(a, RP_BYTES("a\x1f\x31"), &s),
	    RP_E_INVALID);
	memset(p, 'a', n);
	RP_CHECK_FAILS(rp_salvage_read(a, (rp_bytes){ p, n }, &s), RP_E_LIMIT);
	RP_CHECK_FAILS(rp_salvage_read(a,
			   (rp_bytes){ p, RP_SALVAGE_LINE_MAX + 1 }, &s),
	    RP_E_LIMIT);
	memset(p, '\n', n);
	RP_CHECK_FAILS(rp_salvage_read(a,
			   (rp_bytes){ p, RP_SALVAGE_LINES_MAX + 1 }, &s),
	    RP_E_LIMIT);
	for (size_t i = 0; i + 16 <= n; i += 16)
		memcpy(p + i, "[footnoteRef:1]\n", 16);
	RP_CHECK_FAILS(rp_salvage_read(a,
			   (rp_bytes){ p, 16 * (RP_SALVAGE_NOTES_MAX + 1) },
			   &s),
	    RP_E_LIMIT);
}

/* Each line asks for as much work as a line can. */
static void
survives_what_is_made_to_hurt(void)
{
	static const char *const lines[] = { "a)\tx;\n", "aaaaaaaaaaaa)\tx;\n",
		"1\t[1: [1: [1:\n", "the the the the the the the the the\n",
		"a 2018 2022 2018Aa, 2022 is is is shall can of in of in\n",
		"xandofxandof andof ofand andof ofand andof and the of\n",
		"[footnoteRef:][bookmark:[bookmark: [3: ]\n",
		"resolves\n1\tx:\ni)\tx;\nresolves\n2\tx.\n" };

	for (size_t k = 0; k < sizeof(lines) / sizeof(lines[0]); k++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new((size_t)1 << 30);
		size_t len = strlen(lines[k]), n = 3000 * len;
		uint8_t *p = rp_alloc(a, n);
		struct rp_salvage s;

		for (size_t i = 0; i < n; i += len)
			memcpy(p + i, lines[k], len);
		RP_CHECK_OK(rp_salvage_read(a, (rp_bytes){ p, n }, &s));
	}
}

RP_CHECK_MAIN({ "separates", separates },
    { "tells how sure it is", tells_how_sure_it_is },
    { "leaves what it cannot know", leaves_what_it_cannot_know },
    { "makes blocks", makes_blocks }, { "writes JSON", writes_json },
    { "refuses", refuses },
    { "survives what is made to hurt", survives_what_is_made_to_hurt })
