#include "exchange/consolidate_bundle.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "codec/json.h"
#include "codec/sink.h"

/* A sign, how many files, how long the order is. */
#define HEAD ((size_t)12)
#define KEY_MAX ((size_t)64)
#define DATE_MAX ((size_t)40)

static const char *const ops[] = {
	[RP_PROVISION_REPLACE] = "replace",
	[RP_PROVISION_SUPPRESS] = "suppress",
	[RP_PROVISION_ADD] = "add",
};

/* Writing. */

static void
member(struct rp_json_writer *w, const char *name, rp_text value)
{
	rp_json_key(w, rp_text_z(name));
	rp_json_put_text(w, value);
}

static void
put_edits(struct rp_json_writer *w, const struct rp_consolidate_party *p)
{
	rp_json_key(w, RP_TEXT("edits"));
	rp_json_array_begin(w);
	for (size_t i = 0; i < p->n_edits; i++) {
		rp_json_object_begin(w);
		member(w, "op", rp_text_z(ops[p->edits[i].op]));
		rp_json_key(w, RP_TEXT("block"));
		rp_json_put_i64(w, p->edits[i].block);
		member(w, "text", p->edits[i].text);
		rp_json_object_end(w);
	}
	rp_json_array_end(w);
}

static void
put_party(struct rp_json_writer *w, const struct rp_consolidate_bundle *b,
    size_t p, int64_t *file)
{
	rp_json_object_begin(w);
	member(w, "name", b->parties[p].name);
	rp_json_key(w, RP_TEXT("file"));
	if (b->parties[p].file.octets.n > 0)
		rp_json_put_i64(w, (*file)++);
	else
		rp_json_put_null(w);
	put_edits(w, &b->parties[p]);
	rp_json_key(w, RP_TEXT("noc"));
	rp_json_array_begin(w);
	for (size_t i = 0; i < b->options.n_noc; i++)
		if (b->options.noc[i].party == p)
			rp_json_put_text(w, b->options.noc[i].place);
	rp_json_array_end(w);
	rp_json_object_end(w);
}

static void
put_decisions(struct rp_json_writer *w, const struct rp_consolidate_options *o)
{
	rp_json_key(w, RP_TEXT("decisions"));
	rp_json_array_begin(w);
	for (size_t i = 0; i < o->n_decisions; i++) {
		rp_json_object_begin(w);
		member(w, "change", o->decisions[i].change);
		rp_json_key(w, RP_TEXT("base"));
		rp_json_put_bool(w, o->decisions[i].base);
		member(w, "choice", o->decisions[i].choice);
		member(w, "text", o->decisions[i].text);
		rp_json_object_end(w);
	}
	rp_json_array_end(w);
}

static struct rp_err *
write_order(struct rp_arena *a, const struct rp_consolidate_bundle *b,
    rp_bytes *out)
{
	struct rp_json_writer w;
	struct rp_sink sink;
	struct rp_buf buf;
	int64_t file = 0;

	rp_buf_init(&buf, a, RP_BUNDLE_ORDER_MAX);
	rp_sink_to_buf(&sink, a, &buf);
	rp_json_init(&w, &sink);
	rp_json_object_begin(&w);
	member(&w, "author", b->options.author);
	member(&w, "date", b->options.date);
	rp_json_key(&w, RP_TEXT("parties"));
	rp_json_array_begin(&w);
	for (size_t p = 0; p < b->n; p++)
		put_party(&w, b, p, &file);
	rp_json_array_end(&w);
	put_decisions(&w, &b->options);
	rp_json_object_end(&w);
	RP_TRY(rp_sink_flush(&sink));
	return rp_buf_bytes(&buf, out);
}

static void
put_u32(struct rp_buf *b, size_t v)
{
	for (int i = 0; i < 4; i++)
		rp_buf_byte(b, (uint8_t)(v >> (8 * i)));
}

struct rp_err *
rp_consolidate_bundle_write(struct rp_arena *a,
    const struct rp_consolidate_bundle *bundle, rp_bytes *out)
{
	size_t files = 0;
	rp_bytes order;
	struct rp_buf b;

	RP_ASSERT(bundle->n <= RP_CONSOLIDATE_PARTIES_MAX);
	RP_TRY(write_order(a, bundle, &order));
	for (size_t p = 0; p < bundle->n; p++)
		files += bundle->parties[p].file.octets.n > 0;
	rp_buf_init(&b, a, RP_BUNDLE_MAX);
	rp_buf_text(&b, RP_TEXT("RPB1"));
	put_u32(&b, files);
	put_u32(&b, order.n);
	for (size_t p = 0; p < bundle->n; p++)
		if (bundle->parties[p].file.octets.n > 0)
			put_u32(&b, bundle->parties[p].file.octets.n);
	rp_buf_bytes_add(&b, order);
	for (size_t p = 0; p < bundle->n; p++)
		rp_buf_bytes_add(&b, bundle->parties[p].file.octets);
	return rp_buf_bytes(&b, out);
}

/* Reading. */

struct reading {
	struct rp_arena *arena;
	struct rp_consolidate_bundle *out;
	rp_bytes files[RP_CONSOLIDATE_PARTIES_MAX];
	size_t n_files;
	struct rp_consolidate_noc *noc;
	size_t n_noc;
};

static size_t
get_u32(const uint8_t *p)
{
	return (size_t)p[0] | (size_t)p[1] << 8 | (size_t)p[2] << 16 |
	       (size_t)p[3] << 24;
}

static struct rp_err *
cut(struct reading *r, rp_bytes in, rp_bytes *order)
{
	size_t at;

	if (in.n < HEAD || memcmp(in.p, "RPB1", 4) != 0)
		return rp_fail(RP_E_INVALID, "not a bundle");
	if (in.n > RP_BUNDLE_MAX)
		return rp_fail(RP_E_LIMIT, "bundle of %zu octets", in.n);
	r->n_files = get_u32(in.p + 4);
	if (r->n_files > RP_CONSOLIDATE_PARTIES_MAX)
		return rp_fail(RP_E_LIMIT, "bundle of %zu files", r->n_files);
	at = HEAD + 4 * r->n_files;
	order->n = get_u32(in.p + 8);
	if (order->n > RP_BUNDLE_ORDER_MAX)
		return rp_fail(RP_E_LIMIT, "order of %zu octets", order->n);
	if (at > in.n || order->n > in.n - at)
		return rp_fail(RP_E_INVALID, "bundle cut short");
	order->p = in.p + at;
	at += order->n;
	for (size_t i = 0; i < r->n_files; i++) {
		size_t n = get_u32(in.p + HEAD + 4 * i);

		if (n == 0 || n > in.n - at)
			return rp_fail(RP_E_INVALID, "bundle cut short");
		r->files[i] = (rp_bytes){ in.p + at, n };
		at += n;
	}
	if (at != in.n)
		return rp_fail(RP_E_INVALID, "bundle of another length");
	return NULL;
}

static struct rp_err *
take_edit(struct reading *r, const struct rp_json *v,
    struct rp_provision_edit *out)
{
	int64_t block;
	rp_text op;

	RP_TRY(rp_json_text(r->arena, v, "op", KEY_MAX, &op));
	RP_TRY(rp_json_i64(v, "block", &block));
	RP_TRY(
	    rp_json_text(r->arena, v, "text", RP_BUNDLE_EDIT_MAX, &out->text));
	if (block < 0 || block > (int64_t)RP_DOCUMENT_BLOCKS_MAX)
		return rp_fail(RP_E_INVALID, "block %lld", (long long)block);
	out->block = (uint32_t)block;
	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++)
		if (rp_text_eq(op, rp_text_z(ops[i]))) {
			out->op = (enum rp_provision_op)i;
			return NULL;
		}
	return rp_fail(RP_E_INVALID, "edit %.*s", RP_FMT(op));
}

static struct rp_err *
take_edits(struct reading *r, const struct rp_json *v,
    struct rp_consolidate_party *p)
{
	struct rp_provision_edit *edits;
	const struct rp_json *list;

	RP_TRY(rp_json_array(v, "edits", RP_BUNDLE_EDITS_MAX, &list));
	p->n_edits = rp_json_n(list);
	edits = rp_new_n(r->arena, struct rp_provision_edit, p->n_edits + 1);
	for (size_t i = 0; i < p->n_edits; i++)
		RP_TRY(take_edit(r, rp_json_at(list, i), &edits[i]));
	p->edits = edits;
	return NULL;
}

static struct rp_err *
take_noc(struct reading *r, const struct rp_json *v, size_t party)
{
	const struct rp_json *list;

	RP_TRY(rp_json_array(v, "noc", RP_CONSOLIDATE_NOC_MAX, &list));
	for (size_t i = 0; i < rp_json_n(list); i++) {
		if (r->n_noc == RP_CONSOLIDATE_NOC_MAX)
			return rp_fail(RP_E_LIMIT, "over %zu objections",
			    RP_CONSOLIDATE_NOC_MAX);
		r->noc[r->n_noc].party = party;
		RP_TRY(rp_json_as_text(r->arena, rp_json_at(list, i),
		    RP_BUNDLE_PLACE_MAX, &r->noc[r->n_noc++].place));
	}
	return NULL;
}

static struct rp_err *
take_party(struct reading *r, const struct rp_json *v, size_t party)
{
	struct rp_consolidate_party *p = &r->out->parties[party];
	const struct rp_json *file = rp_json_find(v, "file");
	int64_t i = -1;

	RP_TRY(rp_json_text(r->arena, v, "name", RP_CONSOLIDATE_NAME_MAX,
	    &p->name));
	p->file.name = p->name;
	if (file != NULL && rp_json_kind(file) != RP_JSON_NULL) {
		RP_TRY(rp_json_as_i64(file, &i));
		if (i < 0 || i >= (int64_t)r->n_files)
			return rp_fail(RP_E_INVALID, "file %lld", (long long)i);
		p->file.octets = r->files[i];
	}
	RP_TRY(take_edits(r, v, p));
	return take_noc(r, v, party);
}

static struct rp_err *
take_decisions(struct reading *r, const struct rp_json *v)
{
	struct rp_consolidate_options *o = &r->out->options;
	struct rp_consolidate_decision *all;
	const struct rp_json *list;

	RP_TRY(
	    rp_json_array(v, "decisions", RP_CONSOLIDATE_DECISIONS_MAX, &list));
	all = rp_new_n(r->arena, struct rp_consolidate_decision,
	    rp_json_n(list) + 1);
	for (size_t i = 0; i < rp_json_n(list); i++) {
		const struct rp_json *d = rp_json_at(list, i);

		RP_TRY(rp_json_text(r->arena, d, "change", KEY_MAX,
		    &all[i].change));
		RP_TRY(rp_json_bool(d, "base", &all[i].base));
		RP_TRY(rp_json_text(r->arena, d, "choice", KEY_MAX,
		    &all[i].choice));
		RP_TRY(rp_json_text(r->arena, d, "text", RP_BUNDLE_EDIT_MAX,
		    &all[i].text));
	}
	o->decisions = all;
	o->n_decisions = rp_json_n(list);
	return NULL;
}

struct rp_err *
rp_consolidate_bundle_parse(struct rp_arena *a, rp_bytes in,
    struct rp_consolidate_bundle *out)
{
	struct reading r = { .arena = a, .out = out };
	struct rp_consolidate_options *o = &out->options;
	const struct rp_json *v, *parties;
	rp_bytes order;

	*out = (struct rp_consolidate_bundle){ 0 };
	r.noc = rp_new_n(a, struct rp_consolidate_noc, RP_CONSOLIDATE_NOC_MAX);
	RP_TRY(cut(&r, in, &order));
	RP_TRY(rp_json_parse(a, order, &v));
	RP_TRY(
	    rp_json_text(a, v, "author", RP_CONSOLIDATE_NAME_MAX, &o->author));
	RP_TRY(rp_json_text(a, v, "date", DATE_MAX, &o->date));
	RP_TRY(
	    rp_json_array(v, "parties", RP_CONSOLIDATE_PARTIES_MAX, &parties));
	out->n = rp_json_n(parties);
	for (size_t p = 0; p < out->n; p++)
		RP_TRY(take_party(&r, rp_json_at(parties, p), p));
	o->noc = r.noc;
	o->n_noc = r.n_noc;
	return take_decisions(&r, v);
}
