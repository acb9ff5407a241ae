#include "proc/env.h"

#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/rand.h"
#include "domain/crypto.h"
#include "domain/installation.h"
#include "pdf/pdf.h"
#include "store/db.h"
#include "text/collate.h"
#include "text/country.h"
#include "text/format.h"
#include "text/names.h"
#include "text/tokens.h"
#include "text/words.h"
#include "text/zone.h"

static void
close_db(void *ptr)
{
	rp_db_close(ptr);
}

static void
close_words(void *ptr)
{
	rp_words_free(ptr);
}

static void
close_zones(void *ptr)
{
	rp_zones_free(ptr);
}

static void
close_collation(void *ptr)
{
	rp_collation_free(ptr);
}

static void
close_countries(void *ptr)
{
	rp_countries_free(ptr);
}

static void
close_locale(void *ptr)
{
	rp_locale_free(ptr);
}

static void
close_tokens(void *ptr)
{
	rp_tokenizer_free(ptr);
}

static void
close_fonts(void *ptr)
{
	rp_pdf_fonts_free(ptr);
}

/* Without them there is no PDF; everything else works. */
static void
open_fonts(struct rp_arena *a, struct rp_process *p)
{
	struct rp_err *e = rp_pdf_fonts_open(RP_PDF_FONTS, &p->fonts);

	if (e == NULL)
		rp_arena_defer(a, close_fonts, p->fonts);
	rp_err_free(e);
}

static struct rp_err *
open_text(struct rp_arena *a, const struct rp_settings *s, struct rp_process *p)
{
	const char *list = rp_settings_path(a, s, s->public_suffix_list).p;
	struct rp_collation *collation = rp_collation_new();
	struct rp_countries *countries;

	rp_arena_defer(a, close_collation, collation);
	countries = rp_countries_new(collation);
	rp_arena_defer(a, close_countries, countries);
	p->env.collation = collation;
	p->env.countries = countries;
	p->env.words = rp_words_new();
	rp_arena_defer(a, close_words, p->env.words);
	p->env.zones = rp_zones_open(RP_ZONEINFO);
	rp_arena_defer(a, close_zones, p->env.zones);
	p->env.tokens = rp_tokenizer_new();
	rp_arena_defer(a, close_tokens, p->env.tokens);
	for (int l = 0; l < RP_LANG_COUNT; l++) {
		struct rp_locale *locale = rp_locale_new((enum rp_lang)l);

		rp_arena_defer(a, close_locale, locale);
		p->locales[l] = locale;
	}
	open_fonts(a, p);
	/* Without the list nothing is refused: it only finds bare links. */
	return rp_names_open(a, access(list, R_OK) == 0 ? list : NULL,
	    &p->env.names);
}

static struct rp_err *
key(struct rp_arena *a, void *ctx)
{
	struct rp_process *p = ctx;
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(p->db, a, RP_TX_WRITE, &tx));
	RP_TRY(rp_installation_key(tx, &p->env));
	return rp_tx_commit(tx);
}

struct rp_err *
rp_process_open(struct rp_arena *a, const struct rp_settings *s,
    const char *role, struct rp_process **out)
{
	struct rp_process *p = rp_new(a, struct rp_process);

	rp_crypto_start();
	RP_TRY(rp_db_open(rp_settings_database(a, s).p, &p->db));
	rp_arena_defer(a, close_db, p->db);
	rp_db_set_role(p->db, role);
	p->env.rand = rp_rand_fill;
	p->env.public_url = s->public_url;
	p->env.mail_configured = s->smarthost.n > 0;
	p->env.form_age_min = s->form_age_min;
	p->env.session_max_age = s->session_age_max;
	p->env.access_log_age = s->access_log_age;
	RP_TRY(open_text(a, s, p));
	RP_TRY(rp_job_run((size_t)1 << 20, key, p));
	*out = p;
	return NULL;
}
