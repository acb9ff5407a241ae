/*
 * address_peer - judging a list of names, beside ICU's bare calls.
 *
 *	address_peer --filter <FILE	the smallest program around ICU's call:
 *					a name a line in, its A-form out
 *	address_peer FILE [RUNS]
 *
 * Three ways over the same names in one process, in turns, the median of the
 * runs: uidna_nameToASCII() on names converted to UTF-16 beforehand (what ICU
 * costs and no more), uidna_nameToASCII_UTF8() on the text as it is, and
 * rp_domain_name_check(), which gives both forms and checks IDNA2008 as well.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unicode/uidna.h>
#include <unicode/ustring.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "text/domain_name.h"
#include "text/names.h"

enum { NAMES_MAX = 1000000, RUNS_MAX = 99 };

struct utf16 {
	UChar *p;
	int32_t n;
};

struct list {
	size_t n;
	rp_text *utf8;
	struct utf16 *utf16;
};

static void
read_list(const char *path, struct list *l)
{
	char *line = NULL;
	size_t cap = 0;
	FILE *f = fopen(path, "rb");
	ssize_t n;

	RP_ASSERT(f != NULL);
	l->utf8 = calloc(NAMES_MAX, sizeof(*l->utf8));
	l->utf16 = calloc(NAMES_MAX, sizeof(*l->utf16));
	while (l->n < NAMES_MAX && (n = getline(&line, &cap, f)) > 0) {
		struct utf16 *w = &l->utf16[l->n];
		UErrorCode status = U_ZERO_ERROR;
		size_t len = (size_t)n - (line[n - 1] == '\n');

		line[len] = '\0';
		l->utf8[l->n++] = (rp_text){ strdup(line), len };
		w->p = calloc(len + 1, sizeof(UChar));
		u_strFromUTF8(w->p, (int32_t)len + 1, &w->n, line, (int32_t)len,
		    &status);
		RP_ASSERT(U_SUCCESS(status));
	}
	free(line);
	fclose(f);
}

static UIDNA *
open_uidna(void)
{
	UErrorCode status = U_ZERO_ERROR;
	UIDNA *idna =
	    uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII |
				UIDNA_NONTRANSITIONAL_TO_UNICODE |
				UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
				UIDNA_CHECK_CONTEXTO | UIDNA_USE_STD3_RULES,
		&status);

	RP_ASSERT(U_SUCCESS(status));
	return idna;
}

static size_t
by_icu(const struct list *l, const UIDNA *idna)
{
	UChar out[512];
	size_t good = 0;

	for (size_t i = 0; i < l->n; i++) {
		UIDNAInfo info = UIDNA_INFO_INITIALIZER;
		UErrorCode status = U_ZERO_ERROR;

		uidna_nameToASCII(idna, l->utf16[i].p, l->utf16[i].n, out, 512,
		    &info, &status);
		good += U_SUCCESS(status) && info.errors == 0;
	}
	return good;
}

static size_t
by_icu_utf8(const struct list *l, const UIDNA *idna)
{
	char out[1024];
	size_t good = 0;

	for (size_t i = 0; i < l->n; i++) {
		UIDNAInfo info = UIDNA_INFO_INITIALIZER;
		UErrorCode status = U_ZERO_ERROR;

		uidna_nameToASCII_UTF8(idna, l->utf8[i].p,
		    (int32_t)l->utf8[i].n, out, 1024, &info, &status);
		good += U_SUCCESS(status) && info.errors == 0;
	}
	return good;
}

static size_t
by_us(const struct list *l, const struct rp_names *names, struct rp_arena *job)
{
	size_t good = 0;

	for (size_t i = 0; i < l->n; i++) {
		struct rp_domain_name name;

		good += rp_domain_name_check(job, names, l->utf8[i], 0,
			    &name) == RP_ADDRESS_OK;
		rp_arena_reset(job);
	}
	return good;
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
median(double *v, int n)
{
	qsort(v, (size_t)n, sizeof(*v), compare);
	return v[n / 2];
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int
filter(const UIDNA *idna)
{
	char *line = NULL, utf8[1024];
	UChar in[2048], out[512];
	size_t cap = 0;
	ssize_t len;

	while ((len = getline(&line, &cap, stdin)) > 0) {
		UIDNAInfo info = UIDNA_INFO_INITIALIZER;
		UErrorCode status = U_ZERO_ERROR;
		int32_t n = 0;

		len -= line[len - 1] == '\n';
		u_strFromUTF8(in, 2048, &n, line, (int32_t)len, &status);
		n = uidna_nameToASCII(idna, in, n, out, 512, &info, &status);
		u_strToUTF8(utf8, sizeof(utf8), &n, out, n, &status);
		if (U_FAILURE(status) || info.errors != 0)
			n = 0;
		fwrite(utf8, 1, (size_t)n, stdout);
		fputc('\n', stdout);
	}
	free(line);
	return 0;
}

int
main(int argc, char **argv)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	RP_AUTO(rp_arena_freep) struct rp_arena *job = rp_arena_new(1 << 20);
	int runs = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 5;
	double spent[3][RUNS_MAX], each[3];
	const struct rp_names *names;
	UIDNA *idna = open_uidna();
	struct list list = { 0 };
	size_t good[3] = { 0 };

	if (argc == 2 && strcmp(argv[1], "--filter") == 0)
		return filter(idna);
	if (argc < 2 || runs < 1 || runs > RUNS_MAX)
		return 2;
	read_list(argv[1], &list);
	if (rp_names_open(a, NULL, &names) != NULL)
		return 1;
	for (int i = 0; i < runs; i++) {
		double t[4] = { now() };

		good[0] = by_icu(&list, idna);
		t[1] = now();
		good[1] = by_icu_utf8(&list, idna);
		t[2] = now();
		good[2] = by_us(&list, names, job);
		t[3] = now();
		for (int k = 0; k < 3; k++)
			spent[k][i] = t[k + 1] - t[k];
	}
	for (int k = 0; k < 3; k++)
		each[k] = median(spent[k], runs) * 1e9 / (double)list.n;
	printf("names %zu\n", list.n);
	printf("icu   %.0f ns a name, %zu valid\n", each[0], good[0]);
	printf("icu8  %.0f ns a name, %zu valid\n", each[1], good[1]);
	printf("ours  %.0f ns a name, %zu valid\n", each[2], good[2]);
	printf("ratio %.2f of icu, %.2f of icu8\n", each[2] / each[0],
	    each[2] / each[1]);
	uidna_close(idna);
	return 0;
}
