#include "codec/salvage_private.h"

#include <ctype.h>
#include <string.h>

/* Common English, as far as the rules of salvage_words.c ask for it. */
static const struct {
	unsigned classes;
	const char *words;
} lists[] = {
	{ RP_CLASS_ARTICLE | RP_CLASS_GLUE, "a an the" },
	{ RP_CLASS_DETERMINER, "its their his our this these every no" },
	{ RP_CLASS_PREPOSITION | RP_CLASS_GLUE,
	    "of by with in on at for from through within under between "
	    "among into via upon towards throughout during to" },
	{ RP_CLASS_PREPOSITION, "as" },
	{ RP_CLASS_GLUE, "as and or that which is are be" },
	{ RP_CLASS_CONJUNCTION, "and or but nor" },
	{ RP_CLASS_RELATIVE, "which who whose whom where" },
	{ RP_CLASS_FINITE, "is are was were has have had does did" },
	{ RP_CLASS_MODAL, "shall should will would may might must can could" },
	{ RP_CLASS_AFTER_ADJECTIVE_NOT,
	    "further other such additional various several certain" },
	{ RP_CLASS_ADJECTIVE,
	    "future new existing current present previous recent common "
	    "early late main major good great high low large small open "
	    "public private joint" },
	{ RP_CLASS_NUMBER_WORD,
	    "two three four five six seven eight nine ten eleven twelve "
	    "first second third fourth fifth sixth seventh eighth ninth "
	    "tenth" },
	{ RP_CLASS_COMPOUND,
	    "into onto unto upon within without throughout therein thereof "
	    "thereto hereby herein thereby whereby wherein whereas hereto "
	    "heretofore hitherto moreover however another island islands asset "
	    "assets overall online offline areas today together tonight "
	    "before beside besides become becomes became behalf before "
	    "inform informs format formats forward fortune island "
	    "outcome outcomes income inclusive within cannot maybe whatever "
	    "whenever whoever wherever network networks framework frameworks "
	    "worldwide widespread workshop workshops stakeholder "
	    "stakeholders multistakeholder software hardware landlocked "
	    "landmark database databases website websites webpage timeframe "
	    "timely policymaker policymakers lawmaker lawmakers guideline "
	    "guidelines headquarters workload workplan teamwork ongoing "
	    "outgoing incoming upcoming oversee overseas oversight understand "
	    "understanding undertake undertaking undergo underline outline "
	    "output outputs input inputs outreach update updates upgrade "
	    "uptake intake also always already almost alone along although "
	    "ashore aside around about above among amend amends anybody "
	    "anyone anything everyone everything nobody nothing someone "
	    "something atone basis bias broadband broadcast broadcasting "
	    "bandwidth breakdown breakthrough background cybersecurity "
	    "download upload feedback firsthand fulfil grassroots "
	    "highlight highlights keyboard leadership membership "
	    "partnership ownership relationship lifetime livelihood "
	    "longstanding mainstream meantime meanwhile "
	    "nevertheless nonetheless notwithstanding offset offsets onset "
	    "payroll safeguard safeguards shortcoming shortcomings "
	    "spokesperson standstill subgroup subset subsets thesis this "
	    "transport upheld uphold upstream downstream viewpoint "
	    "watershed withdraw withhold withstand workforce workflow "
	    "worthwhile android theory inset inland insight insights "
	    "intent intend intended tool forum bylaw handbook handbooks "
	    "chairman chairmen chairperson layout percent takeover "
	    "turnover rollout buildup setup makeup backup shutdown weekend "
	    "anywhere everywhere somewhere nowhere oneself itself himself "
	    "herself themselves ourselves childhood likewise otherwise "
	    "furthermore throughput byproduct forward toward towards "
	    "afterwards inasmuch insofar hereafter thereafter henceforth "
	    "organ organs form asking artist timezone timezones" },
	{ RP_CLASS_CALLOUT,
	    "recalling recognizing recognising considering noting emphasizing "
	    "emphasising stressing aware bearing mindful acknowledging "
	    "affirming reaffirming concerned conscious convinced observing "
	    "realizing underlining underscoring welcoming appreciating "
	    "believing confirming desiring expressing having highlighting "
	    "reiterating resolves decides instructs invites requests "
	    "encourages urges recommends appeals charges authorizes "
	    "endorses calls declares adopts agrees approves directs" },
};

static const char verbs_only[] =
    "accelerate accept accommodate accompany achieve acknowledge acquire adapt "
    "add adopt advise affirm agree allocate allow amend analyse analyze "
    "appoint approve arise assess assist assume attain attend authorize avoid "
    "become believe broaden clarify collaborate collect combine comply confirm "
    "consider consist consolidate constitute consult contain continue "
    "contribute convene coordinate cooperate create decide define deliver "
    "demonstrate depend describe determine develop discuss disseminate "
    "elaborate eliminate emphasize emphasise employ empower enable encompass "
    "encourage endorse enhance enjoy enlarge ensure establish evaluate examine "
    "exceed expand explain explore express extend facilitate foster fulfil "
    "gather generate give harmonize harness identify ignore implement improve "
    "include incorporate indicate inform initiate inspire integrate intensify "
    "introduce invest invite involve liaise maintain manage mitigate mobilize "
    "modernize negotiate observe obtain occur operate organize organise "
    "participate perform persist possess prepare preserve prevent proceed "
    "promote propose protect provide publish pursue raise reaffirm realize "
    "recall receive recognize recognise recommend reconsider reduce reflect "
    "refer reinforce reiterate relate remain remove render replace require "
    "resolve respond restrict retain reveal revise seek simplify solve "
    "stimulate streamline strengthen submit suggest supervise suppress sustain "
    "tackle transform translate transmit undermine undertake uphold urge "
    "utilize verify widen withdraw develop designate recruit finalize "
    "prioritize summarize";

static const char verbs[] =
    "access act address advance aid aim answer approach attempt benefit build "
    "call care challenge change charge claim comment conduct contact contract "
    "control cost cover debate demand design display draft draw estimate "
    "exchange focus follow force form function fund gain grant grow guarantee "
    "guide help hold host impact increase influence keep launch lead learn "
    "leverage limit link list mandate mark measure monitor narrow need note "
    "object offer open order partner plan play present process produce profit "
    "promise question reach record reform regard release report request "
    "research respect review safeguard secure serve share shape show start "
    "state stress structure study supply support take target tell test trade "
    "train transfer transport treat trust update upgrade use value view visit "
    "welcome work";

static void
add(struct rp_salvage_words *w, const char *p, size_t n, const char *ending,
    unsigned classes)
{
	rp_text t = rp_textf(w->arena, "%.*s%s", (int)n, p, ending);

	rp_map_at(w->arena, &w->words, t)->classes |= classes;
}

static void
add_list(struct rp_salvage_words *w, const char *p, unsigned classes)
{
	while (*p != '\0') {
		size_t n = strcspn(p, " ");

		add(w, p, n, "", classes);
		p += n + (p[n] == ' ');
	}
}

static bool
vowel(char c)
{
	return strchr("aeiou", c) != NULL;
}

/* The regular forms; doubled letters ("submitted") where the stem asks it. */
static void
add_verb(struct rp_salvage_words *w, const char *p, size_t n, unsigned more)
{
	char last = p[n - 1], before = p[n - 2];
	bool y = last == 'y' && !vowel(before);
	bool hiss = last == 's' || last == 'x' || last == 'z' ||
		    (last == 'h' && (before == 's' || before == 'c'));
	size_t stem = n - (last == 'e' || y);

	add(w, p, n, "", RP_CLASS_VERB | more);
	add(w, p, y ? n - 1 : n,
	    y    ? "ies" :
	    hiss ? "es" :
		   "s",
	    RP_CLASS_THIRD | more);
	add(w, p, stem, y ? "ied" : "ed", RP_CLASS_PAST);
	add(w, p, y ? n : stem, "ing", RP_CLASS_ING | more);
	if (n > 3 && (last == 't' || last == 'n' || last == 'r') &&
	    vowel(before) && !vowel(p[n - 3])) {
		char twice[] = { last, 'e', 'd', 0 };
		char ing[] = { last, 'i', 'n', 'g', 0 };

		add(w, p, n, twice, RP_CLASS_PAST);
		add(w, p, n, ing, RP_CLASS_ING);
	}
}

static void
add_verbs(struct rp_salvage_words *w, const char *p, unsigned more)
{
	while (*p != '\0') {
		size_t n = strcspn(p, " ");

		add_verb(w, p, n, more);
		p += n + (p[n] == ' ');
	}
}

void
rp_salvage_lexicon(struct rp_salvage_words *w)
{
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		add_list(w, lists[i].words, lists[i].classes);
	add_verbs(w, verbs_only, RP_CLASS_VERB_ONLY);
	add_verbs(w, verbs, 0);
	add_list(w,
	    "been done made taken given held led met put set begun "
	    "shown chosen drawn grown known seen sent spent built kept "
	    "brought found undertaken",
	    RP_CLASS_PAST);
}
