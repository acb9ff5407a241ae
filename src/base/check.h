/*
 * check - the unit-test harness: TAP on stdout, one process per module.
 *
 * A case that needs data or a program that is absent calls RP_SKIP_ALL() at its
 * start: the whole program counts as skipped (TAP's plan 1..0).
 */
#ifndef RP_BASE_CHECK_H
#define RP_BASE_CHECK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"

struct rp_check_case {
	const char *name;
	void (*run)(void);
};

#define RP_CHECK(x)                                                        \
	do {                                                               \
		if (!(x)) {                                                \
			printf("not ok - %s:%d: %s\n", __FILE__, __LINE__, \
			    #x);                                           \
			exit(1);                                           \
		}                                                          \
	} while (0)

/* The call succeeds, or the test fails with the error's message. */
#define RP_CHECK_OK(call)                                                      \
	do {                                                                   \
		struct rp_err *e_ = (call);                                    \
		if (e_ != NULL) {                                              \
			printf("not ok - %s:%d: %s: %s\n", __FILE__, __LINE__, \
			    #call, rp_err_message(e_));                        \
			exit(1);                                               \
		}                                                              \
	} while (0)

/* The call fails with this code. */
#define RP_CHECK_FAILS(call, code)                                             \
	do {                                                                   \
		struct rp_err *e_ = (call);                                    \
		if (e_ == NULL || rp_err_code(e_) != (code)) {                 \
			printf("not ok - %s:%d: %s: %s\n", __FILE__, __LINE__, \
			    #call, e_ ? rp_err_message(e_) : "succeeded");     \
			exit(1);                                               \
		}                                                              \
		rp_err_free(e_);                                               \
	} while (0)

/* Two texts are equal, or both are printed. */
#define RP_CHECK_TEXT(got, want)                                      \
	do {                                                          \
		rp_text got_ = (got), want_ = (want);                 \
		if (!rp_text_eq(got_, want_)) {                       \
			printf("not ok - %s:%d: %s is \"%.*s\", not " \
			       "\"%.*s\"\n",                          \
			    __FILE__, __LINE__, #got, RP_FMT(got_),   \
			    RP_FMT(want_));                           \
			exit(1);                                      \
		}                                                     \
	} while (0)

#define RP_SKIP_ALL(why)                         \
	do {                                     \
		printf("1..0 # SKIP %s\n", why); \
		exit(0);                         \
	} while (0)

#define RP_CHECK_MAIN(...)                                                   \
	int main(void)                                                       \
	{                                                                    \
		static const struct rp_check_case cases[] = { __VA_ARGS__ }; \
		size_t n = sizeof(cases) / sizeof(cases[0]);                 \
		for (size_t i = 0; i < n; i++) {                             \
			cases[i].run();                                      \
			printf("ok %zu - %s\n", i + 1, cases[i].name);       \
			fflush(stdout);                                      \
		}                                                            \
		printf("1..%zu\n", n);                                       \
		return 0;                                                    \
	}

#endif
