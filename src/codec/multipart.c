#include "codec/multipart.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "codec/httpval.h"

/*
 * The delimiter is CR LF "--" boundary. CR stands only at its start, so when a
 * match breaks off after k octets those k octets are data and the octet that
 * broke it can only begin a new match: no table of failures is needed.
 *
 *	PREAMBLE --delimiter--> AFTER --CRLF--> HEADERS --empty line--> BODY
 *	    BODY --delimiter--> AFTER --"--"--> EPILOGUE
 */
enum state { PREAMBLE, AFTER, HEADERS, BODY, EPILOGUE, FAILED };

struct rp_multipart {
	struct rp_arena *arena;
	struct rp_multipart_sink sink;
	enum state state;
	uint8_t delimiter[4 + RP_MULTIPART_BOUNDARY_MAX];
	size_t delimiter_n;
	size_t matched; /* octets of the delimiter */
	size_t implied; /* of those, how many were not in the body */
	size_t total, parts;

	struct rp_buf line; /* what follows a boundary, then the headers */
	struct rp_multipart_part part;
	bool is_file, begun;
	struct rp_buf value; /* of a field */
	size_t values;       /* octets of all fields */
	struct rp_buf chunk; /* of a file */
	struct rp_urlform fields;
};

static bool
boundary_ok(rp_bytes b)
{
	if (b.n == 0 || b.n > RP_MULTIPART_BOUNDARY_MAX || b.p[b.n - 1] == ' ')
		return false;
	for (size_t i = 0; i < b.n; i++) {
		uint8_t c = b.p[i];
		bool alnum = (c >= '0' && c <= '9') ||
			     ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');

		if (!alnum && (c == 0 || !strchr("'()+_,-./:=? ", c)))
			return false;
	}
	return true;
}

struct rp_err *
rp_multipart_new(struct rp_arena *a, rp_bytes content_type,
    const struct rp_multipart_sink *sink, struct rp_multipart **out)
{
	struct rp_multipart *m;
	struct rp_httpval type;
	rp_bytes boundary;

	RP_TRY(rp_httpval_type_parse(a, content_type, &type));
	if (!rp_text_eq(type.main, RP_TEXT("multipart/form-data")))
		return rp_fail(RP_E_INVALID, "not multipart/form-data");
	boundary = rp_urlform_value(&type.params, "boundary");
	if (!boundary_ok(boundary))
		return rp_fail(RP_E_INVALID, "no good boundary");
	m = rp_new(a, struct rp_multipart);
	m->arena = a;
	m->sink = *sink;
	memcpy(m->delimiter, "\r\n--", 4);
	memcpy(m->delimiter + 4, boundary.p, boundary.n);
	m->delimiter_n = 4 + boundary.n;
	/* The first boundary may stand at the very start, without its CRLF. */
	m->matched = m->implied = 2;
	rp_buf_init(&m->line, a, RP_MULTIPART_HEADER_MAX);
	rp_buf_init(&m->chunk, a, RP_MULTIPART_CHUNK);
	*out = m;
	return NULL;
}

static rp_bytes
copy(struct rp_arena *a, rp_bytes in)
{
	return rp_text_bytes(rp_text_trusted(a, in));
}

static struct rp_err *
begin_file(struct rp_multipart *m)
{
	if (m->begun)
		return NULL;
	m->begun = true;
	return m->sink.begin(m->sink.ctx, &m->part);
}

static struct rp_err *
flush_chunk(struct rp_multipart *m)
{
	rp_bytes chunk;

	RP_TRY(rp_buf_bytes(&m->chunk, &chunk));
	if (chunk.n == 0)
		return NULL;
	RP_TRY(begin_file(m));
	RP_TRY(m->sink.data(m->sink.ctx, chunk));
	m->chunk.n = 0;
	return NULL;
}

static struct rp_err *
data(struct rp_multipart *m, const uint8_t *p, size_t n)
{
	if (m->state == PREAMBLE || n == 0)
		return NULL;
	if (!m->is_file) {
		rp_buf_add(&m->value, p, n);
		if (m->value.over)
			return rp_fail(RP_E_LIMIT, "field of over %zu octets",
			    RP_MULTIPART_FIELD_MAX);
		return NULL;
	}
	while (n > 0) {
		size_t room = RP_MULTIPART_CHUNK - m->chunk.n;
		size_t step = n < room ? n : room;

		rp_buf_add(&m->chunk, p, step);
		p += step;
		n -= step;
		if (m->chunk.n == RP_MULTIPART_CHUNK)
			RP_TRY(flush_chunk(m));
	}
	return NULL;
}

static struct rp_err *
end_part(struct rp_multipart *m)
{
	struct rp_urlform_field f;

	if (m->state == PREAMBLE)
		return NULL;
	if (m->is_file) {
		RP_TRY(flush_chunk(m));
		if (m->part.filename.n > 0)
			RP_TRY(begin_file(m));
		return m->begun ? m->sink.end(m->sink.ctx) : NULL;
	}
	f.name = m->part.name;
	RP_TRY(rp_buf_bytes(&m->value, &f.value));
	m->values += f.value.n;
	if (m->values > RP_MULTIPART_FIELDS_MAX)
		return rp_fail(RP_E_LIMIT, "fields of over %zu octets",
		    RP_MULTIPART_FIELDS_MAX);
	rp_vec_push(m->arena, &m->fields, f);
	return NULL;
}

/* Look for the delimiter from `i` on; returns where to go on. */
static struct rp_err *
scan(struct rp_multipart *m, rp_bytes in, size_t *i)
{
	while (*i < in.n) {
		const uint8_t *cr;
		size_t from = *i, upto;

		if (m->matched > 0) {
			if (in.p[*i] == m->delimiter[m->matched]) {
				++*i;
				if (++m->matched == m->delimiter_n)
					break;
				continue;
			}
			from = m->implied;
			upto = m->matched;
			m->matched = m->implied = 0;
			RP_TRY(data(m, m->delimiter + from, upto - from));
			continue;
		}
		cr = memchr(in.p + from, '\r', in.n - from);
		upto = cr ? (size_t)(cr - in.p) : in.n;
		RP_TRY(data(m, in.p + from, upto - from));
		*i = upto;
		if (cr != NULL) {
			m->matched = 1;
			++*i;
		}
	}
	if (m->matched < m->delimiter_n)
		return NULL;
	RP_TRY(end_part(m));
	m->matched = m->implied = 0;
	m->line.n = 0;
	m->state = AFTER;
	return NULL;
}

/* What follows a boundary: blanks and CRLF, or "--". */
static struct rp_err *
after(struct rp_multipart *m, uint8_t c)
{
	const uint8_t *p = m->line.p;
	size_t n = m->line.n;

	rp_buf_byte(&m->line, c);
	if (m->line.over)
		return rp_fail(RP_E_LIMIT, "blanks after a boundary");
	if (c == '-' && n <= 1 && (n == 0 || p[0] == '-')) {
		m->state = n == 1 ? EPILOGUE : AFTER;
		return NULL;
	}
	if (n > 0 && p[n - 1] == '\r' && c == '\n') {
		if (++m->parts > RP_MULTIPART_PARTS_MAX)
			return rp_fail(RP_E_LIMIT, "more than %d parts",
			    RP_MULTIPART_PARTS_MAX);
		m->line.n = 0;
		m->state = HEADERS;
		return NULL;
	}
	if ((n > 0 && (p[n - 1] == '\r' || p[0] == '-')) ||
	    (c != ' ' && c != '\t' && c != '\r'))
		return rp_fail(RP_E_INVALID, "octets after a boundary");
	return NULL;
}

static bool
named(rp_bytes line, const char *name, rp_bytes *out_value)
{
	size_t n = strlen(name);

	if (line.n <= n || line.p[n] != ':')
		return false;
	for (size_t i = 0; i < n; i++)
		if ((line.p[i] | 0x20) != (uint8_t)name[i])
			return false;
	line = (rp_bytes){ line.p + n + 1, line.n - n - 1 };
	while (line.n > 0 && (line.p[0] == ' ' || line.p[0] == '\t'))
		line = (rp_bytes){ line.p + 1, line.n - 1 };
	*out_value = line;
	return true;
}

static void
last_of_path(rp_bytes *name)
{
	for (size_t i = name->n; i > 0; i--) {
		if (name->p[i - 1] == '/' || name->p[i - 1] == '\\') {
			*name = (rp_bytes){ name->p + i, name->n - i };
			return;
		}
	}
}

static struct rp_err *
disposition(struct rp_multipart *m, rp_bytes value)
{
	struct rp_httpval v;
	const struct rp_urlform_field *name, *file;

	RP_TRY(rp_httpval_disposition_parse(m->arena, value, &v));
	name = rp_urlform_find(&v.params, "name");
	file = rp_urlform_find(&v.params, "filename");
	if (!rp_text_eq(v.main, RP_TEXT("form-data")) || name == NULL)
		return rp_fail(RP_E_INVALID, "part is not form-data");
	m->part.name = copy(m->arena, name->value);
	m->is_file = file != NULL;
	if (file != NULL) {
		m->part.filename = copy(m->arena, file->value);
		last_of_path(&m->part.filename);
	}
	return NULL;
}

static struct rp_err *
header(struct rp_multipart *m, rp_bytes line, bool *seen)
{
	rp_bytes value;

	if (memchr(line.p, ':', line.n) == NULL || line.p[0] == ' ' ||
	    line.p[0] == '\t')
		return rp_fail(RP_E_INVALID, "malformed part header");
	if (named(line, "content-disposition", &value)) {
		if (*seen)
			return rp_fail(RP_E_INVALID, "disposition twice");
		*seen = true;
		return disposition(m, value);
	}
	if (named(line, "content-type", &value))
		m->part.type = copy(m->arena, value);
	if (named(line, "content-transfer-encoding", &value)) {
		rp_text coding = { (const char *)value.p, value.n };

		if (!rp_text_eq(coding, RP_TEXT("7bit")) &&
		    !rp_text_eq(coding, RP_TEXT("8bit")) &&
		    !rp_text_eq(coding, RP_TEXT("binary")))
			return rp_fail(RP_E_INVALID, "transfer encoding");
	}
	return NULL;
}

/* m->line holds header lines, each with its CRLF, without the empty one. */
static struct rp_err *
headers(struct rp_multipart *m)
{
	const uint8_t *p = m->line.p, *end = p + m->line.n;
	bool seen = false;

	m->part = (struct rp_multipart_part){ 0 };
	m->is_file = m->begun = false;
	while (p < end) {
		const uint8_t *lf = memchr(p, '\n', (size_t)(end - p));
		rp_bytes line = { p, (size_t)(lf - p) };

		if (line.n < 2 || p[line.n - 1] != '\r')
			return rp_fail(RP_E_INVALID, "malformed header line");
		line.n--;
		RP_TRY(header(m, line, &seen));
		p = lf + 1;
	}
	if (!seen)
		return rp_fail(RP_E_INVALID, "part without a disposition");
	rp_buf_init(&m->value, m->arena, RP_MULTIPART_FIELD_MAX);
	m->chunk.n = 0;
	m->state = BODY;
	/*
	 * The CRLF of the empty line is also the one before a boundary that
	 * follows at once: an empty value written by old clients.
	 */
	m->matched = m->implied = 2;
	return NULL;
}

static struct rp_err *
header_octet(struct rp_multipart *m, uint8_t c)
{
	size_t n;

	rp_buf_byte(&m->line, c);
	if (m->line.over)
		return rp_fail(RP_E_LIMIT, "part headers of over %zu octets",
		    RP_MULTIPART_HEADER_MAX);
	n = m->line.n;
	if (c != '\n')
		return NULL;
	if (n < 2 || m->line.p[n - 2] != '\r')
		return rp_fail(RP_E_INVALID, "bare LF in a part header");
	if (n == 2 || m->line.p[n - 3] == '\n') {
		m->line.n -= 2;
		return headers(m);
	}
	return NULL;
}

static struct rp_err *
feed(struct rp_multipart *m, rp_bytes in)
{
	for (size_t i = 0; i < in.n;) {
		switch (m->state) {
		case PREAMBLE:
		case BODY:
			RP_TRY(scan(m, in, &i));
			break;
		case AFTER:
			RP_TRY(after(m, in.p[i++]));
			break;
		case HEADERS:
			RP_TRY(header_octet(m, in.p[i++]));
			break;
		case EPILOGUE:
			return NULL;
		case FAILED:
			return rp_fail(RP_E_INVALID, "failed before");
		}
	}
	return NULL;
}

struct rp_err *
rp_multipart_feed(struct rp_multipart *m, rp_bytes in)
{
	struct rp_err *e;

	if (in.n > RP_MULTIPART_TOTAL_MAX - m->total)
		e = rp_fail(RP_E_LIMIT, "body of over %zu octets",
		    RP_MULTIPART_TOTAL_MAX);
	else
		e = feed(m, in);
	m->total += in.n;
	if (e != NULL) {
		m->state = FAILED;
		m->total = 0;
	}
	return e;
}

struct rp_err *
rp_multipart_finish(struct rp_multipart *m, struct rp_urlform *out)
{
	if (m->state != EPILOGUE)
		return rp_fail(RP_E_INVALID, "multipart body ends early");
	*out = m->fields;
	return NULL;
}
