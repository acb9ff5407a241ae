/*
 * cmd_duties - which duties to report a resolution gives.
 *
 * The file is foreign: it is read by a process of its own (apart.h), which
 * hands back the lines to print: place, paragraph, who, to whom, how often and
 * the year that is named, with tabs between.
 */
#include <string.h>

#include "base/buf.h"
#include "codec/zip.h"
#include "document/duty_find.h"
#include "exchange/pair.h"
#include "proc/apart.h"
#include "proc/commands.h"

#define ARENA_MAX ((size_t)512 << 20)

static const char usage[] = "duties FILE|-";

/* Below: in the process that reads. */

static struct rp_err *
read_and_find(struct rp_arena *a, void *ctx, struct rp_buf *answer)
{
	static const char *const every[RP_DUTY_TIMES] = { "", "once", "yearly",
		"meeting" };
	const struct rp_pair_file *file = ctx;
	struct rp_found_duties all;
	struct rp_document *d;

	RP_TRY(rp_pair_read(a, file, &d));
	all = rp_duties_find(a, d);
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_found_duty *f = &all.v[i];

		rp_buf_f(answer, "%.*s\t%.*s\t%.*s\t%.*s\t%s\t",
		    RP_FMT(f->place), RP_FMT(f->paragraph), RP_FMT(f->who),
		    RP_FMT(f->recipient), every[f->every]);
		if (f->year != 0)
			rp_buf_f(answer, "%d", f->year);
		rp_buf_byte(answer, '\n');
	}
	return NULL;
}

static struct rp_err *
run(struct rp_arena *a, const char *path)
{
	struct rp_pair_file file = {
		.name = rp_text_z(strcmp(path, "-") == 0 ? "-.txt" : path)
	};
	rp_bytes lines;

	RP_TRY(rp_apart_read(a, path, RP_ZIP_FILE_MAX, &file.octets));
	RP_TRY(rp_apart_run(a, read_and_find, &file, &lines));
	return rp_apart_write(a, "-", lines);
}

int
rp_cmd_duties(int argc, char **argv)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	struct rp_err *e;

	if (argc != 2 || (argv[1][0] == '-' && argv[1][1] != '\0'))
		return rp_command_usage(usage);
	e = run(a, argv[1]);
	return e != NULL ? rp_command_fail_take(e) : 0;
}
