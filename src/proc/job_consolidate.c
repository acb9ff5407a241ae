#include "proc/job_consolidate.h"

#include "base/clock.h"
#include "base/err.h"
#include "codec/ipc.h"
#include "domain/consolidation.h"
#include "domain/registry.h"
#include "exchange/consolidate_bundle.h"
#include "proc/attachment.h"
#include "proc/scan.h"
#include "store/db.h"

/* A scanner or a reader that is not there: not sooner than this. */
#define LATER (2 * RP_MINUTE)

_Static_assert(RP_AMENDMENTS_MAX <= RP_CONSOLIDATE_PARTIES_MAX,
    "every amendment is a party");
_Static_assert(RP_AMENDMENTS_MAX *RP_AMENDMENT_NOC_MAX <=
		   RP_CONSOLIDATE_NOC_MAX,
    "every objection is heard");
_Static_assert(RP_AMENDMENTS_MAX *RP_AMENDMENT_FILE_MAX +
		       RP_BUNDLE_ORDER_MAX / 2 <=
		   RP_BUNDLE_MAX,
    "all files go into one bundle");
_Static_assert(RP_AMENDMENT_EDITS_MAX <= RP_BUNDLE_EDITS_MAX &&
		   RP_AMENDMENT_TEXT_MAX <= RP_BUNDLE_EDIT_MAX &&
		   RP_DECISION_TEXT_MAX <= RP_BUNDLE_EDIT_MAX &&
		   RP_DECISIONS_MAX <= RP_CONSOLIDATE_DECISIONS_MAX &&
		   RP_CONSOLIDATION_NAME_MAX <= RP_CONSOLIDATE_NAME_MAX,
    "what may be entered can be consolidated");

static struct rp_err *
claim(struct rp_arena *a, struct rp_worker *w, const struct rp_actor *who,
    bool *found, struct rp_consolidation_work *out)
{
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(w->db, a, RP_TX_WRITE, &tx));
	RP_TRY(rp_consolidation_claim(who, tx, found, out));
	return rp_tx_commit(tx);
}

/* What a party edits, and what it wants unchanged. */
static void
take_edits(struct rp_arena *a, const struct rp_amendment_edits *all,
    struct rp_consolidate_party *p, size_t party,
    struct rp_consolidate_noc *noc, size_t *n_noc)
{
	struct rp_provision_edit *edits =
	    rp_new_n(a, struct rp_provision_edit, all->n + 1);

	for (size_t i = 0; i < all->n; i++) {
		const struct rp_amendment_edit *e = &all->v[i];
		struct rp_provision_edit *to = &edits[p->n_edits];

		if (rp_text_eq(e->op, RP_TEXT("noc"))) {
			noc[*n_noc].party = party;
			noc[(*n_noc)++].place =
			    rp_textf(a, "#%lld", (long long)e->block + 1);
			continue;
		}
		to->block = (uint32_t)e->block;
		to->text = e->body;
		to->op = rp_text_eq(e->op, RP_TEXT("add")) ?
			     RP_PROVISION_ADD :
			 rp_text_eq(e->op, RP_TEXT("suppress")) ?
			     RP_PROVISION_SUPPRESS :
			     RP_PROVISION_REPLACE;
		p->n_edits++;
	}
	p->edits = edits;
}

static void
take_decisions(struct rp_arena *a, const struct rp_bracket_decisions *all,
    struct rp_consolidate_options *o)
{
	struct rp_consolidate_decision *to =
	    rp_new_n(a, struct rp_consolidate_decision, all->n + 1);

	for (size_t i = 0; i < all->n; i++) {
		to[i].change = all->v[i].key;
		to[i].base = rp_text_eq(all->v[i].kind, RP_TEXT("base"));
		to[i].choice = all->v[i].choice;
		to[i].text = all->v[i].body;
	}
	o->decisions = to;
	o->n_decisions = all->n;
}

static struct rp_err *
bundle(struct rp_arena *a, struct rp_worker *w, const struct rp_actor *who,
    const struct rp_consolidation_work *work, rp_bytes *out)
{
	struct rp_consolidate_bundle *b =
	    rp_new(a, struct rp_consolidate_bundle);
	struct rp_consolidate_noc *noc =
	    rp_new_n(a, struct rp_consolidate_noc, RP_CONSOLIDATE_NOC_MAX);
	size_t n_noc = 0;

	b->options.author = work->author;
	b->options.date = work->dated_at != 0 ?
			      rp_clock_rfc3339(a, work->dated_at) :
			      RP_TEXT("");
	for (size_t i = 0; i < work->parties.n; i++) {
		const struct rp_consolidation_party *from = &work->parties.v[i];

		RP_ASSERT(b->n < RP_CONSOLIDATE_PARTIES_MAX);
		b->parties[b->n].name = from->name;
		if (from->blob_id != 0)
			RP_TRY(rp_worker_octets(a, w, who, from->blob_id,
			    RP_IPC_DOCUMENT_MAX,
			    &b->parties[b->n].file.octets));
		take_edits(a, &from->edits, &b->parties[b->n], b->n, noc,
		    &n_noc);
		b->n++;
	}
	b->options.noc = noc;
	b->options.n_noc = n_noc;
	take_decisions(a, &work->decisions, &b->options);
	return rp_consolidate_bundle_write(a, b, out);
}

static void
fail(struct rp_consolidation_result *out, rp_text reason)
{
	*out = (struct rp_consolidation_result){ .failed = true,
		.reason = reason };
}

/* A delegation's file is looked at before it is read for the first time. */
static struct rp_err *
scan(struct rp_arena *a, struct rp_worker *w, const struct rp_actor *who,
    const struct rp_consolidation_work *work, rp_text *found)
{
	const struct rp_settings *s = w->settings;

	*found = RP_TEXT("");
	if (s->scanner_socket.n == 0 || work->kind != RP_CONSOLIDATION_READ)
		return NULL;
	for (size_t i = 0; i < work->parties.n; i++) {
		rp_bytes file;

		if (work->parties.v[i].blob_id == 0 || found->n > 0)
			continue;
		RP_TRY(rp_worker_octets(a, w, who, work->parties.v[i].blob_id,
		    RP_IPC_DOCUMENT_MAX, &file));
		RP_TRY(rp_scan(a, rp_settings_path(a, s, s->scanner_socket).p,
		    file, found));
	}
	return NULL;
}

/* No bracket is open: the summary is the script's last member. */
static bool
is_settled(rp_text script)
{
	static const char end[] = ",\"open\":0}}";
	rp_text t = rp_text_trim(script);
	size_t n = sizeof(end) - 1;

	return t.n >= n &&
	       rp_text_eq(rp_text_sub(t, t.n - n, t.n), rp_text_z(end));
}

static struct rp_err *
clean(struct rp_arena *a, struct rp_worker *w, rp_bytes base, rp_bytes all,
    struct rp_consolidation_result *out)
{
	struct rp_ipc_reply r;

	RP_TRY(
	    rp_attachment_clean(a, w->spawn_fd, w->next_id++, base, all, &r));
	if (r.status == RP_IPC_READ)
		out->clean = r.copy;
	else
		out->reason = r.reason;
	return NULL;
}

/* RP_E_UNAVAILABLE: try again later. */
static struct rp_err *
consolidate(struct rp_arena *a, struct rp_worker *w, const struct rp_actor *who,
    const struct rp_consolidation_work *work,
    struct rp_consolidation_result *out)
{
	struct rp_ipc_reply r;
	rp_bytes base, all;
	rp_text found;

	RP_TRY(scan(a, w, who, work, &found));
	if (found.n > 0) {
		fail(out, found);
		return NULL;
	}
	RP_TRY(rp_worker_octets(a, w, who, work->base_blob_id,
	    RP_IPC_DOCUMENT_MAX, &base));
	RP_TRY(bundle(a, w, who, work, &all));
	RP_TRY(rp_attachment_consolidate(a, w->spawn_fd, w->next_id++, base,
	    all, &r));
	if (r.status == RP_IPC_NOT_READ) {
		fail(out, r.reason);
		return NULL;
	}
	*out = (struct rp_consolidation_result){ .reason = r.reason,
		.text = rp_text_bytes(r.text),
		.script = rp_text_bytes(r.script),
		.tracked = r.copy };
	return work->kind == RP_CONSOLIDATION_ALL && is_settled(r.script) ?
		   clean(a, w, base, all, out) :
		   NULL;
}

static struct rp_err *
store(struct rp_arena *a, struct rp_worker *w, const struct rp_actor *who,
    const struct rp_consolidation_work *work, const struct rp_err *failed,
    struct rp_consolidation_result *result)
{
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(w->db, a, RP_TX_WRITE, &tx));
	if (failed != NULL && work->tries < RP_CONSOLIDATION_TRIES) {
		RP_TRY(rp_consolidation_later(who, tx, work, LATER,
		    rp_text_z(rp_err_message(failed))));
	} else {
		if (failed != NULL)
			fail(result, rp_text_z(rp_err_message(failed)));
		RP_TRY(rp_consolidation_done(who, tx, work, result));
	}
	return rp_tx_commit(tx);
}

struct rp_err *
rp_job_consolidate(struct rp_arena *a, struct rp_worker *w, bool *more)
{
	struct rp_actor who = rp_actor_system(w->env, rp_clock_now());
	RP_AUTO(rp_err_freep) struct rp_err *failed = NULL;
	struct rp_consolidation_result result = { 0 };
	struct rp_consolidation_work work;

	RP_TRY(claim(a, w, &who, more, &work));
	if (!*more || work.kind == RP_CONSOLIDATION_NOTHING)
		return NULL;
	failed = consolidate(a, w, &who, &work, &result);
	who.now = rp_clock_now();
	return store(a, w, &who, &work, failed, &result);
}
