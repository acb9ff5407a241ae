#include "proc/settings.h"

#include <unistd.h>

#include "base/check.h"

static struct rp_arena *arena;

static struct rp_settings
fresh(void)
{
	struct rp_settings s;

	if (arena == NULL)
		arena = rp_arena_new((size_t)16 << 20);
	rp_settings_defaults(arena, &s);
	return s;
}

static struct rp_err *
parse(const char *body, struct rp_settings *s)
{
	return rp_settings_parse(arena, "x.conf",
	    rp_text_bytes(rp_text_z(body)), s);
}

static void
test_defaults(void)
{
	struct rp_settings s = fresh();

	RP_CHECK(s.listen.n == 2);
	RP_CHECK_TEXT(s.listen.v[0], RP_TEXT("[::1]:8080"));
	RP_CHECK(s.idle_timeout == 30000);
	RP_CHECK(s.cache_size == 32 << 20);
	RP_CHECK(s.log_level == RP_LOG_LEVEL_INFO);
	RP_CHECK_TEXT(rp_settings_database(arena, &s),
	    RP_TEXT("sqlite:/var/lib/rapporteur/rapporteur.db"));
	for (size_t i = 0; i < RP_SETTINGS_COUNT; i++)
		RP_CHECK_TEXT(rp_settings_value(arena, &s, &rp_setting_list[i]),
		    rp_text_z(rp_setting_list[i].fallback));
}

static void
test_file(void)
{
	struct rp_settings s = fresh();

	RP_CHECK_OK(parse("# a comment\n\n  idle_timeout=2m\n"
			  "listen = [2001:db8::1]:80, 192.0.2.1:80\n"
			  "cache_size = 64K\ndata_dir = /srv/r\n"
			  "tls_key = key.pem\nlog_level = debug",
	    &s));
	RP_CHECK(s.idle_timeout == 120000);
	RP_CHECK(s.listen.n == 2);
	RP_CHECK_TEXT(s.listen.v[1], RP_TEXT("192.0.2.1:80"));
	RP_CHECK(s.cache_size == 65536);
	RP_CHECK(s.log_level == RP_LOG_LEVEL_DEBUG);
	RP_CHECK_TEXT(rp_settings_path(arena, &s, s.tls_key),
	    RP_TEXT("/srv/r/key.pem"));
}

/* What is wrong is said with file, line and reason. */
static void
test_refused(void)
{
	static const struct {
		const char *body, *message;
	} rows[] = {
		{ "a b", "x.conf:1: not \"name = value\"" },
		{ "\nunknown = 1",
		    "x.conf:2: there is no setting \"unknown\"" },
		{ "idle_timeout = 30",
		    "x.conf:1: idle_timeout: \"30\" is not a time with its "
		    "unit, like 30s or 2d, from 1s..1h" },
		{ "idle_timeout = 2h",
		    "x.conf:1: idle_timeout: \"2h\" is not a time with its "
		    "unit, like 30s or 2d, from 1s..1h" },
		{ "web_processes = many",
		    "x.conf:1: web_processes: \"many\" is not a number from "
		    "1..64" },
		{ "web_processes = 99999999999999999999",
		    "x.conf:1: web_processes: \"99999999999999999999\" is not "
		    "a number from 1..64" },
		{ "cache_size = 9999999999G",
		    "x.conf:1: cache_size: \"9999999999G\" is not octets, or "
		    "with K, M, G, like 64M, from 0..8G" },
		{ "log_level = loud",
		    "x.conf:1: log_level: \"loud\" is not one of "
		    "error|warning|info|debug" },
		{ "listen = ::1:8080 x",
		    "x.conf:1: listen: \"::1:8080\" is not an address with a "
		    "port, like [::1]:8080 or 127.0.0.1:8080" },
		{ "trusted_proxies = 192.0.2.1/24",
		    "x.conf:1: trusted_proxies: \"192.0.2.1/24\" has bits "
		    "behind its prefix" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct rp_settings s = fresh();
		struct rp_err *e = parse(rows[i].body, &s);

		RP_CHECK(e != NULL && rp_err_code(e) == RP_E_INVALID);
		RP_CHECK_TEXT(rp_text_z(rp_err_message(e)),
		    rp_text_z(rows[i].message));
		rp_err_free(e);
	}
}

static void
test_not_text(void)
{
	struct rp_settings s = fresh();

	RP_CHECK_FAILS(parse("smarthost = \xff", &s), RP_E_INVALID);
}

static void
test_order_of_sources(void)
{
	char path[] = "settings_test.XXXXXX";
	char *env[] = { "HOME=/", "RAPPORTEUR_LOG_LEVEL=error",
		"RAPPORTEUR_SMARTHOST=[::1]:25", NULL };
	static const char body[] = "log_level = debug\nsmarthost = [::2]:25\n"
				   "idle_timeout = 5s\n";
	struct rp_settings_source from = { .file = path, .environ = env };
	struct rp_settings s = fresh();
	int fd = mkstemp(path);

	RP_CHECK(fd >= 0);
	RP_CHECK(write(fd, body, sizeof(body) - 1) == sizeof(body) - 1);
	close(fd);
	rp_vec_push(arena, &from.sets, RP_TEXT("log_level = warning"));
	RP_CHECK_OK(rp_settings_load(arena, &from, &s));
	unlink(path);
	RP_CHECK(s.log_level == RP_LOG_LEVEL_WARNING);
	RP_CHECK_TEXT(s.smarthost, RP_TEXT("[::1]:25"));
	RP_CHECK(s.idle_timeout == 5000);
	for (size_t i = 0; i < RP_SETTINGS_COUNT; i++)
		if (rp_text_eq(rp_text_z(rp_setting_list[i].name),
			RP_TEXT("smarthost")))
			RP_CHECK(s.origin[i] == RP_FROM_ENVIRONMENT);
}

static void
test_sources_refused(void)
{
	char *env[] = { "RAPPORTEUR_NOTHING=1", NULL };
	static const rp_text sets[] = {
		RP_TEXT_INIT("tls_key=k"),
		RP_TEXT_INIT("web_processes=2"),
		RP_TEXT_INIT("public_url=http://x/"),
		RP_TEXT_INIT("public_url=x"),
		RP_TEXT_INIT("public_url="),
	};
	struct rp_settings_source from = { .environ = env };
	struct rp_settings s = fresh();

	RP_CHECK_FAILS(rp_settings_load(arena, &from, &s), RP_E_INVALID);
	from = (struct rp_settings_source){ .file = "/nonexistent/x" };
	RP_CHECK_FAILS(rp_settings_load(arena, &from, &s), RP_E_INVALID);
	from.file_may_lack = true;
	RP_CHECK_OK(rp_settings_load(arena, &from, &s));
	for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
		from = (struct rp_settings_source){ .file = NULL };
		rp_vec_push(arena, &from.sets, sets[i]);
		RP_CHECK_FAILS(rp_settings_load(arena, &from, &s),
		    RP_E_INVALID);
	}
}

/* A value as printed reads back as itself. */
static void
test_round_trip(void)
{
	struct rp_settings s = fresh(), again = fresh();

	RP_CHECK_OK(parse("trusted_proxies = ::1/128 10.0.0.0/8\n"
			  "cache_size = 1023\nidle_timeout = 90s\n",
	    &s));
	for (size_t i = 0; i < RP_SETTINGS_COUNT; i++) {
		const struct rp_setting *which = &rp_setting_list[i];
		rp_text value = rp_settings_value(arena, &s, which);

		RP_CHECK_OK(rp_settings_set(arena, "again",
		    rp_text_z(which->name), value, RP_FROM_FILE, &again));
		RP_CHECK_TEXT(rp_settings_value(arena, &again, which), value);
	}
	RP_CHECK(again.cache_size == 1023 && again.idle_timeout == 90000);
	rp_arena_free(arena);
}

RP_CHECK_MAIN({ "defaults", test_defaults }, { "file", test_file },
    { "refused", test_refused }, { "not text", test_not_text },
    { "order of sources", test_order_of_sources },
    { "sources refused", test_sources_refused },
    { "round trip", test_round_trip })
