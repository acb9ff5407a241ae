/*
 * redline - the comparison alone, on plain lines, for measurements.
 *
 *	redline compare OLD NEW -o OUT.json
 *	redline time N OLD NEW
 *	redline docx N OLD.docx NEW.docx
 *	redline merge N
 *
 * Files are as src/redline/sample.h has them; for x.docx the x.txt beside it is
 * read, so that a script that scores a command that reads DOCX runs as it is.
 * Of a pair whose number in its name is even, labels are typed. `time` compares
 * N times and prints the least milliseconds and what the process grew by;
 * `docx` reads two Word documents, compares them, writes the tracked changes
 * and checks them, N times, and prints the least milliseconds of each step, the
 * arena at its most and what the process had at its most (VmHWM);
 * `merge` tries N random cases of src/redline/merge_cases.h.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/err.h"
#include "codec/docx_read.h"
#include "codec/sink.h"
#include "exchange/compare.h"
#include "exchange/script_json.h"
#include "redline/compare.h"
#include "redline/merge_cases.h"
#include "redline/sample.h"
#include "text/input.h"
#include "text/words.h"

#define INPUT_MAX ((size_t)64 << 20)

static void
die(const char *what, const char *name)
{
	fprintf(stderr, "redline: %s: %s\n", what, name);
	exit(1);
}

static void
die_of(struct rp_err *e)
{
	if (e != NULL)
		die("failed", rp_err_message(e));
}

static struct rp_document *
document(struct rp_arena *a, const char *name)
{
	size_t n = strlen(name);
	enum rp_label_kind kind = RP_LABEL_TYPED;
	uint8_t *p = rp_alloc(a, INPUT_MAX);
	rp_text path = rp_text_z(name), t;
	const char *pair = strstr(name, "pair");
	FILE *f;

	if (n > 5 && strcmp(name + n - 5, ".docx") == 0)
		path = rp_textf(a, "%.*s.txt", (int)(n - 5), name);
	if (pair != NULL && strlen(pair) > 6 && (pair[6] - '0') % 2 != 0)
		kind = RP_LABEL_AUTO;
	f = fopen(path.p, "rb");
	if (f == NULL)
		die("cannot open", path.p);
	n = fread(p, 1, INPUT_MAX, f);
	fclose(f);
	die_of(rp_text_input(a, (rp_bytes){ p, n }, INPUT_MAX, &t));
	return rp_sample_document(a, t, kind);
}

static struct rp_err *
to_file(void *ctx, rp_bytes chunk)
{
	if (fwrite(chunk.p, 1, chunk.n, ctx) != chunk.n)
		return rp_fail_errno(RP_E_INTERNAL, "write");
	return NULL;
}

static void
compare(const char *old, const char *now, const char *out)
{
	struct rp_arena *a = rp_arena_new((size_t)8 << 30);
	struct rp_words *w = rp_words_new();
	FILE *f = fopen(out, "wb");
	struct rp_script *s;
	struct rp_sink sink;

	if (f == NULL)
		die("cannot write", out);
	die_of(
	    rp_redline_compare(a, w, document(a, old), document(a, now), &s));
	rp_sink_init(&sink, a, to_file, f);
	rp_script_json_write(a, s, &sink);
	die_of(rp_sink_flush(&sink));
	fclose(f);
	rp_words_free(w);
	rp_arena_free(a);
}

static double
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static long
most_kib(void)
{
	FILE *f = fopen("/proc/self/status", "r");
	char line[256];
	long kib = 0;

	while (f != NULL && fgets(line, sizeof(line), f) != NULL)
		if (strncmp(line, "VmHWM:", 6) == 0)
			kib = strtol(line + 6, NULL, 10);
	if (f != NULL)
		fclose(f);
	return kib;
}

static void
measure(long times, const char *old, const char *now)
{
	struct rp_arena *a = rp_arena_new((size_t)8 << 30);
	struct rp_document *x = document(a, old), *y = document(a, now);
	struct rp_words *w = rp_words_new();
	double best = 1e9;
	long before = most_kib(), most = 0;

	for (long i = 0; i < times; i++) {
		struct rp_arena *job = rp_arena_new((size_t)8 << 30);
		double start = now_ms(), took;
		struct rp_script *s;

		die_of(rp_redline_compare(job, w, x, y, &s));
		took = now_ms() - start;
		best = took < best ? took : best;
		most = i == 0 ? most_kib() : most;
		rp_arena_free(job);
	}
	printf("%zu and %zu blocks: %.2f ms, %.1f MiB\n", x->body.blocks.n,
	    y->body.blocks.n, best, (double)(most - before) / 1024);
	rp_words_free(w);
	rp_arena_free(a);
}

static rp_bytes
octets(struct rp_arena *a, const char *name)
{
	FILE *f = fopen(name, "rb");
	uint8_t *p;
	long n;

	if (f == NULL || fseek(f, 0, SEEK_END) != 0)
		die("cannot open", name);
	n = ftell(f);
	rewind(f);
	p = rp_alloc(a, (size_t)n + 1);
	if (fread(p, 1, (size_t)n, f) != (size_t)n)
		die("cannot read", name);
	fclose(f);
	return (rp_bytes){ p, (size_t)n };
}

struct steps {
	double read, compare, write, all;
	size_t taken, blocks[2];
	enum rp_compare_form form;
};

static void
least(double *to, double ms)
{
	*to = *to == 0 || ms < *to ? ms : *to;
}

static void
one_docx(struct rp_words *w, const char *old, const char *now, struct steps *s)
{
	struct rp_compare_options o = { .author = RP_TEXT("Rapporteur") };
	struct rp_arena *a = rp_arena_new((size_t)8 << 30);
	rp_bytes x = octets(a, old), y = octets(a, now), out;
	struct rp_compare_report report;
	double t[4] = { now_ms() };
	struct rp_docx_read r[2];
	struct rp_script *script;

	die_of(rp_docx_read(a, x, &r[0]));
	die_of(rp_docx_read(a, y, &r[1]));
	t[1] = now_ms();
	die_of(rp_redline_compare(a, w, r[0].document, r[1].document, &script));
	t[2] = now_ms();
	die_of(rp_compare_docx(a, &r[0], &r[1], script, &o, INPUT_MAX, &out,
	    &report));
	t[3] = now_ms();
	least(&s->read, t[1] - t[0]);
	least(&s->compare, t[2] - t[1]);
	least(&s->write, t[3] - t[2]);
	least(&s->all, t[3] - t[0]);
	s->taken = rp_arena_taken(a);
	s->form = report.form;
	for (int i = 0; i < 2; i++)
		s->blocks[i] = r[i].document->body.blocks.n;
	rp_arena_free(a);
}

static void
measure_docx(long times, const char *old, const char *now)
{
	struct rp_words *w = rp_words_new();
	struct steps s = { 0 };
	long most = 0;

	for (long i = 0; i < times; i++) {
		one_docx(w, old, now, &s);
		/* Of a process that does it once. */
		most = i == 0 ? most_kib() : most;
	}
	printf("%zu and %zu paragraphs: %.2f ms (read %.2f, compare %.2f, "
	       "write and check %.2f); arena %.1f MiB, process %.1f MiB; "
	       "form %d\n",
	    s.blocks[0], s.blocks[1], s.all, s.read, s.compare, s.write,
	    (double)s.taken / (1 << 20), (double)most / 1024, (int)s.form);
	rp_words_free(w);
}

static int
merge(long n)
{
	struct rp_words *w = rp_words_new();
	uint32_t failed, exact = rp_merge_cases(w, 0, (uint32_t)n, &failed);

	printf("%u of %ld cases exact\n", exact, n);
	if ((long)exact != n)
		printf("the first that is not is %u\n", failed);
	rp_words_free(w);
	return (long)exact == n ? 0 : 1;
}

int
main(int argc, char **argv)
{
	rp_arena_keep_pages(); /* as the command does where it works */
	if (argc == 6 && strcmp(argv[1], "compare") == 0 &&
	    strcmp(argv[4], "-o") == 0)
		compare(argv[2], argv[3], argv[5]);
	else if (argc == 5 && strcmp(argv[1], "time") == 0)
		measure(strtol(argv[2], NULL, 10), argv[3], argv[4]);
	else if (argc == 5 && strcmp(argv[1], "docx") == 0)
		measure_docx(strtol(argv[2], NULL, 10), argv[3], argv[4]);
	else if (argc == 3 && strcmp(argv[1], "merge") == 0)
		return merge(strtol(argv[2], NULL, 10));
	else {
		fputs("usage: redline compare OLD NEW -o OUT.json\n"
		      "       redline time N OLD NEW\n"
		      "       redline docx N OLD.docx NEW.docx\n"
		      "       redline merge N\n",
		    stderr);
		return 2;
	}
	return 0;
}
