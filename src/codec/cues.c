#include "codec/cues.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "text/input.h"

struct reader {
	struct rp_arena *a;
	rp_bytes rest;
	struct rp_cues *out;
};

/* The next line without its end (LF, CR LF, CR); false after the last. */
static bool
next(rp_bytes *rest, rp_bytes *line)
{
	size_t n = 0;

	if (rest->n == 0)
		return false;
	while (n < rest->n && rest->p[n] != '\n' && rest->p[n] != '\r')
		n++;
	*line = (rp_bytes){ rest->p, n };
	if (n + 1 < rest->n && rest->p[n] == '\r' && rest->p[n + 1] == '\n')
		n++;
	n = n < rest->n ? n + 1 : n;
	*rest = (rp_bytes){ rest->p + n, rest->n - n };
	return true;
}

static bool
starts(rp_bytes line, const char *with)
{
	size_t n = strlen(with);

	return line.n >= n && memcmp(line.p, with, n) == 0;
}

/* "NOTE" alone or before a space: not "NOTES". */
static bool
is_block(rp_bytes line, const char *name)
{
	size_t n = strlen(name);

	return starts(line, name) &&
	       (line.n == n || line.p[n] == ' ' || line.p[n] == '\t');
}

static size_t
skip(rp_bytes line, size_t at, const char *of)
{
	while (
	    at < line.n && line.p[at] != '\0' && strchr(of, line.p[at]) != NULL)
		at++;
	return at;
}

static bool
is_timing(rp_bytes line)
{
	size_t from = skip(line, 0, " \t");
	size_t at = skip(line, from, "0123456789:.,");
	size_t gap = skip(line, at, " \t");
	size_t to;

	if (at < from + 5 || gap + 3 > line.n ||
	    memcmp(line.p + gap, "-->", 3) != 0)
		return false;
	to = skip(line, gap + 3, " \t");
	return skip(line, to, "0123456789:.,") >= to + 5;
}

static bool
is_blank(rp_bytes line)
{
	return skip(line, 0, " \t") == line.n;
}

/* What a tag leaves: the name before what a voice says. */
static void
tag(struct rp_buf *b, rp_bytes inner)
{
	size_t at = 1;

	if (inner.n < 2 || inner.p[0] != 'v' ||
	    (inner.p[1] != ' ' && inner.p[1] != '.' && inner.p[1] != '\t'))
		return;
	while (at < inner.n && inner.p[at] != ' ' && inner.p[at] != '\t')
		at++;
	at = skip(inner, at, " \t");
	if (at == inner.n)
		return;
	rp_buf_add(b, inner.p + at, inner.n - at);
	rp_buf_add(b, ": ", 2);
}

/* Octets that a character reference at the beginning takes; 0 if none is. */
static size_t
reference(struct rp_buf *b, rp_bytes at)
{
	static const struct {
		const char *name, *means;
	} rows[] = { { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" },
		{ "&nbsp;", "\xc2\xa0" }, { "&lrm;", "\xe2\x80\x8e" },
		{ "&rlm;", "\xe2\x80\x8f" } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (!starts(at, rows[i].name))
			continue;
		rp_buf_add(b, rows[i].means, strlen(rows[i].means));
		return strlen(rows[i].name);
	}
	return 0;
}

static void
cue_text(struct rp_buf *b, rp_bytes line)
{
	size_t i = 0;

	while (i < line.n) {
		rp_bytes at = { line.p + i, line.n - i };
		const uint8_t *end =
		    at.p[0] == '<' ? memchr(at.p, '>', at.n) : NULL;
		size_t n = at.p[0] == '&' ? reference(b, at) : 0;

		if (end != NULL) {
			n = (size_t)(end - at.p) + 1;
			tag(b, (rp_bytes){ at.p + 1, n - 2 });
		} else if (n == 0) {
			rp_buf_byte(b, at.p[0]);
			n = 1;
		}
		i += n;
	}
}

static struct rp_err *
push(struct reader *r, rp_bytes line)
{
	rp_text t;

	RP_TRY(rp_text_input_line(r->a, line, RP_CUE_MAX, &t));
	if (rp_text_blank(t))
		return NULL;
	if (r->out->n >= RP_CUES_MAX)
		return rp_fail(RP_E_LIMIT, "over %d lines", RP_CUES_MAX);
	rp_vec_push(r->a, r->out, t);
	return NULL;
}

static struct rp_err *
read_plain(struct reader *r)
{
	rp_bytes line;

	while (next(&r->rest, &line))
		RP_TRY(push(r, line));
	return NULL;
}

/* The lines under a line of timing, up to an empty one. */
static struct rp_err *
read_cue(struct reader *r)
{
	struct rp_buf b;
	rp_bytes line, all;

	rp_buf_init(&b, r->a, RP_CUES_INPUT_MAX * 2);
	while (next(&r->rest, &line) && !is_blank(line)) {
		if (b.n > 0)
			rp_buf_byte(&b, ' ');
		cue_text(&b, line);
	}
	RP_TRY(rp_buf_bytes(&b, &all));
	return push(r, all);
}

static void
skip_block(struct reader *r)
{
	rp_bytes line;

	while (next(&r->rest, &line) && !is_blank(line))
		continue;
}

static struct rp_err *
read_cues(struct reader *r)
{
	rp_bytes line;

	while (next(&r->rest, &line)) {
		if (is_timing(line))
			RP_TRY(read_cue(r));
		else if (is_block(line, "NOTE") || is_block(line, "STYLE") ||
			 is_block(line, "REGION"))
			skip_block(r);
	}
	return NULL;
}

static bool
has_cues(rp_bytes in)
{
	rp_bytes line;

	if (is_block(in, "WEBVTT") || starts(in, "WEBVTT\n") ||
	    starts(in, "WEBVTT\r"))
		return true;
	while (next(&in, &line)) {
		if (is_timing(line))
			return true;
	}
	return false;
}

struct rp_err *
rp_cues_read(struct rp_arena *a, rp_bytes in, struct rp_cues *out)
{
	struct rp_cues all = { 0 };
	struct reader r = { .a = a, .rest = in, .out = &all };

	if (in.n > RP_CUES_INPUT_MAX)
		return rp_fail(RP_E_LIMIT, "%zu octets of captions", in.n);
	if (starts(in, "\xef\xbb\xbf"))
		r.rest = (rp_bytes){ in.p + 3, in.n - 3 };
	RP_TRY(has_cues(r.rest) ? read_cues(&r) : read_plain(&r));
	*out = all;
	return NULL;
}
