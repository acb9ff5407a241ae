/*
 * fuzz - the frame of a fuzz target.
 *
 * A target is linked with libFuzzer, or with tests/fuzz_replay.c, which runs
 * the files of its corpus.
 */
#ifndef RP_BASE_FUZZ_H
#define RP_BASE_FUZZ_H

#include <stdio.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/*
 * The target is `run`, a job for rp_job_run() with at most `max` octets and
 * the input (rp_bytes *) as its context. What it refuses is no finding.
 */
#define RP_FUZZ_JOB(run, max)                                        \
	int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) \
	{                                                            \
		rp_bytes in_ = { data, size };                       \
                                                                     \
		rp_err_free(rp_job_run((max), (run), &in_));         \
		return 0;                                            \
	}

/* What was read and what was read again are the same, or both are printed. */
#define RP_FUZZ_SAME(one, written, two)                                   \
	do {                                                              \
		rp_text one_ = (one), two_ = (two);                       \
		if (!rp_text_eq(one_, two_))                              \
			fprintf(stderr,                                   \
			    "%.*s\n--- written\n%.*s\n--- read\n%.*s\n",  \
			    RP_FMT(one_), RP_FMT(written), RP_FMT(two_)); \
		RP_ASSERT(rp_text_eq(one_, two_));                        \
	} while (0)

#endif
