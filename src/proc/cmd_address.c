/* cmd_address - judge domain names, e-mail addresses and IP addresses. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/map.h"
#include "codec/json.h"
#include "codec/sink.h"
#include "proc/commands.h"
#include "text/address.h"
#include "text/confusable.h"
#include "text/names.h"

enum {
	LINE_MAX_OCTETS = 4096, /* a longer line is judged as too long */
	INPUT_MAX = 256 << 10,  /* read from standard input at once */
	KNOWN_MAX = 100000,
	ARENA_MAX = 512 << 20,
	JOB_MAX = 4 << 20,
};

static const char usage[] =
    "address [--json] [--kind domain|email|ip] [--known FILE]\n"
    "                          [--data FOLDER] [VALUE...]";

struct known RP_MAP(rp_text);

struct command {
	struct rp_arena *arena;
	struct rp_arena *job; /* of one value */
	const struct rp_names *names;
	struct rp_sink out;
	struct rp_json_writer json;
	struct known known; /* by what they look like */
	const char *data, *known_file;
	rp_text kind;
	bool as_json;
	bool some_invalid;
};

/* Where the tables are: told, installed, or in the source tree. */
static const char *
psl_path(struct command *c)
{
	static const char name[] = "psl/public_suffix_list.dat";
	const char *told = c->data ? c->data : getenv("RAPPORTEUR_DATA");
	const char *installed = RP_DATA_DIR "/psl/public_suffix_list.dat";

	if (told != NULL)
		return rp_textf(c->arena, "%s/%s", told, name).p;
	if (access(installed, R_OK) == 0)
		return installed;
	return rp_textf(c->arena, "%s/%s", RP_DATA_SOURCE, name).p;
}

static struct rp_err *
put(void *ctx, rp_bytes chunk)
{
	FILE *f = ctx;

	if (fwrite(chunk.p, 1, chunk.n, f) != chunk.n)
		return rp_fail_errno(RP_E_UNAVAILABLE,
		    "writing standard output");
	return NULL;
}

/* What is not text is shown as \xHH, so that it can be shown at all. */
static rp_text
shown(struct rp_arena *a, rp_bytes in)
{
	struct rp_buf b;
	size_t n;

	rp_buf_init(&b, a, 4 * in.n + 1);
	for (size_t i = 0; i < in.n; i += n) {
		const uint8_t *p = in.p + i;
		bool control = p[0] < ' ' || p[0] == 0x7f ||
			       (p[0] == 0xc2 && i + 1 < in.n && p[1] < 0xa0);

		n = rp_utf8_len(p, in.n - i);
		if (n > 0 && !control) {
			rp_buf_add(&b, p, n);
			continue;
		}
		n = 1;
		rp_buf_f(&b, "\\x%02X", p[0]);
	}
	return rp_text_trusted(a, (rp_bytes){ b.p, b.n });
}

static char
escape_letter(char c)
{
	switch (c) {
	case '\t':
		return 't';
	case '\n':
		return 'n';
	case '\\':
		return c;
	default:
		return 0;
	}
}

/* A column: tab, line end and backslash are written \t, \n, \\. */
static void
put_column(struct command *c, rp_text t)
{
	unsigned some = 0;

	for (size_t i = 0; i < t.n; i++)
		some |= (unsigned)(t.p[i] == '\t') | (t.p[i] == '\n') |
			(t.p[i] == '\\');
	if (some == 0) {
		rp_sink_text(&c->out, t);
		rp_sink_byte(&c->out, '\t');
		return;
	}
	for (size_t i = 0; i < t.n; i++) {
		char letter = escape_letter(t.p[i]);

		if (letter != 0)
			rp_sink_byte(&c->out, '\\');
		rp_sink_byte(&c->out, (uint8_t)(letter ? letter : t.p[i]));
	}
	rp_sink_byte(&c->out, '\t');
}

/* A known name that looks like this one, or an empty text. */
static rp_text
find_look_alike(struct command *c, const struct rp_address *got)
{
	const rp_text *known;

	if (c->known.n == 0 || got->why != RP_ADDRESS_OK)
		return RP_TEXT("");
	known =
	    rp_map_find(&c->known, rp_confusable_key(c->job, c->names, got->u));
	if (known == NULL || rp_text_eq(*known, got->u))
		return RP_TEXT("");
	return *known;
}

static void
put_row(struct command *c, const struct rp_address *got, rp_text alike)
{
	bool some = false;

	put_column(c, got->entered);
	put_column(c, rp_address_kind_id(got->kind));
	put_column(c,
	    got->why == RP_ADDRESS_OK ? RP_TEXT("valid") : RP_TEXT("invalid"));
	put_column(c, rp_address_reason_id(got->why));
	put_column(c, got->a);
	put_column(c, got->u);
	put_column(c, got->key);
	for (unsigned i = 0; i < RP_ADDRESS_WARNING_COUNT; i++) {
		if (!(got->warnings & 1u << i))
			continue;
		if (some)
			rp_sink_byte(&c->out, ',');
		rp_sink_text(&c->out, rp_address_warning_id(i));
		some = true;
	}
	if (alike.n > 0) {
		rp_sink_text(&c->out,
		    some ? RP_TEXT(",looks-like=") : RP_TEXT("looks-like="));
		rp_sink_text(&c->out, alike);
	}
	rp_sink_byte(&c->out, '\n');
}

static void
put_member(struct command *c, rp_text key, rp_text value)
{
	rp_json_key(&c->json, key);
	rp_json_put_text(&c->json, value);
}

static void
put_json(struct command *c, const struct rp_address *got, rp_text alike)
{
	rp_json_object_begin(&c->json);
	put_member(c, RP_TEXT("value"), got->entered);
	put_member(c, RP_TEXT("kind"), rp_address_kind_id(got->kind));
	rp_json_key(&c->json, RP_TEXT("valid"));
	rp_json_put_bool(&c->json, got->why == RP_ADDRESS_OK);
	put_member(c, RP_TEXT("reason"), rp_address_reason_id(got->why));
	if (got->why == RP_ADDRESS_OK) {
		put_member(c, RP_TEXT("a"), got->a);
		put_member(c, RP_TEXT("u"), got->u);
		put_member(c, RP_TEXT("key"), got->key);
	}
	rp_json_key(&c->json, RP_TEXT("warnings"));
	rp_json_array_begin(&c->json);
	for (unsigned i = 0; i < RP_ADDRESS_WARNING_COUNT; i++) {
		if (got->warnings & 1u << i)
			rp_json_put_text(&c->json, rp_address_warning_id(i));
	}
	rp_json_array_end(&c->json);
	if (alike.n > 0)
		put_member(c, RP_TEXT("looks_like"), alike);
	rp_json_object_end(&c->json);
	rp_json_line_end(&c->json);
}

static enum rp_address_kind
kind_of(const struct command *c, rp_bytes in)
{
	if (rp_text_eq(c->kind, RP_TEXT("domain")))
		return RP_ADDRESS_DOMAIN;
	if (rp_text_eq(c->kind, RP_TEXT("email")))
		return RP_ADDRESS_EMAIL;
	if (rp_text_eq(c->kind, RP_TEXT("ip")))
		return memchr(in.p, ':', in.n) ? RP_ADDRESS_IPV6 :
						 RP_ADDRESS_IPV4;
	return rp_address_guess(in);
}

static void
judge(struct command *c, rp_bytes in)
{
	enum rp_address_kind kind = kind_of(c, in);
	struct rp_address got;
	struct rp_err *e;
	rp_text t, alike;

	e = rp_text_from(c->job, in, LINE_MAX_OCTETS, &t);
	if (e == NULL) {
		rp_address_judge(c->job, c->names, kind, t, &got);
	} else {
		bool long_one = rp_err_code(e) == RP_E_LIMIT;

		rp_err_free(e);
		got = (struct rp_address){ .kind = kind,
			.why = long_one ? RP_ADDRESS_NAME_TOO_LONG :
					  RP_ADDRESS_NOT_TEXT,
			.entered = shown(c->job, in),
			.a = RP_TEXT(""),
			.u = RP_TEXT(""),
			.key = RP_TEXT("") };
	}
	if (got.why != RP_ADDRESS_OK)
		c->some_invalid = true;
	alike = find_look_alike(c, &got);
	if (c->as_json)
		put_json(c, &got, alike);
	else
		put_row(c, &got, alike);
	rp_arena_reset(c->job);
}

/*
 * Call `each` for every line of `f`, without its end; empty lines are passed
 * over. Of a line that does not fit into the buffer only the start is given,
 * which is too long for anything.
 */
static struct rp_err *
read_lines(struct command *c, FILE *f, void (*each)(struct command *, rp_bytes))
{
	uint8_t *buf = rp_alloc(c->arena, INPUT_MAX);
	size_t have = 0, got;
	bool skip = false;

	do {
		size_t from = 0;
		const uint8_t *end;

		got = fread(buf + have, 1, INPUT_MAX - have, f);
		have += got;
		for (; (end = memchr(buf + from, '\n', have - from)) != NULL;
		     from = (size_t)(end - buf) + 1) {
			rp_bytes line = { buf + from,
				(size_t)(end - buf) - from };

			if (line.n > 0 && line.p[line.n - 1] == '\r')
				line.n--;
			if (line.n > 0 && !skip)
				each(c, line);
			skip = false;
		}
		if (from == 0 && have == INPUT_MAX && !skip) {
			each(c, (rp_bytes){ buf, LINE_MAX_OCTETS + 1 });
			skip = true;
		}
		if (skip)
			from = have;
		memmove(buf, buf + from, have - from);
		have -= from;
	} while (got > 0 && !rp_sink_failed(&c->out));
	if (ferror(f))
		return rp_fail_errno(RP_E_UNAVAILABLE, "reading");
	if (have > 0 && !skip)
		each(c, (rp_bytes){ buf, have });
	return NULL;
}

/* One known name or address; what is not valid looks like nothing. */
static void
add_known(struct command *c, rp_bytes line)
{
	struct rp_address known;
	struct rp_err *e;
	rp_text t;

	if (c->known.n >= KNOWN_MAX)
		return;
	e = rp_text_from(c->arena, line, LINE_MAX_OCTETS, &t);
	if (e != NULL) {
		rp_err_free(e);
		return;
	}
	rp_address_judge(c->arena, c->names, rp_address_guess(line), t, &known);
	if (known.why == RP_ADDRESS_OK)
		*rp_map_at(c->arena, &c->known,
		    rp_confusable_key(c->arena, c->names, known.u)) = known.u;
}

static struct rp_err *
read_known(struct command *c)
{
	struct rp_err *e;
	FILE *f;

	if (c->known_file == NULL)
		return NULL;
	f = fopen(c->known_file, "rb");
	if (f == NULL)
		return rp_fail_errno(RP_E_NOTFOUND, "%s", c->known_file);
	e = read_lines(c, f, add_known);
	fclose(f);
	return e;
}

static struct rp_err *
run(struct command *c, int n, char **values)
{
	struct rp_err *e = NULL;

	RP_TRY(rp_names_open(c->arena, psl_path(c), &c->names));
	rp_sink_init(&c->out, c->arena, put, stdout);
	rp_json_init(&c->json, &c->out);
	RP_TRY(read_known(c));
	for (int i = 0; i < n; i++)
		judge(c, rp_text_bytes(rp_text_z(values[i])));
	if (n == 0)
		e = read_lines(c, stdin, judge);
	if (e != NULL)
		return e;
	return rp_sink_flush(&c->out);
}

/* Where the values start in argv, or 0 if something is wrong. */
static int
read_options(struct command *c, int argc, char **argv)
{
	int i = 1;

	for (; i < argc && argv[i][0] == '-' && argv[i][1] != '\0'; i++) {
		bool more = i + 1 < argc;

		if (strcmp(argv[i], "--") == 0)
			return i + 1;
		if (strcmp(argv[i], "--json") == 0)
			c->as_json = true;
		else if (strcmp(argv[i], "--data") == 0 && more)
			c->data = argv[++i];
		else if (strcmp(argv[i], "--known") == 0 && more)
			c->known_file = argv[++i];
		else if (strcmp(argv[i], "--kind") == 0 && more)
			c->kind = rp_text_z(argv[++i]);
		else
			return 0;
	}
	if (c->kind.n > 0 && !rp_text_eq(c->kind, RP_TEXT("domain")) &&
	    !rp_text_eq(c->kind, RP_TEXT("email")) &&
	    !rp_text_eq(c->kind, RP_TEXT("ip")))
		return 0;
	return i;
}

int
rp_cmd_address(int argc, char **argv)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	RP_AUTO(rp_arena_freep) struct rp_arena *job = rp_arena_new(JOB_MAX);
	struct command c = { .arena = a, .job = job, .kind = RP_TEXT("") };
	int first = read_options(&c, argc, argv);
	struct rp_err *e;

	if (first == 0)
		return rp_command_usage(usage);
	e = run(&c, argc - first, argv + first);
	if (e != NULL) {
		rp_command_fail_take(e);
		return RP_EXIT_USAGE;
	}
	return c.some_invalid ? RP_EXIT_FAILURE : 0;
}
