/*
 * themes_lang - which language a short text is in: ours, and libexttextcat.
 *
 * usage: themes_lang < FILE	each line: language, tab, text
 * Ours is asked twice: for the text alone, and as units.h does it, with the
 * other texts of the file beside it. The peer chooses among the languages of
 * the file only, which is a help that ours does not get.
 */
#include <libexttextcat/textcat.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/map.h"
#include "text/folded.h"
#include "text/lang.h"
#include "text/langid.h"
#include "text/words.h"
#include "themes/units.h"

#define MODELS "/usr/share/libexttextcat/"

static const char config[] = "/tmp/themes_lang.conf";

/* The models of the peer for the languages that are asked for. */
static void *
open_peer(void)
{
	static const char *const tags[] = { "en", "fr", "es", "ru", "ar",
		"zh-Hans", "de", "pt", "sw", "hi" };
	FILE *f = fopen(config, "w");

	if (f == NULL)
		return NULL;
	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		fprintf(f, "%s.lm %s--utf8\n", tags[i], tags[i]);
	fclose(f);
	return special_textcat_Init(config, MODELS);
}

static bool
is_right(rp_text want, rp_text got)
{
	return rp_lang_tag_same_primary(got, want);
}

int
main(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct rp_theme_tools tools = { rp_words_new(), rp_folder_new(), NULL };
	struct rp_themes_result r = { 0 };
	struct RP_VEC(rp_text) want = { 0 };
	int ours = 0, unit = 0, peer = 0, n = 0;
	void *cat = open_peer();
	char line[4096];

	while (fgets(line, sizeof(line), stdin) != NULL) {
		char *tab = strchr(line, '\t');
		struct rp_theme_field f = { .response =
						(uint32_t)r.responses.n };
		struct rp_theme_response p = { .campaign = RP_NONE };
		const char *got;

		if (tab == NULL)
			continue;
		line[strcspn(line, "\n")] = '\0';
		*tab = '\0';
		f.text = rp_text_dup(a, rp_text_z(tab + 1));
		rp_vec_push(a, &want, rp_text_dup(a, rp_text_z(line)));
		rp_vec_push(a, &r.fields, f);
		rp_vec_push(a, &r.responses, p);
		ours += is_right(rp_text_z(line),
		    rp_langid_guess(f.text, RP_TEXT("")).tag);
		got = cat != NULL ? textcat_Classify(cat, f.text.p, f.text.n) :
				    "";
		peer += got[0] == '[' &&
			rp_text_starts(rp_text_z(got + 1), want.v[n]);
		n++;
	}
	rp_units_build(a, &tools, &r);
	for (size_t i = 0; i < r.units.n; i++)
		if (i == 0 || r.units.v[i].field != r.units.v[i - 1].field)
			unit += is_right(want.v[r.units.v[i].field],
			    r.units.v[i].lang);
	printf("%d texts: alone %.4f, among the others %.4f, libexttextcat "
	       "%.4f\n",
	    n, (double)ours / n, (double)unit / n, (double)peer / n);
	remove(config);
	return 0;
}
