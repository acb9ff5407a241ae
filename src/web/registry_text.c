#include "web/registry_text.h"

#include "base/buf.h"
#include "base/err.h"
#include "codec/json.h"
#include "codec/sink.h"
#include "document/document.h"

/* Blocks of the old text that are looked at for the one that goes on. */
#define NEAR 16

struct rp_html_doc_texts
rp_registry_texts(const struct rp_request *req)
{
	return (struct rp_html_doc_texts){
		.lang = rp_lang_tag(req->reader.lang),
		.inserted = rp_web_msg(req, M_doc_inserted),
		.deleted = rp_web_msg(req, M_doc_deleted),
		.moved_here = rp_web_msg(req, M_doc_moved_here),
		.moved_away = rp_web_msg(req, M_doc_moved_away),
		.by = rp_web_msg(req, M_doc_by),
		.old = rp_web_msg(req, M_comparison_old),
		.now = rp_web_msg(req, M_comparison_new),
		.notes = rp_web_msg(req, M_doc_notes),
		.back = rp_web_msg(req, M_doc_back),
		.gap = rp_web_msg(req, M_doc_gap),
		.margin = rp_web_msg(req, M_comparison_class),
		.untitled = RP_TEXT(""),
	};
}

/* The text of a block as it was. */
static rp_text
old_text(struct rp_arena *a, const struct rp_block *b)
{
	struct rp_buf buf;
	rp_text out = RP_TEXT("");

	rp_buf_init(&buf, a, RP_REGISTRY_TEXT_MAX);
	for (uint32_t i = b->label_runs; i < b->n_runs; i++)
		if (b->runs[i].ins == 0 && b->runs[i].kind == RP_RUN_TEXT)
			rp_buf_text(&buf, b->runs[i].text);
	rp_err_free(rp_buf_done(&buf, &out));
	return out;
}

/*
 * What stayed in its place is stored with the number that it has now. Beside
 * the new text the old one has its own: those of the old version, whose blocks
 * come in the same order; a block that was split or joined is passed over.
 */
static void
take_old_labels(struct rp_arena *a, struct rp_document *d,
    const struct rp_document *old)
{
	const struct rp_blocks *was = &old->body.blocks;
	size_t next = 0;

	for (size_t i = 0; i < d->body.blocks.n; i++) {
		struct rp_block *b = &d->body.blocks.v[i];
		rp_text t = old_text(a, b);

		if (t.n == 0)
			continue;
		for (size_t k = next; k < was->n && k < next + NEAR; k++) {
			struct rp_label *l;

			if (!rp_text_eq(rp_block_text(a, &was->v[k]), t))
				continue;
			l = rp_new(a, struct rp_label);
			*l = was->v[k].label;
			if (l->kind == RP_LABEL_TYPED)
				l->kind = RP_LABEL_AUTO;
			b->label_rejected = l;
			next = k + 1;
			break;
		}
	}
}

static struct rp_err *
html_of(const struct rp_request *req, const struct rp_registry_html *what,
    struct rp_document **out_doc, rp_html *out)
{
	const struct rp_html_doc_texts texts = rp_registry_texts(req);
	const struct rp_html_doc_options o = { .view = what->view,
		.texts = &texts,
		.original = what->original,
		.margins = what->margins,
		.below = true,
		.anchors = true };
	struct rp_document *d, *was;
	struct rp_sink sink;
	struct rp_buf b;
	rp_bytes octets;

	RP_TRY(rp_shelf_text(req, what->blob_id, RP_REGISTRY_PAGE_MAX, &d));
	if (what->old != NULL) {
		RP_TRY(rp_shelf_text(req, what->old->text_blob_id,
		    RP_REGISTRY_PAGE_MAX, &was));
		take_old_labels(req->arena, d, was);
	}
	/* Whoever uploaded it said so; the file often says something else. */
	d->lang = what->lang;
	rp_buf_init(&b, req->arena, RP_REGISTRY_MADE_MAX);
	rp_sink_to_buf(&sink, req->arena, &b);
	rp_html_doc_write(&sink, d, &o);
	RP_TRY(rp_sink_flush(&sink));
	RP_TRY(rp_buf_bytes(&b, &octets));
	*out = (rp_html){ (const char *)octets.p, octets.n };
	if (out_doc != NULL)
		*out_doc = d;
	return NULL;
}

struct rp_err *
rp_registry_html(const struct rp_request *req,
    const struct rp_registry_html *what, struct rp_document **out_doc,
    rp_html *out, bool *out_long)
{
	struct rp_err *e;

	if (out_doc != NULL)
		*out_doc = NULL;
	e = html_of(req, what, out_doc, out);
	*out_long = e != NULL && rp_err_code(e) == RP_E_LIMIT;
	if (!*out_long)
		return e;
	rp_err_free(e);
	*out = RP_HTML("");
	return NULL;
}

static void
put(struct rp_json_writer *w, const char *key, rp_text value)
{
	rp_json_key(w, rp_text_z(key));
	rp_json_put_text(w, value);
}

static void
put_provision(const struct rp_request *req, struct rp_json_writer *w,
    const struct rp_block *b, size_t n)
{
	static const char *const kinds[] = {
		[RP_BLOCK_PARAGRAPH] = "paragraph",
		[RP_BLOCK_HEADING] = "heading",
		[RP_BLOCK_CALLOUT] = "callout",
		[RP_BLOCK_PROVISION] = "provision",
		[RP_BLOCK_ITEM] = "item",
		[RP_BLOCK_OPAQUE] = "opaque",
		[RP_BLOCK_SECTION] = "section",
	};

	rp_json_object_begin(w);
	rp_json_key(w, RP_TEXT("n"));
	rp_json_put_i64(w, (int64_t)n);
	put(w, "kind", rp_text_z(kinds[b->kind]));
	put(w, "label", b->label.text);
	put(w, "text", rp_block_text(req->arena, b));
	rp_json_object_end(w);
}

static rp_text
note_text(struct rp_arena *a, const struct rp_blocks *v)
{
	rp_text t = RP_TEXT("");

	for (size_t k = 0; k < v->n; k++)
		t = rp_textf(a, "%.*s%s%.*s", RP_FMT(t), k > 0 ? "\n" : "",
		    RP_FMT(rp_block_text(a, &v->v[k])));
	return t;
}

void
rp_shelf_put_text(const struct rp_request *req, struct rp_json_writer *w,
    const struct rp_document *d)
{
	rp_json_key(w, RP_TEXT("provisions"));
	rp_json_array_begin(w);
	for (size_t i = 0; i < d->body.blocks.n; i++)
		put_provision(req, w, &d->body.blocks.v[i], i + 1);
	rp_json_array_end(w);
	rp_json_key(w, RP_TEXT("notes"));
	rp_json_array_begin(w);
	for (size_t i = 0; i < d->notes.n; i++)
		rp_json_put_text(w,
		    note_text(req->arena, &d->notes.v[i].blocks));
	rp_json_array_end(w);
}
