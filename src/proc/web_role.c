#include "proc/web_role.h"

#include <stdio.h>

#include "base/err.h"
#include "base/rand.h"
#include "domain/attempt.h"
#include "pdf/pdf.h"
#include "proc/env.h"
#include "proc/hasher.h"
#include "proc/listen.h"
#include "proc/log.h"
#include "proc/metrics.h"
#include "proc/profile.h"
#include "text/budget.h"
#include "web/server.h"

#ifndef RP_VERSION
#define RP_VERSION "development"
#endif

#define PEM_MAX ((size_t)256 * 1024)

struct own {
	struct rp_process *process;
	struct rp_hasher_client client;
	struct rp_web_hasher hasher;
	struct rp_web *web;
};

static void
count(void *ctx, const char *method, const char *route, int status, int64_t us,
    uint64_t statements, const struct rp_err *e)
{
	static const enum rp_metric by_class[] = { RP_METRIC_requests_2xx,
		RP_METRIC_requests_2xx, RP_METRIC_requests_2xx,
		RP_METRIC_requests_3xx, RP_METRIC_requests_4xx,
		RP_METRIC_requests_5xx };
	enum rp_log_importance level =
	    status >= 500 ? RP_LOG_ERROR : RP_LOG_DEBUG;

	(void)ctx;
	rp_metric_add(by_class[status / 100 % 6], 1);
	rp_metric_observe(RP_METRIC_request_seconds, us);
	if (!rp_log_wants(level))
		return;
	if (e == NULL)
		rp_log(level, "request", rp_log_z("method", method),
		    rp_log_z("route", route), rp_log_i64("status", status),
		    rp_log_i64("us", us),
		    rp_log_i64("statements", (int64_t)statements));
	else
		rp_log(level, "request", rp_log_z("method", method),
		    rp_log_z("route", route), rp_log_i64("status", status),
		    rp_log_i64("us", us),
		    rp_log_i64("statements", (int64_t)statements),
		    rp_log_err(e));
}

static struct rp_budget_limit
per_minute(int64_t n)
{
	int64_t burst = n > RP_BUDGET_TOKENS_MAX ? RP_BUDGET_TOKENS_MAX : n;

	return (struct rp_budget_limit){ .burst = (uint32_t)burst,
		.per_hour = (uint32_t)(n > 10000000 ? 600000000 : n * 60) };
}

static struct rp_err *
budgets(struct rp_arena *a, const struct rp_settings *s,
    struct rp_web_options *o)
{
	struct rp_budget_limits submit = { 0 }, read = { 0 };

	submit.at[RP_BUDGET_GLOBAL] = per_minute(s->submissions_per_all);
	submit.at[RP_BUDGET_V6_48] = per_minute(s->submissions_per_48);
	submit.at[RP_BUDGET_V6_56] = per_minute(s->submissions_per_56);
	submit.at[RP_BUDGET_V6_64] = per_minute(s->submissions_per_64);
	submit.at[RP_BUDGET_V4_24] = per_minute(s->submissions_per_24);
	submit.at[RP_BUDGET_V4_ADDRESS] = per_minute(s->submissions_per_ipv4);
	read.at[RP_BUDGET_GLOBAL] = per_minute(s->reads_per_all);
	read.at[RP_BUDGET_V6_48] = per_minute(s->reads_per_48);
	read.at[RP_BUDGET_V6_56] = per_minute(s->reads_per_56);
	read.at[RP_BUDGET_V6_64] = per_minute(s->reads_per_64);
	read.at[RP_BUDGET_V4_24] = per_minute(s->reads_per_24);
	read.at[RP_BUDGET_V4_ADDRESS] = per_minute(s->reads_per_ipv4);
	submit.entries = read.entries = 4096;
	RP_TRY(rp_budget_new(a, &submit, rp_rand_seed(), &o->submissions));
	return rp_budget_new(a, &read, rp_rand_seed(), &o->reads);
}

static struct rp_err *
proxies(struct rp_arena *a, const struct rp_settings *s,
    struct rp_web_options *o)
{
	struct rp_ip_prefix *list =
	    rp_new_n(a, struct rp_ip_prefix, s->trusted_proxies.n + 1);

	for (size_t i = 0; i < s->trusted_proxies.n; i++) {
		struct rp_network net;

		RP_TRY(rp_network_parse(s->trusted_proxies.v[i], &net));
		list[i] = rp_ip_prefix(rp_ip_v6(net.ip), (uint8_t)net.bits);
	}
	o->proxies = list;
	o->n_proxies = s->trusted_proxies.n;
	return NULL;
}

static struct rp_err *
read_file(struct rp_arena *a, const struct rp_settings *s, rp_text path,
    const char **out)
{
	const char *name = rp_settings_path(a, s, path).p;
	char *octets = rp_alloc(a, PEM_MAX);
	FILE *f = fopen(name, "rbe");
	size_t n;

	if (f == NULL)
		return rp_fail_errno(RP_E_INVALID, "%s", name);
	n = fread(octets, 1, PEM_MAX - 1, f);
	fclose(f);
	if (n == 0 || n == PEM_MAX - 1)
		return rp_fail(RP_E_INVALID, "%s: empty, or too large", name);
	*out = octets;
	return NULL;
}

static struct rp_err *
tls(struct rp_arena *a, const struct rp_settings *s, struct rp_web_options *o)
{
	if (s->tls_certificate.n == 0)
		return NULL;
	RP_TRY(read_file(a, s, s->tls_certificate, &o->tls_certificate));
	return read_file(a, s, s->tls_key, &o->tls_key);
}

static struct rp_err *
prepare(struct rp_role_context *ctx)
{
	const struct rp_settings *s = ctx->settings;
	struct own *own = rp_new(ctx->arena, struct own);
	struct rp_web_options o = {
		.stop_fd = ctx->stop_fd,
		.n_listen = ctx->n_listen,
		.connections_max = (unsigned)s->connections_max,
		.idle_seconds = (unsigned)(s->idle_timeout / 1000),
		.page_seconds = (unsigned)(s->page_age / 1000),
		.cache_bytes = (size_t)s->cache_size,
		.public_url = s->public_url,
		.body_name = RP_TEXT("Rapporteur"),
		.version = RP_TEXT(RP_VERSION),
		.log = count,
	};

	RP_TRY(rp_process_open(ctx->arena, s, "web", &own->process));
	o.db = own->process->db;
	o.env = &own->process->env;
	o.locales = own->process->locales;
	o.fonts = own->process->fonts;
	for (size_t i = 0; i < ctx->n_listen; i++)
		o.listen[i] = ctx->listen[i];
	if (ctx->n_hash_fds > 0) {
		rp_hasher_client_init(&own->client, ctx->hash_fds[0]);
		own->hasher = (struct rp_web_hasher){ .fd = own->client.fd,
			.ctx = &own->client,
			.send = rp_hasher_send,
			.receive = rp_hasher_receive };
		o.hasher = &own->hasher;
	}
	RP_TRY(budgets(ctx->arena, s, &o));
	o.attempts = rp_attempts_new(ctx->arena, o.env);
	RP_TRY(proxies(ctx->arena, s, &o));
	RP_TRY(tls(ctx->arena, s, &o));
	RP_TRY(rp_web_new(&o, &own->web));
	ctx->own = own;
	return NULL;
}

static struct rp_err *
run(struct rp_role_context *ctx)
{
	struct own *own = ctx->own;
	struct rp_err *e;

	rp_role_ready(ctx);
	e = rp_web_run(own->web);
	rp_web_free(own->web);
	return e;
}

const struct rp_role rp_web_role = { .name = "web",
	.profile = rp_profile_web,
	.prepare = prepare,
	.run = run };
