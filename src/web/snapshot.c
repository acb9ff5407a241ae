#include "base/err.h"
#include "base/map.h"
#include "domain/catalog.h"
#include "store/db.h"
#include "web/engine_private.h"
#include "web/page.h"

/*
 * Consultations as the public sees them, for as long as the public version
 * stays: every page about responses needs one, and loading it takes a dozen
 * queries. Filled from read transactions only, so what a turn has written and
 * may still undo is never kept.
 */
#define SNAPSHOTS_MAX 2000
#define CEILING ((size_t)64 * 1024 * 1024)

struct rp_snapshots {
	struct rp_arena *arena;
	int64_t version;
	struct RP_MAP(struct rp_consultation) all;
	struct RP_MAP(struct rp_web_facts) facts; /* by consultation's id */
	rp_text body_names[RP_LANG_COUNT];
};

static struct rp_snapshots *
current(struct rp_web *w)
{
	struct rp_snapshots *s = w->snapshots;
	struct rp_arena *a;

	if (s != NULL && s->version == w->public_version &&
	    s->all.n < SNAPSHOTS_MAX && s->facts.n < SNAPSHOTS_MAX)
		return s;
	if (s != NULL)
		rp_arena_free(s->arena);
	a = rp_arena_new(CEILING);
	s = rp_new(a, struct rp_snapshots);
	s->arena = a;
	s->version = w->public_version;
	w->snapshots = s;
	return s;
}

void
rp_web_snapshots_free(struct rp_web *w)
{
	if (w->snapshots != NULL)
		rp_arena_free(w->snapshots->arena);
	w->snapshots = NULL;
}

/* Load into the snapshots' own arena, for everybody. */
static struct rp_err *
load(const struct rp_request *req, struct rp_snapshots *s,
    struct rp_consultation *out)
{
	struct rp_actor public = rp_actor_public(req->who->env, req->now);
	struct rp_err *e;

	rp_tx_use(req->tx, s->arena);
	e = rp_consultation_get(&public, req->tx, req->params.group,
	    req->params.n, rp_lang_tag(req->reader.lang), out);
	rp_tx_use(req->tx, req->arena);
	return e;
}

struct rp_err *
rp_web_consultation_load(const struct rp_request *req,
    struct rp_consultation *out)
{
	rp_text lang = rp_lang_tag(req->reader.lang);
	struct rp_snapshots *s = current(req->web);
	bool reads = rp_text_eq(req->method, RP_TEXT("GET")) ||
		     rp_text_eq(req->method, RP_TEXT("HEAD"));
	rp_text key = rp_textf(req->arena, "%s/%lld/%.*s", lang.p,
	    (long long)req->params.n, RP_FMT(req->params.group));
	const struct rp_consultation *known = rp_map_find(&s->all, key);
	struct rp_consultation fresh;

	if (known != NULL) {
		*out = *known;
		rp_consultation_advance(out, req->now);
		return NULL;
	}
	/* What is still planned is there for some, and not kept. */
	if (!reads || req->web->public_version < 0 || req->who->person_id != 0)
		return rp_consultation_get(req->who, req->tx, req->params.group,
		    req->params.n, lang, out);
	RP_TRY(load(req, s, &fresh));
	*rp_map_at(s->arena, &s->all, rp_text_dup(s->arena, key)) = fresh;
	*out = fresh;
	return NULL;
}

static struct rp_err *
ask(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, struct rp_web_facts *out)
{
	RP_TRY(
	    rp_catalog_values(who, tx, c, RP_TEXT("country"), &out->countries));
	RP_TRY(rp_catalog_values(who, tx, c, RP_TEXT("lang"), &out->languages));
	return rp_catalog_withdrawn(who, tx, c, &out->withdrawn);
}

struct rp_err *
rp_web_facts(const struct rp_request *req, const struct rp_consultation *c,
    struct rp_web_facts *out)
{
	struct rp_snapshots *s = current(req->web);
	struct rp_actor public = rp_actor_public(req->who->env, req->now);
	rp_text key = rp_textf(req->arena, "%lld", (long long)c->id);
	const struct rp_web_facts *known = rp_map_find(&s->facts, key);
	struct rp_err *e;

	*out = (struct rp_web_facts){ 0 };
	if (known != NULL) {
		*out = *known;
		return NULL;
	}
	if (req->web->public_version < 0 || req->who->person_id != 0)
		return ask(req->who, req->tx, c, out);
	rp_tx_use(req->tx, s->arena);
	e = ask(&public, req->tx, c, out);
	rp_tx_use(req->tx, req->arena);
	RP_TRY(e);
	*rp_map_at(s->arena, &s->facts, rp_text_dup(s->arena, key)) = *out;
	return NULL;
}

/*
 * Whose installation this is: the first body's name. A page made before there
 * is a transaction (an error) goes by what is known already.
 */
rp_text
rp_web_body_name(const struct rp_request *req)
{
	struct rp_snapshots *s = current(req->web);
	rp_text *known = &s->body_names[req->reader.lang];
	struct rp_bodies bodies = { 0 };
	struct rp_err *e;

	if (known->n > 0)
		return *known;
	if (req->tx == NULL || req->web->public_version < 0)
		return req->web->o.body_name;
	e = rp_body_list(req->who, req->tx, rp_lang_tag(req->reader.lang),
	    &bodies);
	if (e == NULL && bodies.n > 0 && bodies.v[0].name.body.n > 0)
		*known = rp_text_dup(s->arena, bodies.v[0].name.body);
	else
		*known = req->web->o.body_name;
	rp_err_free(e);
	return *known;
}
