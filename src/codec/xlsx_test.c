#include "codec/xlsx.h"

#include <string.h>

#include "base/check.h"
#include "codec/zip.h"

static rp_text
part(struct rp_arena *a, rp_bytes octets, const char *name)
{
	struct rp_zip *z;
	rp_bytes out;

	RP_CHECK_OK(rp_zip_open(a, octets, &z));
	RP_CHECK_OK(rp_zip_read(a, z, rp_zip_find(z, rp_text_z(name)), &out));
	return rp_text_trusted(a, out);
}

static void
a_table(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(4 << 20);
	const rp_text cells[] = { RP_TEXT("Head"), RP_TEXT("R"),
		RP_TEXT("=1+1"), RP_TEXT("a < b & c") };
	const struct rp_xlsx x = { .name = RP_TEXT("Matrix [2026]/1"),
		.cells = cells,
		.columns = 2,
		.rows = 2,
		.rtl = true };
	rp_bytes out, again;
	rp_text sheet;

	RP_CHECK_OK(rp_xlsx_write(a, &x, 1 << 20, &out));
	RP_CHECK_OK(rp_xlsx_write(a, &x, 1 << 20, &again));
	RP_CHECK(out.n == again.n && memcmp(out.p, again.p, out.n) == 0);
	sheet = part(a, out, "xl/worksheets/sheet1.xml");
	RP_CHECK(strstr(sheet.p, "rightToLeft=\"1\"") != NULL);
	RP_CHECK(strstr(sheet.p, "<c r=\"A2\" s=\"2\" t=\"inlineStr\"><is>"
				 "<t xml:space=\"preserve\">=1+1</t>") != NULL);
	RP_CHECK(strstr(sheet.p, "a &lt; b &amp; c") != NULL);
	RP_CHECK(strstr(sheet.p, "<f>") == NULL);
	RP_CHECK(strstr(part(a, out, "xl/workbook.xml").p,
		     "name=\"Matrix 20261\"") != NULL);
}

static void
limits(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(4 << 20);
	const rp_text cell = RP_TEXT("some text");
	struct rp_xlsx x = { .cells = &cell, .columns = 1, .rows = 1 };
	rp_bytes out;

	RP_CHECK_FAILS(rp_xlsx_write(a, &x, 100, &out), RP_E_LIMIT);
	x.columns = RP_XLSX_COLUMNS_MAX + 1;
	RP_CHECK_FAILS(rp_xlsx_write(a, &x, 1 << 20, &out), RP_E_LIMIT);
}

RP_CHECK_MAIN({ "a table", a_table }, { "limits", limits })
