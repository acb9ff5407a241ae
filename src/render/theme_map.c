#include "render/theme_map.h"

#include "base/err.h"
#include "render/chart.h"
#include "render/page.h"

/* Units of the drawing; it is scaled to its column. */
#define WIDTH 1000
#define HEIGHT 640
#define MARGIN 70
#define RADIUS_MIN 17
#define RADIUS_MAX 64
#define AIR 4
#define ROUNDS 200
#define SHRINKS 20
#define NAME_HEIGHT 24
#define NAME_CHARACTERS 26
#define NAMES_MAX 24

struct spot {
	int32_t x, y, radius;
	bool has_name;
	int32_t name_x, name_y, name_width;
};

static int32_t
root(int64_t v)
{
	int64_t r = 0;

	for (int64_t bit = (int64_t)1 << 20; bit > 0; bit >>= 1)
		if ((r + bit) * (r + bit) <= v)
			r += bit;
	return (int32_t)r;
}

static int32_t
within(int32_t v, int32_t low, int32_t high)
{
	return v < low ? low : v > high ? high : v;
}

static void
place(const struct rp_theme_circles *c, struct spot *s)
{
	int64_t most = 1;

	for (size_t i = 0; i < c->n; i++)
		most = c->v[i].n > most ? c->v[i].n : most;
	for (size_t i = 0; i < c->n; i++) {
		/* Area by number, in millionths, so that doubles have no part
		 * in it. */
		int64_t share =
		    (int64_t)((double)c->v[i].n / (double)most * 1e6);

		s[i].radius =
		    within((int32_t)((int64_t)RADIUS_MAX * root(share) / 1000),
			RADIUS_MIN, RADIUS_MAX);
		s[i].x = MARGIN + within(c->v[i].x, 0, 1000) *
				      (WIDTH - 2 * MARGIN) / 1000;
		s[i].y = MARGIN + within(c->v[i].y, 0, 1000) *
				      (HEIGHT - 2 * MARGIN) / 1000;
	}
}

/* Two circles that cover each other go apart along the line between them. */
static bool
part(struct spot *p, struct spot *q)
{
	int32_t dx = q->x - p->x, dy = q->y - p->y;
	int32_t want = p->radius + q->radius + AIR, is, by;

	if (dx == 0 && dy == 0)
		dx = 1;
	is = root((int64_t)dx * dx + (int64_t)dy * dy);
	if (is >= want)
		return false;
	is = is < 1 ? 1 : is;
	by = (want - is) / 2 + 1;
	dx = (dx * by + (dx > 0 ? is - 1 : dx < 0 ? 1 - is : 0)) / is;
	dy = (dy * by + (dy > 0 ? is - 1 : dy < 0 ? 1 - is : 0)) / is;
	p->x -= dx;
	p->y -= dy;
	q->x += dx;
	q->y += dy;
	return true;
}

static bool
spread_once(struct spot *s, size_t n)
{
	for (int round = 0; round < ROUNDS; round++) {
		bool moved = false;

		for (size_t i = 0; i < n; i++)
			for (size_t j = i + 1; j < n; j++)
				moved |= part(&s[i], &s[j]);
		for (size_t i = 0; i < n; i++) {
			s[i].x = within(s[i].x, s[i].radius + 2,
			    WIDTH - s[i].radius - 2);
			s[i].y = within(s[i].y, s[i].radius + 2,
			    HEIGHT - s[i].radius - 2 - NAME_HEIGHT);
		}
		if (!moved)
			return true;
	}
	return false;
}

/* Where there is no room, all circles become smaller alike. */
static void
spread(struct spot *s, size_t n)
{
	for (int i = 0; i < SHRINKS && !spread_once(s, n); i++)
		for (size_t k = 0; k < n; k++)
			s[k].radius = s[k].radius * 9 / 10;
}

/* Wide letters (above U+2E80) count twice; the unit is half an em of 19. */
static int32_t
width_of(rp_text t, size_t *characters)
{
	int32_t halves = 0;

	*characters = 0;
	for (size_t i = 0; i < t.n; i++) {
		uint8_t c = (uint8_t)t.p[i];

		if ((c & 0xC0) == 0x80)
			continue;
		(*characters)++;
		halves += c >= 0xE3 ? 2 : 1;
	}
	return halves * 11 + 8;
}

static bool
is_free(const struct spot *s, size_t n, size_t at, int32_t left, int32_t top,
    int32_t width)
{
	if (left < 0 || left + width > WIDTH || top + NAME_HEIGHT > HEIGHT)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (i != at && s[i].x + s[i].radius > left &&
		    s[i].x - s[i].radius < left + width &&
		    s[i].y + s[i].radius > top &&
		    s[i].y - s[i].radius < top + NAME_HEIGHT)
			return false;
		if (s[i].has_name && s[i].name_x + s[i].name_width > left &&
		    s[i].name_x < left + width &&
		    s[i].name_y + NAME_HEIGHT > top &&
		    s[i].name_y < top + NAME_HEIGHT)
			return false;
	}
	return true;
}

/* Below the circle, or above it: the largest first. */
static void
name(const struct rp_theme_circles *c, struct spot *s)
{
	for (size_t i = 0, named = 0; i < c->n && named < NAMES_MAX; i++) {
		size_t characters;
		int32_t width = width_of(c->v[i].label, &characters);
		int32_t left = s[i].x - width / 2;
		int32_t below = s[i].y + s[i].radius + 1;
		int32_t above = s[i].y - s[i].radius - NAME_HEIGHT - 1;

		if (characters > NAME_CHARACTERS)
			continue;
		left = within(left, 0, width < WIDTH ? WIDTH - width : 0);
		s[i].name_x = left;
		s[i].name_width = width;
		if (is_free(s, c->n, i, left, below, width)) {
			s[i].name_y = below;
		} else if (above > 0 &&
			   is_free(s, c->n, i, left, above, width)) {
			s[i].name_y = above;
		} else {
			continue;
		}
		s[i].has_name = true;
		named++;
	}
}

static void
number_attribute(struct rp_page *page, rp_html before, int64_t v)
{
	rp_page_html(page, before);
	rp_page_i64(page, v);
	rp_page_html(page, RP_HTML("\""));
}

static void
draw_text(struct rp_page *page, rp_html opening, int32_t x, int32_t y,
    rp_text lang, rp_text t)
{
	rp_page_html(page, opening);
	number_attribute(page, RP_HTML(" x=\""), x);
	number_attribute(page, RP_HTML(" y=\""), y);
	if (lang.n > 0) {
		rp_page_html(page, RP_HTML(" lang=\""));
		rp_page_text(page, lang);
		rp_page_html(page, RP_HTML("\""));
	}
	rp_page_html(page, RP_HTML(">"));
	rp_page_text(page, t);
	rp_page_html(page, RP_HTML("</text>"));
}

static void
draw(struct rp_page *page, const struct rp_theme_circle *c,
    const struct spot *s, bool mirrored)
{
	int32_t x = mirrored ? WIDTH - s->x : s->x;
	int32_t middle = s->name_x + s->name_width / 2;

	number_attribute(page, RP_HTML("<circle class=\"c"), c->colour);
	number_attribute(page, RP_HTML(" cx=\""), x);
	number_attribute(page, RP_HTML(" cy=\""), s->y);
	number_attribute(page, RP_HTML(" r=\""), s->radius);
	rp_page_html(page, RP_HTML("/>"));
	draw_text(page, RP_HTML("<text class=\"on\" text-anchor=\"middle\""), x,
	    s->y + 8, RP_TEXT(""), c->number);
	if (s->has_name)
		draw_text(page,
		    RP_HTML("<text class=\"name\" text-anchor=\"middle\""),
		    mirrored ? WIDTH - middle : middle,
		    s->name_y + NAME_HEIGHT - 6, c->lang, c->label);
}

static void
describe(struct rp_page *page, rp_text title,
    const struct rp_theme_circles *circles)
{
	size_t first = 0;

	for (size_t i = 0; i < circles->n; i++)
		if (circles->v[i].n > circles->v[first].n)
			first = i;
	rp_page_html(page, RP_HTML("<svg class=\"map\" role=\"img\" "
				   "aria-labelledby=\"map-t map-d\" "
				   "viewBox=\"0 0 "));
	rp_page_i64(page, WIDTH);
	rp_page_html(page, RP_HTML(" "));
	rp_page_i64(page, HEIGHT);
	rp_page_html(page, RP_HTML("\"><title id=\"map-t\">"));
	rp_page_text(page, title);
	rp_page_html(page, RP_HTML("</title><desc id=\"map-d\">"));
	rp_page_msgv(page, M_theme_report_map_text, false,
	    (const struct rp_msg_arg[]){ RP_MSG_TEXT(circles->v[first].label),
		RP_MSG_NUM((int64_t)circles->n) },
	    2);
	rp_page_html(page, RP_HTML("</desc>"));
}

struct rp_err *
rp_theme_map(struct rp_arena *a, const struct rp_reader *reader, rp_text title,
    const struct rp_theme_circles *circles, rp_html *out)
{
	bool mirrored = rp_lang_dir(reader->lang) == RP_DIR_RTL;
	struct spot *s = rp_new_n(a, struct spot, circles->n + 1);
	struct rp_page page;

	if (circles->n > RP_THEME_MAP_MAX)
		return rp_fail(RP_E_LIMIT, "map of %zu themes", circles->n);
	for (size_t i = 0; i < circles->n; i++) {
		RP_ASSERT(circles->v[i].colour >= 1 &&
			  circles->v[i].colour <= RP_CHART_COLOURS);
		if (circles->v[i].n < 0)
			return rp_fail(RP_E_INVALID, "map: negative number");
	}
	rp_page_init(&page, a, reader);
	if (circles->n > 0) {
		place(circles, s);
		spread(s, circles->n);
		name(circles, s);
		describe(&page, title, circles);
		for (size_t i = 0; i < circles->n; i++)
			draw(&page, &circles->v[i], &s[i], mirrored);
		rp_page_html(&page, RP_HTML("</svg>"));
	}
	return rp_page_finish(&page, out);
}
