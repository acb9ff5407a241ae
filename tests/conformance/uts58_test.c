/*
 * UTS 58's own test files, version 17: detection line by line, formatting pair
 * by pair. The formatting file gives each address in its parts, in a comment,
 * since the first line of a pair is ambiguous on purpose; its Wikipedia section
 * expects addresses that stand alone, the rest such as stand in running text.
 */
#include "base/buf.h"
#include "base/check.h"
#include "conformance/reader.h"
#include "text/link_format.h"
#include "text/linkify.h"
#include "text/names.h"

static const char OPEN[] = "⸠", CLOSE[] = "⸡";

static rp_text
without_marks(struct rp_arena *a, rp_text line)
{
	struct rp_buf b;
	rp_text out;

	rp_buf_init(&b, a, line.n + 1);
	for (size_t i = 0; i < line.n; i++) {
		rp_text rest = rp_text_sub(line, i, line.n);

		if (rp_text_starts(rest, rp_text_z(OPEN)) ||
		    rp_text_starts(rest, rp_text_z(CLOSE)))
			i += 2;
		else
			rp_buf_byte(&b, (uint8_t)line.p[i]);
	}
	RP_CHECK_OK(rp_buf_done(&b, &out));
	return out;
}

static rp_text
with_marks(struct rp_arena *a, rp_text t, const struct rp_links *links)
{
	struct rp_buf b;
	size_t at = 0;
	rp_text out;

	rp_buf_init(&b, a, 2 * t.n + 64);
	for (size_t i = 0; i < links->n; i++) {
		rp_buf_text(&b, rp_text_sub(t, at, links->v[i].from));
		rp_buf_text(&b, rp_text_z(OPEN));
		at = links->v[i].to;
		rp_buf_text(&b, rp_text_sub(t, links->v[i].from, at));
		rp_buf_text(&b, rp_text_z(CLOSE));
	}
	rp_buf_text(&b, rp_text_sub(t, at, t.n));
	RP_CHECK_OK(rp_buf_done(&b, &out));
	return out;
}

static void
detection(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(256 << 20);
	const struct rp_names *names = NULL;
	int n = 0, wrong = 0;
	rp_text rest, line, plain, got;

	RP_CHECK_OK(rp_names_open(a,
	    RP_DATA_SOURCE "/psl/public_suffix_list.dat", &names));
	rest = rp_reader_file(a, "uts58/LinkDetectionTest.txt");
	while (rp_reader_line(&rest, &line)) {
		struct rp_links links = { 0 };

		if (line.n == 0 || line.p[0] == '#')
			continue;
		plain = without_marks(a, line);
		rp_linkify_find(a, names, plain, &links);
		got = with_marks(a, plain, &links);
		n++;
		if (rp_text_eq(got, line))
			continue;
		wrong++;
		printf("# want %.*s\n#  got %.*s\n", RP_FMT(line), RP_FMT(got));
	}
	printf("# %d lines, %d wrong\n", n, wrong);
	RP_CHECK(n > 340 && wrong == 0);
}

/* The mark of the next field from `at` on: a mathematical letter and "=". */
static size_t
next_mark(rp_text t, size_t at)
{
	static const char letter[] = "\xf0\x9d\x91";

	for (; at + 5 < t.n; at++) {
		if (memcmp(t.p + at, letter, 3) == 0 && t.p[at + 4] == '=')
			return at;
	}
	return SIZE_MAX;
}

static void
add_field(struct rp_arena *a, struct rp_link_parts *parts, char mark,
    rp_text value)
{
	rp_bytes v = rp_text_bytes(value);
	struct rp_link_pair pair = { .key = v };

	switch (mark) {
	case 'S':
		parts->scheme = value;
		break;
	case 'H':
		parts->host = value;
		break;
	case 'P':
		rp_vec_push(a, &parts->path, v);
		break;
	case 'Q':
		rp_vec_push(a, &parts->query, pair);
		break;
	case 'V':
		RP_CHECK(parts->query.n > 0);
		parts->query.v[parts->query.n - 1].value = v;
		parts->query.v[parts->query.n - 1].has_value = true;
		break;
	case 'F':
		parts->has_fragment = true;
		parts->fragment = v;
		break;
	default:
		RP_CHECK(mark == 'D');
		rp_vec_push(a, &parts->directives, v);
	}
}

/* "# {𝑺=https:// 𝑯=example.com 𝑷=α}": bold italic S is U+1D47A. */
static struct rp_link_parts
read_parts(struct rp_arena *a, rp_text line)
{
	struct rp_link_parts parts = { 0 };
	size_t at = next_mark(line, 0);

	while (at != SIZE_MAX) {
		size_t end, to = next_mark(line, at + 4);
		char mark = (char)((uint8_t)line.p[at + 3] - 0xBA + 'S');

		end = to == SIZE_MAX ? line.n - 1 : to - 1;
		add_field(a, &parts, mark, rp_text_sub(line, at + 5, end));
		at = to;
	}
	return parts;
}

static void
formatting(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(256 << 20);
	rp_text rest = rp_reader_file(a, "uts58/LinkFormattingTest.txt"), line;
	int n = 0, wrong = 0;
	bool alone = false;

	while (rp_reader_line(&rest, &line)) {
		struct rp_link_parts parts;
		rp_text got, source;

		if (rp_text_starts(line, RP_TEXT("# Wikipedia test cases")))
			alone = true;
		if (!rp_text_starts(line, RP_TEXT("# {")))
			continue;
		parts = read_parts(a, rp_text_trim(line));
		RP_CHECK(rp_reader_line(&rest, &source));
		RP_CHECK(rp_reader_line(&rest, &line));
		got = rp_link_format_write(a, &parts, alone);
		n++;
		if (!rp_text_eq(got, line)) {
			wrong++;
			printf("# want %.*s\n#  got %.*s\n", RP_FMT(line),
			    RP_FMT(got));
		}
		/* Where the first line says what the parts say, it will do. */
		if (alone)
			RP_CHECK_TEXT(rp_link_format(a, source, alone), line);
	}
	printf("# %d pairs, %d wrong\n", n, wrong);
	RP_CHECK(n > 50 && wrong == 0);
}

RP_CHECK_MAIN({ "link detection", detection },
    { "link formatting", formatting })
