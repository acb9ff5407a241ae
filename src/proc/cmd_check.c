/* cmd_check - tell an administrator what is wrong with the installation. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "codec/json.h"
#include "codec/sink.h"
#include "proc/commands.h"
#include "proc/health.h"

#define ARENA_MAX ((size_t)64 * 1024 * 1024)

static struct rp_err *
to_stdout(void *ctx, rp_bytes chunk)
{
	(void)ctx;
	if (fwrite(chunk.p, 1, chunk.n, stdout) != chunk.n)
		return rp_fail_errno(RP_E_UNAVAILABLE, "standard output");
	return NULL;
}

static struct rp_err *
print_json(const struct rp_health *h)
{
	struct rp_sink *sink = rp_new(h->arena, struct rp_sink);
	struct rp_json_writer w;

	rp_sink_init(sink, h->arena, to_stdout, NULL);
	rp_json_init(&w, sink);
	rp_json_array_begin(&w);
	for (size_t i = 0; i < h->found.n; i++) {
		const struct rp_health_finding *f = &h->found.v[i];

		rp_json_object_begin(&w);
		rp_json_key(&w, RP_TEXT("subject"));
		rp_json_put_text(&w, rp_text_z(f->subject));
		rp_json_key(&w, RP_TEXT("verdict"));
		rp_json_put_text(&w, rp_health_verdict_name(f->verdict));
		rp_json_key(&w, RP_TEXT("text"));
		rp_json_put_text(&w, f->text);
		rp_json_object_end(&w);
	}
	rp_json_array_end(&w);
	rp_json_line_end(&w);
	return rp_sink_flush(sink);
}

static void
print_words(const struct rp_health *h)
{
	for (size_t i = 0; i < h->found.n; i++) {
		const struct rp_health_finding *f = &h->found.v[i];

		printf("%-5s  %-9s  %.*s\n",
		    rp_health_verdict_name(f->verdict).p, f->subject,
		    RP_FMT(f->text));
	}
	puts(rp_health_is_wrong(h) ? "Something is wrong, see above." :
				     "Nothing is wrong.");
}

int
rp_cmd_check(int argc, char **argv)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	struct rp_health h = { .arena = a, .now = rp_clock_now() };
	struct rp_settings s;
	struct rp_err *e = rp_command_settings(a, &argc, argv, &s);
	bool json = argc == 2 && strcmp(argv[1], "--json") == 0;

	if (e == NULL && argc > 1 && !json)
		return rp_command_usage(
		    "check [--json] [--config FILE] [--set NAME=VALUE]");
	if (e != NULL)
		return rp_command_fail_take(e);
	h.settings = &s;
	rp_health_all(&h);
	if (json)
		e = print_json(&h);
	else
		print_words(&h);
	if (e != NULL)
		return rp_command_fail_take(e);
	return rp_health_is_wrong(&h) ? RP_EXIT_FAILURE : 0;
}
