/*
 * suffix - which part of a name an organisation registered.
 *
 * The public suffix list (Mozilla's, a file in data/psl, read by libpsl when
 * names.h opens) says where registries end: example.co.uk is an organisation's,
 * co.uk is not. Names that the list does not know count as one label under
 * their last one ("*"), so no top-level domain is refused for being new.
 *
 * Names go in as A-forms (domain_name.h) and come out as parts of what went in.
 * Without a list nothing is found.
 */
#ifndef RP_TEXT_SUFFIX_H
#define RP_TEXT_SUFFIX_H

#include "base/str.h"

struct rp_names;

/*
 * The organisational domain of an A-form, which is a part of `a_form`: empty if
 * the name is itself a public suffix.
 */
rp_text rp_suffix_find_organisation(const struct rp_names *names,
    rp_text a_form);

/* Nobody's own: com, co.uk, xn--55qx5d.cn. */
bool rp_suffix_is_public(const struct rp_names *names, rp_text a_form);

/*
 * The list has this top-level domain (the last label of an A-form). A hint for
 * links in running text and for warnings, never a reason to refuse a name.
 */
bool rp_suffix_is_known_tld(const struct rp_names *names, rp_text a_form);

#endif
