#include "text/langid.h"

#include "text/input.h"
#include "text/lang.h"
#include "text/langid_private.h"
#include "text/utf16_private.h"

/* CLD2 uses codes that BCP 47 has since replaced. */
static const struct {
	const char *old, *now;
} replaced[] = {
	{ "in", "id" },
	{ "iw", "he" },
	{ "ji", "yi" },
	{ "jw", "jv" },
	{ "mo", "ro" },
	{ "no", "nb" },
	{ "sh", "sr-Latn" },
	{ "tl", "fil" },
};

static rp_text
todays_tag(const char *code)
{
	rp_text tag = rp_text_z(code);

	for (size_t i = 0; i < sizeof(replaced) / sizeof(replaced[0]); i++)
		if (rp_text_eq(tag, rp_text_z(replaced[i].old)))
			return rp_text_z(replaced[i].now);
	return tag;
}

struct rp_langid
rp_langid_guess(rp_text t, rp_text declared)
{
	rp_text look = rp_text_cut(t, RP_LANGID_LOOK);
	char hint[RP_LANG_TAG_MAX + 1];
	struct rp_cld2_guess g = rp_cld2_guess(look.p, (int)look.n,
	    rp_icu_tag(declared, hint, sizeof(hint)));
	struct rp_langid out = { .tag = RP_TEXT("und") };

	if (g.code == NULL)
		return out;
	out.tag = todays_tag(g.code);
	out.reliable = g.reliable != 0;
	out.percent = g.percent;
	return out;
}
