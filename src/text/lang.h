/*
 * lang - languages: the six of the interface, and everybody else's.
 *
 * The interface speaks six languages and no others; they are an enum. What
 * people write may be in any language: that is a tag (BCP 47), kept in the
 * canonical case of RFC 5646 section 2.1.1 and never longer than
 * RP_LANG_TAG_MAX. Tags are checked for form, not against the registry: a
 * respondent knows better than our copy of it. Grandfathered tags are refused.
 */
#ifndef RP_TEXT_LANG_H
#define RP_TEXT_LANG_H

#include "base/str.h"

/* In the order of the catalogues and of columns key_ar ... key_es. */
enum rp_lang {
	RP_LANG_AR,
	RP_LANG_ZH,
	RP_LANG_EN,
	RP_LANG_FR,
	RP_LANG_RU,
	RP_LANG_ES,
	RP_LANG_COUNT
};

/* RP_DIR_AUTO: nothing in the text says which way it goes. */
enum rp_dir { RP_DIR_AUTO, RP_DIR_LTR, RP_DIR_RTL };

#define RP_LANG_TAG_MAX ((size_t)35)

rp_text rp_lang_tag(enum rp_lang lang);      /* "ar" */
rp_text rp_lang_own_name(enum rp_lang lang); /* as its readers write it */
enum rp_dir rp_lang_dir(enum rp_lang lang);

/* The language whose tag this is exactly (as in a path); false if none. */
bool rp_lang_find(rp_text tag, enum rp_lang *out);

/*
 * The language for the value of an Accept-Language field (RFC 9110 section
 * 12.5.4; lookup of RFC 4647 section 3.4). Never fails: what is malformed is
 * skipped, what comes after RP_LANG_ACCEPT_MAX octets is not read, and where
 * nothing fits it is `fallback`.
 */
#define RP_LANG_ACCEPT_MAX ((size_t)1000)
enum rp_lang rp_lang_accept(rp_bytes field, enum rp_lang fallback);

/* A well-formed tag in canonical case, in `a`; RP_E_INVALID. */
struct rp_err *rp_lang_tag_parse(struct rp_arena *a, rp_text in,
    rp_text *out) RP_MUST_USE;

/* True if tag's primary subtag is the primary subtag of `other`. */
bool rp_lang_tag_same_primary(rp_text tag, rp_text other);

/* Which way a language is written: its script subtag's or its usual one's. */
enum rp_dir rp_lang_tag_dir(rp_text tag);

/* "ltr", "rtl", "auto": the value of the attribute. */
rp_text rp_dir_name(enum rp_dir dir);

/*
 * First strong character outside isolates (UAX 9, P2 and P3). RP_DIR_AUTO if
 * there is none in the first RP_LANG_LOOK code points.
 */
#define RP_LANG_LOOK ((size_t)4096)
enum rp_dir rp_text_dir(rp_text t);

/*
 * The script (ISO 15924) of most of the letters among the first RP_LANG_LOOK
 * code points; "Jpan" and "Kore" for their mixtures; "Zyyy" if no letter has
 * one. A static string.
 */
rp_text rp_text_script(rp_text t);

/*
 * Tags to offer in a list, most used in such consultations first; NULL p ends.
 * Their names in the reader's language: rp_locale_language() in format.h.
 */
extern const rp_text rp_lang_common[];

#endif
