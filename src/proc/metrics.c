#include "proc/metrics.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>

#include "base/buf.h"
#include "base/err.h"

enum type { COUNTER, GAUGE, HISTOGRAM };

static const struct {
	enum type type;
	const char *name, *labels, *help;
} table[RP_METRIC_COUNT] = {
#define METRIC(id, type, name, labels, help) { type, name, labels, help },
#include "proc/metrics.def"
#undef METRIC
};

/* Upper bounds in microseconds, and as they are written. */
static const struct {
	int64_t us;
	const char *seconds;
} buckets[] = {
	{ 100, "0.0001" },
	{ 250, "0.00025" },
	{ 500, "0.0005" },
	{ 1000, "0.001" },
	{ 2500, "0.0025" },
	{ 5000, "0.005" },
	{ 10000, "0.01" },
	{ 25000, "0.025" },
	{ 50000, "0.05" },
	{ 100000, "0.1" },
	{ 250000, "0.25" },
	{ 1000000, "1" },
	{ 10000000, "10" },
};

#define BUCKETS (sizeof(buckets) / sizeof(buckets[0]))
#define TEXT_MAX ((size_t)64 * 1024)

struct figure {
	_Atomic int64_t value; /* of a histogram: the sum */
	_Atomic int64_t in[BUCKETS + 1];
};

static struct figure private_copy[RP_METRIC_COUNT];
static struct figure *figures = private_copy;

struct rp_err *
rp_metrics_open(void)
{
	void *p = mmap(NULL, sizeof(private_copy), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		return rp_fail_errno(RP_E_UNAVAILABLE, "metrics");
	figures = p;
	return NULL;
}

void
rp_metric_add(enum rp_metric m, int64_t n)
{
	atomic_fetch_add_explicit(&figures[m].value, n, memory_order_relaxed);
}

void
rp_metric_set(enum rp_metric m, int64_t v)
{
	atomic_store_explicit(&figures[m].value, v, memory_order_relaxed);
}

void
rp_metric_observe(enum rp_metric m, int64_t us)
{
	size_t i = 0;

	while (i < BUCKETS && us > buckets[i].us)
		i++;
	atomic_fetch_add_explicit(&figures[m].in[i], 1, memory_order_relaxed);
	rp_metric_add(m, us);
}

int64_t
rp_metric_get(enum rp_metric m)
{
	int64_t n = 0;

	if (table[m].type != HISTOGRAM)
		return atomic_load_explicit(&figures[m].value,
		    memory_order_relaxed);
	for (size_t i = 0; i <= BUCKETS; i++)
		n += atomic_load_explicit(&figures[m].in[i],
		    memory_order_relaxed);
	return n;
}

static void
write_histogram(struct rp_buf *b, enum rp_metric m)
{
	const char *name = table[m].name;
	int64_t n = 0, sum = atomic_load(&figures[m].value);

	for (size_t i = 0; i <= BUCKETS; i++) {
		n += atomic_load(&figures[m].in[i]);
		rp_buf_f(b, "%s_bucket{le=\"%s\"} %" PRId64 "\n", name,
		    i < BUCKETS ? buckets[i].seconds : "+Inf", n);
	}
	rp_buf_f(b, "%s_sum %" PRId64 ".%06" PRId64 "\n%s_count %" PRId64 "\n",
	    name, sum / 1000000, sum % 1000000, name, n);
}

rp_text
rp_metrics_write(struct rp_arena *a)
{
	static const char *const types[] = { "counter", "gauge", "histogram" };
	const char *before = "";
	struct rp_buf b;
	struct rp_err *e;
	rp_text out;

	rp_buf_init(&b, a, TEXT_MAX);
	for (int m = 0; m < RP_METRIC_COUNT; m++) {
		if (strcmp(table[m].name, before) != 0)
			rp_buf_f(&b, "# HELP %s %s\n# TYPE %s %s\n",
			    table[m].name, table[m].help, table[m].name,
			    types[table[m].type]);
		before = table[m].name;
		if (table[m].type == HISTOGRAM)
			write_histogram(&b, (enum rp_metric)m);
		else if (table[m].labels[0] != '\0')
			rp_buf_f(&b, "%s{%s} %" PRId64 "\n", table[m].name,
			    table[m].labels, rp_metric_get((enum rp_metric)m));
		else
			rp_buf_f(&b, "%s %" PRId64 "\n", table[m].name,
			    rp_metric_get((enum rp_metric)m));
	}
	e = rp_buf_done(&b, &out);
	RP_ASSERT(e == NULL);
	return out;
}
