#include "proc/report_facts.h"

#include "base/check.h"

static struct rp_err *
read_facts(struct rp_arena *a, const char *json, struct rp_report_facts *out)
{
	return rp_report_facts_read(a, rp_text_bytes(rp_text_z(json)), out);
}

static void
all_of_it(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(8 << 20);
	struct rp_report_facts f;
	const struct rp_report_item *item;

	RP_CHECK_OK(read_facts(a,
	    "{\"group\":\"WG\",\"ordinal\":7,\"date\":\"2024-10-04\","
	    "\"chair\":{\"name\":\"A\",\"country\":\"Utopia\"},"
	    "\"items\":[{\"kind\":\"contributions\",\"title\":\"T\","
	    "\"papers\":[{\"symbol\":\"WG-7/2\",\"sources\":\"Utopia\","
	    "\"summary\":[\"one\",\"two\"],\"statements\":["
	    "{\"voices\":3,\"words\":\"agreed.\"},"
	    "{\"by\":\"chair\",\"words\":\"spoke.\"},"
	    "{\"by\":\"Ms. B\",\"words\":\"spoke.\",\"outcome\":"
	    "{\"verb\":\"agreed\"}}],"
	    "\"outcomes\":[{\"verb\":\"noted\",\"object\":\"it\"}]}]}]}",
	    &f));
	RP_CHECK_TEXT(f.group_name, RP_TEXT("WG"));
	RP_CHECK_TEXT(f.chair_country, RP_TEXT("Utopia"));
	RP_CHECK(f.acting.n == 0 && f.items.n == 1);
	item = &f.items.v[0];
	RP_CHECK(item->kind == RP_ITEM_CONTRIBUTIONS && item->papers.n == 1);
	RP_CHECK(item->papers.v[0].summary.n == 2);
	RP_CHECK(item->papers.v[0].statements.v[0].voices == 3);
	RP_CHECK(item->papers.v[0].statements.v[1].speaker == RP_SPEAKER_CHAIR);
	RP_CHECK(item->papers.v[0].statements.v[2].speaker == RP_SPEAKER_NAMED);
	RP_CHECK(item->papers.v[0].statements.v[2].outcome.verb ==
		 RP_OUTCOME_AGREED);
	RP_CHECK(item->papers.v[0].outcomes.v[0].verb == RP_OUTCOME_NOTED);
}

#define HEAD "{\"group\":\"WG\",\"ordinal\":7,\"date\":\"d\",\"items\":"

static void
what_is_wrong(void)
{
	static const struct {
		const char *json, *says;
	} rows[] = {
		{ "", "" },
		{ "[]", "group" },
		{ "{\"group\":7}", "group" },
		{ "{\"group\":\"WG\",\"ordinal\":0,\"date\":\"d\",\"items\":[]"
		  "}",
		    "ordinal" },
		{ HEAD "7}", "items" },
		{ HEAD "[{}]}", "item 1" },
		{ HEAD "[{\"kind\":\"poem\"}]}", "poem" },
		{ HEAD "[{\"kind\":\"other\",\"papers\":[{}]}]}", "symbol" },
		{ HEAD
		    "[{\"kind\":\"other\",\"outcomes\":[{\"verb\":\"won\"}]}]"
		    "}",
		    "won" },
		{ HEAD "[{\"kind\":\"other\",\"statements\":[{\"voices\":0,"
		       "\"words\":\"x\"}]}]}",
		    "voices" },
		{ HEAD "[{\"kind\":\"other\",\"statements\":[{}]}]}", "words" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(8 << 20);
		struct rp_report_facts f;
		RP_AUTO(rp_err_freep)
		struct rp_err *e = read_facts(a, rows[i].json, &f);

		RP_CHECK(e != NULL && rp_err_code(e) == RP_E_INVALID);
		if (strstr(rp_err_message(e), rows[i].says) == NULL) {
			printf("not ok - \"%s\" does not say \"%s\"\n",
			    rp_err_message(e), rows[i].says);
			exit(1);
		}
	}
}

RP_CHECK_MAIN({ "all of it", all_of_it }, { "what is wrong", what_is_wrong })
