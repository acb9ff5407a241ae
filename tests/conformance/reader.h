/*
 * reader - the files that conformance tests read.
 *
 * Just enough of each format for the shapes that those files have: lines,
 * JSON strings after a key, \u escapes. Not for foreign input. RP_TEST_DATA
 * names the folder; where it or the file is absent the test is skipped.
 */
#ifndef RP_TESTS_CONFORMANCE_READER_H
#define RP_TESTS_CONFORMANCE_READER_H

#include "base/str.h"

/* The whole file, or the test is skipped. */
rp_text rp_reader_file(struct rp_arena *a, const char *name);

/* The next line without its end, false at the end of `rest`. */
bool rp_reader_line(rp_text *rest, rp_text *line);

/* The n-th field between `separator`s, trimmed; empty if there are fewer. */
rp_text rp_reader_field(rp_text line, char separator, size_t n);

/*
 * The JSON string after `"key": `, unescaped, from `*at` on; `*at` moves past
 * it. False if there is none, or it is not a string.
 */
bool rp_reader_json(struct rp_arena *a, rp_text t, const char *key, size_t *at,
    rp_text *out);

/* Where `needle` is in `t` from octet `from` on, or SIZE_MAX. */
size_t rp_reader_find(rp_text t, const char *needle, size_t from);

/* \uXXXX and \x{X...}; false if a lone surrogate is among them. */
bool rp_reader_unescape(struct rp_arena *a, rp_text t, rp_text *out);

/* UTF-8 of one code point. */
rp_text rp_reader_utf8(struct rp_arena *a, uint32_t cp);

#endif
