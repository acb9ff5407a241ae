/*
 * map - where themes lie among each other, by their words.
 *
 * A theme's words are those of its units, weighted by how few themes have them;
 * two themes are as near as those are alike (cosine). Places are the two first
 * axes of classical scaling (Torgerson 1952), so that what is near is near on
 * paper too as far as two axes can show it. The same octets on every machine.
 */
#ifndef RP_THEMES_MAP_H
#define RP_THEMES_MAP_H

#include "themes/terms.h"

#define RP_MAP_NEAR 3 /* themes that one is told to be near to, at most */
#define RP_MAP_LIKE 0.15

struct rp_theme_place {
	uint32_t x, y;              /* 0 to 1000 */
	uint32_t near[RP_MAP_NEAR]; /* the nearest first; RP_NONE: no more */
};

/*
 * For each of r->themes; a theme above others has the words of all below it.
 * Themes are near to others of their own level and language.
 */
struct rp_theme_place *rp_themes_map(struct rp_arena *a,
    const struct rp_terms *terms, struct rp_watch *watch,
    const struct rp_themes_result *r);

#endif
