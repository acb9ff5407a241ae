#include "document/duty_find.h"

#include <string.h>

#include "document/lower.h"

/* Octets: how far a noun may stand from its verb, an organ from what leads to
 * it, and how much of a paragraph is looked at. */
#define NOUN_NEAR 160
#define ORGAN_NEAR 90
#define PARAGRAPH_MAX ((size_t)20000)

/*
 * A word ends where a letter does not follow; "report~" is a stem, and goes on.
 * Arabic joins small words to the next one and Chinese has no bounds, so words
 * of theirs may begin anywhere.
 */
static const char *const adverbs[] = { "further ", "also ", "again ",
	"furthermore ", "en outre ", "de nouveau ", "además ", "также ",
	"далее ", "进一步", "还", NULL };

/* Behind these is who has the duty. The longer ones first. */
static const char *const operative[] = { "resolves to instruct ",
	"resolves to request ", "resolves to invite ",
	"resolves further to instruct ", "decides to instruct ",
	"resolves that ", "instructs ", "requests ", "invites ", "directs ",
	"calls upon ", "calls on ", "charges ", "urges ", "encourages ",
	"décide de charger ", "décide de prier ", "décide d'inviter ",
	"charge ", "prie ", "invite ", "demande à ", "demande au ",
	"demande aux ", "resuelve encargar ", "encarga ", "pide ", "solicita ",
	"invita ", "insta ", "ruega ", "решает поручить ", "поручает ",
	"предлагает ", "просит ", "призывает ", "责成", "请", "要求", "敦促",
	"يكلف ", "يكلّف ", "تكلف ", "تكلّف ", "يطلب إلى ", "يطلب من ", "يدعو ",
	"تدعو ", NULL };

/* These name nobody. */
static const char *const resolving[] = { "resolves", "decides", "agrees",
	"décide", "resuelve", "decide", "решает", "постановляет", "做出决议",
	"作出决议", "决定", "يقرر", "تقرر", "يقرّر", NULL };

struct rule {
	const char *const *verbs;
	const char *const *nouns; /* NULL: the verb is enough */
	bool organ_near; /* the organ stands between, or right behind */
};

static const char *const report[] = { "to report", "shall report",
	"should report", "will report", "and report", "also report",
	"then report", "annually report", "regularly report",
	"continue reporting", "reporting annually", "reporting regularly",
	"reporting periodically", "reporting to", "report back",
	"faire rapport", "fasse rapport", "fera rapport", "rendre compte",
	"rendra compte", "rende compte", "faire régulièrement rapport",
	"faire chaque année rapport", "faire un rapport", "que informe",
	"informar", "informe anualmente", "informe periódicamente",
	"rendir cuentas", "rinda cuentas", "rendir informe", "rinda informe",
	"seguir informando", "siga informando", "отчитываться", "отчитаться",
	"отчитывался", "докладывать", "доложить", "汇报", "做报告", "作报告",
	"做出报告", "作出报告", "提出报告", NULL };
static const char *const submit[] = { "to submit", "shall submit", "and submit",
	"to present", "shall present", "and present", "to provide",
	"shall provide", "to transmit", "and transmit", "to prepare",
	"shall prepare", "to produce", "to send", "to forward",
	"to communicate", "to deliver", "continue submitting",
	"continue presenting", "continue providing", "annually submit",
	"présenter", "présente", "soumettre", "soumette", "transmettre",
	"transmette", "remettre", "établir", "élaborer", "fournir",
	"communiquer", "presentar", "presente", "someter", "someta",
	"transmitir", "transmita", "remitir", "remita", "elaborar", "elabore",
	"preparar", "prepare", "представлять", "представить", "представлял",
	"направлять", "направить", "подготовить", "готовить", "передать",
	"передавать", "предоставлять", "предоставить", "提交", "呈交", "提供",
	"يرفع", "ترفع", "يرفعوا", "رفع", "تقديم", "يقدم", "تقدم", "يقدّم",
	"إعداد", "يعد ", "يعدّ", "موافاة", NULL };
static const char *const reports[] = { "report", "reports", "summary",
	"summaries", "an account", "progress", "findings", "rapport~",
	"compte rendu", "comptes rendus", "résumé~", "résultats", "informe",
	"informes", "resumen", "resultados", "отчет~", "отчёт~", "доклад~",
	"резюме", "результат~", "报告", "摘要", "总结", "结果", "تقرير~",
	"تقارير~", "ملخص~", "نتائج~", NULL };
static const char *const contribute[] = { "to contribute to", "contribuer~ au",
	"contribuer~ aux travaux", "contribuir a", "вносить вклад", NULL };
static const char *const activities[] = { "activities undertaken",
	"activities carried out", "activités menées", "activités entreprises",
	"actividades realizadas", "actividades llevadas", "о деятельности",
	NULL };
static const char *const keep[] = { "keep", "tenir", "tienne", "mantener",
	"mantenga", "держать", NULL };
static const char *const informed[] = { "informed", "informé~", "au courant",
	"informado~", "informada~", "в курсе", NULL };
static const char *const inform[] = { "to inform", "informer", "информировать",
	"проинформировать", "通报", "إبلاغ", "يبلغ", "إحاطة", NULL };

static const struct rule rules[] = { { report, NULL, false },
	{ submit, reports, false }, { contribute, activities, true },
	{ keep, informed, true }, { inform, NULL, true } };

/* Who can be told. */
static const char *const organs[] = { "council", "conference~", "assembly",
	"wtsa", "wtdc", "wrc", "tsag", "tdag", "rag", "advisory group~",
	"working group~", "cwg-~", "cwg", "united nations", "commission",
	"committee", "board", "pp-~", "conseil", "conférence~", "assemblée~",
	"cmdt", "amnt", "cmr", "gcnt", "gcdt", "gcr", "groupe consultatif~",
	"groupe de travail", "groupes de travail", "nations unies", "comité",
	"gtc-~", "consejo", "conferencia~", "asamblea~", "grupo asesor",
	"grupo de trabajo", "grupos de trabajo", "naciones unidas", "comisión",
	"gtc-~", "совет~", "конференци~", "ассамбле~", "консультативн~",
	"рабоч~", "комисси~", "комитет~", "организации объединенных наций",
	"вкрэ", "васэ", "кгсэ", "кгрэ", "理事会", "大会", "全会", "顾问组",
	"工作组", "联合国", "委员会", "المجلس", "مجلس", "للمجلس", "المؤتمر~",
	"مؤتمر~", "الجمعية", "جمعية", "للجمعية", "الفريق", "فريق",
	"الأمم المتحدة", "لجنة", NULL };

/* What leads to the one who is told. */
static const char *const leads[] = { "to ", "au ", "à la ", "à l'", "à l’",
	"aux ", "devant ", "al ", "a la ", "a los ", "a las ", "ante ", "向",
	"إلى ", "الى ", NULL };
/* "to submit" is not to anybody. In lower case; capitals of the text count. */
static const char *const articles[] = { "the", "a", "an", "its", "each",
	"every", "all", "this", "that", "these", "both", NULL };

static const char *const ends[] = { ",", ";", "،", "؛", "，", "；", "。", ".",
	":", " on ", " concerning ", " regarding ", " for ", " at ", " every ",
	" each year", " annually", " in order ", " with ", " about ",
	" through ", " a report", " an annual ", " reports ", " the results",
	" and to take", " and to ", " sur ", " concernant ", " un rapport",
	" chaque année", " pour ", " les résultats", " en vue ", " à sa ",
	" sobre ", " un informe", " acerca ", " para ", " cada ",
	" los resultados", " o ", " об ", " о ", " по ", " на ", " для ",
	" отчет~", " отчёт~", " доклад~", " ежегодн~", " результат~", "提交",
	"提供", "报告", "汇报", "呈交", "通报", "做", "作出", "每年", " تقرير~",
	" تقارير~", " بشأن", " عن ", " سنوي~", " حول~", " كل ", NULL };

static const struct {
	const char *const *words;
	enum rp_duty_every every;
} times[] = {
	{ (const char *const[]){ "annually", "annual", "every year",
	      "each year", "yearly", "annuellement", "chaque année",
	      "tous les ans", "annuel~", "anualmente", "anual~", "cada año",
	      "todos los años", "ежегодн~", "каждый год", "每年", "年度",
	      "سنوي~", "كل سنة", "كل عام", NULL },
	    RP_DUTY_YEARLY },
	{ (const char *const[]){ "each meeting", "every meeting",
	      "each session", "every session", "each ordinary session",
	      "each of its", "chaque session", "chaque réunion", "cada reunión",
	      "cada sesión", "каждой сессии", "каждом собрании",
	      "каждому собранию", "каждой очередной", "每次会议", "每届会议",
	      "كل دورة", "كل اجتماع", NULL },
	    RP_DUTY_MEETING },
	{ (const char *const[]){ "next", "forthcoming", "prochaine~",
	      "próxima~", "следующ~", "下届", "下一届", "المقبل~", "القادم~",
	      "التالي~", NULL },
	    RP_DUTY_ONCE },
};

/* Words. */

static bool
stands(rp_text t, size_t at, const char *z, size_t n)
{
	return at <= t.n && n <= t.n - at && memcmp(t.p + at, z, n) == 0;
}

/* Scripts in which a word may begin anywhere: Arabic, and from U+2E80 on. */
static bool
is_joined(const char *z)
{
	uint8_t c = (uint8_t)z[0];

	return (c >= 0xd8 && c <= 0xdb) || c >= 0xe3;
}

/* An octet of a letter of ASCII, or of any other script. */
static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (uint8_t)c >= 0x80;
}

static bool
word_at(rp_text t, size_t at, const char *word)
{
	size_t n = strlen(word);
	bool stem = n > 0 && word[n - 1] == '~';

	n -= stem ? 1 : 0;
	if (!stands(t, at, word, n))
		return false;
	if (is_joined(word))
		return true;
	if (at > 0 && is_letter(t.p[at - 1]) && is_letter(word[0]))
		return false;
	return stem || at + n >= t.n || !is_letter(t.p[at + n]) ||
	       !is_letter(word[n - 1]);
}

/* The first place of any of the words from `from` on, before `to`; `to` where
 * there is none. */
static size_t
find(rp_text t, size_t from, size_t to, const char *const *words,
    size_t *out_end)
{
	bool first[UINT8_MAX + 1] = { false };

	for (size_t i = 0; words[i] != NULL; i++)
		first[(uint8_t)words[i][0]] = true;
	for (size_t at = from; at < to; at++) {
		if (!first[(uint8_t)t.p[at]])
			continue;
		for (size_t i = 0; words[i] != NULL; i++)
			if (words[i][0] == t.p[at] &&
			    word_at(t, at, words[i])) {
				*out_end = at + strlen(words[i]);
				return at;
			}
	}
	return to;
}

static size_t
min(size_t x, size_t y)
{
	return x < y ? x : y;
}

/* Octets of an adverb or verb that `t` begins with; 0: of none. */
static size_t
begins(rp_text t, const char *const *words)
{
	for (size_t i = 0; words[i] != NULL; i++)
		if (word_at(t, 0, words[i]))
			return strlen(words[i]);
	return 0;
}

/* Call-outs. */

/*
 * Whether `t` is operative, and where in it the name begins of who has the
 * duty; t.n where nobody is named.
 */
static bool
is_operative(rp_text low, size_t *out_who)
{
	size_t at = 0, n;

	for (n = begins(low, adverbs); n > 0;
	     n = begins(rp_text_sub(low, at, low.n), adverbs))
		at += n;
	n = begins(rp_text_sub(low, at, low.n), operative);
	if (n > 0) {
		*out_who = at + n;
		return true;
	}
	*out_who = low.n;
	return begins(rp_text_sub(low, at, low.n), resolving) > 0;
}

static bool
is_callout(const struct rp_block *b, rp_text t)
{
	char last = t.n > 0 ? t.p[t.n - 1] : '.';

	if (b->label.kind != RP_LABEL_NONE || b->cell.table != 0)
		return false;
	if (b->kind == RP_BLOCK_CALLOUT)
		return true;
	return t.n > 0 && t.n <= 160 && last != '.' && last != ';' &&
	       last != ',';
}

/* Who is told. */

static bool
is_somebody(rp_text t, rp_text low, size_t at)
{
	if (at >= t.n)
		return false;
	if ((t.p[at] >= 'A' && t.p[at] <= 'Z') ||
	    (t.p[at] >= '0' && t.p[at] <= '9'))
		return true;
	for (size_t i = 0; articles[i] != NULL; i++)
		if (word_at(low, at, articles[i]))
			return true;
	return false;
}

static void
add_recipient(struct rp_arena *a, rp_text t, size_t from, size_t to,
    rp_text *out)
{
	rp_text one = rp_text_trim(rp_text_sub(t, from, to));

	if (one.n == 0 || out->n + one.n + 2 > RP_DUTY_WORDS_MAX)
		return;
	*out = out->n > 0 ?
		   rp_textf(a, "%.*s; %.*s", RP_FMT(*out), RP_FMT(one)) :
		   rp_text_dup(a, one);
}

/* From what leads to somebody up to what ends his name, if it is an organ. */
static rp_text
recipients(struct rp_arena *a, rp_text t, rp_text low, size_t from)
{
	rp_text out = RP_TEXT("");
	size_t at, end = 0, to, after, organ;

	while ((at = find(low, from, low.n, leads, &end)) < low.n) {
		from = end;
		if (low.p[at] == 't' && !is_somebody(t, low, end))
			continue;
		to = find(low, end, min(low.n, end + 200), ends, &after);
		organ =
		    find(low, end, min(to, end + ORGAN_NEAR), organs, &after);
		if (organ >= min(to, end + ORGAN_NEAR))
			continue;
		/* "au Conseil" is the Council: the article goes with it. */
		add_recipient(a, t,
		    is_joined(low.p + at) || low.p[at] == 't' ? end : at, to,
		    &out);
		from = to;
	}
	return out;
}

/* Russian has cases and no word that leads: the organ itself begins it. */
static rp_text
told(struct rp_arena *a, rp_text t, rp_text low, size_t from)
{
	rp_text out = RP_TEXT("");
	size_t end = 0, after, at = find(low, from, low.n, organs, &end);

	if (at < low.n)
		add_recipient(a, t, at,
		    find(low, end, min(low.n, end + 200), ends, &after), &out);
	return out;
}

/* Verbs. */

/* Where a rule is met: behind its verb; low.n where it is not. */
static size_t
met(rp_text low, const struct rule *r)
{
	size_t at = 0, end = 0, noun_end = 0, to, noun;

	while ((at = find(low, at, low.n, r->verbs, &end)) < low.n) {
		to = min(low.n, end + NOUN_NEAR);
		noun = end;
		if (r->nouns != NULL)
			noun = find(low, end, to, r->nouns, &noun_end);
		if (r->nouns == NULL || noun < to) {
			size_t far =
			    r->nouns != NULL ? to : min(low.n, end + 60);

			if (!r->organ_near ||
			    find(low, end, far, organs, &noun_end) < far)
				return end;
		}
		/* In Chinese the report may stand before the verb. */
		at = end;
	}
	return low.n;
}

static enum rp_duty_every
how_often(rp_text low, rp_text recipient)
{
	size_t end;

	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++)
		if (find(low, 0, low.n, times[i].words, &end) < low.n)
			return times[i].every;
	return recipient.n > 0 ? RP_DUTY_NO_TIME : RP_DUTY_TIMES;
}

/* The last year that a text names, from 1950 to 2199; 0. */
static int
year_of(rp_text t)
{
	int out = 0;

	for (size_t i = 0; i + 4 <= t.n; i++) {
		int64_t year = 0;
		bool more =
		    i + 4 < t.n && t.p[i + 4] >= '0' && t.p[i + 4] <= '9';

		if ((i > 0 && t.p[i - 1] >= '0' && t.p[i - 1] <= '9') || more)
			continue;
		if (t.p[i] != '-' &&
		    rp_text_i64(rp_text_sub(t, i, i + 4), &year) &&
		    year >= 1950 && year < 2200)
			out = (int)year;
	}
	return out;
}

/* Is this paragraph a duty? Then all but its place is filled. */
static bool
read_paragraph(struct rp_arena *a, rp_text t, struct rp_found_duty *out)
{
	rp_text low = rp_lower(a, t), cut = t;
	size_t from = low.n;

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		size_t at = met(low, &rules[i]);

		from = at < from ? at : from;
	}
	if (from >= low.n && !(t.n > 0 && met(low, &rules[0]) < low.n))
		return false;
	/* In Chinese, and in Russian at times, who is told stands before. */
	out->recipient = recipients(a, t, low, from);
	if (out->recipient.n == 0)
		out->recipient = recipients(a, t, low, 0);
	if (out->recipient.n == 0)
		out->recipient = told(a, t, low, from);
	out->every = how_often(low, out->recipient);
	if (out->every == RP_DUTY_TIMES)
		return false;
	out->year = year_of(out->recipient);
	if (out->year > 0 && out->every == RP_DUTY_NO_TIME)
		out->every = RP_DUTY_ONCE;
	if (cut.n > RP_DUTY_WORDS_MAX) {
		cut.n = RP_DUTY_WORDS_MAX;
		while (((uint8_t)t.p[cut.n] & 0xc0) == 0x80)
			cut.n--;
	}
	out->words = rp_text_dup(a, cut);
	return true;
}

/* The text. */

struct reading {
	struct rp_arena *a;
	bool operative;
	rp_text callout, who;     /* of the call-out */
	rp_text label;            /* of the paragraph; bullets are below it */
	unsigned callouts, below; /* that are operative, and paragraphs */
	struct rp_found_duties out;
};

static void
open_callout(struct reading *r, rp_text t)
{
	size_t who;

	r->operative = is_operative(rp_lower(r->a, t), &who);
	r->callout = t;
	r->who = rp_text_sub(t, who, t.n);
	r->label = RP_TEXT("");
	r->below = 0;
	r->callouts += r->operative ? 1 : 0;
}

/* "10 Requests the Secretary-General to report": who, up to what he does. */
static bool
opens_itself(struct reading *r, rp_text t, struct rp_found_duty *f)
{
	static const char *const does[] = { " to ", " de ", " d'", " que ",
		" a ", " shall ", NULL };
	rp_text low = rp_lower(r->a, rp_text_sub(t, 0, min(t.n, 400)));
	size_t who, end = 0;

	if (!is_operative(low, &who) || who >= low.n)
		return false;
	f->who = rp_text_trim(
	    rp_text_sub(t, who, find(low, who, low.n, does, &end)));
	return true;
}

static void
paragraph(struct reading *r, uint32_t at, const struct rp_block *b, rp_text t)
{
	struct rp_found_duty f = { .at = at, .who = r->who };
	bool itself = opens_itself(r, t, &f);

	if (!r->operative && !itself)
		return;
	if (b->label.kind != RP_LABEL_NONE && b->label.style != RP_LABEL_BULLET)
		r->label = b->label.text;
	r->below++;
	if (t.n > PARAGRAPH_MAX || r->out.n >= RP_DUTIES_MAX ||
	    !read_paragraph(r->a, t, &f))
		return;
	f.place = rp_textf(r->a, "%u.%u", r->callouts, r->below);
	f.paragraph = rp_textf(r->a, "%.*s%s%.*s",
	    RP_FMT(r->operative ? r->callout : RP_TEXT("")),
	    r->operative && r->label.n > 0 ? " " : "", RP_FMT(r->label));
	rp_vec_push(r->a, &r->out, f);
}

struct rp_found_duties
rp_duties_find(struct rp_arena *a, const struct rp_document *d)
{
	struct reading r = { .a = a };

	for (size_t i = 0; i < d->body.blocks.n; i++) {
		const struct rp_block *b = &d->body.blocks.v[i];
		rp_text t = rp_text_trim(rp_block_text(a, b));
		size_t who;

		if (t.n == 0 || b->cell.table != 0)
			continue;
		if (b->kind == RP_BLOCK_HEADING) {
			r.operative = false;
			continue;
		}
		if (is_callout(b, t) && (b->kind == RP_BLOCK_CALLOUT ||
					    is_operative(rp_lower(a, t), &who)))
			open_callout(&r, t);
		else
			paragraph(&r, (uint32_t)i, b, t);
	}
	return r.out;
}
