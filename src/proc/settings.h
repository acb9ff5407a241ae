/*
 * settings - what the administrator decides.
 *
 * src/proc/settings.def is the one table: it makes struct rp_settings, the
 * reader's table, the manual and the sample file. A value comes from, the later
 * ones first: `--set name=value`, the environment (RAPPORTEUR_NAME), the file,
 * the default. The file has lines `name = value`; a line that begins with # is
 * a comment. A name that does not exist and a value that cannot be are errors
 * (RP_E_INVALID) which say file, line and reason.
 */
#ifndef RP_PROC_SETTINGS_H
#define RP_PROC_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"

#define RP_SETTINGS_FILE "/etc/rapporteur/rapporteur.conf"

/* Octets of the file, and of one value. */
#define RP_SETTINGS_MAX ((size_t)256 * 1024)
#define RP_SETTING_VALUE_MAX ((size_t)8 * 1024)

struct rp_words_list RP_VEC(rp_text);

enum rp_setting_origin {
	RP_FROM_DEFAULT,
	RP_FROM_FILE,
	RP_FROM_ENVIRONMENT,
	RP_FROM_COMMAND_LINE,
};

#include "proc/settings_table.h"

enum rp_setting_kind {
	RP_SETTING_TEXT,
	RP_SETTING_PATH,
	RP_SETTING_NUMBER,
	RP_SETTING_SIZE,     /* octets; K M G */
	RP_SETTING_DURATION, /* kept as ms; s m h d */
	RP_SETTING_FLAG,
	RP_SETTING_CHOICE,
	RP_SETTING_WORDS,
	RP_SETTING_ADDRESSES, /* [::1]:80 127.0.0.1:80 */
	RP_SETTING_PREFIXES,  /* 2001:db8::/32 192.0.2.0/24 */
};

struct rp_setting {
	const char *name;
	enum rp_setting_kind kind;
	const char *fallback, *range;
	int64_t min, max;
	const char *choices; /* a|b|c */
	bool secret;         /* may hold a password: not printed */
	size_t offset;
};

extern const struct rp_setting rp_setting_list[RP_SETTINGS_COUNT];

/* Where settings come from. NULL and empty are left out. */
struct rp_settings_source {
	const char *file;
	bool file_may_lack;
	char *const *environ;
	struct rp_words_list sets; /* name=value */
};

struct rp_err *rp_settings_load(struct rp_arena *a,
    const struct rp_settings_source *from, struct rp_settings *out) RP_MUST_USE;

/* Only the defaults. */
void rp_settings_defaults(struct rp_arena *a, struct rp_settings *out);

/* Apply the lines of a file. `name` is what errors call it. */
struct rp_err *rp_settings_parse(struct rp_arena *a, const char *name,
    rp_bytes body, struct rp_settings *s) RP_MUST_USE;

/* Apply one value. `where` begins the error's message. */
struct rp_err *rp_settings_set(struct rp_arena *a, const char *where,
    rp_text name, rp_text value, enum rp_setting_origin origin,
    struct rp_settings *s) RP_MUST_USE;

/* The value as it could stand in the file. */
rp_text rp_settings_value(struct rp_arena *a, const struct rp_settings *s,
    const struct rp_setting *which);

const char *rp_setting_origin_name(enum rp_setting_origin o);

/* `path` as it stands, or below data_dir if it is relative. Empty stays. */
rp_text rp_settings_path(struct rp_arena *a, const struct rp_settings *s,
    rp_text path);

/* What rp_db_open() takes, with the path resolved. */
rp_text rp_settings_database(struct rp_arena *a, const struct rp_settings *s);

#endif
