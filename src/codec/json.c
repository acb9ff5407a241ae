#include "codec/json.h"

#include <jansson.h>
#include <string.h>

#include "base/err.h"

struct rp_json {
	enum rp_json_kind kind;
	union {
		bool truth;
		int64_t i64;
		double f64;
		rp_text text;
		struct {
			struct rp_json *v;
			rp_text *keys; /* of an object */
			size_t n;
		} many;
	};
};

/*
 * Depth and number of values, before the library sees the text: it would
 * recurse and allocate first. Exact enough for a bound, and linear.
 */
static struct rp_err *
measure(rp_bytes in)
{
	size_t depth = 0, values = 1;
	bool quoted = false;

	for (size_t i = 0; i < in.n; i++) {
		uint8_t c = in.p[i];

		if (quoted) {
			if (c == '\\')
				i++;
			quoted = c != '"';
			continue;
		}
		if (c == '"')
			quoted = true;
		if (c == '[' || c == '{')
			depth++;
		if ((c == ']' || c == '}') && depth > 0)
			depth--;
		values += c == ',' || c == '[' || c == '{';
		if (depth > RP_JSON_DEPTH_MAX)
			return rp_fail(RP_E_LIMIT, "JSON deeper than %d",
			    RP_JSON_DEPTH_MAX);
	}
	if (values > RP_JSON_VALUES_MAX)
		return rp_fail(RP_E_LIMIT, "over %zu JSON values",
		    RP_JSON_VALUES_MAX);
	return NULL;
}

static rp_text
dup_text(struct rp_arena *a, const char *p, size_t n)
{
	return rp_text_trusted(a, (rp_bytes){ (const uint8_t *)p, n });
}

static void convert(struct rp_arena *a, json_t *from, struct rp_json *to);

static void
convert_many(struct rp_arena *a, json_t *from, struct rp_json *to)
{
	const char *key;
	json_t *v;
	size_t i;

	if (json_is_array(from)) {
		to->many.n = json_array_size(from);
		to->many.v = rp_new_n(a, struct rp_json, to->many.n);
		json_array_foreach(from, i, v) convert(a, v, &to->many.v[i]);
		return;
	}
	to->many.n = json_object_size(from);
	to->many.v = rp_new_n(a, struct rp_json, to->many.n);
	to->many.keys = rp_new_n(a, rp_text, to->many.n);
	i = 0;
	json_object_foreach(from, key, v)
	{
		to->many.keys[i] = dup_text(a, key, strlen(key));
		convert(a, v, &to->many.v[i++]);
	}
}

/* Recurses no deeper than RP_JSON_DEPTH_MAX: measure() saw to it. */
static void
convert(struct rp_arena *a, json_t *from, struct rp_json *to)
{
	switch (json_typeof(from)) {
	case JSON_NULL:
		to->kind = RP_JSON_NULL;
		return;
	case JSON_TRUE:
	case JSON_FALSE:
		to->kind = RP_JSON_BOOL;
		to->truth = json_is_true(from);
		return;
	case JSON_INTEGER:
		to->kind = RP_JSON_I64;
		to->i64 = json_integer_value(from);
		return;
	case JSON_REAL:
		to->kind = RP_JSON_F64;
		to->f64 = json_real_value(from);
		return;
	case JSON_STRING:
		to->kind = RP_JSON_TEXT;
		to->text = dup_text(a, json_string_value(from),
		    json_string_length(from));
		return;
	case JSON_ARRAY:
		to->kind = RP_JSON_ARRAY;
		convert_many(a, from, to);
		return;
	case JSON_OBJECT:
		to->kind = RP_JSON_OBJECT;
		convert_many(a, from, to);
		return;
	}
}

static void
decref(void *v)
{
	json_decref(v);
}

void
rp_json_prepare(void)
{
	json_object_seed(0);
}

struct rp_err *
rp_json_parse(struct rp_arena *a, rp_bytes in, const struct rp_json **out)
{
	return rp_json_parse_max(a, in, RP_JSON_MAX, out);
}

struct rp_err *
rp_json_parse_max(struct rp_arena *a, rp_bytes in, size_t max,
    const struct rp_json **out)
{
	struct rp_json *v;
	json_error_t error;
	json_t *root;

	if (in.n > max)
		return rp_fail(RP_E_LIMIT, "JSON of %zu octets", in.n);
	RP_TRY(measure(in));
	root = json_loadb(in.n ? (const char *)in.p : "", in.n,
	    JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
	if (root == NULL)
		return rp_fail(RP_E_INVALID, "JSON, octet %d: %s",
		    error.position, error.text);
	/* Converting may reach the arena's ceiling, which jumps. */
	rp_arena_defer(a, decref, root);
	v = rp_new(a, struct rp_json);
	convert(a, root, v);
	*out = v;
	return NULL;
}

enum rp_json_kind
rp_json_kind(const struct rp_json *v)
{
	return v->kind;
}

size_t
rp_json_n(const struct rp_json *v)
{
	return v->kind >= RP_JSON_ARRAY ? v->many.n : 0;
}

const struct rp_json *
rp_json_at(const struct rp_json *v, size_t i)
{
	RP_ASSERT(i < rp_json_n(v));
	return &v->many.v[i];
}

rp_text
rp_json_key_at(const struct rp_json *object, size_t i)
{
	RP_ASSERT(object->kind == RP_JSON_OBJECT && i < object->many.n);
	return object->many.keys[i];
}

const struct rp_json *
rp_json_find(const struct rp_json *object, const char *name)
{
	rp_text want = rp_text_z(name);

	if (object->kind != RP_JSON_OBJECT)
		return NULL;
	for (size_t i = 0; i < object->many.n; i++)
		if (rp_text_eq(object->many.keys[i], want))
			return &object->many.v[i];
	return NULL;
}

rp_bytes
rp_json_octets(const struct rp_json *v)
{
	return v->kind == RP_JSON_TEXT ? rp_text_bytes(v->text) :
					 (rp_bytes){ 0 };
}

static struct rp_err *
get(const struct rp_json *object, const char *name, enum rp_json_kind kind,
    const struct rp_json **out)
{
	const struct rp_json *v = rp_json_find(object, name);

	if (v == NULL)
		return rp_fail(RP_E_INVALID, "\"%s\" is missing", name);
	if (v->kind != kind)
		return rp_fail(RP_E_INVALID, "\"%s\" is of another kind", name);
	*out = v;
	return NULL;
}

struct rp_err *
rp_json_text(struct rp_arena *a, const struct rp_json *object, const char *name,
    size_t max, rp_text *out)
{
	const struct rp_json *v;
	struct rp_err *e;

	RP_TRY(get(object, name, RP_JSON_TEXT, &v));
	e = rp_text_from(a, rp_text_bytes(v->text), max, out);
	return e ? rp_err_wrap(e, "\"%s\"", name) : NULL;
}

struct rp_err *
rp_json_i64(const struct rp_json *object, const char *name, int64_t *out)
{
	const struct rp_json *v;

	RP_TRY(get(object, name, RP_JSON_I64, &v));
	*out = v->i64;
	return NULL;
}

struct rp_err *
rp_json_bool(const struct rp_json *object, const char *name, bool *out)
{
	const struct rp_json *v;

	RP_TRY(get(object, name, RP_JSON_BOOL, &v));
	*out = v->truth;
	return NULL;
}

struct rp_err *
rp_json_array(const struct rp_json *object, const char *name, size_t max,
    const struct rp_json **out)
{
	const struct rp_json *v;

	RP_TRY(get(object, name, RP_JSON_ARRAY, &v));
	if (v->many.n > max)
		return rp_fail(RP_E_LIMIT, "\"%s\" has %zu values, limit %zu",
		    name, v->many.n, max);
	*out = v;
	return NULL;
}

struct rp_err *
rp_json_as_text(struct rp_arena *a, const struct rp_json *v, size_t max,
    rp_text *out)
{
	if (v->kind != RP_JSON_TEXT)
		return rp_fail(RP_E_INVALID, "a value is no string");
	return rp_text_from(a, rp_text_bytes(v->text), max, out);
}

struct rp_err *
rp_json_as_i64(const struct rp_json *v, int64_t *out)
{
	if (v->kind != RP_JSON_I64)
		return rp_fail(RP_E_INVALID, "a value is no integer");
	*out = v->i64;
	return NULL;
}
