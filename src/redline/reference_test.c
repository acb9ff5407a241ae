#include "redline/reference.h"

#include "base/check.h"
#include "redline/compare.h"
#include "redline/sample.h"
#include "text/words.h"

#define BEFORE                                                          \
	"considering\na)\tthe sea and all that is in it\nb)\tthe land " \
	"and all that is on it\nc)\tthe sky with the birds\nresolves\n"
#define AFTER                                                            \
	"considering\na)\tsomething else was put here now\nb)\tthe sea " \
	"and all that is in it\nc)\tthe land and all that is on it\n"    \
	"resolves\n"

static void
check_states(const char *old, const char *now, const char *want)
{
	struct rp_arena *a = rp_arena_new(1 << 26);
	struct rp_words *w = rp_words_new();
	char got[16] = { 0 };
	struct rp_script *s;

	RP_CHECK_OK(rp_redline_compare(a, w,
	    rp_sample_document(a, rp_text_z(old), RP_LABEL_AUTO),
	    rp_sample_document(a, rp_text_z(now), RP_LABEL_AUTO), &s));
	RP_CHECK(s->references.n < sizeof(got));
	for (size_t i = 0; i < s->references.n; i++)
		got[i] = "ousg"[s->references.v[i].state];
	RP_CHECK_TEXT(rp_text_z(got), rp_text_z(want));
	rp_words_free(w);
	rp_arena_free(a);
}

static void
every_state_is_told(void)
{
	check_states(BEFORE "1\tto keep considering a) above in mind\n",
	    BEFORE "1\tto keep considering a) above in mind\n", "o");
	check_states(BEFORE "1\tto keep considering a) above in mind\n",
	    AFTER "1\tto keep considering b) above in mind\n", "u");
	check_states(BEFORE "1\tto keep considering a) above in mind\n",
	    AFTER "1\tto keep considering a) above in mind\n", "s");
	check_states(BEFORE "1\tto keep considering c) above in mind\n",
	    AFTER "1\tto keep considering c) above in mind\n", "g");
	/* New text: there is such a provision, and there is none. */
	check_states(BEFORE, AFTER "1\tas considering a) and resolves 7 say\n",
	    "og");
	check_states(BEFORE "1\tto keep considering a) and b) in mind\n",
	    AFTER "1\tto keep considering b) and c) in mind\n", "uu");
}

/* Somebody wrote into the words of the call-out. */
static void
an_edited_quotation_is_followed(void)
{
	check_states(BEFORE "1\tto keep considering c) above in mind\n",
	    BEFORE "1\tto keep considering duly c) above in mind\n", "o");
	check_states(BEFORE "1\tto keep considering b) above in mind\n",
	    AFTER "1\tto keep considering duly c) above in mind\n", "u");
}

static void
call_outs_that_read_the_same_are_doubtful(void)
{
	struct rp_arena *a = rp_arena_new(1 << 26);
	struct rp_words *w = rp_words_new();
	struct rp_script *s;

	RP_CHECK_OK(rp_redline_compare(a, w,
	    rp_sample_document(a,
		RP_TEXT("noting\na)\tthe sea and all that is in it\n" BEFORE
			"noting\na)\tthe wood with all of its trees\nresolves "
			"that\n1\tto keep noting a) in mind\n"),
		RP_LABEL_AUTO),
	    rp_sample_document(a,
		RP_TEXT("noting\na)\tsomething quite new is put here\nb)\tthe "
			"sea and all that is in it\n" BEFORE
			"noting\na)\tthe wood with all of its trees\nresolves "
			"that\n1\tto keep noting a) in mind\n"),
		RP_LABEL_AUTO),
	    &s));
	RP_CHECK(s->references.n == 1);
	RP_CHECK(s->references.v[0].state == RP_REFERENCE_OK);
	RP_CHECK(s->references.v[0].doubtful);
	rp_words_free(w);
	rp_arena_free(a);
}

/* It is found where it was, but its words are quoted as they were. */
static void
a_call_out_that_was_reworded_is_doubtful(void)
{
	struct rp_arena *a = rp_arena_new(1 << 26);
	struct rp_words *w = rp_words_new();
	struct rp_script *s;

	RP_CHECK_OK(rp_redline_compare(a, w,
	    rp_sample_document(a,
		RP_TEXT(BEFORE "1\tto keep considering b) in mind\n"),
		RP_LABEL_AUTO),
	    rp_sample_document(a,
		RP_TEXT("considering further\na)\tthe sea and all that is in "
			"it\nb)\tthe land and all that is on it\nc)\tthe sky "
			"with the birds\nresolves\n1\tto keep considering b) "
			"in mind\n"),
		RP_LABEL_AUTO),
	    &s));
	RP_CHECK(s->references.n == 1);
	RP_CHECK(s->references.v[0].state == RP_REFERENCE_OK);
	RP_CHECK(s->references.v[0].doubtful);
	RP_CHECK(s->references.v[0].new_target == 2);
	rp_words_free(w);
	rp_arena_free(a);
}

static void
no_reference_is_made_up(void)
{
	check_states(BEFORE "1\tto go on considering a report of 2018\n",
	    BEFORE "1\tto go on considering a report of 2018\n", "");
}

static void
other_languages_have_the_same_shape(void)
{
	check_states("考虑到\na)\t国际电信联盟的宗旨\nb)\t各成"
		     "员国的作用和地位\n做出决议\n1\t继续执行考虑到a)的内容\n",
	    "考虑到\na)\t新的技术发展与前景展望\nb)\t国际电信联盟的宗旨\nc)\t各"
	    "成员国的作用和地位\n做出决议\n1\t继续执行考虑到b)的内容\n",
	    "u");
	check_states("إذ يضع في اعتباره\nأ )\tأن البحر واسع "
		     "جدا\nيقرر\n1\tأن يراعي إذ يضع في اعتباره أ ) أعلاه\n",
	    "إذ يضع في اعتباره\nأ )\tأن البحر واسع جدا\nيقرر\n1\tأن يراعي إذ "
	    "يضع في اعتباره أ ) أعلاه\n",
	    "o");
}

static void
what_follows_is_not_substance(void)
{
	struct rp_arena *a = rp_arena_new(1 << 26);
	struct rp_words *w = rp_words_new();
	const struct rp_edit *e;
	struct rp_script *s;

	RP_CHECK_OK(rp_redline_compare(a, w,
	    rp_sample_document(a,
		RP_TEXT(BEFORE "1\tto keep considering b) in mind\n"),
		RP_LABEL_AUTO),
	    rp_sample_document(a,
		RP_TEXT(AFTER "1\tto keep considering c) in mind\n"),
		RP_LABEL_AUTO),
	    &s));
	e = &s->edits.v[s->edits.n - 1];
	RP_CHECK(e->class == RP_CLASS_MOD_EDITORIAL && e->runs.n == 4);
	RP_CHECK(e->runs.v[1].consequential && e->runs.v[2].consequential);
	rp_words_free(w);
	rp_arena_free(a);
}

RP_CHECK_MAIN({ "every state is told", every_state_is_told },
    { "an edited quotation is followed", an_edited_quotation_is_followed },
    { "call-outs that read the same are doubtful",
	call_outs_that_read_the_same_are_doubtful },
    { "a call-out that was reworded is doubtful",
	a_call_out_that_was_reworded_is_doubtful },
    { "no reference is made up", no_reference_is_made_up },
    { "other languages have the same shape",
	other_languages_have_the_same_shape },
    { "what follows is not substance", what_follows_is_not_substance })
