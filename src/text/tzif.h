/*
 * tzif - one compiled time zone file (RFC 8536, versions 2 and 3; version 4 of
 * RFC 9636 differs only in what it allows).
 *
 * The rules of time zones change some ten times a year, and the system's tzdata
 * package follows; ICU's own copy is as old as the library. So the system's
 * files are read where they are. Version 1 files, which end in 2037, and files
 * with leap seconds are refused.
 *
 * A file is foreign bytes: all counts are checked against its size, at most
 * RP_TZIF_MAX octets are read, and errors are RP_E_INVALID or RP_E_LIMIT.
 */
#ifndef RP_TEXT_TZIF_H
#define RP_TEXT_TZIF_H

#include "base/str.h"

#define RP_TZIF_MAX ((size_t)256 * 1024)

/* When summer time begins or ends in a year: POSIX TZ, as RFC 8536 extends it.
 */
struct rp_tzif_date {
	enum { RP_TZIF_MONTH, RP_TZIF_DAY, RP_TZIF_DAY_NO_LEAP } kind;
	int month, week, day; /* MONTH: week 5 is the last; day 0 is Sunday */
	int32_t time;         /* seconds from the start of that day */
};

struct rp_tzif {
	size_t n; /* changes, in order */
	int64_t *times;
	int32_t *offsets;         /* from that time on: seconds to add to UTC */
	int32_t first;            /* before the first change */
	bool has_rule, has_dst;   /* the rule holds after the last change */
	int32_t standard, saving; /* offsets by the rule */
	struct rp_tzif_date begins, ends;
};

/* The result lives in `a` and does not point into `in`. */
struct rp_err *rp_tzif_parse(struct rp_arena *a, rp_bytes in,
    struct rp_tzif *out) RP_MUST_USE;

/* Seconds to add to UTC at `at`, seconds since 1970. */
int32_t rp_tzif_offset(const struct rp_tzif *z, int64_t at);

#endif
