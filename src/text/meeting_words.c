#include "text/meeting_words.h"

static const rp_text outcome_names[RP_OUTCOMES] = {
	[RP_OUTCOME_NONE] = RP_TEXT_INIT("none"),
	[RP_OUTCOME_ADOPTED] = RP_TEXT_INIT("adopted"),
	[RP_OUTCOME_NOTED] = RP_TEXT_INIT("noted"),
	[RP_OUTCOME_AGREED] = RP_TEXT_INIT("agreed"),
	[RP_OUTCOME_APPROVED] = RP_TEXT_INIT("approved"),
	[RP_OUTCOME_NO_AGREEMENT] = RP_TEXT_INIT("no_agreement"),
	[RP_OUTCOME_REVISED_INVITED] = RP_TEXT_INIT("revised_invited"),
	[RP_OUTCOME_CONSIDERED] = RP_TEXT_INIT("considered"),
	[RP_OUTCOME_INFORMAL] = RP_TEXT_INIT("informal"),
	[RP_OUTCOME_MERGE] = RP_TEXT_INIT("merge"),
	[RP_OUTCOME_DEFERRED] = RP_TEXT_INIT("deferred"),
	[RP_OUTCOME_TO_COUNCIL] = RP_TEXT_INIT("to_council"),
};

static const rp_text kind_names[RP_ITEM_KINDS] = {
	[RP_ITEM_OPENING] = RP_TEXT_INIT("opening"),
	[RP_ITEM_AGENDA] = RP_TEXT_INIT("agenda"),
	[RP_ITEM_REPORT] = RP_TEXT_INIT("report"),
	[RP_ITEM_CONTRIBUTIONS] = RP_TEXT_INIT("contributions"),
	[RP_ITEM_TOPICS] = RP_TEXT_INIT("topics"),
	[RP_ITEM_ACTIONS] = RP_TEXT_INIT("actions"),
	[RP_ITEM_APPROVAL] = RP_TEXT_INIT("approval"),
	[RP_ITEM_OTHER] = RP_TEXT_INIT("other"),
	[RP_ITEM_CLOSING] = RP_TEXT_INIT("closing"),
};

static bool
find(const rp_text *names, int n, rp_text name, int *out)
{
	for (int i = 0; i < n; i++) {
		if (!rp_text_eq(names[i], name))
			continue;
		*out = i;
		return true;
	}
	return false;
}

rp_text
rp_outcome_name(enum rp_outcome outcome)
{
	return outcome_names[outcome];
}

bool
rp_outcome_from(rp_text name, enum rp_outcome *out)
{
	int i = 0;
	bool found = find(outcome_names, RP_OUTCOMES, name, &i);

	*out = (enum rp_outcome)i;
	return found;
}

rp_text
rp_report_kind_name(enum rp_report_kind kind)
{
	return kind_names[kind];
}

bool
rp_report_kind_from(rp_text name, enum rp_report_kind *out)
{
	int i = 0;
	bool found = find(kind_names, RP_ITEM_KINDS, name, &i);

	*out = (enum rp_report_kind)i;
	return found;
}
