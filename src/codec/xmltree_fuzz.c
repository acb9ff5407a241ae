#include "codec/xmltree.h"

#include "base/err.h"
#include "codec/docx_names.h"
#include "codec/xmlread.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is taken here is taken by libxml2 too, with as many elements. */
static struct rp_err *
run(struct rp_arena *a, void *ctx)
{
	const rp_bytes *in = ctx;
	enum rp_xmlread_event event;
	struct rp_xmlread *xml;
	struct rp_xmltree t;
	struct rp_err *e;
	uint32_t n = 1;

	RP_TRY(rp_xmltree_read(a, *in, &rp_docx_names, &t));
	for (uint32_t i = 1; i < t.n; i++) {
		const struct rp_xmlnode *x = &t.v[i];

		RP_ASSERT(x->from < x->inner_from &&
			  x->inner_from <= x->inner_to &&
			  x->inner_to <= x->to && x->to <= in->n);
		RP_ASSERT(i == 1 || (x->parent < i && x->parent > 0));
		(void)rp_xmltree_attr(&t, i, "val");
		(void)rp_xmltree_text(a, (rp_bytes){ in->p + x->inner_from,
					     x->inner_to - x->inner_from });
	}
	e = rp_xmlread_open(a, *in, &xml);
	RP_ASSERT(e == NULL);
	do {
		e = rp_xmlread_next(xml, &event);
		RP_ASSERT(e == NULL);
		n += event == RP_XMLREAD_OPEN;
	} while (event != RP_XMLREAD_END);
	RP_ASSERT(n == t.n);
	return NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	rp_bytes in = { data, size };

	rp_xmlread_prepare();
	rp_err_free(rp_job_run((size_t)512 << 20, run, &in));
	return 0;
}
