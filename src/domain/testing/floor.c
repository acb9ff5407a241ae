#include "domain/testing/floor.h"

#include "base/check.h"
#include "domain/form_token.h"
#include "domain/moderation.h"
#include "text/collate.h"
#include "text/country.h"
#include "text/names.h"
#include "text/tokens.h"
#include "text/words.h"

static void
set_up(struct floor *f)
{
	struct world *w = &f->w;

	RP_CHECK_OK(rp_names_open(w->a, NULL, &w->env.names));
	w->env.words = rp_words_new();
	w->env.tokens = rp_tokenizer_new();
	w->env.collation = f->collation = rp_collation_new();
	w->env.countries = f->countries = rp_countries_new(f->collation);
	f->clerk =
	    world_staff(w, "Clerk", RP_MAY_CHECK, RP_ON_GROUP, w->group_id);
	floor_again(f);
}

void
floor_open(struct floor *f)
{
	world_open(&f->w);
	set_up(f);
}

void
floor_open_at(struct floor *f, const char *url)
{
	world_open_at(&f->w, url);
	set_up(f);
}

void
floor_close(struct floor *f)
{
	rp_words_free(f->w.env.words);
	rp_tokenizer_free(f->w.env.tokens);
	rp_countries_free(f->countries);
	rp_collation_free(f->collation);
	world_close(&f->w);
}

void
floor_again(struct floor *f)
{
	RP_CHECK_OK(rp_consultation_get_by_id(&f->w.nobody, f->w.tx,
	    f->w.consultation_id, RP_TEXT("en"), &f->c));
}

void
floor_fill(struct floor *f, struct rp_submission *s, const char *source,
    const char *body)
{
	struct rp_answer_in answer = { 1, rp_text_z(body) };

	*s = (struct rp_submission){
		.token = rp_form_token_make(f->w.a, &f->w.env, f->c.id,
		    rp_form_id_new(f->w.a, &f->w.env, WORLD_NOW),
		    WORLD_NOW - 60000),
		.capacity = RP_TEXT("organisation"),
		.name = RP_TEXT("Ana Ruiz"),
		.organisation = rp_text_z(source),
		.category = RP_TEXT("civil_society"),
		.country = RP_TEXT("PE"),
		.email = RP_TEXT("ana@example.org"),
		.lang = RP_TEXT("es"),
		.authorisation = RP_TEXT("full"),
		.channel = RP_TEXT("web"),
	};
	rp_vec_push(f->w.a, &s->answers, answer);
}

struct rp_receipt
floor_send(struct floor *f, struct rp_submission *s)
{
	struct rp_problems problems = { 0 };
	struct rp_receipt r = { 0 };

	RP_CHECK_OK(
	    rp_response_submit(&f->w.nobody, f->w.tx, &f->c, s, &problems, &r));
	return r;
}

int64_t
floor_publish(struct floor *f, const struct rp_receipt *r)
{
	int64_t number = 0;

	RP_CHECK_OK(rp_moderation_publish(&f->clerk, f->w.tx, r->response_id,
	    r->revision_id, &number));
	return number;
}

int64_t
floor_answer(struct floor *f, const char *source, const char *country,
    const char *category, const char *lang, const char *body)
{
	struct rp_submission s;
	struct rp_receipt r;

	floor_fill(f, &s, source, body);
	s.country = rp_text_z(country);
	s.category = rp_text_z(category);
	s.lang = rp_text_z(lang);
	r = floor_send(f, &s);
	return floor_publish(f, &r);
}
