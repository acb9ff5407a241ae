/*
 * json - JSON at the edges (RFC 8259): a streaming writer and a small reader.
 *
 * Writing is deterministic: no white space, keys in the order they are put,
 * only what must be escaped is escaped. Keys and ends out of place are
 * programming mistakes. Numbers are integers or finite doubles in the shortest
 * form that reads back the same.
 *
 * Reading: untrusted input, the whole text at once. RP_E_INVALID for malformed
 * JSON, octets that are not UTF-8, unpaired surrogates, U+0000, duplicate keys,
 * numbers out of range and anything after the value; RP_E_LIMIT past the sizes,
 * which bound memory to about 100 times RP_JSON_VALUES_MAX octets and a few
 * times the text. What comes out is a read-only tree in the arena. The getters
 * say by name what was wrong.
 */
#ifndef RP_CODEC_JSON_H
#define RP_CODEC_JSON_H

#include "base/str.h"

struct rp_sink;

#define RP_JSON_MAX ((size_t)8 << 20)       /* octets of one text */
#define RP_JSON_VALUES_MAX ((size_t)200000) /* values in one text */
#define RP_JSON_DEPTH_MAX 32                /* also when writing */
#define RP_JSON_LINE_MAX ((size_t)4 << 20)  /* of one JSON line, as a rule */

/* Writing. */

struct rp_json_writer {
	struct rp_sink *sink;
	unsigned depth;
	bool in_object[RP_JSON_DEPTH_MAX + 1];
	bool some[RP_JSON_DEPTH_MAX + 1]; /* a value or a key stands there */
	bool after_key;
};

void rp_json_init(struct rp_json_writer *w, struct rp_sink *sink);
void rp_json_object_begin(struct rp_json_writer *w);
void rp_json_object_end(struct rp_json_writer *w);
void rp_json_array_begin(struct rp_json_writer *w);
void rp_json_array_end(struct rp_json_writer *w);
void rp_json_key(struct rp_json_writer *w, rp_text key);
void rp_json_put_text(struct rp_json_writer *w, rp_text t);
void rp_json_put_i64(struct rp_json_writer *w, int64_t v);
void rp_json_put_f64(struct rp_json_writer *w, double v);
void rp_json_put_bool(struct rp_json_writer *w, bool v);
void rp_json_put_null(struct rp_json_writer *w);

/* A line end after a whole value: JSON Lines. Also readies for the next. */
void rp_json_line_end(struct rp_json_writer *w);

/* Reading. */

enum rp_json_kind {
	RP_JSON_NULL,
	RP_JSON_BOOL,
	RP_JSON_I64,
	RP_JSON_F64,
	RP_JSON_TEXT,
	RP_JSON_ARRAY,
	RP_JSON_OBJECT,
};

struct rp_json;

/*
 * Take the random seed of tables from the system, which takes a file: for a
 * process that closes itself before it reads. Without it the first reading does
 * that.
 */
void rp_json_prepare(void);

struct rp_err *rp_json_parse(struct rp_arena *a, rp_bytes in,
    const struct rp_json **out) RP_MUST_USE;

/* The same for a text of up to `max` octets instead of RP_JSON_MAX. */
struct rp_err *rp_json_parse_max(struct rp_arena *a, rp_bytes in, size_t max,
    const struct rp_json **out) RP_MUST_USE;

enum rp_json_kind rp_json_kind(const struct rp_json *v);

/* Values of an array, or members of an object in their order; else 0. */
size_t rp_json_n(const struct rp_json *v);
const struct rp_json *rp_json_at(const struct rp_json *v, size_t i);
rp_text rp_json_key_at(const struct rp_json *object, size_t i);

/* The member `name`, or NULL: absent, or `object` is no object. */
const struct rp_json *rp_json_find(const struct rp_json *object,
    const char *name);

/*
 * A string's octets: valid UTF-8 that may hold control characters (people's
 * line ends come as CR LF). Empty if `v` is no string.
 */
rp_bytes rp_json_octets(const struct rp_json *v);

/*
 * The member `name`, which must be there and of that kind: RP_E_INVALID, or
 * RP_E_LIMIT for text of more than `max` octets or arrays of more than `max`
 * values. rp_json_text() is a gate as rp_text_from() is.
 */
struct rp_err *rp_json_text(struct rp_arena *a, const struct rp_json *object,
    const char *name, size_t max, rp_text *out) RP_MUST_USE;
struct rp_err *rp_json_i64(const struct rp_json *object, const char *name,
    int64_t *out) RP_MUST_USE;
struct rp_err *rp_json_bool(const struct rp_json *object, const char *name,
    bool *out) RP_MUST_USE;
struct rp_err *rp_json_array(const struct rp_json *object, const char *name,
    size_t max, const struct rp_json **out) RP_MUST_USE;

/* The value itself, when it is an element of an array. */
struct rp_err *rp_json_as_text(struct rp_arena *a, const struct rp_json *v,
    size_t max, rp_text *out) RP_MUST_USE;
struct rp_err *rp_json_as_i64(const struct rp_json *v,
    int64_t *out) RP_MUST_USE;

#endif
