#include "proc/job_registry.h"

#include "base/clock.h"
#include "base/err.h"
#include "codec/ipc.h"
#include "codec/json.h"
#include "domain/registry.h"
#include "domain/response.h"
#include "proc/attachment.h"
#include "proc/scan.h"
#include "store/db.h"

/* A scanner or a reader that is not there: not sooner than this. */
#define LATER (2 * RP_MINUTE)

/* Octets of what is quoted, and of words of ours. */
#define QUOTED_MAX ((size_t)1000)
#define WORD_MAX ((size_t)40)

static struct rp_err *
claim(struct rp_arena *a, struct rp_worker *w, const struct rp_actor *who,
    bool *found, struct rp_registry_work *out)
{
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(w->db, a, RP_TX_WRITE, &tx));
	RP_TRY(rp_registry_claim(who, tx, found, out));
	return rp_tx_commit(tx);
}

/*
 * The last members of an edit script (exchange/script_json.h) from `sign` on,
 * as an object: the rest may be larger than the reader takes, and nobody here
 * needs it. A name with its quotes stands in no text, where quotes are escaped.
 */
static struct rp_err *
tail(struct rp_arena *a, rp_text script, const char *sign,
    const struct rp_json **out)
{
	size_t at = script.n;

	while (at > 0 && !rp_text_starts(rp_text_sub(script, at, script.n),
			     rp_text_z(sign)))
		at--;
	if (at == 0)
		return rp_fail(RP_E_INVALID, "script without %s", sign);
	return rp_json_parse(a,
	    rp_text_bytes(rp_textf(a, "{%.*s",
		RP_FMT(rp_text_sub(script, at, script.n)))),
	    out);
}

static struct rp_err *
count(struct rp_arena *a, rp_text script, struct rp_comparison *c)
{
	const struct {
		const char *name;
		int64_t *to;
	} of[] = {
		{ "NOC", &c->unchanged },
		{ "MOD", &c->modified },
		{ "(MOD)", &c->editorial },
		{ "ADD", &c->added },
		{ "SUP", &c->suppressed },
		{ "moved", &c->moved },
		{ "renumbered", &c->renumbered },
	};
	const struct rp_json *v;

	RP_TRY(tail(a, script, "\"summary\":", &v));
	v = rp_json_find(v, "summary");
	for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++) {
		RP_TRY(rp_json_i64(v, of[i].name, of[i].to));
		if (*of[i].to < 0)
			return rp_fail(RP_E_INVALID, "%s of %lld", of[i].name,
			    (long long)*of[i].to);
	}
	return NULL;
}

static struct rp_err *
take_reference(struct rp_arena *a, const struct rp_json *v,
    struct rp_self_references *out)
{
	const struct rp_json *label = rp_json_find(v, "new_label");
	const struct rp_json *doubtful = rp_json_find(v, "doubtful");
	struct rp_self_reference r = { .doubtful = doubtful != NULL };

	RP_TRY(rp_json_i64(v, "at", &r.at));
	RP_TRY(rp_json_text(a, v, "around", QUOTED_MAX, &r.quoted));
	RP_TRY(rp_json_text(a, v, "state", WORD_MAX, &r.state));
	if (label != NULL && rp_json_kind(label) == RP_JSON_TEXT)
		RP_TRY(rp_json_as_text(a, label, QUOTED_MAX, &r.label));
	rp_vec_push(a, out, r);
	return NULL;
}

static struct rp_err *
references(struct rp_arena *a, rp_text script, struct rp_self_references *out)
{
	const struct rp_json *v, *all;

	RP_TRY(tail(a, script, "\"references\":", &v));
	RP_TRY(rp_json_array(v, "references", RP_JSON_VALUES_MAX, &all));
	for (size_t i = 0; i < rp_json_n(all) && i < RP_REFERENCES_MAX; i++)
		RP_TRY(take_reference(a, rp_json_at(all, i), out));
	return NULL;
}

static struct rp_err *
take_citation(struct rp_arena *a, const struct rp_json *v,
    struct rp_citeds *out)
{
	struct rp_cited c = { 0 };

	RP_TRY(rp_json_i64(v, "at", &c.at));
	RP_TRY(rp_json_text(a, v, "quoted", QUOTED_MAX, &c.quoted));
	RP_TRY(rp_json_text(a, v, "kind", WORD_MAX, &c.kind));
	RP_TRY(rp_json_text(a, v, "number", WORD_MAX, &c.number));
	RP_TRY(rp_json_text(a, v, "name", QUOTED_MAX, &c.name));
	RP_TRY(rp_json_i64(v, "year", &c.year));
	rp_vec_push(a, out, c);
	return NULL;
}

static struct rp_err *
citations(struct rp_arena *a, rp_text json, struct rp_citeds *out)
{
	const struct rp_json *v, *all;

	RP_TRY(rp_json_parse(a, rp_text_bytes(json), &v));
	RP_TRY(rp_json_array(v, "citations", RP_CITATIONS_KEPT, &all));
	for (size_t i = 0; i < rp_json_n(all); i++)
		RP_TRY(take_citation(a, rp_json_at(all, i), out));
	return NULL;
}

static void
fail(struct rp_registry_result *out, rp_text reason)
{
	*out = (struct rp_registry_result){ .failed = true, .reason = reason };
}

/* What a parse process answered may be of one that was taken over. */
static void
distrust(struct rp_arena *a, struct rp_err *e, struct rp_registry_result *out)
{
	if (e != NULL)
		fail(out, rp_textf(a, "%s", rp_err_message(e)));
	rp_err_free(e);
}

static struct rp_err *
is_clean(struct rp_arena *a, struct rp_worker *w, rp_bytes file,
    struct rp_registry_result *out)
{
	const struct rp_settings *s = w->settings;
	rp_text found = RP_TEXT("");

	if (s->scanner_socket.n > 0)
		RP_TRY(rp_scan(a, rp_settings_path(a, s, s->scanner_socket).p,
		    file, &found));
	if (found.n > 0)
		fail(out, found);
	return NULL;
}

static struct rp_err *
read_version(struct rp_arena *a, struct rp_worker *w, rp_bytes file,
    bool markdown, struct rp_registry_result *out)
{
	struct rp_ipc_reply r;
	struct rp_err *e;

	RP_TRY(is_clean(a, w, file, out));
	if (out->failed)
		return NULL;
	RP_TRY(rp_attachment_model(a, w->spawn_fd, w->next_id++, file, markdown,
	    &r));
	if (r.status == RP_IPC_NOT_READ) {
		fail(out, r.reason);
		return NULL;
	}
	out->text = rp_text_bytes(r.text);
	e = rp_text_from(a, r.copy, RP_IPC_COPY_MAX, &out->body);
	if (e == NULL)
		e = citations(a, r.script, &out->citations);
	distrust(a, e, out);
	return NULL;
}

static struct rp_err *
salvage(struct rp_arena *a, struct rp_worker *w, rp_bytes file,
    struct rp_registry_result *out)
{
	struct rp_ipc_reply r;

	RP_TRY(is_clean(a, w, file, out));
	if (out->failed)
		return NULL;
	RP_TRY(rp_attachment_salvage(a, w->spawn_fd, w->next_id++, file, &r));
	if (r.status == RP_IPC_NOT_READ) {
		fail(out, r.reason);
		return NULL;
	}
	out->text = rp_text_bytes(r.text);
	out->newer = r.copy;
	out->script = rp_text_bytes(r.script);
	return NULL;
}

static struct rp_err *
compare(struct rp_arena *a, struct rp_worker *w, rp_bytes old, rp_bytes now,
    struct rp_registry_result *out)
{
	struct rp_ipc_reply r;
	struct rp_err *e;

	RP_TRY(
	    rp_attachment_compare(a, w->spawn_fd, w->next_id++, old, now, &r));
	if (r.status == RP_IPC_NOT_READ) {
		fail(out, r.reason);
		return NULL;
	}
	*out = (struct rp_registry_result){ .reason = r.reason,
		.text = rp_text_bytes(r.text),
		.script = rp_text_bytes(r.script),
		.tracked = r.copy };
	e = count(a, r.script, &out->c);
	if (e == NULL)
		e = references(a, r.script, &out->references);
	distrust(a, e, out);
	return NULL;
}

/* RP_E_UNAVAILABLE: try again later. */
static struct rp_err *
look_at(struct rp_arena *a, struct rp_worker *w, const struct rp_actor *who,
    const struct rp_registry_work *work, struct rp_registry_result *out)
{
	rp_bytes file, other;

	RP_TRY(rp_worker_octets(a, w, who, work->blob_id,
	    (size_t)RP_ATTACHMENT_SIZE_MAX, &file));
	if (work->kind == RP_REGISTRY_READ)
		return read_version(a, w, file, work->markdown, out);
	if (work->kind == RP_REGISTRY_SALVAGE)
		return salvage(a, w, file, out);
	RP_TRY(rp_worker_octets(a, w, who, work->other_blob_id,
	    (size_t)RP_ATTACHMENT_SIZE_MAX, &other));
	return compare(a, w, file, other, out);
}

static struct rp_err *
store(struct rp_arena *a, struct rp_worker *w, const struct rp_actor *who,
    const struct rp_registry_work *work, const struct rp_err *failed,
    struct rp_registry_result *result)
{
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(w->db, a, RP_TX_WRITE, &tx));
	if (failed != NULL && work->tries < RP_REGISTRY_TRIES) {
		RP_TRY(rp_registry_later(who, tx, work, LATER,
		    rp_text_z(rp_err_message(failed))));
	} else {
		if (failed != NULL)
			fail(result, rp_text_z(rp_err_message(failed)));
		RP_TRY(rp_registry_done(who, tx, work, result));
	}
	return rp_tx_commit(tx);
}

struct rp_err *
rp_job_registry(struct rp_arena *a, struct rp_worker *w, bool *more)
{
	struct rp_actor who = rp_actor_system(w->env, rp_clock_now());
	RP_AUTO(rp_err_freep) struct rp_err *failed = NULL;
	struct rp_registry_result result = { 0 };
	struct rp_registry_work work;

	RP_TRY(claim(a, w, &who, more, &work));
	if (!*more || work.kind == RP_REGISTRY_NOTHING)
		return NULL;
	failed = look_at(a, w, &who, &work, &result);
	who.now = rp_clock_now();
	return store(a, w, &who, &work, failed, &result);
}
