/*
 * metrics - figures about the server, counted by all its processes.
 *
 * The table is metrics.def. The figures lie in memory that the supervisor maps
 * before it forks; adding is one atomic instruction and never fails. Until
 * rp_metrics_open() has been called everything is counted into a private copy,
 * so that code which counts needs no server around it.
 */
#ifndef RP_PROC_METRICS_H
#define RP_PROC_METRICS_H

#include <stdint.h>

#include "base/str.h"

enum rp_metric {
#define METRIC(id, type, name, labels, help) RP_METRIC_##id,
#include "proc/metrics.def"
#undef METRIC
	RP_METRIC_COUNT,
};

/* RP_E_UNAVAILABLE without memory. */
struct rp_err *rp_metrics_open(void) RP_MUST_USE;

void rp_metric_add(enum rp_metric m, int64_t n);      /* counters and gauges */
void rp_metric_set(enum rp_metric m, int64_t v);      /* gauges */
void rp_metric_observe(enum rp_metric m, int64_t us); /* histograms */
int64_t rp_metric_get(enum rp_metric m); /* of a histogram: how many */

/* Prometheus' text format, version 0.0.4. */
rp_text rp_metrics_write(struct rp_arena *a);

#endif
