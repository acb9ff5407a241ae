#include "conformance/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"

enum { FILE_MAX = 16 << 20 };

rp_text
rp_reader_file(struct rp_arena *a, const char *name)
{
	const char *dir = getenv("RP_TEST_DATA");
	struct rp_buf b;
	char chunk[65536];
	rp_text out;
	size_t n;
	FILE *f;

	f = dir ? fopen(rp_textf(a, "%s/%s", dir, name).p, "rb") : NULL;
	if (f == NULL)
		RP_SKIP_ALL("the shared test data is not here");
	rp_buf_init(&b, a, FILE_MAX);
	do {
		n = fread(chunk, 1, sizeof(chunk), f);
		rp_buf_add(&b, chunk, n);
	} while (n > 0);
	fclose(f);
	RP_CHECK_OK(rp_buf_done(&b, &out));
	return out;
}

bool
rp_reader_line(rp_text *rest, rp_text *line)
{
	size_t end = rp_text_find(*rest, '\n', 0);

	if (rest->n == 0)
		return false;
	*line = rp_text_sub(*rest, 0, end);
	*rest = rp_text_sub(*rest, end < rest->n ? end + 1 : end, rest->n);
	return true;
}

rp_text
rp_reader_field(rp_text line, char separator, size_t n)
{
	size_t start = 0;

	while (n-- > 0)
		start = rp_text_find(line, separator, start) + 1;
	if (start > line.n)
		return RP_TEXT("");
	return rp_text_trim(
	    rp_text_sub(line, start, rp_text_find(line, separator, start)));
}

size_t
rp_reader_find(rp_text t, const char *needle, size_t from)
{
	const char *p = from < t.n ? memmem(t.p + from, t.n - from, needle,
					 strlen(needle)) :
				     NULL;

	return p != NULL ? (size_t)(p - t.p) : SIZE_MAX;
}

static size_t
put_utf8(uint8_t out[4], uint32_t cp)
{
	if (cp < 0x80) {
		out[0] = (uint8_t)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (uint8_t)(0xc0 | cp >> 6);
		out[1] = (uint8_t)(0x80 | (cp & 0x3f));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (uint8_t)(0xe0 | cp >> 12);
		out[1] = (uint8_t)(0x80 | (cp >> 6 & 0x3f));
		out[2] = (uint8_t)(0x80 | (cp & 0x3f));
		return 3;
	}
	out[0] = (uint8_t)(0xf0 | cp >> 18);
	out[1] = (uint8_t)(0x80 | (cp >> 12 & 0x3f));
	out[2] = (uint8_t)(0x80 | (cp >> 6 & 0x3f));
	out[3] = (uint8_t)(0x80 | (cp & 0x3f));
	return 4;
}

rp_text
rp_reader_utf8(struct rp_arena *a, uint32_t cp)
{
	uint8_t out[4];
	size_t n = put_utf8(out, cp);

	return rp_text_dup(a, (rp_text){ (const char *)out, n });
}

/* Reads \uXXXX or \x{X...} at `*i`, which is at the backslash. */
static uint32_t
read_escape(rp_text t, size_t *i)
{
	char hex[9] = "";
	bool braces = t.p[*i + 2] == '{';
	size_t from = *i + (braces ? 3 : 2);
	size_t n = braces ? rp_text_find(t, '}', from) - from : 4;

	RP_CHECK(n < sizeof(hex) && from + n <= t.n);
	memcpy(hex, t.p + from, n);
	*i = from + n + braces;
	return (uint32_t)strtoul(hex, NULL, 16);
}

bool
rp_reader_unescape(struct rp_arena *a, rp_text t, rp_text *out)
{
	struct rp_buf b;
	uint8_t utf8[4];
	size_t i = 0;
	uint32_t cp;

	rp_buf_init(&b, a, t.n + 1);
	while (i < t.n) {
		if (t.p[i] != '\\') {
			rp_buf_byte(&b, (uint8_t)t.p[i++]);
			continue;
		}
		if (t.p[i + 1] != 'u' && t.p[i + 1] != 'x') {
			rp_buf_byte(&b, (uint8_t)t.p[i + 1]);
			i += 2;
			continue;
		}
		cp = read_escape(t, &i);
		if (cp >= 0xD800 && cp < 0xDC00 && i + 1 < t.n &&
		    t.p[i] == '\\' && t.p[i + 1] == 'u')
			cp = 0x10000 + ((cp & 0x3ff) << 10) +
			     (read_escape(t, &i) & 0x3ff);
		if (cp >= 0xD800 && cp < 0xE000)
			return false;
		rp_buf_add(&b, utf8, put_utf8(utf8, cp));
	}
	RP_CHECK_OK(rp_buf_done(&b, out));
	return true;
}

bool
rp_reader_json(struct rp_arena *a, rp_text t, const char *key, size_t *at,
    rp_text *out)
{
	rp_text needle = rp_textf(a, "\"%s\": \"", key);
	size_t start = rp_reader_find(t, needle.p, *at), end;

	if (start == SIZE_MAX)
		return false;
	start += needle.n;
	for (end = start; end < t.n && t.p[end] != '"'; end++) {
		if (t.p[end] == '\\')
			end++;
	}
	*at = end + 1;
	return rp_reader_unescape(a, rp_text_sub(t, start, end), out);
}
