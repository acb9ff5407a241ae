#include "codec/csv.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "codec/sink.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct copy {
	struct rp_arena *arena;
	struct rp_csv_options options;
	struct rp_sink sink;
	size_t rows;
};

static struct rp_err *
write_again(void *ctx, const struct rp_csv_row *row)
{
	struct copy *c = ctx;
	rp_text fields[RP_CSV_FIELDS_MAX];

	for (size_t i = 0; i < row->n; i++)
		fields[i] = (rp_text){ (const char *)row->fields[i].p,
			row->fields[i].n };
	rp_csv_write(&c->sink, &c->options, fields, row->n);
	c->rows++;
	return NULL;
}

static struct rp_err *
read_all(struct copy *c, rp_bytes in, size_t step)
{
	struct rp_csv_reader *r =
	    rp_csv_reader_new(c->arena, &c->options, write_again, c);

	for (size_t i = 0; i < in.n; i += step) {
		size_t n = step < in.n - i ? step : in.n - i;

		RP_TRY(rp_csv_read(r, (rp_bytes){ in.p + i, n }));
	}
	return rp_csv_finish(r);
}

/* What was read and written again reads to as many rows, and writes the same.
 */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)256 << 20);
	struct copy first = { .arena = a }, second = { .arena = a };
	struct rp_buf one, two;
	struct rp_err *e;

	if (size == 0)
		return 0;
	first.options.separator = ",;\t,"[data[0] & 3];
	first.options.guard = (data[0] & 4) != 0;
	second.options = first.options;
	rp_buf_init(&one, a, (size_t)64 << 20);
	rp_buf_init(&two, a, (size_t)64 << 20);
	rp_sink_to_buf(&first.sink, a, &one);
	rp_sink_to_buf(&second.sink, a, &two);
	e = read_all(&first, (rp_bytes){ data + 1, size - 1 },
	    1 + (data[0] >> 3));
	if (e != NULL) {
		rp_err_free(e);
		return 0;
	}
	e = read_all(&second, (rp_bytes){ one.p, one.n }, 7);
	RP_ASSERT(e == NULL && first.rows == second.rows && one.n == two.n &&
		  (one.n == 0 || memcmp(one.p, two.p, one.n) == 0));
	return 0;
}
