#include "proc/transfer_options.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define BAR 40

bool
rp_option_consultation(const char *given, rp_text *out_group,
    int64_t *out_number)
{
	rp_text t = rp_text_z(given);
	size_t slash = rp_text_find(t, '/', 0);

	*out_group = rp_text_sub(t, 0, slash);
	return slash > 0 && slash < t.n &&
	       rp_text_i64(rp_text_sub(t, slash + 1, t.n), out_number) &&
	       *out_number > 0;
}

static bool
ends(const char *path, const char *suffix)
{
	size_t n = strlen(path), k = strlen(suffix);

	return n > k && strcmp(path + n - k, suffix) == 0;
}

bool
rp_option_format(const char *given, const char *path, bool *out_csv)
{
	if (given != NULL) {
		*out_csv = strcmp(given, "csv") == 0;
		return *out_csv || strcmp(given, "jsonl") == 0;
	}
	*out_csv = !ends(path, ".jsonl") && !ends(path, ".ndjson");
	return true;
}

void
rp_progress(int64_t done, int64_t all, const char *what)
{
	char bar[BAR + 1];
	int full;

	if (!isatty(STDERR_FILENO))
		return;
	if (all <= 0) {
		fprintf(stderr, "\r%" PRId64 " %s", done, what);
		return;
	}
	full = (int)(done * BAR / all);
	memset(bar, ' ', BAR);
	memset(bar, '#', (size_t)(full > BAR ? BAR : full));
	bar[BAR] = '\0';
	fprintf(stderr, "\r[%s] %3" PRId64 " %% %s", bar, done * 100 / all,
	    what);
}

void
rp_progress_end(void)
{
	if (isatty(STDERR_FILENO))
		fputs("\r\033[K", stderr);
}
