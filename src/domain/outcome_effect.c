#include "domain/outcome_effect.h"

#include "base/err.h"

typedef struct rp_err *effect(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_outcome_case *c);

/* The agenda, where that is what the outcome is about: a document of its own
 * under the item is no agenda, nor is one that was not issued. */
static struct rp_err *
is_about_agenda(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_outcome_case *c, bool *out)
{
	struct rp_agenda a;

	*out = false;
	if (c->item->kind != RP_ITEM_AGENDA || c->o->statement_id != 0)
		return NULL;
	RP_TRY(rp_agenda_get(who, tx, c->m, RP_TEXT("en"), &a));
	*out = a.document_id != 0 &&
	       (c->o->document_id == 0 || c->o->document_id == a.document_id);
	return NULL;
}

static struct rp_err *
adopted(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_outcome_case *c)
{
	bool is;

	RP_TRY(is_about_agenda(who, tx, c, &is));
	return is ? rp_agenda_adopt(who, tx, c->m) : NULL;
}

static struct rp_err *
not_adopted(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_outcome_case *c)
{
	bool is;

	RP_TRY(is_about_agenda(who, tx, c, &is));
	return is ? rp_agenda_unadopt(who, tx, c->m) : NULL;
}

static const struct {
	effect *does, *undoes;
} effects[RP_OUTCOMES] = {
	[RP_OUTCOME_ADOPTED] = { adopted, not_adopted },
};

struct rp_err *
rp_outcome_effect(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_outcome_case *c)
{
	effect *does = effects[c->o->verb].does;

	return does != NULL ? does(who, tx, c) : NULL;
}

struct rp_err *
rp_outcome_undo(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_outcome_case *c)
{
	effect *undoes = effects[c->o->verb].undoes;

	return undoes != NULL ? undoes(who, tx, c) : NULL;
}
