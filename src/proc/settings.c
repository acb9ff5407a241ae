#include "proc/settings.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "proc/listen.h"

static const struct {
	char letter;
	int64_t factor;
} duration_units[] = {
	{ 'd', 86400000 },
	{ 'h', 3600000 },
	{ 'm', 60000 },
	{ 's', 1000 },
}, size_units[] = {
	{ 'G', (int64_t)1 << 30 },
	{ 'M', 1 << 20 },
	{ 'K', 1 << 10 },
};

static void *
field(struct rp_settings *s, const struct rp_setting *which)
{
	return (char *)s + which->offset;
}

static const void *
field_of(const struct rp_settings *s, const struct rp_setting *which)
{
	return (const char *)s + which->offset;
}

/* What a unit's letter multiplies with; 0 if the kind has no such unit. */
static int64_t
factor(enum rp_setting_kind kind, char letter)
{
	if (kind == RP_SETTING_DURATION)
		for (size_t i = 0; i < 4; i++)
			if (duration_units[i].letter == letter)
				return duration_units[i].factor;
	if (kind == RP_SETTING_SIZE)
		for (size_t i = 0; i < 3; i++)
			if (size_units[i].letter == letter)
				return size_units[i].factor;
	return 0;
}

static bool
number_parse(const struct rp_setting *which, rp_text value, int64_t *out)
{
	int64_t times = which->kind == RP_SETTING_DURATION ? 0 : 1;
	rp_text digits = value;
	char last;

	if (value.n == 0)
		return false;
	last = value.p[value.n - 1];
	if (last < '0' || last > '9') {
		times = factor(which->kind, last);
		digits = rp_text_sub(value, 0, value.n - 1);
	}
	return times != 0 && rp_text_i64(digits, out) &&
	       !__builtin_mul_overflow(*out, times, out) &&
	       *out >= which->min && *out <= which->max;
}

static bool
choice_parse(const struct rp_setting *which, rp_text value, int *out)
{
	rp_text all = rp_text_z(which->choices);
	int n = 0;

	for (size_t from = 0, to; from <= all.n; from = to + 1, n++) {
		to = rp_text_find(all, '|', from);
		if (rp_text_eq(rp_text_sub(all, from, to), value)) {
			*out = n;
			return true;
		}
	}
	return false;
}

static struct rp_err *
word_check(const struct rp_setting *which, rp_text word)
{
	union rp_listen_address at;
	struct rp_network net;

	if (which->kind == RP_SETTING_ADDRESSES)
		return rp_listen_parse(word, &at);
	if (which->kind == RP_SETTING_PREFIXES)
		return rp_network_parse(word, &net);
	return NULL;
}

static struct rp_err *
words_parse(struct rp_arena *a, const struct rp_setting *which, rp_text value,
    struct rp_words_list *out)
{
	struct rp_words_list list = { 0 };

	for (size_t i = 0, start; i < value.n;) {
		while (i < value.n && strchr(" \t,", value.p[i]) != NULL)
			i++;
		start = i;
		while (i < value.n && strchr(" \t,", value.p[i]) == NULL)
			i++;
		if (start == i)
			continue;
		RP_TRY(word_check(which, rp_text_sub(value, start, i)));
		rp_vec_push(a, &list,
		    rp_text_dup(a, rp_text_sub(value, start, i)));
	}
	*out = list;
	return NULL;
}

/* Write `value` into its field; the message says what would have been right. */
static struct rp_err *
value_parse(struct rp_arena *a, const struct rp_setting *which, rp_text value,
    void *to)
{
	static const char *const wanted[] = {
		[RP_SETTING_NUMBER] = "a number",
		[RP_SETTING_SIZE] = "octets, or with K, M, G, like 64M,",
		[RP_SETTING_DURATION] = "a time with its unit, like 30s or 2d,",
	};
	int64_t n;

	switch (which->kind) {
	case RP_SETTING_TEXT:
	case RP_SETTING_PATH:
		*(rp_text *)to = rp_text_dup(a, value);
		return NULL;
	case RP_SETTING_NUMBER:
	case RP_SETTING_SIZE:
	case RP_SETTING_DURATION:
		if (!number_parse(which, value, &n))
			return rp_fail(RP_E_INVALID,
			    "\"%.*s\" is not %s from %s", RP_FMT(value),
			    wanted[which->kind], which->range);
		*(int64_t *)to = n;
		return NULL;
	case RP_SETTING_FLAG:
		if (!rp_text_eq(value, RP_TEXT("yes")) &&
		    !rp_text_eq(value, RP_TEXT("no")))
			return rp_fail(RP_E_INVALID,
			    "\"%.*s\" is not yes or no", RP_FMT(value));
		*(bool *)to = rp_text_eq(value, RP_TEXT("yes"));
		return NULL;
	case RP_SETTING_CHOICE:
		if (!choice_parse(which, value, to))
			return rp_fail(RP_E_INVALID,
			    "\"%.*s\" is not one of %s", RP_FMT(value),
			    which->choices);
		return NULL;
	case RP_SETTING_WORDS:
	case RP_SETTING_ADDRESSES:
	case RP_SETTING_PREFIXES:
		return words_parse(a, which, value, to);
	}
	rp_panic(__FILE__, __LINE__,
	    "a kind of setting that is not in the table");
	return NULL;
}

struct rp_err *
rp_settings_set(struct rp_arena *a, const char *where, rp_text name,
    rp_text value, enum rp_setting_origin origin, struct rp_settings *s)
{
	struct rp_err *e;

	if (value.n > RP_SETTING_VALUE_MAX)
		return rp_fail(RP_E_LIMIT, "%s: value of %zu octets", where,
		    value.n);
	for (size_t i = 0; i < RP_SETTINGS_COUNT; i++) {
		const struct rp_setting *which = &rp_setting_list[i];

		if (!rp_text_eq(rp_text_z(which->name), name))
			continue;
		e = value_parse(a, which, value, field(s, which));
		if (e != NULL)
			return rp_err_wrap(e, "%s: %s", where, which->name);
		s->origin[i] = origin;
		return NULL;
	}
	return rp_fail(RP_E_INVALID, "%s: there is no setting \"%.*s\"", where,
	    RP_FMT(name));
}

void
rp_settings_defaults(struct rp_arena *a, struct rp_settings *out)
{
	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < RP_SETTINGS_COUNT; i++) {
		const struct rp_setting *which = &rp_setting_list[i];
		struct rp_err *e = value_parse(a, which,
		    rp_text_z(which->fallback), field(out, which));

		RP_ASSERT(e == NULL);
	}
}

/* `name = value`, both trimmed. */
static struct rp_err *
assign(struct rp_arena *a, const char *where, rp_text line,
    enum rp_setting_origin origin, struct rp_settings *s)
{
	size_t eq = rp_text_find(line, '=', 0);

	if (eq == line.n)
		return rp_fail(RP_E_INVALID, "%s: not \"name = value\"", where);
	return rp_settings_set(a, where, rp_text_trim(rp_text_sub(line, 0, eq)),
	    rp_text_trim(rp_text_sub(line, eq + 1, line.n)), origin, s);
}

struct rp_err *
rp_settings_parse(struct rp_arena *a, const char *name, rp_bytes body,
    struct rp_settings *s)
{
	struct rp_err *e;
	size_t number = 0;
	rp_text all;

	e = rp_text_from(a, body, RP_SETTINGS_MAX, &all);
	if (e != NULL)
		return rp_err_wrap(e, "%s", name);
	for (size_t from = 0, to; from < all.n; from = to + 1) {
		rp_text line, where;

		to = rp_text_find(all, '\n', from);
		line = rp_text_trim(rp_text_sub(all, from, to));
		number++;
		if (line.n == 0 || line.p[0] == '#')
			continue;
		where = rp_textf(a, "%s:%zu", name, number);
		RP_TRY(assign(a, where.p, line, RP_FROM_FILE, s));
	}
	return NULL;
}

static struct rp_err *
load_file(struct rp_arena *a, const struct rp_settings_source *from,
    struct rp_settings *s)
{
	int fd = open(from->file, O_RDONLY | O_CLOEXEC);
	struct rp_buf body;
	rp_bytes whole;
	char block[4096];
	ssize_t n;

	if (fd < 0 && errno == ENOENT && from->file_may_lack)
		return NULL;
	if (fd < 0)
		return rp_fail_errno(RP_E_INVALID, "%s", from->file);
	rp_buf_init(&body, a, RP_SETTINGS_MAX);
	while ((n = read(fd, block, sizeof(block))) > 0)
		rp_buf_add(&body, block, (size_t)n);
	close(fd);
	if (n < 0)
		return rp_fail_errno(RP_E_INVALID, "%s", from->file);
	RP_TRY(rp_buf_bytes(&body, &whole));
	return rp_settings_parse(a, from->file, whole, s);
}

/* RAPPORTEUR_LOG_LEVEL -> log_level. Names that are no settings are errors. */
static struct rp_err *
load_environ(struct rp_arena *a, char *const *variables, struct rp_settings *s)
{
	rp_text prefix = RP_TEXT("RAPPORTEUR_");

	for (char *const *v = variables; v != NULL && *v != NULL; v++) {
		rp_text entry = rp_text_z(*v), copy, where;
		size_t eq = rp_text_find(entry, '=', 0);
		char *name;

		if (!rp_text_starts(entry, prefix) || eq == entry.n)
			continue;
		where = rp_textf(a, "environment %.*s", (int)eq, entry.p);
		RP_TRY(rp_text_from(a, rp_text_bytes(entry),
		    RP_SETTING_VALUE_MAX, &copy));
		name = rp_alloc(a, eq + 1);
		for (size_t i = 0; i < eq; i++)
			name[i] = entry.p[i] >= 'A' && entry.p[i] <= 'Z' ?
				      (char)(entry.p[i] - 'A' + 'a') :
				      entry.p[i];
		RP_TRY(rp_settings_set(a, where.p,
		    (rp_text){ name + prefix.n, eq - prefix.n },
		    rp_text_sub(copy, eq + 1, copy.n), RP_FROM_ENVIRONMENT, s));
	}
	return NULL;
}

static struct rp_err *
together(const struct rp_settings *s)
{
	if ((s->tls_certificate.n > 0) != (s->tls_key.n > 0))
		return rp_fail(RP_E_INVALID,
		    "tls_certificate and tls_key go together");
	if (s->web_processes > 1 &&
	    rp_text_starts(s->database, RP_TEXT("sqlite:")))
		return rp_fail(RP_E_INVALID,
		    "web_processes: more than one needs PostgreSQL");
	if (!rp_text_starts(s->public_url, RP_TEXT("http://")) &&
	    !rp_text_starts(s->public_url, RP_TEXT("https://")))
		return rp_fail(RP_E_INVALID,
		    "public_url does not begin with http:// or https://");
	if (s->public_url.p[s->public_url.n - 1] == '/')
		return rp_fail(RP_E_INVALID, "public_url ends with a slash");
	return NULL;
}

struct rp_err *
rp_settings_load(struct rp_arena *a, const struct rp_settings_source *from,
    struct rp_settings *out)
{
	struct rp_settings s;

	rp_settings_defaults(a, &s);
	if (from->file != NULL)
		RP_TRY(load_file(a, from, &s));
	RP_TRY(load_environ(a, from->environ, &s));
	for (size_t i = 0; i < from->sets.n; i++)
		RP_TRY(assign(a, "--set", from->sets.v[i], RP_FROM_COMMAND_LINE,
		    &s));
	RP_TRY(together(&s));
	*out = s;
	return NULL;
}

static rp_text
number_text(struct rp_arena *a, enum rp_setting_kind kind, int64_t n)
{
	if (kind == RP_SETTING_DURATION)
		for (size_t i = 0; i < 4; i++)
			if (i == 3 ||
			    (n > 0 && n % duration_units[i].factor == 0))
				return rp_textf(a, "%" PRId64 "%c",
				    n / duration_units[i].factor,
				    duration_units[i].letter);
	if (kind == RP_SETTING_SIZE)
		for (size_t i = 0; i < 3; i++)
			if (n > 0 && n % size_units[i].factor == 0)
				return rp_textf(a, "%" PRId64 "%c",
				    n / size_units[i].factor,
				    size_units[i].letter);
	return rp_textf(a, "%" PRId64, n);
}

static rp_text
choice_text(const struct rp_setting *which, int chosen)
{
	rp_text all = rp_text_z(which->choices);
	size_t from = 0;

	for (int i = 0; i < chosen; i++)
		from = rp_text_find(all, '|', from) + 1;
	return rp_text_sub(all, from, rp_text_find(all, '|', from));
}

rp_text
rp_settings_value(struct rp_arena *a, const struct rp_settings *s,
    const struct rp_setting *which)
{
	const void *at = field_of(s, which);
	const struct rp_words_list *words;
	rp_text out = RP_TEXT("");

	switch (which->kind) {
	case RP_SETTING_TEXT:
	case RP_SETTING_PATH:
		return *(const rp_text *)at;
	case RP_SETTING_NUMBER:
	case RP_SETTING_SIZE:
	case RP_SETTING_DURATION:
		return number_text(a, which->kind, *(const int64_t *)at);
	case RP_SETTING_FLAG:
		return *(const bool *)at ? RP_TEXT("yes") : RP_TEXT("no");
	case RP_SETTING_CHOICE:
		return choice_text(which, *(const int *)at);
	case RP_SETTING_WORDS:
	case RP_SETTING_ADDRESSES:
	case RP_SETTING_PREFIXES:
		words = at;
		for (size_t i = 0; i < words->n; i++)
			out = rp_textf(a, "%.*s%s%.*s", RP_FMT(out),
			    i > 0 ? " " : "", RP_FMT(words->v[i]));
		return out;
	}
	rp_panic(__FILE__, __LINE__,
	    "a kind of setting that is not in the table");
	return out;
}

const char *
rp_setting_origin_name(enum rp_setting_origin o)
{
	static const char *const names[] = {
		[RP_FROM_DEFAULT] = "default",
		[RP_FROM_FILE] = "file",
		[RP_FROM_ENVIRONMENT] = "environment",
		[RP_FROM_COMMAND_LINE] = "command line",
	};

	return names[o];
}

rp_text
rp_settings_path(struct rp_arena *a, const struct rp_settings *s, rp_text path)
{
	if (path.n == 0 || path.p[0] == '/' || s->data_dir.n == 0)
		return path;
	return rp_textf(a, "%.*s/%.*s", RP_FMT(s->data_dir), RP_FMT(path));
}

rp_text
rp_settings_database(struct rp_arena *a, const struct rp_settings *s)
{
	rp_text sqlite = RP_TEXT("sqlite:");

	if (!rp_text_starts(s->database, sqlite))
		return s->database;
	return rp_textf(a, "sqlite:%.*s",
	    RP_FMT(rp_settings_path(a, s,
		rp_text_sub(s->database, sqlite.n, s->database.n))));
}
