#include "codec/csv.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "codec/sink.h"

/*
 *	START --"--> QUOTED --"--> QUOTE --"--> QUOTED
 *	  | other                    | separator, line end
 *	  v                          v
 *	PLAIN --separator, line end--> START
 *
 * CR is seen when CR came outside quotes: only LF may follow.
 */
enum state { START, PLAIN, QUOTED, QUOTE, CR };

struct rp_csv_reader {
	struct rp_csv_options options;
	rp_csv_row_fn *row;
	void *ctx;
	enum state state;
	int64_t line;         /* of the octet being read */
	int64_t row_line;     /* where this row started */
	size_t mark;          /* octets of a byte order mark seen, 4: none */
	struct rp_buf octets; /* the fields of this row, one after another */
	size_t starts[RP_CSV_FIELDS_MAX + 1];
	size_t n;      /* fields begun */
	bool anything; /* an octet or a quote: not an empty line */
	rp_bytes fields[RP_CSV_FIELDS_MAX];
};

static const uint8_t bom[] = { 0xef, 0xbb, 0xbf };

struct rp_csv_reader *
rp_csv_reader_new(struct rp_arena *a, const struct rp_csv_options *options,
    rp_csv_row_fn *row, void *ctx)
{
	struct rp_csv_reader *r = rp_new(a, struct rp_csv_reader);

	r->options = *options;
	if (r->options.separator == 0)
		r->options.separator = ',';
	r->row = row;
	r->ctx = ctx;
	r->line = r->row_line = 1;
	r->n = 1;
	if (r->options.row_max == 0)
		r->options.row_max = RP_CSV_ROW_MAX;
	rp_buf_init(&r->octets, a, r->options.row_max);
	return r;
}

/* Octets at the start of `t` that a spreadsheet would take for a formula. */
static bool
starts_formula(const uint8_t *p, size_t n)
{
	/* U+FF1D, U+FF0B, U+FF0D, U+FF20 all begin with EF BC. */
	if (n >= 3 && p[0] == 0xef && p[1] == 0xbc)
		return p[2] == 0x9d || p[2] == 0x8b || p[2] == 0x8d ||
		       p[2] == 0xa0;
	return n > 0 && p[0] != 0 && strchr("=+-@\t\r\n", p[0]) != NULL;
}

/* Whether apostrophes, `least` or more, stand before such a start. */
static bool
guarded(const uint8_t *p, size_t n, size_t least)
{
	size_t i = 0;

	while (i < n && p[i] == '\'')
		i++;
	return i >= least && starts_formula(p + i, n - i);
}

static bool
is_utf8(rp_bytes b)
{
	for (size_t i = 0, step; i < b.n; i += step) {
		step = b.p[i] < 0x80 ? 1 : rp_utf8_len(b.p + i, b.n - i);
		if (step == 0)
			return false;
	}
	return true;
}

static struct rp_err *
end_row(struct rp_csv_reader *r)
{
	struct rp_csv_row row = { r->fields, r->n, r->row_line };

	if (r->octets.over)
		return rp_fail(RP_E_LIMIT, "line %lld: row of over %zu octets",
		    (long long)r->row_line, r->options.row_max);
	r->starts[r->n] = r->octets.n;
	for (size_t i = 0; i < r->n; i++) {
		rp_bytes f = { r->octets.p + r->starts[i],
			r->starts[i + 1] - r->starts[i] };

		if (f.n == 0)
			f.p = (const uint8_t *)"";
		if (!is_utf8(f))
			return rp_fail(RP_E_INVALID,
			    "line %lld: field %zu is not UTF-8",
			    (long long)r->row_line, i + 1);
		if (r->options.guard && guarded(f.p, f.n, 1))
			f = (rp_bytes){ f.p + 1, f.n - 1 };
		r->fields[i] = f;
	}
	if (r->anything)
		RP_TRY(r->row(r->ctx, &row));
	r->octets.n = 0;
	r->n = 1;
	r->anything = false;
	r->row_line = r->line;
	return NULL;
}

/* Outside quotes: what ends a field or a row, or is part of the field. */
static struct rp_err *
plain(struct rp_csv_reader *r, uint8_t c)
{
	if (c == '\n') {
		r->line++;
		r->state = START;
		return end_row(r);
	}
	if (c == '\r') {
		r->state = CR;
		return NULL;
	}
	r->anything = true;
	if (c == (uint8_t)r->options.separator) {
		if (r->n == RP_CSV_FIELDS_MAX)
			return rp_fail(RP_E_LIMIT, "line %lld: over %d fields",
			    (long long)r->line, RP_CSV_FIELDS_MAX);
		r->starts[r->n++] = r->octets.n;
		r->state = START;
		return NULL;
	}
	if (c == '"' && r->state == START) {
		r->state = QUOTED;
		return NULL;
	}
	if (c == '"' || r->state == QUOTE)
		return rp_fail(RP_E_INVALID, "line %lld: quote out of place",
		    (long long)r->line);
	r->state = PLAIN;
	rp_buf_byte(&r->octets, c);
	return NULL;
}

static struct rp_err *
octet(struct rp_csv_reader *r, uint8_t c)
{
	switch (r->state) {
	case QUOTED:
		if (c == '"') {
			r->state = QUOTE;
			return NULL;
		}
		r->line += c == '\n';
		rp_buf_byte(&r->octets, c);
		return NULL;
	case QUOTE:
		if (c == '"') {
			r->state = QUOTED;
			rp_buf_byte(&r->octets, c);
			return NULL;
		}
		return plain(r, c);
	case CR:
		if (c != '\n')
			return rp_fail(RP_E_INVALID, "line %lld: CR without LF",
			    (long long)r->line);
		return plain(r, c);
	case START:
	case PLAIN:
		return plain(r, c);
	}
	return NULL;
}

/* Octets that are data as they stand, as many as there are. */
static size_t
run_of_data(const struct rp_csv_reader *r, rp_bytes in, size_t from)
{
	size_t i = from;

	if (r->state == PLAIN)
		while (i < in.n && in.p[i] != '"' && in.p[i] != '\r' &&
		       in.p[i] != '\n' &&
		       in.p[i] != (uint8_t)r->options.separator)
			i++;
	if (r->state == QUOTED)
		while (i < in.n && in.p[i] != '"' && in.p[i] != '\n')
			i++;
	return i - from;
}

/* A byte order mark may itself come in pieces; what is not one is data. */
static struct rp_err *
skip_mark(struct rp_csv_reader *r, rp_bytes in, size_t *i)
{
	while (r->mark < sizeof(bom) && *i < in.n) {
		if (in.p[*i] == bom[r->mark]) {
			r->mark++;
			++*i;
			continue;
		}
		for (size_t k = 0, n = r->mark; k < n; k++)
			RP_TRY(octet(r, bom[k]));
		r->mark = sizeof(bom);
	}
	return NULL;
}

struct rp_err *
rp_csv_read(struct rp_csv_reader *r, rp_bytes in)
{
	size_t i = 0;

	RP_TRY(skip_mark(r, in, &i));
	while (i < in.n) {
		size_t n = run_of_data(r, in, i);

		if (n > 0) {
			rp_buf_add(&r->octets, in.p + i, n);
			i += n;
		} else {
			RP_TRY(octet(r, in.p[i++]));
		}
		if (r->octets.over)
			return end_row(r);
	}
	return NULL;
}

struct rp_err *
rp_csv_finish(struct rp_csv_reader *r)
{
	if (r->mark < sizeof(bom) && r->mark > 0) {
		for (size_t k = 0; k < r->mark; k++)
			RP_TRY(octet(r, bom[k]));
	}
	if (r->state == QUOTED)
		return rp_fail(RP_E_INVALID, "line %lld: quote not closed",
		    (long long)r->row_line);
	if (r->state == CR)
		return rp_fail(RP_E_INVALID, "line %lld: CR without LF",
		    (long long)r->line);
	return end_row(r);
}

static void
write_field(struct rp_sink *s, rp_text t, char separator, bool guard,
    bool alone)
{
	bool quote = alone && t.n == 0;
	size_t from = 0;

	if (guard)
		guard = guarded((const uint8_t *)t.p, t.n, 0);
	for (size_t i = 0; i < t.n && !quote; i++)
		quote = t.p[i] == '"' || t.p[i] == '\n' || t.p[i] == '\r' ||
			t.p[i] == separator;
	/* Readers differ on blanks at the ends and on a mark at the start. */
	if (t.n > 0 && (t.p[0] == ' ' || t.p[t.n - 1] == ' '))
		quote = true;
	if (t.n >= sizeof(bom) && memcmp(t.p, bom, sizeof(bom)) == 0)
		quote = true;
	if (quote)
		rp_sink_byte(s, '"');
	if (guard)
		rp_sink_byte(s, '\'');
	while (quote) {
		size_t at = rp_text_find(t, '"', from);

		if (at == t.n)
			break;
		rp_sink_add(s, t.p + from, at + 1 - from);
		rp_sink_byte(s, '"');
		from = at + 1;
	}
	rp_sink_add(s, t.p + from, t.n - from);
	if (quote)
		rp_sink_byte(s, '"');
}

void
rp_csv_write(struct rp_sink *s, const struct rp_csv_options *options,
    const rp_text *fields, size_t n)
{
	char separator = options->separator ? options->separator : ',';

	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			rp_sink_byte(s, (uint8_t)separator);
		write_field(s, fields[i], separator, options->guard, n == 1);
	}
	rp_sink_add(s, "\r\n", 2);
}
