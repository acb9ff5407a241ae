#include "themes/verify.h"

#include "base/check.h"

/* Four responses, five units, a parent and two leaves, one campaign. */
struct sound {
	struct rp_theme_response responses[5];
	struct rp_theme_field fields[5];
	struct rp_theme_unit units[5];
	struct rp_theme themes[3];
	struct rp_quotation quotations[2];
	struct rp_campaign_member members[2];
	struct rp_campaign campaign;
	struct rp_own_words own[1];
	struct rp_themes_result r;
};

static void
fill(struct sound *s)
{
	static const char *const texts[] = { "cables break, said Zo\xc3\xa9",
		"cables break", "schools close. and cables", "", "secret" };

	memset(s, 0, sizeof(*s));
	for (uint32_t i = 0; i < 5; i++) {
		s->responses[i].campaign = RP_NONE;
		s->fields[i] =
		    (struct rp_theme_field){ i, 0, rp_text_z(texts[i]) };
	}
	s->responses[0].campaign = s->responses[1].campaign = 0;
	s->responses[4].is_withheld = true;
	s->units[0] = (struct rp_theme_unit){ .field = 0,
		.to = 12,
		.theme = 1,
		.by = RP_BY_MACHINE,
		.score = 900 };
	s->units[1] = (struct rp_theme_unit){ .field = 0,
		.from = 14,
		.to = 23,
		.copy_of = 1,
		.theme = RP_NONE };
	s->units[2] = s->units[0];
	s->units[2].field = 1;
	s->units[3] = (struct rp_theme_unit){ .field = 2,
		.to = 14,
		.copy_of = 3,
		.theme = 2,
		.by = RP_BY_MACHINE };
	s->units[4] = (struct rp_theme_unit){ .field = 2,
		.from = 15,
		.to = 25,
		.copy_of = 4,
		.theme = 1,
		.by = RP_BY_PERSON };
	s->themes[0] =
	    (struct rp_theme){ .parent = RP_NONE, .label = RP_TEXT("all") };
	s->themes[1] = (struct rp_theme){ .label = RP_TEXT("cables") };
	s->themes[2] = (struct rp_theme){ .label = RP_TEXT("schools") };
	s->quotations[0] = (struct rp_quotation){ 1, 0 };
	s->quotations[1] = (struct rp_quotation){ 2, 3 };
	s->members[0] =
	    (struct rp_campaign_member){ .response = 0, .n_own = 1 };
	s->members[1] = (struct rp_campaign_member){ .response = 1 };
	s->own[0] = (struct rp_own_words){ 0, 14, 23 };
	s->campaign.twin = RP_NONE;
	s->campaign.members.v = s->members;
	s->campaign.members.n = 2;
	s->r.responses.v = s->responses;
	s->r.fields.v = s->fields;
	s->r.units.v = s->units;
	s->r.responses.n = s->r.fields.n = s->r.units.n = 5;
	s->r.themes.v = s->themes;
	s->r.themes.n = 3;
	s->r.quotations.v = s->quotations;
	s->r.quotations.n = 2;
	s->r.campaigns.v = &s->campaign;
	s->r.campaigns.n = 1;
	s->r.own.v = s->own;
	s->r.own.n = 1;
	rp_themes_read(&s->r);
	rp_themes_count(&s->r);
}

static void
figures(void)
{
	struct sound s;
	uint32_t states[RP_READINGS];

	fill(&s);
	RP_CHECK_OK(rp_themes_verify(&s.r));
	rp_themes_states(&s.r, states);
	RP_CHECK(states[RP_READING_THEMED] == 3);
	RP_CHECK(states[RP_READING_EMPTY] == 1);
	RP_CHECK(states[RP_READING_WITHHELD] == 1);
	RP_CHECK(states[RP_READING_UNREAD] == 0);
	RP_CHECK(s.themes[0].responses == 3 && s.themes[0].distinct == 2);
	RP_CHECK(s.themes[1].responses == 3 && s.themes[1].distinct == 2);
	RP_CHECK(s.themes[1].campaign_responses == 2);
	RP_CHECK(s.themes[2].responses == 1 && s.themes[2].distinct == 1);
	s.units[3].theme = s.units[4].theme = RP_NONE;
	s.units[3].by = s.units[4].by = RP_BY_NOBODY;
	rp_themes_read(&s.r);
	RP_CHECK(s.responses[2].reading == RP_READING_UNREAD);
	s.responses[2].reading = RP_READING_NO_THEME;
	rp_themes_read(&s.r);
	RP_CHECK(s.responses[2].reading == RP_READING_NO_THEME);
}

/* Each promise, broken in one place. */

static void
no_state(struct sound *s)
{
	s->responses[0].reading = RP_READINGS;
}

static void
wrong_state(struct sound *s)
{
	s->responses[2].reading = RP_READING_NO_THEME;
}

static void
lost_state(struct sound *s)
{
	s->responses[3].reading = RP_READING_THEMED;
}

static void
withheld_read(struct sound *s)
{
	s->fields[2].response = 4;
	s->fields[3].response = 4;
}

static void
withheld_member(struct sound *s)
{
	s->responses[4].campaign = 0;
}

static void
outside(struct sound *s)
{
	s->units[2].to = 13;
}

static void
half_character(struct sound *s)
{
	s->units[1].to = 22;
}

static void
overlapping(struct sound *s)
{
	s->units[1].from = 11;
}

static void
copy_of_copy(struct sound *s)
{
	s->units[4].copy_of = 2;
}

static void
given_by_nobody(struct sound *s)
{
	s->units[0].by = RP_BY_NOBODY;
}

static void
nameless(struct sound *s)
{
	s->themes[2].label.n = 0;
}

static void
no_respondent(struct sound *s)
{
	s->units[3].theme = 1;
	s->quotations[1].unit = 4;
	s->quotations[1].theme = 1;
	rp_themes_count(&s->r);
}

static void
no_quotation(struct sound *s)
{
	s->r.quotations.n = 1;
}

static void
other_figures(struct sound *s)
{
	s->themes[1].responses++;
}

static void
other_distinct(struct sound *s)
{
	s->themes[0].distinct = 3;
}

static void
quotation_of_another(struct sound *s)
{
	s->quotations[1].unit = 4;
}

static void
three_levels(struct sound *s)
{
	s->themes[2].parent = 1;
	rp_themes_count(&s->r);
}

static void
dropped_member(struct sound *s)
{
	s->campaign.members.n = 1;
}

static void
twice_a_member(struct sound *s)
{
	s->members[1].response = 0;
}

static void
own_of_another(struct sound *s)
{
	s->own[0].field = 2;
}

static void
twin_of_itself(struct sound *s)
{
	s->campaign.twin = 0;
}

static void
broken(void)
{
	static void (*const ways[])(struct sound * s) = { no_state, wrong_state,
		lost_state, withheld_read, withheld_member, outside,
		half_character, overlapping, copy_of_copy, given_by_nobody,
		nameless, no_respondent, no_quotation, other_figures,
		other_distinct, quotation_of_another, three_levels,
		dropped_member, twice_a_member, own_of_another,
		twin_of_itself };

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		struct sound s;
		struct rp_err *e;

		fill(&s);
		ways[i](&s);
		e = rp_themes_verify(&s.r);
		if (e == NULL)
			printf("# way %zu was not seen\n", i);
		RP_CHECK(e != NULL && rp_err_code(e) == RP_E_INTERNAL);
		rp_err_free(e);
	}
}

RP_CHECK_MAIN({ "figures", figures }, { "what is broken is seen", broken })
