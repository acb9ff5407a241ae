/*
 * render - what a template costs: a page of a list, again and again, from a
 * view that is ready, into an arena that is kept. No database and no socket.
 *
 * usage: render [ROWS [RUNS]]. Prints the octets of a page and the median time
 * of the runs for one, and the same for copying as many octets.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/err.h"
#include "render/t_responses.h"
#include "text/format.h"

#define TIMES 20000

static double
now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec * 1e9 + (double)ts.tv_nsec;
}

static int
ascending(const void *x, const void *y)
{
	double a = *(const double *)x, b = *(const double *)y;

	return (a > b) - (a < b);
}

static void
fill(struct rp_arena *a, struct v_responses *v, int rows)
{
	*v = (struct v_responses){
		.consultation_title = RP_TEXT("A multilingual Internet"),
		.consultation_lang = RP_TEXT("en"),
		.consultation_url = RP_URL("/en/cwg/consultations/1/"),
		.count = rows,
		.action = RP_URL("/en/cwg/consultations/1/responses/"),
		.csv_url = RP_URL("/en/cwg/consultations/1/responses.csv"),
		.publication = M_consultation_publication_as_checked,
		.is_print = true,
	};
	for (int i = 0; i < rows; i++) {
		struct v_row row = {
			.number = i + 1,
			.url = rp_urlf(a, "%d", i + 1),
			.source =
			    RP_TEXT("Universities of the <North> & South"),
			.organisation = RP_TEXT("Ana Example"),
			.category = M_category_academia,
			.country = RP_TEXT("Switzerland"),
			.language = RP_TEXT("English"),
			.lang = RP_TEXT("en"),
			.time = RP_TEXT("21 November 2026"),
			.iso = RP_TEXT("2026-11-21T07:53:01Z"),
			.excerpt = RP_TEXT(
			    "Names in every script should work wherever a name "
			    "can be typed, and an address that is valid should "
			    "be accepted by each form that asks for one."),
		};

		rp_vec_push(a, &v->rows, row);
	}
}

int
main(int argc, char **argv)
{
	int rows = argc > 1 ? atoi(argv[1]) : 28;
	int runs = argc > 2 ? atoi(argv[2]) : 9;
	struct rp_arena *views = rp_arena_new((size_t)1 << 24);
	struct rp_arena *a = rp_arena_new((size_t)1 << 24);
	struct rp_locale *l = rp_locale_new(RP_LANG_EN);
	struct rp_reader reader = { RP_LANG_EN, l };
	double *took, *copied;
	struct v_responses v;
	rp_html h = { 0 };
	char *page;

	if (rows < 1 || rows > 10000 || runs < 1 || runs > 1000) {
		fputs("usage: render [ROWS [RUNS]]\n", stderr);
		return 2;
	}
	took = rp_new_n(views, double, (size_t)runs);
	copied = rp_new_n(views, double, (size_t)runs);
	fill(views, &v, rows);
	for (int run = 0; run < runs; run++) {
		double from = now();

		for (int i = 0; i < TIMES; i++) {
			struct rp_page p;
			struct rp_err *e;

			rp_arena_reset(a);
			rp_page_init(&p, a, &reader);
			t_responses(&p, &v);
			e = rp_page_finish(&p, &h);
			RP_ASSERT(e == NULL);
		}
		took[run] = (now() - from) / TIMES;
		page = rp_alloc(views, h.n);
		from = now();
		for (int i = 0; i < TIMES; i++) {
			memcpy(page, h.p, h.n);
			__asm__ volatile("" : : "r"(page) : "memory");
		}
		copied[run] = (now() - from) / TIMES;
	}
	qsort(took, (size_t)runs, sizeof(*took), ascending);
	qsort(copied, (size_t)runs, sizeof(*copied), ascending);
	printf("%zu octets, %.0f ns a page, %.0f ns to copy it\n", h.n,
	    took[runs / 2], copied[runs / 2]);
	return 0;
}
