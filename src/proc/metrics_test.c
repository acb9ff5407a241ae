#include "proc/metrics.h"

#include <sys/wait.h>
#include <unistd.h>

#include "base/check.h"

static bool
has(rp_text all, const char *line)
{
	return strstr(all.p, line) != NULL;
}

static void
test_shared(void)
{
	pid_t pid;

	RP_CHECK_OK(rp_metrics_open());
	rp_metric_add(RP_METRIC_requests_2xx, 2);
	pid = fork();
	if (pid == 0) {
		for (int i = 0; i < 1000; i++)
			rp_metric_add(RP_METRIC_requests_2xx, 1);
		rp_metric_set(RP_METRIC_web_up, 3);
		_exit(0);
	}
	for (int i = 0; i < 1000; i++)
		rp_metric_add(RP_METRIC_requests_2xx, 1);
	waitpid(pid, NULL, 0);
	RP_CHECK(rp_metric_get(RP_METRIC_requests_2xx) == 2002);
	RP_CHECK(rp_metric_get(RP_METRIC_web_up) == 3);
}

static void
test_text(void)
{
	struct rp_arena *a = rp_arena_new((size_t)1 << 20);
	rp_text all;

	rp_metric_observe(RP_METRIC_request_seconds, 100);
	rp_metric_observe(RP_METRIC_request_seconds, 101);
	rp_metric_observe(RP_METRIC_request_seconds, 99000000);
	all = rp_metrics_write(a);
	RP_CHECK(has(all, "# TYPE rapporteur_requests_total counter\n"
			  "rapporteur_requests_total{status=\"2xx\"} 2002\n"
			  "rapporteur_requests_total{status=\"3xx\"} 0\n"));
	RP_CHECK(has(all, "request_seconds_bucket{le=\"0.0001\"} 1\n"));
	RP_CHECK(has(all, "request_seconds_bucket{le=\"0.00025\"} 2\n"));
	RP_CHECK(has(all, "request_seconds_bucket{le=\"10\"} 2\n"));
	RP_CHECK(has(all, "request_seconds_bucket{le=\"+Inf\"} 3\n"));
	RP_CHECK(has(all, "request_seconds_sum 99.000201\n"));
	RP_CHECK(has(all, "request_seconds_count 3\n"));
	RP_CHECK(has(all, "rapporteur_roles_up{role=\"web\"} 3\n"));
	RP_CHECK(rp_metric_get(RP_METRIC_request_seconds) == 3);
	/* One HELP line for each name. */
	for (const char *p = all.p; (p = strstr(p, "# HELP ")) != NULL; p++) {
		const char *end = strchr(p + 7, ' ');
		rp_text line = rp_textf(a, "%.*s ", (int)(end - p), p);

		RP_CHECK(strstr(p + 1, line.p) == NULL);
	}
	rp_arena_free(a);
}

RP_CHECK_MAIN({ "shared", test_shared }, { "text", test_text })
