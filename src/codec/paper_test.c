#include "codec/paper.h"

#include "base/check.h"

#define ARENA_MAX ((size_t)64 << 20)

static struct rp_paper
sample(struct rp_arena *a)
{
	struct rp_paper p = { .lang = RP_TEXT("fr"),
		.symbol = RP_TEXT("CWG-Internet-20/3"),
		.above = RP_TEXT("Contribution du Brésil"),
		.title = RP_TEXT("\"Noms\" & <nombres>") };

	rp_vec_push(a, &p.head,
	    ((struct rp_paper_row){ RP_TEXT("Document"), p.symbol }));
	rp_vec_push(a, &p.head,
	    ((struct rp_paper_row){ RP_TEXT("Source"),
		RP_TEXT("Brésil\nFrance\n") }));
	rp_vec_push(a, &p.head,
	    ((struct rp_paper_row){ RP_TEXT("Vide"), RP_TEXT(" \n") }));
	rp_vec_push(a, &p.box,
	    ((struct rp_paper_row){ RP_TEXT("Objet"), RP_TEXT("Proposer.") }));
	return p;
}

static void
comes_back_from_json(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	struct rp_paper p = sample(a), q;
	rp_text json = rp_paper_json(a, &p);

	RP_CHECK_OK(rp_paper_parse(a, rp_text_bytes(json), &q));
	RP_CHECK_TEXT(q.title, p.title);
	RP_CHECK(q.head.n == 3 && q.box.n == 1 && q.letter.n == 0);
	RP_CHECK_TEXT(q.head.v[1].value, p.head.v[1].value);
	RP_CHECK_FAILS(rp_paper_parse(a, RP_BYTES("{}"), &q), RP_E_INVALID);
	RP_CHECK_FAILS(rp_paper_parse(a,
			   RP_BYTES("{\"lang\":\"\",\"symbol\":\"\",\"above\":"
				    "\"\",\"title\":\"\",\"letter\":[[\"\"]],"
				    "\"head\":[],\"box\":[]}"),
			   &q),
	    RP_E_INVALID);
}

static void
stands_in_front(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	struct rp_paper p = sample(a);
	struct rp_document *body = rp_document_new(a), *d;
	struct rp_run run = { .text = RP_TEXT("Les noms.") };
	struct rp_block b = { .runs = &run, .n_runs = 1 };
	const struct rp_block *v;

	rp_vec_push(a, &body->body.blocks, b);
	b.cell = (struct rp_cell){ .table = 1, .row = 1, .column = 1 };
	rp_vec_push(a, &body->body.blocks, b);
	d = rp_paper_document(a, &p, body);
	v = d->body.blocks.v;
	RP_CHECK_TEXT(d->lang, RP_TEXT("fr"));
	/* symbol: two cells; source: one and two; no row for what is empty. */
	RP_CHECK(d->body.blocks.n == 12);
	RP_CHECK(v[0].cell.row == 1 && v[0].cell.column == 1 &&
		 v[4].cell.row == 2 && v[4].cell.column == 2);
	RP_CHECK_TEXT(v[5].style, RP_TEXT("Subtitle"));
	RP_CHECK(v[6].kind == RP_BLOCK_HEADING && v[6].level == 0);
	RP_CHECK_TEXT(v[7].style, RP_TEXT("Box"));
	RP_CHECK_TEXT(v[9].style, RP_TEXT("Rule"));
	RP_CHECK(v[10].cell.table == 0 && v[11].cell.table == 2);
	/* The body is as it was. */
	RP_CHECK(body->body.blocks.v[1].cell.table == 1);
}

RP_CHECK_MAIN({ "it comes back from JSON", comes_back_from_json },
    { "it stands in front of the body", stands_in_front })
