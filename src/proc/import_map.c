#include "proc/import_map.h"

#include "base/err.h"
#include "web/export.h"

#define NAME_MAX_OCTETS ((size_t)1000)

/* What a name means, or an error that names it. */
static struct rp_err *
target(rp_text name, int64_t questions, struct rp_import_target *out)
{
	struct rp_import_target t = { .name = name,
		.column = RP_TEXT(""),
		.constant = RP_TEXT("") };

	t.text = rp_submission_text_find(name);
	if (t.text != NULL) {
		t.kind = RP_IMPORT_TEXT;
	} else if (rp_text_eq(name, RP_TEXT("wishes_to_present"))) {
		t.kind = RP_IMPORT_PRESENT;
	} else if (rp_text_eq(name, RP_TEXT("received_at"))) {
		t.kind = RP_IMPORT_RECEIVED_AT;
	} else if (rp_text_starts(name, RP_TEXT("answer_")) &&
		   rp_text_i64(rp_text_sub(name, 7, name.n), &t.position)) {
		t.kind = RP_IMPORT_ANSWER;
		if (t.position < 1 || t.position > questions)
			return rp_fail(RP_E_INVALID,
			    "%.*s: the consultation has %lld questions",
			    RP_FMT(name), (long long)questions);
	} else {
		return rp_fail(RP_E_INVALID, "there is no field \"%.*s\"",
		    RP_FMT(name));
	}
	*out = t;
	return NULL;
}

static struct rp_import_target *
find(struct rp_import_map *m, rp_text name)
{
	for (size_t i = 0; i < m->targets.n; i++)
		if (rp_text_eq(m->targets.v[i].name, name))
			return &m->targets.v[i];
	return NULL;
}

static struct rp_err *
add(struct rp_arena *a, struct rp_import_map *m, rp_text name, rp_text column,
    int64_t questions)
{
	struct rp_import_target t;

	if (find(m, name) != NULL)
		return rp_fail(RP_E_INVALID, "%.*s is filled by two columns",
		    RP_FMT(name));
	if (m->targets.n == RP_IMPORT_COLUMNS_MAX)
		return rp_fail(RP_E_LIMIT, "more than %d columns",
		    RP_IMPORT_COLUMNS_MAX);
	RP_TRY(target(name, questions, &t));
	t.column = column;
	rp_vec_push(a, &m->targets, t);
	return NULL;
}

static struct rp_err *
columns(struct rp_arena *a, const struct rp_json *object, int64_t questions,
    struct rp_import_map *m)
{
	for (size_t i = 0; i < rp_json_n(object); i++) {
		rp_text column = rp_json_key_at(object, i), name;

		RP_TRY(rp_json_as_text(a, rp_json_at(object, i),
		    NAME_MAX_OCTETS, &name));
		RP_TRY(add(a, m, name, column, questions));
	}
	return NULL;
}

static struct rp_err *
constants(struct rp_arena *a, const struct rp_json *object, int64_t questions,
    struct rp_import_map *m)
{
	for (size_t i = 0; i < rp_json_n(object); i++) {
		rp_text name = rp_json_key_at(object, i), value;

		RP_TRY(rp_json_as_text(a, rp_json_at(object, i), RP_ANSWER_MAX,
		    &value));
		if (find(m, name) == NULL)
			RP_TRY(add(a, m, name, RP_TEXT(""), questions));
		find(m, name)->constant = value;
	}
	return NULL;
}

static struct rp_err *
values(const struct rp_json *object, struct rp_import_map *m)
{
	for (size_t i = 0; i < rp_json_n(object); i++) {
		rp_text name = rp_json_key_at(object, i);
		struct rp_import_target *t = find(m, name);

		if (t == NULL)
			return rp_fail(RP_E_INVALID,
			    "values of %.*s, which nothing fills",
			    RP_FMT(name));
		t->values = rp_json_at(object, i);
	}
	return NULL;
}

static struct rp_err *
members(const struct rp_json *object)
{
	static const char *const known[] = { "columns", "constants", "values",
		"key" };

	if (rp_json_kind(object) != RP_JSON_OBJECT)
		return rp_fail(RP_E_INVALID, "it is no JSON object");
	for (size_t i = 0; i < rp_json_n(object); i++) {
		rp_text name = rp_json_key_at(object, i);
		bool is = false;

		for (size_t k = 0; k < sizeof(known) / sizeof(known[0]); k++)
			is |= rp_text_eq(name, rp_text_z(known[k]));
		if (!is)
			return rp_fail(RP_E_INVALID,
			    "there is no member \"%.*s\"", RP_FMT(name));
	}
	return NULL;
}

struct rp_err *
rp_import_map_parse(struct rp_arena *a, rp_bytes json, int64_t questions,
    struct rp_import_map *out)
{
	struct rp_import_map m = { .key = RP_TEXT("") };
	const struct rp_json *object, *part;

	RP_TRY(rp_json_parse(a, json, &object));
	RP_TRY(members(object));
	part = rp_json_find(object, "columns");
	if (part != NULL)
		RP_TRY(columns(a, part, questions, &m));
	part = rp_json_find(object, "constants");
	if (part != NULL)
		RP_TRY(constants(a, part, questions, &m));
	part = rp_json_find(object, "values");
	if (part != NULL)
		RP_TRY(values(part, &m));
	if (rp_json_find(object, "key") != NULL)
		RP_TRY(rp_json_text(a, object, "key", NAME_MAX_OCTETS, &m.key));
	*out = m;
	return NULL;
}

struct rp_err *
rp_import_map_own(struct rp_arena *a, const rp_text *names, size_t n,
    int64_t questions, struct rp_import_map *out)
{
	struct rp_import_map m = { .key = RP_TEXT("") };

	for (size_t i = 0; i < n; i++) {
		if (rp_text_eq(names[i], RP_TEXT("code")))
			m.key = names[i];
		if (!rp_export_is_ours(names[i]))
			RP_TRY(add(a, &m, names[i], names[i], questions));
	}
	*out = m;
	return NULL;
}
