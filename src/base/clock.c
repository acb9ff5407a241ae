#include "base/clock.h"

#include <string.h>
#include <time.h>

#include "base/err.h"

static int64_t
read_clock(clockid_t id)
{
	struct timespec ts;

	RP_ASSERT(clock_gettime(id, &ts) == 0);
	return (int64_t)ts.tv_sec * RP_SECOND + ts.tv_nsec / 1000000;
}

int64_t
rp_clock_now(void)
{
	return read_clock(CLOCK_REALTIME);
}

int64_t
rp_clock_mono(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

/*
 * By arithmetic (the Gregorian calendar repeats after 400 years of 146,097
 * days): gmtime_r() takes a lock and looks at the zone first.
 */
static struct tm
utc(int64_t at)
{
	int64_t second = at / RP_SECOND - (at % RP_SECOND < 0);
	int64_t day = second / 86400 - (second % 86400 < 0);
	int64_t rest = second - day * 86400;
	/* Days from 1 March of the year 0, so that a leap day is the last. */
	int64_t n = day + 719468;
	int64_t era = n / 146097 - (n % 146097 < 0);
	int64_t in_era = n - era * 146097;
	int64_t year =
	    (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
	int64_t in_year = in_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * in_year + 2) / 153; /* 0 is March */

	return (struct tm){
		.tm_year = (int)(year + era * 400 + (month >= 10) - 1900),
		.tm_mon = (int)(month < 10 ? month + 2 : month - 10),
		.tm_mday = (int)(in_year - (153 * month + 2) / 5 + 1),
		.tm_hour = (int)(rest / 3600),
		.tm_min = (int)(rest / 60 % 60),
		.tm_sec = (int)(rest % 60),
		.tm_wday = (int)(((day + 4) % 7 + 7) % 7),
	};
}

static void
digits(char *p, int n, int v)
{
	while (n-- > 0) {
		p[n] = (char)('0' + v % 10);
		v /= 10;
	}
}

/* By hand: a list has one in each row, and printf takes ten times as long. */
rp_text
rp_clock_rfc3339(struct rp_arena *a, int64_t at)
{
	static const char form[] = "0000-00-00T00:00:00Z";
	struct tm tm = utc(at);
	char *p;

	if (tm.tm_year + 1900 < 0 || tm.tm_year + 1900 > 9999)
		return rp_textf(a, "%04d-%02d-%02dT%02d:%02d:%02dZ",
		    tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
		    tm.tm_min, tm.tm_sec);
	p = rp_alloc(a, sizeof(form));
	memcpy(p, form, sizeof(form));
	digits(p, 4, tm.tm_year + 1900);
	digits(p + 5, 2, tm.tm_mon + 1);
	digits(p + 8, 2, tm.tm_mday);
	digits(p + 11, 2, tm.tm_hour);
	digits(p + 14, 2, tm.tm_min);
	digits(p + 17, 2, tm.tm_sec);
	return (rp_text){ p, sizeof(form) - 1 };
}

rp_text
rp_clock_http(struct rp_arena *a, int64_t at)
{
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu",
		"Fri", "Sat" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct tm tm = utc(at);

	return rp_textf(a, "%s, %02d %s %04d %02d:%02d:%02d GMT",
	    days[tm.tm_wday], tm.tm_mday, months[tm.tm_mon], tm.tm_year + 1900,
	    tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static bool
number(rp_text t, size_t from, size_t to, int *out)
{
	int64_t v;

	if (!rp_text_i64(rp_text_sub(t, from, to), &v) || v < 0)
		return false;
	*out = (int)v;
	return true;
}

struct rp_err *
rp_clock_parse(rp_text t, int64_t *out)
{
	struct tm tm = { 0 }, again;
	time_t s;

	if (t.n != 20 || t.p[4] != '-' || t.p[7] != '-' || t.p[10] != 'T' ||
	    t.p[13] != ':' || t.p[16] != ':' || t.p[19] != 'Z' ||
	    !number(t, 0, 4, &tm.tm_year) || !number(t, 5, 7, &tm.tm_mon) ||
	    !number(t, 8, 10, &tm.tm_mday) || !number(t, 11, 13, &tm.tm_hour) ||
	    !number(t, 14, 16, &tm.tm_min) || !number(t, 17, 19, &tm.tm_sec))
		return rp_fail(RP_E_INVALID, "not an RFC 3339 time in UTC");
	tm.tm_year -= 1900;
	tm.tm_mon -= 1;
	again = tm;
	s = timegm(&again);
	/* timegm() normalises 30 February: only what stays as it was is a date
	 */
	if (again.tm_mday != tm.tm_mday || again.tm_mon != tm.tm_mon ||
	    again.tm_hour != tm.tm_hour || again.tm_min != tm.tm_min ||
	    again.tm_sec != tm.tm_sec)
		return rp_fail(RP_E_INVALID, "no such date or time");
	*out = (int64_t)s * RP_SECOND;
	return NULL;
}
