#include "render/qr.h"

#include <qrencode.h>

#include "base/err.h"
#include "render/page.h"

#define QUIET 4   /* modules, by the standard */
#define DARK 0x01 /* the bit of libqrencode's module that says so */
#define SCALE 4   /* pixels of a module */

static void
number(struct rp_page *page, rp_html before, int64_t n)
{
	rp_page_html(page, before);
	rp_page_i64(page, n);
}

/* Runs of dark modules in a row, each a rectangle of one path. */
static void
row(struct rp_page *page, const QRcode *code, int y)
{
	const unsigned char *line = code->data + y * code->width;

	for (int x = 0; x < code->width;) {
		int from = x;

		while (x < code->width && (line[x] & DARK))
			x++;
		if (x == from) {
			x++;
			continue;
		}
		number(page, RP_HTML("M"), from + QUIET);
		number(page, RP_HTML(" "), y + QUIET);
		number(page, RP_HTML("h"), x - from);
		number(page, RP_HTML("v1h-"), x - from);
		rp_page_html(page, RP_HTML("z"));
	}
}

static struct rp_err *
write(struct rp_arena *a, const QRcode *code, rp_text label, rp_html *out)
{
	int64_t side = code->width + 2 * QUIET;
	struct rp_page page;

	rp_page_init(&page, a, NULL);
	number(&page, RP_HTML("<svg class=\"qr\" width=\""), side * SCALE);
	number(&page, RP_HTML("\" height=\""), side * SCALE);
	number(&page, RP_HTML("\" viewBox=\"0 0 "), side);
	number(&page, RP_HTML(" "), side);
	rp_page_html(&page,
	    RP_HTML("\" shape-rendering=\"crispEdges\" role=\"img\" "
		    "aria-label=\""));
	rp_page_text(&page, label);
	rp_page_html(&page,
	    RP_HTML("\"><path fill=\"#fff\" d=\"M0 0h100v100h-100z\" "
		    "transform=\"scale(2)\"/><path fill=\"#000\" d=\""));
	for (int y = 0; y < code->width; y++)
		row(&page, code, y);
	rp_page_html(&page, RP_HTML("\"/></svg>"));
	return rp_page_finish(&page, out);
}

struct rp_err *
rp_qr(struct rp_arena *a, rp_text t, rp_text label, rp_html *out)
{
	struct rp_err *e;
	QRcode *code;

	if (t.n == 0)
		return rp_fail(RP_E_INVALID, "an empty QR code");
	if (t.n > RP_QR_TEXT_MAX)
		return rp_fail(RP_E_LIMIT, "QR code of %zu octets", t.n);
	code = QRcode_encodeData((int)t.n, (const unsigned char *)t.p, 0,
	    QR_ECLEVEL_M);
	RP_ASSERT(code != NULL);
	e = write(a, code, label, out);
	QRcode_free(code);
	return e;
}
