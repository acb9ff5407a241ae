#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct rp_err {
	enum rp_ecode code;
	char *message;
};

static char *format(const char *fmt, va_list ap) RP_PRINTF(1, 0);

static char *
format(const char *fmt, va_list ap)
{
	char *s = NULL;

	if (vasprintf(&s, fmt, ap) < 0)
		rp_panic(__FILE__, __LINE__, "out of memory");
	return s;
}

struct rp_err *
rp_fail(enum rp_ecode code, const char *fmt, ...)
{
	struct rp_err *e = malloc(sizeof(*e));
	va_list ap;

	if (e == NULL)
		rp_panic(__FILE__, __LINE__, "out of memory");
	va_start(ap, fmt);
	*e = (struct rp_err){ .code = code, .message = format(fmt, ap) };
	va_end(ap);
	return e;
}

struct rp_err *
rp_fail_errno(enum rp_ecode code, const char *fmt, ...)
{
	int saved = errno;
	struct rp_err *e;
	char *what, reason[128];
	va_list ap;

	va_start(ap, fmt);
	what = format(fmt, ap);
	va_end(ap);
	e = rp_fail(code, "%s: %s", what,
	    strerror_r(saved, reason, sizeof(reason)));
	free(what);
	return e;
}

struct rp_err *
rp_err_wrap(struct rp_err *e, const char *fmt, ...)
{
	char *context, *joined = NULL;
	va_list ap;

	RP_ASSERT(e != NULL);
	va_start(ap, fmt);
	context = format(fmt, ap);
	va_end(ap);
	if (asprintf(&joined, "%s: %s", context, e->message) < 0)
		rp_panic(__FILE__, __LINE__, "out of memory");
	free(context);
	free(e->message);
	e->message = joined;
	return e;
}

enum rp_ecode
rp_err_code(const struct rp_err *e)
{
	RP_ASSERT(e != NULL);
	return e->code;
}

const char *
rp_err_message(const struct rp_err *e)
{
	RP_ASSERT(e != NULL);
	return e->message;
}

void
rp_err_free(struct rp_err *e)
{
	if (e == NULL)
		return;
	free(e->message);
	free(e);
}

void
rp_err_freep(struct rp_err **e)
{
	rp_err_free(*e);
	*e = NULL;
}

void
rp_panic(const char *file, int line, const char *what)
{
	fprintf(stderr, "panic: %s:%d: %s\n", file, line, what);
	abort();
}
