/*
 * theme_map - themes as circles on a plane, as inline SVG.
 *
 * The area of a circle is its number of responses. Circles carry numbers; names
 * stand beside those for which there is room without covering anything. Places
 * come from the caller and are kept, except that circles which would cover each
 * other are moved apart, in a fixed order with whole numbers, so that the same
 * values give the same octets. Mirrored where the reader's language is.
 */
#ifndef RP_RENDER_THEME_MAP_H
#define RP_RENDER_THEME_MAP_H

#include "base/str.h"
#include "base/vec.h"
#include "render/message.h"

#define RP_THEME_MAP_MAX ((size_t)200)

struct rp_theme_circle {
	rp_text number, label, lang;
	int32_t x, y; /* 0 to 1000 */
	int64_t n;
	int colour; /* 1 to RP_CHART_COLOURS */
};

struct rp_theme_circles RP_VEC(struct rp_theme_circle);

/*
 * RP_E_LIMIT past RP_THEME_MAP_MAX circles, RP_E_INVALID for a negative number.
 * No circles: empty.
 */
struct rp_err *rp_theme_map(struct rp_arena *a, const struct rp_reader *reader,
    rp_text title, const struct rp_theme_circles *circles,
    rp_html *out) RP_MUST_USE;

#endif
