/*
 * zone - local time and time zones.
 *
 * A deadline is stored as local time and zone; the instant is derived, so that
 * it follows when a zone's rules change. Local time is written
 * "YYYY-MM-DDTHH:MM" (as <input type=datetime-local> sends it; seconds of 00
 * are accepted and dropped), years RP_ZONE_YEAR_MIN to _MAX. A zone is an id
 * of the IANA database ("Europe/Zurich", also its links and "UTC"); offsets
 * such as "GMT+5" are not zones. A zone's id is kept as it was given.
 *
 * Where clocks are set forward and a local time does not exist, it is read with
 * the offset before the change (02:30 becomes 03:30 in summer time); where they
 * are set back and it exists twice, the later one counts. Both ways a deadline
 * ends later rather than earlier.
 *
 * struct rp_zones is opened once per process; it opens zones when they are
 * first asked for and keeps them, so a struct rp_zone lives as long as it does.
 */
#ifndef RP_TEXT_ZONE_H
#define RP_TEXT_ZONE_H

#include "base/str.h"

#define RP_ZONE_YEAR_MIN 1900
#define RP_ZONE_YEAR_MAX 2999
#define RP_ZONE_ID_MAX ((size_t)64)

struct rp_zones;
struct rp_zone;

struct rp_local {
	int year, month, day; /* month and day from 1 */
	int hour, minute, second;
};

#define RP_ZONEINFO "/usr/share/zoneinfo"

struct rp_zones *rp_zones_new(void) RP_MUST_USE RP_NONNULL_RET;

/* Reads every zone file below the folder; files that are none are skipped. */
struct rp_zones *rp_zones_open(const char *zoneinfo) RP_MUST_USE RP_NONNULL_RET;

void rp_zones_free(struct rp_zones *z); /* accepts NULL */
void rp_zones_freep(struct rp_zones **z);

/* Edition of the rules: "2025b"; and whether they are the system's. */
rp_text rp_zones_version(const struct rp_zones *z);
bool rp_zones_are_system(const struct rp_zones *z);

/* NULL if there is no such zone. */
const struct rp_zone *rp_zone_find(struct rp_zones *z, rp_text id);

/* The same for a stored id: RP_E_INVALID if there is no such zone. */
struct rp_err *rp_zone_get(struct rp_zones *z, rp_text id,
    const struct rp_zone **out) RP_MUST_USE;

rp_text rp_zone_id(const struct rp_zone *zone);

/* Milliseconds to add to UTC at this instant. */
int64_t rp_zone_offset(const struct rp_zone *zone, int64_t at);

int64_t rp_zone_instant(const struct rp_zone *zone, struct rp_local local);
struct rp_local rp_zone_local(const struct rp_zone *zone, int64_t at);

/* "YYYY-MM-DDTHH:MM"; RP_E_INVALID also where there is no such day. */
struct rp_err *rp_zone_local_parse(rp_text t, struct rp_local *out) RP_MUST_USE;

/* "YYYY-MM-DD", a day that there is. */
bool rp_zone_is_day(rp_text t);
rp_text rp_zone_local_write(struct rp_arena *a, struct rp_local local);

/* Both at once, for what is stored: local time and zone id to the instant. */
struct rp_err *rp_zone_resolve(struct rp_zones *z, rp_text local, rp_text id,
    int64_t *out) RP_MUST_USE;

/* Days from 1970-01-01 in the Gregorian calendar, and back. */
int64_t rp_civil_days(int year, int month, int day);
struct rp_local rp_civil_from_days(int64_t days);

/* The zones to offer in a list: one per place, today's names, by id. */
struct rp_zone_choice {
	rp_text id;     /* "Asia/Kolkata" */
	rp_text region; /* "Asia" */
	int offset;     /* minutes to add to UTC at `now` */
};
struct rp_zone_choice *rp_zone_list(struct rp_zones *z, struct rp_arena *a,
    int64_t now, size_t *n);

#endif
