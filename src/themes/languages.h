/*
 * languages - which languages the responses are in, short ones too.
 *
 * CLD2 (text/langid.h) is right about long texts, and often wrong about forty
 * characters. But the responses to one consultation are in few languages, and
 * what those look like can be learnt from the texts that it was sure of: runs
 * of RP_LANGUAGES_GRAM octets, counted by language. First all texts are shown,
 * then each can be asked about; its language is
 *
 *	what CLD2 is sure of, if the text is long, or the language is one that
 *	one text in RP_LANGUAGES_USED of its script is in;
 *	else the best by those runs among the languages in use, with what was
 *	declared, if that is one of them, preferred;
 *	else what was declared; else "und".
 *
 * A declared tag is kept ("en-GB") where its language is what was found.
 */
#ifndef RP_THEMES_LANGUAGES_H
#define RP_THEMES_LANGUAGES_H

#include "text/langid.h"

#define RP_LANGUAGES_GRAM 4
#define RP_LANGUAGES_USED 50
#define RP_LANGUAGES_MAX 32      /* in use */
#define RP_LANGUAGES_LONG 80     /* octets: CLD2 is believed */
#define RP_LANGUAGES_TEACHES 25  /* octets of a text that is learnt from */
#define RP_LANGUAGES_LOOK 2000   /* octets of a text that are looked at */
#define RP_LANGUAGES_ENOUGH 4000 /* texts of a language */

struct rp_languages;

struct rp_languages *rp_languages_new(
    struct rp_arena *a) RP_MUST_USE RP_NONNULL_RET;

/* Show a text; what CLD2 says of it is given back for asking later. */
struct rp_langid rp_languages_show(struct rp_languages *l, rp_text t,
    rp_text declared);

/* The language of `t`, of which CLD2 said `g`. Lives in the arena. */
rp_text rp_languages_ask(struct rp_languages *l, rp_text t,
    const struct rp_langid *g, rp_text declared);

#endif
