#include "exchange/themes_table.h"

#include "base/buf.h"
#include "base/check.h"
#include "codec/json.h"
#include "codec/sink.h"
#include "themes/result.h"

/* Two fields each, a campaign with own words, a response without a unit. */
struct sample {
	struct rp_theme_response responses[3];
	struct rp_theme_field fields[6];
	struct rp_theme_unit units[3];
	struct rp_theme themes[2];
	struct rp_quotation quotations[1];
	struct rp_campaign_member members[2];
	struct rp_campaign campaign;
	struct rp_own_words own[1];
	struct rp_themes_result r;
	struct rp_themes_table t;
};

static void
fill(struct sample *s)
{
	static const rp_text columns[] = { RP_TEXT_INIT("why"),
		RP_TEXT_INIT("how, if") };
	static const char *const texts[] = { "say \"no\" to it", "now", "", "",
		"other", "\xc3\xa9t\xc3\xa9" };
	static const char *const ids[] = { "a,1", "b", "c" };

	memset(s, 0, sizeof(*s));
	for (uint32_t i = 0; i < 6; i++)
		s->fields[i] = (struct rp_theme_field){ i / 2, i % 2,
			rp_text_z(texts[i]) };
	for (uint32_t i = 0; i < 3; i++)
		s->responses[i].id = rp_text_z(ids[i]);
	s->units[0] = (struct rp_theme_unit){ .field = 0,
		.to = 14,
		.theme = 1,
		.by = RP_BY_MACHINE,
		.score = 875 };
	s->units[1] =
	    (struct rp_theme_unit){ .field = 1, .to = 3, .theme = RP_NONE };
	s->units[2] = (struct rp_theme_unit){ .field = 5,
		.to = 5,
		.theme = 1,
		.by = RP_BY_CAMPAIGN };
	s->themes[0] = (struct rp_theme){ .parent = RP_NONE,
		.label = RP_TEXT("all of it"),
		.responses = 2,
		.distinct = 2 };
	s->themes[1] = (struct rp_theme){ .label = RP_TEXT("no, now"),
		.responses = 2,
		.distinct = 2,
		.campaign_responses = 1 };
	s->quotations[0] = (struct rp_quotation){ 1, 0 };
	s->members[0] =
	    (struct rp_campaign_member){ .level = RP_CAMPAIGN_WITH_OWN,
		    .n_own = 1 };
	s->members[1] = (struct rp_campaign_member){ .response = 2,
		.level = RP_CAMPAIGN_NEAR };
	s->own[0] = (struct rp_own_words){ 1, 0, 3 };
	s->campaign = (struct rp_campaign){ .template_text = RP_TEXT("x"),
		.lang = RP_TEXT("en"),
		.twin = RP_NONE };
	s->campaign.members.v = s->members;
	s->campaign.members.n = 2;
	s->r.responses.v = s->responses;
	s->r.responses.n = 3;
	s->r.fields.v = s->fields;
	s->r.fields.n = 6;
	s->r.units.v = s->units;
	s->r.units.n = 3;
	s->r.themes.v = s->themes;
	s->r.themes.n = 2;
	s->r.quotations.v = s->quotations;
	s->r.quotations.n = 1;
	s->r.campaigns.v = &s->campaign;
	s->r.campaigns.n = 1;
	s->r.own.v = s->own;
	s->r.own.n = 1;
	s->t = (struct rp_themes_table){ &s->r, columns };
}

static rp_text
made(struct rp_arena *a, const struct sample *s, enum rp_themes_table_kind kind,
    bool csv)
{
	struct rp_sink sink;
	struct rp_buf b;
	rp_text out;

	rp_buf_init(&b, a, 1 << 20);
	rp_sink_to_buf(&sink, a, &b);
	(csv ? rp_themes_table_csv : rp_themes_table_json)(&s->t, kind, &sink);
	RP_CHECK_OK(rp_sink_flush(&sink));
	RP_CHECK_OK(rp_buf_done(&b, &out));
	return out;
}

static void
csv(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 22);
	struct sample s;

	fill(&s);
	RP_CHECK_TEXT(made(a, &s, RP_THEMES_ASSIGNMENTS, true),
	    RP_TEXT("id,field,unit,start,end,theme,by,score\r\n"
		    "\"a,1\",why,1,0,14,2,machine,875\r\n"
		    "\"a,1\",\"how, if\",1,0,3,,,\r\n"
		    "b,,,,,,,\r\n"
		    "c,\"how, if\",1,0,5,2,campaign,0\r\n"));
	RP_CHECK_TEXT(made(a, &s, RP_THEMES_THEMES, true),
	    RP_TEXT("theme,parent,label,responses,distinct,"
		    "campaign_responses\r\n"
		    "1,,all of it,2,2,0\r\n"
		    "2,1,\"no, now\",2,2,1\r\n"));
	RP_CHECK_TEXT(made(a, &s, RP_THEMES_CAMPAIGNS, true),
	    RP_TEXT("id,campaign,level,own_start,own_end\r\n"
		    "\"a,1\",1,own,15,18\r\n"
		    "c,1,near,,\r\n"));
	RP_CHECK_TEXT(made(a, &s, RP_THEMES_QUOTATIONS, true),
	    RP_TEXT("theme,id,field,start,end,text\r\n"
		    "2,\"a,1\",why,0,14,\"say \"\"no\"\" to it\"\r\n"));
}

static void
json(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 22);
	const struct rp_json *v, *row;
	struct sample s;
	int64_t n;

	fill(&s);
	for (int i = 0; i < RP_THEMES_TABLES; i++)
		RP_CHECK_OK(rp_json_parse(a,
		    rp_text_bytes(
			made(a, &s, (enum rp_themes_table_kind)i, false)),
		    &v));
	RP_CHECK_OK(rp_json_parse(a,
	    rp_text_bytes(made(a, &s, RP_THEMES_CAMPAIGNS, false)), &v));
	row = rp_json_at(v, 0);
	RP_CHECK(rp_json_kind(rp_json_find(row, "twin")) == RP_JSON_NULL);
	RP_CHECK(rp_json_n(rp_json_find(row, "members")) == 2);
	RP_CHECK_OK(rp_json_parse(a,
	    rp_text_bytes(made(a, &s, RP_THEMES_ASSIGNMENTS, false)), &v));
	RP_CHECK(rp_json_n(v) == 4);
	RP_CHECK_OK(rp_json_i64(rp_json_at(v, 0), "score", &n));
	RP_CHECK(n == 875);
	RP_CHECK(rp_json_kind(rp_json_find(rp_json_at(v, 2), "theme")) ==
		 RP_JSON_NULL);
}

RP_CHECK_MAIN({ "csv", csv }, { "json", json })
