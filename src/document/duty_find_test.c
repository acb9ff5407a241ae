#include "document/duty_find.h"

#include "base/check.h"

static struct rp_document *doc;
static struct rp_arena *arena;

static void
add(rp_text label, rp_text text)
{
	struct rp_run *run = rp_new(arena, struct rp_run);
	struct rp_block b = { .runs = run, .n_runs = 1 };

	run->text = text;
	if (label.n > 0) {
		b.kind = RP_BLOCK_PROVISION;
		b.label = (struct rp_label){ .kind = RP_LABEL_AUTO,
			.style = rp_text_eq(label, RP_TEXT("•")) ?
				     RP_LABEL_BULLET :
				     RP_LABEL_DECIMAL,
			.text = label };
	}
	rp_vec_push(arena, &doc->body.blocks, b);
}

static void
begin(void)
{
	rp_arena_free(arena);
	arena = rp_arena_new(16 << 20);
	doc = rp_document_new(arena);
}

/* Everything that was found, a line each. */
static rp_text
found(void)
{
	struct rp_found_duties all = rp_duties_find(arena, doc);
	rp_text out = RP_TEXT("");

	for (size_t i = 0; i < all.n; i++) {
		const struct rp_found_duty *f = &all.v[i];

		out = rp_textf(arena, "%.*s%.*s|%.*s|%.*s|%.*s|%d|%d\n",
		    RP_FMT(out), RP_FMT(f->place), RP_FMT(f->paragraph),
		    RP_FMT(f->who), RP_FMT(f->recipient), (int)f->every,
		    f->year);
	}
	return out;
}

static void
who_to_whom_how_often(void)
{
	begin();
	add(RP_TEXT(""), RP_TEXT("considering"));
	add(RP_TEXT("a)"), RP_TEXT("that somebody has to report to the Council "
				   "every year;"));
	add(RP_TEXT(""), RP_TEXT("instructs the Secretary-General"));
	add(RP_TEXT("1"), RP_TEXT("to keep the list of wells;"));
	add(RP_TEXT("2"),
	    RP_TEXT("to report annually to the Council and the "
		    "Advisory Group, and also to WTSA, on the "
		    "state of wells, and to submit the list to "
		    "the Secretary-General of the United Nations;"));
	add(RP_TEXT("3"), RP_TEXT("taking into account the annual reports to "
				  "the Council, to dig;"));
	add(RP_TEXT(""), RP_TEXT("instructs the Council"));
	add(RP_TEXT(""), RP_TEXT("to report to the 2030 plenipotentiary "
				 "conference on the outcome."));
	RP_CHECK_TEXT(found(),
	    RP_TEXT("1.2|instructs the Secretary-General 2|the "
		    "Secretary-General|the Council and the Advisory Group; "
		    "WTSA; the Secretary-General of the United Nations|2|0\n"
		    "2.1|instructs the Council|the Council|the 2030 "
		    "plenipotentiary conference|1|2030\n"));
}

static void
paragraphs_of_their_own(void)
{
	begin();
	add(RP_TEXT("9"), RP_TEXT("Welcomes the report to the Council;"));
	add(RP_TEXT("10"),
	    RP_TEXT("Requests the Secretary-General to report to "
		    "the Assembly at its next session on wells."));
	RP_CHECK_TEXT(found(),
	    RP_TEXT("0.1|10|the Secretary-General|the Assembly|1|0\n"));
}

static void
in_six_languages(void)
{
	static const struct {
		rp_text callout, words, want;
	} rows[] = {
		{ RP_TEXT_INIT("instructs the Director"),
		    RP_TEXT_INIT("to present a report to each session of the "
				 "Council,"),
		    RP_TEXT_INIT("1.1|instructs the Director 1|the Director|"
				 "each session of the Council|3|0\n") },
		{ RP_TEXT_INIT("charge le Directeur"),
		    RP_TEXT_INIT("de faire rapport chaque année au Conseil sur "
				 "les puits,"),
		    RP_TEXT_INIT("1.1|charge le Directeur 1|le Directeur|au "
				 "Conseil|2|0\n") },
		{ RP_TEXT_INIT("encarga al Director"),
		    RP_TEXT_INIT("que informe anualmente al Consejo sobre los "
				 "pozos,"),
		    RP_TEXT_INIT("1.1|encarga al Director 1|al Director|al "
				 "Consejo|2|0\n") },
		{ RP_TEXT_INIT("поручает Директору"),
		    RP_TEXT_INIT("ежегодно представлять Совету отчет о "
				 "колодцах,"),
		    RP_TEXT_INIT("1.1|поручает Директору 1|Директору|Совету|2|"
				 "0\n") },
		{ RP_TEXT_INIT("责成主任"),
		    RP_TEXT_INIT("每年向理事会提交有关水井的报告，"),
		    RP_TEXT_INIT("1.1|责成主任 1|主任|理事会|2|0\n") },
		{ RP_TEXT_INIT("يكلف المدير"),
		    RP_TEXT_INIT("بأن يرفع إلى المجلس تقريراً سنوياً عن الآبار،"),
		    RP_TEXT_INIT("1.1|يكلف المدير 1|المدير|المجلس|2|0\n") },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		begin();
		add(RP_TEXT(""), rows[i].callout);
		add(RP_TEXT("1"), rows[i].words);
		RP_CHECK_TEXT(found(), rows[i].want);
	}
}

static void
none_of_them(void)
{
	static const rp_text rows[] = {
		RP_TEXT_INIT(
		    "to consider the reports of the Group and to act,"),
		RP_TEXT_INIT("to disseminate the reports of the Group to all "
			     "organizations,"),
		RP_TEXT_INIT("to provide information to Member States on the "
			     "roles of others,"),
		RP_TEXT_INIT("d'examiner les rapports du Groupe,"),
		RP_TEXT_INIT("que considere los informes anuales,"),
		RP_TEXT_INIT("рассматривать отчеты Группы,"),
		RP_TEXT_INIT("审议工作组的报告，"),
		RP_TEXT_INIT("بالنظر في تقارير الفريق،"),
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		begin();
		add(RP_TEXT(""), RP_TEXT("instructs the Council"));
		add(RP_TEXT("1"), rows[i]);
		RP_CHECK_TEXT(found(), RP_TEXT(""));
	}
}

static void
limit(void)
{
	begin();
	add(RP_TEXT(""), RP_TEXT("instructs the Council"));
	for (size_t i = 0; i < RP_DUTIES_MAX + 5; i++)
		add(RP_TEXT("1"), RP_TEXT("to report annually to the Board;"));
	RP_CHECK(rp_duties_find(arena, doc).n == RP_DUTIES_MAX);
	rp_arena_free(arena);
}

RP_CHECK_MAIN({ "who, to whom, how often", who_to_whom_how_often },
    { "paragraphs of their own", paragraphs_of_their_own },
    { "in six languages", in_six_languages }, { "none of them", none_of_them },
    { "the limit", limit })
