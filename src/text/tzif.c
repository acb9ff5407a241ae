#include "text/tzif.h"

#include <string.h>

#include "base/err.h"
#include "text/zone.h"

#define HEADER 44
#define DAY ((int64_t)86400)
#define OFFSET_MAX (26 * 3600)
#define COUNT_MAX 65536

struct counts {
	size_t ut, std, leap, time, type, chars;
};

static int64_t
read_be(const uint8_t *p, size_t n)
{
	/* The sign is the first octet's. */
	uint64_t v = p[0] & 0x80 ? UINT64_MAX : 0;

	for (size_t i = 0; i < n; i++)
		v = v << 8 | p[i];
	return (int64_t)v;
}

static struct rp_err *
read_header(rp_bytes in, size_t at, struct counts *c)
{
	size_t *fields[] = { &c->ut, &c->std, &c->leap, &c->time, &c->type,
		&c->chars };

	if (in.n - at < HEADER || memcmp(in.p + at, "TZif", 4) != 0)
		return rp_fail(RP_E_INVALID, "not a time zone file");
	if (in.p[at + 4] < '2')
		return rp_fail(RP_E_INVALID, "time zone file of version 1");
	for (size_t i = 0; i < 6; i++) {
		int64_t v = read_be(in.p + at + 20 + 4 * i, 4);

		if (v < 0 || v > COUNT_MAX)
			return rp_fail(RP_E_INVALID, "count out of range");
		*fields[i] = (size_t)v;
	}
	return NULL;
}

static size_t
block_size(const struct counts *c, size_t time_size)
{
	return c->time * (time_size + 1) + c->type * 6 + c->chars +
	       c->leap * (time_size + 4) + c->std + c->ut;
}

/* The offset of local time type `i`, whose records are at `types`. */
static struct rp_err *
type_offset(const uint8_t *types, const struct counts *c, size_t i,
    int32_t *out)
{
	int64_t v;

	if (i >= c->type)
		return rp_fail(RP_E_INVALID, "no such local time type");
	v = read_be(types + i * 6, 4);
	if (v > OFFSET_MAX || v < -OFFSET_MAX)
		return rp_fail(RP_E_INVALID, "offset out of range");
	*out = (int32_t)v;
	return NULL;
}

static struct rp_err *
read_changes(struct rp_arena *a, const uint8_t *p, const struct counts *c,
    struct rp_tzif *z)
{
	const uint8_t *indexes = p + c->time * 8, *types = indexes + c->time;

	z->n = c->time;
	z->times = rp_new_n(a, int64_t, c->time + 1);
	z->offsets = rp_new_n(a, int32_t, c->time + 1);
	for (size_t i = 0; i < c->time; i++) {
		z->times[i] = read_be(p + i * 8, 8);
		if (i > 0 && z->times[i] <= z->times[i - 1])
			return rp_fail(RP_E_INVALID, "changes out of order");
		RP_TRY(type_offset(types, c, indexes[i], &z->offsets[i]));
	}
	return type_offset(types, c, 0, &z->first);
}

/* The footer: std offset [dst [offset] , start [/time] , end [/time]]. */
struct footer {
	rp_text t;
	size_t at;
	bool bad;
};

static char
peek(const struct footer *f)
{
	return f->at < f->t.n ? f->t.p[f->at] : '\0';
}

static bool
take(struct footer *f, char c)
{
	if (peek(f) != c)
		return false;
	f->at++;
	return true;
}

static int
take_number(struct footer *f, int max)
{
	size_t start = f->at;
	int v = 0;

	while (peek(f) >= '0' && peek(f) <= '9' && v <= max)
		v = v * 10 + (f->t.p[f->at++] - '0');
	if (f->at == start || v > max)
		f->bad = true;
	return v;
}

static void
take_name(struct footer *f)
{
	size_t start = f->at;

	if (take(f, '<')) {
		while (f->at < f->t.n && peek(f) != '>')
			f->at++;
		f->bad = f->bad || !take(f, '>');
		return;
	}
	while ((peek(f) >= 'A' && peek(f) <= 'Z') ||
	       (peek(f) >= 'a' && peek(f) <= 'z'))
		f->at++;
	f->bad = f->bad || f->at - start < 3;
}

/* [+-]hh[:mm[:ss]] in seconds. */
static int32_t
take_time(struct footer *f, int hours)
{
	bool minus = take(f, '-');
	int32_t v;

	if (!minus)
		(void)take(f, '+');
	v = take_number(f, hours) * 3600;
	if (take(f, ':'))
		v += take_number(f, 59) * 60;
	if (take(f, ':'))
		v += take_number(f, 59);
	return minus ? -v : v;
}

static void
take_date(struct footer *f, struct rp_tzif_date *d)
{
	if (take(f, 'M')) {
		d->kind = RP_TZIF_MONTH;
		d->month = take_number(f, 12);
		f->bad = f->bad || !take(f, '.');
		d->week = take_number(f, 5);
		f->bad = f->bad || !take(f, '.');
		d->day = take_number(f, 6);
		f->bad = f->bad || d->month < 1 || d->week < 1;
	} else if (take(f, 'J')) {
		d->kind = RP_TZIF_DAY_NO_LEAP;
		d->day = take_number(f, 365);
		f->bad = f->bad || d->day < 1;
	} else {
		d->kind = RP_TZIF_DAY;
		d->day = take_number(f, 365);
	}
	d->time = take(f, '/') ? take_time(f, 167) : 7200;
}

static struct rp_err *
read_footer(rp_text t, struct rp_tzif *z)
{
	struct footer f = { .t = t };

	if (t.n == 0)
		return NULL;
	z->has_rule = true;
	take_name(&f);
	/* POSIX counts westward. */
	z->standard = -take_time(&f, 24);
	if (f.at < t.n) {
		z->has_dst = true;
		take_name(&f);
		z->saving =
		    peek(&f) == ',' ? z->standard + 3600 : -take_time(&f, 24);
		f.bad = f.bad || !take(&f, ',');
		take_date(&f, &z->begins);
		f.bad = f.bad || !take(&f, ',');
		take_date(&f, &z->ends);
	}
	if (f.bad || f.at != t.n)
		return rp_fail(RP_E_INVALID, "not a rule for times to come");
	return NULL;
}

struct rp_err *
rp_tzif_parse(struct rp_arena *a, rp_bytes in, struct rp_tzif *out)
{
	struct rp_tzif z = { 0 };
	struct counts c;
	size_t at = 0, end;

	if (in.n > RP_TZIF_MAX)
		return rp_fail(RP_E_LIMIT, "time zone file of %zu octets",
		    in.n);
	RP_TRY(read_header(in, 0, &c));
	at = HEADER + block_size(&c, 4);
	if (at > in.n)
		return rp_fail(RP_E_INVALID, "time zone file cut short");
	RP_TRY(read_header(in, at, &c));
	at += HEADER;
	if (c.leap > 0)
		return rp_fail(RP_E_INVALID, "time zone with leap seconds");
	if (block_size(&c, 8) > in.n - at)
		return rp_fail(RP_E_INVALID, "time zone file cut short");
	RP_TRY(read_changes(a, in.p + at, &c, &z));
	at += block_size(&c, 8);
	if (in.n - at < 2 || in.p[at] != '\n' || in.p[in.n - 1] != '\n')
		return rp_fail(RP_E_INVALID, "time zone file without a rule");
	at++;
	end = in.n - 1;
	RP_TRY(read_footer((rp_text){ (const char *)in.p + at, end - at }, &z));
	*out = z;
	return NULL;
}

static bool
is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Days since 1970 of a rule's date in a year. */
static int64_t
date_in(const struct rp_tzif_date *d, int year)
{
	int64_t first, day;
	int weekday;

	if (d->kind == RP_TZIF_DAY)
		return rp_civil_days(year, 1, 1) + d->day;
	if (d->kind == RP_TZIF_DAY_NO_LEAP)
		return rp_civil_days(year, 1, 1) + d->day - 1 +
		       (is_leap(year) && d->day > 59);
	first = rp_civil_days(year, d->month, 1);
	/* 1970-01-01 was a Thursday. */
	weekday = (int)(((first + 4) % 7 + 7) % 7);
	day = first + (d->day - weekday + 7) % 7 + 7 * (d->week - 1);
	/* The last one of a month may be the fourth. */
	if (d->week == 5 && rp_civil_from_days(day).month != d->month)
		day -= 7;
	return day;
}

static int32_t
offset_by_rule(const struct rp_tzif *z, int64_t at)
{
	int64_t local = at + z->standard, begins, ends;
	int year;

	if (!z->has_dst)
		return z->standard;
	year = rp_civil_from_days(local / DAY - (local % DAY < 0)).year;
	begins = date_in(&z->begins, year) * DAY + z->begins.time - z->standard;
	ends = date_in(&z->ends, year) * DAY + z->ends.time - z->saving;
	if (begins < ends)
		return at >= begins && at < ends ? z->saving : z->standard;
	/* The south: summer is around new year. */
	return at >= ends && at < begins ? z->standard : z->saving;
}

int32_t
rp_tzif_offset(const struct rp_tzif *z, int64_t at)
{
	size_t lo = 0, hi = z->n;

	if (z->n == 0 || at < z->times[0])
		return z->n == 0 && z->has_rule ? offset_by_rule(z, at) :
						  z->first;
	if (at >= z->times[z->n - 1] && z->has_rule)
		return offset_by_rule(z, at);
	/* The last change at or before `at` is in lo..hi. */
	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;

		if (z->times[mid] <= at)
			lo = mid;
		else
			hi = mid;
	}
	return z->offsets[lo];
}
