/*
 * confusable - names that look like others (UTS 39).
 *
 * Two texts with one skeleton look alike: "paypal" and Cyrillic "раура1". What
 * this finds is said to people and moderators; nothing is ever refused for it
 * and no mail is withheld.
 */
#ifndef RP_TEXT_CONFUSABLE_H
#define RP_TEXT_CONFUSABLE_H

#include "base/str.h"

struct rp_names;

/* What UTS 39, section 5 calls suspicious in one text. */
enum {
	RP_CONFUSABLE_MIXED_SCRIPTS = 1,  /* beyond "highly restrictive" */
	RP_CONFUSABLE_MIXED_NUMBERS = 2,  /* digits of two scripts */
	RP_CONFUSABLE_INVISIBLE = 4,      /* invisible or doubled marks */
	RP_CONFUSABLE_RARE_CHARACTER = 8, /* not in the general profile */
};

/* UTS 39, 5.2, from the strictest. */
enum rp_confusable_level {
	RP_CONFUSABLE_ASCII,
	RP_CONFUSABLE_SINGLE_SCRIPT,
	RP_CONFUSABLE_HIGHLY, /* Latin with Chinese, Japanese or Korean */
	RP_CONFUSABLE_MODERATELY,
	RP_CONFUSABLE_MINIMALLY,
	RP_CONFUSABLE_UNRESTRICTED,
};

struct rp_confusable {
	unsigned warnings;
	enum rp_confusable_level level;
};

enum {
	RP_CONFUSABLE_MAX = 4096, /* octets looked at; the rest is ignored */
};

/* Look at one text: a name, a label's U-form, a local part. */
struct rp_confusable rp_confusable_check(const struct rp_names *names,
    rp_text t);

/* What looks like `t`: equal skeletons, alike texts. Not for display. */
rp_text rp_confusable_skeleton(struct rp_arena *a, const struct rp_names *names,
    rp_text t);

/* The same for the case-folded text. To look in a large list, store these. */
rp_text rp_confusable_key(struct rp_arena *a, const struct rp_names *names,
    rp_text t);

/*
 * The first of `n` known texts that looks like `t` and is not `t`, as its
 * position; SIZE_MAX if there is none. Case is folded first.
 */
size_t rp_confusable_find(struct rp_arena *a, const struct rp_names *names,
    rp_text t, const rp_text *known, size_t n);

#endif
