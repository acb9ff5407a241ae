#include "domain/draft.h"

#include "base/check.h"
#include "domain/testing/world.h"

static rp_text
saved(struct world *w, rp_text secret, const char *form)
{
	rp_text out = { 0 };

	RP_CHECK_OK(rp_draft_save(&w->nobody, w->tx, w->consultation_id, secret,
	    RP_TEXT("ar"), (rp_bytes){ (const uint8_t *)form, strlen(form) },
	    &out));
	return out;
}

static void
a_draft_is_what_was_saved_last(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_draft got;
	rp_text secret;

	world_open(&w);
	secret = saved(&w, RP_TEXT(""), "a=1");
	RP_CHECK(secret.n == 32);
	w.nobody.now += 5;
	RP_CHECK_TEXT(saved(&w, secret, "a=2&b"), secret);
	RP_CHECK_OK(rp_draft_get(&w.nobody, w.tx, secret, &got));
	RP_CHECK(got.form.n == 5 && memcmp(got.form.p, "a=2&b", 5) == 0);
	RP_CHECK(got.saved_at == WORLD_NOW + 5);
	RP_CHECK(got.consultation_id == w.consultation_id);
	RP_CHECK_TEXT(got.lang, RP_TEXT("ar"));
	RP_CHECK(!rp_text_eq(saved(&w, RP_TEXT(""), "a=1"), secret));
}

static void
without_its_secret_there_is_none(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_draft got;
	rp_text out, secret;

	world_open(&w);
	secret = saved(&w, RP_TEXT(""), "a=1");
	RP_CHECK_FAILS(rp_draft_get(&w.nobody, w.tx, RP_TEXT("no"), &got),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_draft_get(&w.nobody, w.tx, RP_TEXT(""), &got),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_draft_save(&w.nobody, w.tx, w.consultation_id,
			   RP_TEXT("no"), RP_TEXT("en"), RP_BYTES("x"), &out),
	    RP_E_NOTFOUND);
	/* Nor in another consultation. */
	RP_CHECK_FAILS(rp_draft_save(&w.nobody, w.tx, w.consultation_id + 1,
			   secret, RP_TEXT("en"), RP_BYTES("x"), &out),
	    RP_E_NOTFOUND);
}

static void
a_draft_has_a_greatest_size(void)
{
	RP_AUTO(world_close) struct world w;
	rp_bytes form;
	rp_text out;

	world_open(&w);
	form = (rp_bytes){ rp_new_n(w.a, uint8_t, RP_DRAFT_MAX + 1),
		RP_DRAFT_MAX + 1 };
	RP_CHECK_FAILS(rp_draft_save(&w.nobody, w.tx, w.consultation_id,
			   RP_TEXT(""), RP_TEXT("en"), form, &out),
	    RP_E_LIMIT);
	form.n--;
	RP_CHECK_OK(rp_draft_save(&w.nobody, w.tx, w.consultation_id,
	    RP_TEXT(""), RP_TEXT("en"), form, &out));
}

static void
drafts_go_when_sent_or_forgotten(void)
{
	RP_AUTO(world_close) struct world w;
	rp_text sent, old, young;
	struct rp_draft got;

	world_open(&w);
	sent = saved(&w, RP_TEXT(""), "sent");
	old = saved(&w, RP_TEXT(""), "old");
	w.nobody.now += 1;
	young = saved(&w, RP_TEXT(""), "young");
	RP_CHECK_OK(rp_draft_remove(&w.nobody, w.tx, sent));
	RP_CHECK_OK(rp_draft_remove(&w.nobody, w.tx, sent));
	RP_CHECK_FAILS(rp_draft_get(&w.nobody, w.tx, sent, &got),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_draft_sweep(&w.nobody, w.tx), RP_E_DENIED);
	w.system.now = WORLD_NOW + RP_DRAFT_AGE_MAX + 1;
	RP_CHECK_OK(rp_draft_sweep(&w.system, w.tx));
	RP_CHECK_FAILS(rp_draft_get(&w.nobody, w.tx, old, &got), RP_E_NOTFOUND);
	RP_CHECK_OK(rp_draft_get(&w.nobody, w.tx, young, &got));
}

RP_CHECK_MAIN({ "a draft is what was saved last",
		  a_draft_is_what_was_saved_last },
    { "without its secret there is none", without_its_secret_there_is_none },
    { "a draft has a greatest size", a_draft_has_a_greatest_size },
    { "drafts go when sent or forgotten", drafts_go_when_sent_or_forgotten })
