#include "domain/pack.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "domain/crypto.h"
#include "domain/document_part.h"
#include "store/db.h"
#include "store/q_pack.h"
#include "text/zone.h"

#define EDITION_OCTETS 16

/* A file that the reader sees, whether or not it is asked for. */
struct seen {
	const struct rp_document_file *file;
	size_t document;
	int64_t at, size;
	rp_bytes digest;
	bool is_taken; /* in any taking */
	bool is_then;  /* in the taking asked for */
};
struct all_seen RP_VEC(struct seen);

struct making {
	const struct rp_actor *who;
	struct rp_tx *tx;
	const struct rp_meeting *m;
	const struct rp_pack_asked *asked;
	struct rp_arena *a;
	struct all_seen seen; /* in the order in which they came to be seen */
	int64_t after_at, after_id; /* only files beyond this place */
};

static int
by_id(const void *key, const void *of)
{
	const int64_t *id = key;
	const struct q_pack_files_row *r = of;

	return (*id > r->file_id) - (*id < r->file_id);
}

static int
by_file(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;

	return (x->file->id > y->file->id) - (x->file->id < y->file->id);
}

static int
by_time(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->file->id > y->file->id) - (x->file->id < y->file->id);
}

static void
add_document(struct making *k, const struct rp_meeting_document *d,
    struct rp_pack *out)
{
	if (rp_document_is_out(d))
		rp_vec_push(k->a, &out->documents, *d);
}

/* The posted ones, each with its addenda and corrigenda; what is only received
 * is nobody's to take away. */
static struct rp_err *
find_documents(struct making *k, struct rp_pack *out)
{
	struct rp_meeting_documents all;

	RP_TRY(
	    rp_meeting_document_list(k->who, k->tx, k->m, RP_TEXT("en"), &all));
	for (size_t i = 0; i < all.n; i++) {
		add_document(k, &all.v[i], out);
		for (size_t n = 0; n < all.v[i].parts.n; n++)
			add_document(k, &all.v[i].parts.v[n], out);
	}
	return NULL;
}

static struct rp_err *
find_files(struct making *k, struct rp_pack *out)
{
	struct q_pack_files_rows rows;

	RP_TRY(q_pack_files(k->tx,
	    &(struct q_pack_files_param){ .meeting_id = k->m->id }, &rows));
	for (size_t i = 0; i < out->documents.n; i++) {
		const struct rp_meeting_document *d = &out->documents.v[i];

		for (size_t n = 0; n < d->files.n; n++) {
			const struct q_pack_files_row *r =
			    bsearch(&d->files.v[n].id, rows.v, rows.n,
				sizeof(rows.v[0]), by_id);
			struct seen one = { .file = &d->files.v[n],
				.document = i };

			if (r == NULL || d->is_title_only)
				continue;
			one.at = r->received_at > d->posted_at ?
				     r->received_at :
				     d->posted_at;
			one.size = r->size;
			one.digest = r->digest;
			rp_vec_push(k->a, &k->seen, one);
		}
	}
	if (k->seen.n > 1)
		qsort(k->seen.v, k->seen.n, sizeof(k->seen.v[0]), by_file);
	return NULL;
}

static struct rp_err *
find_taken(struct making *k, struct rp_pack *out)
{
	struct q_pack_taken_list_rows rows;

	if (k->who->person_id == 0)
		return NULL;
	RP_TRY(q_pack_taken_list(k->tx,
	    &(struct q_pack_taken_list_param){ .meeting_id = k->m->id,
		.person_id = k->who->person_id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct rp_document_file f = { .id = rows.v[i].file_id };
		const struct seen key = { .file = &f };
		struct seen *s = k->seen.n == 0 ?
				     NULL :
				     bsearch(&key, k->seen.v, k->seen.n,
					 sizeof(key), by_file);

		out->taken_at = rows.v[i].at;
		if (s == NULL)
			continue;
		s->is_taken = true;
		s->is_then |= rows.v[i].at == k->asked->taken_at;
	}
	return NULL;
}

/* The edition after each file, and the place of the one that is asked for. */
static bool
chain(struct making *k, struct rp_pack *out)
{
	struct rp_digest link = { 0 };
	bool found = k->asked->edition.n == 0;

	if (k->seen.n > 1)
		qsort(k->seen.v, k->seen.n, sizeof(k->seen.v[0]), by_time);
	out->edition =
	    rp_hex(k->a, (rp_bytes){ link.b, (size_t)EDITION_OCTETS });
	for (size_t i = 0; i < k->seen.n; i++) {
		const struct seen *s = &k->seen.v[i];
		rp_bytes parts[] = { rp_digest_bytes(&link), s->digest,
			rp_text_bytes(
			    rp_textf(k->a, "%lld", (long long)s->file->id)) };

		link = rp_sha256_of(parts, 3);
		out->edition =
		    rp_hex(k->a, (rp_bytes){ link.b, (size_t)EDITION_OCTETS });
		out->last_at = s->at;
		if (!rp_text_eq(out->edition, k->asked->edition))
			continue;
		found = true;
		k->after_at = s->at;
		k->after_id = s->file->id;
	}
	return found;
}

static bool
since(struct making *k)
{
	struct rp_err *e;

	if (k->asked->since.n == 0)
		return true;
	e = rp_zone_resolve(k->who->env->zones,
	    rp_textf(k->a, "%.*sT00:00", RP_FMT(k->asked->since)), k->m->zone,
	    &k->after_at);
	rp_err_free(e);
	k->after_at--;
	k->after_id = INT64_MAX;
	return e == NULL;
}

static bool
has(const struct rp_pack_langs *all, rp_text lang)
{
	for (size_t i = 0; i < all->n; i++) {
		if (rp_text_eq(all->v[i], lang))
			return true;
	}
	return false;
}

/* The file's language is asked for, or stands in for those that are. */
static bool
is_wanted(const struct making *k, const struct rp_meeting_document *d,
    const struct rp_document_file *f)
{
	const struct rp_document_file *stand_in = NULL;

	if (f->revision != d->revision)
		return false;
	if (k->asked->langs.n == 0 || has(&k->asked->langs, f->lang))
		return true;
	for (size_t i = 0; i < d->files.n; i++) {
		const struct rp_document_file *o = &d->files.v[i];

		if (o->revision != d->revision)
			continue;
		if (has(&k->asked->langs, o->lang))
			return false;
		if (stand_in == NULL ||
		    rp_text_eq(o->status, RP_TEXT("original")))
			stand_in = o;
	}
	return stand_in == f;
}

static bool
is_beyond(const struct making *k, const struct seen *s)
{
	if (k->asked->is_new && s->is_taken)
		return false;
	if (k->asked->taken_at != 0 && !s->is_then)
		return false;
	return s->at > k->after_at ||
	       (s->at == k->after_at && s->file->id > k->after_id);
}

static rp_text
name_of(struct rp_arena *a, const struct rp_meeting *m,
    const struct rp_meeting_document *d, const struct rp_document_file *f)
{
	rp_text revision = f->revision > 0 ?
			       rp_textf(a, "-Rev%lld", (long long)f->revision) :
			       RP_TEXT("");
	rp_text part = rp_document_part_name(a, d);

	return rp_textf(a, "documents/%.*s-%lld-%lld%s%.*s%.*s-%.*s.%.*s",
	    RP_FMT(m->series), (long long)m->ordinal, (long long)d->number,
	    part.n > 0 ? "-" : "", RP_FMT(part), RP_FMT(revision),
	    RP_FMT(f->lang), RP_FMT(f->file_kind));
}

static void
add_file(struct making *k, const struct seen *s, struct rp_pack *out)
{
	const struct rp_meeting_document *d = &out->documents.v[s->document];
	struct rp_pack_file one = { .id = s->file->id,
		.blob_id = s->file->blob_id,
		.size = s->size,
		.document = s->document,
		.revision = s->file->revision,
		.name = name_of(k->a, k->m, d, s->file),
		.lang = s->file->lang,
		.status = s->file->status,
		.sum = rp_hex(k->a, s->digest),
		.seen_at = s->at };

	out->size += s->size;
	rp_vec_push(k->a, &out->files, one);
}

static int
in_order(const void *a, const void *b)
{
	const struct rp_pack_file *x = a, *y = b;

	if (x->document != y->document)
		return x->document < y->document ? -1 : 1;
	return strcmp(x->lang.p, y->lang.p);
}

static void
select_files(struct making *k, struct rp_pack *out)
{
	for (size_t i = 0; i < k->seen.n; i++) {
		const struct seen *s = &k->seen.v[i];
		const struct rp_meeting_document *d =
		    &out->documents.v[s->document];

		if (!has(&out->langs, s->file->lang))
			rp_vec_push(k->a, &out->langs, s->file->lang);
		if (is_wanted(k, d, s->file) && is_beyond(k, s))
			add_file(k, s, out);
	}
	if (out->files.n > 1)
		qsort(out->files.v, out->files.n, sizeof(out->files.v[0]),
		    in_order);
}

struct rp_err *
rp_pack_make(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_pack_asked *asked,
    struct rp_pack *out)
{
	struct making k = { .who = who,
		.tx = tx,
		.m = m,
		.asked = asked,
		.a = rp_tx_arena(tx) };

	*out = (struct rp_pack){ .is_part = asked->since.n > 0 ||
					    asked->edition.n > 0 ||
					    asked->is_new ||
					    asked->taken_at != 0 };
	RP_TRY(find_documents(&k, out));
	RP_TRY(find_files(&k, out));
	RP_TRY(find_taken(&k, out));
	RP_TRY(rp_wording_load_documents(tx, m->id, &out->titles));
	if (!chain(&k, out))
		out->problem = RP_PACK_BAD_EDITION;
	else if (!since(&k))
		out->problem = RP_PACK_BAD_SINCE;
	select_files(&k, out);
	if (out->problem != RP_PACK_FINE)
		out->files = (struct rp_pack_files){ 0 };
	return NULL;
}

struct rp_wording
rp_pack_title(const struct rp_pack *p, size_t document, rp_text lang)
{
	const struct rp_wording *w;

	RP_ASSERT(document < p->documents.n);
	w = rp_wording_pick(&p->titles, p->documents.v[document].id,
	    RP_TEXT("title"), lang, RP_TEXT("en"));
	return w ? *w : (struct rp_wording){ .lang = lang };
}

bool
rp_pack_names(const struct rp_pack *p, size_t document)
{
	RP_ASSERT(document < p->documents.n);
	if (p->documents.v[document].is_title_only)
		return !p->is_part;
	for (size_t i = 0; i < p->files.n; i++) {
		if (p->files.v[i].document == document)
			return true;
	}
	return false;
}

struct rp_err *
rp_pack_take(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_pack *p)
{
	if (who->person_id == 0)
		return rp_fail(RP_E_UNKNOWN, "nobody is signed in");
	for (size_t i = 0; i < p->files.n; i++)
		RP_TRY(q_pack_taken_insert(tx,
		    &(struct q_pack_taken_insert_param){ .meeting_id = m->id,
			.person_id = who->person_id,
			.file_id = p->files.v[i].id,
			.at = who->now }));
	return NULL;
}
