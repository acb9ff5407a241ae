/*
 * page - the frame around every page, and the pieces that pages share.
 *
 * A handler fills its view, renders it with rp_web_render(), and hands the
 * fragment to rp_web_frame(). Dates are shown in the body's zone, UTC and the
 * reader's zone (the `zone` of the query), numbers in the reader's digits.
 *
 * Tested in tests/journey/lists_test.py.
 */
#ifndef RP_WEB_PAGE_H
#define RP_WEB_PAGE_H

#include "domain/catalog.h"
#include "domain/group.h"
#include "render/t_card.h"
#include "render/t_chip.h"
#include "render/t_deadline.h"
#include "web/web.h"

struct rp_frame {
	rp_text title;
	const struct rp_group *group; /* NULL: a page of no group */
	rp_url feed;
	bool wide;       /* tables and texts side by side */
	bool private;    /* not for search engines, no referrer */
	int64_t refresh; /* seconds until it asks again, without script; or 0 */
	rp_text script;  /* "answer.js": what the page has use for; or empty */
};

/* Render a view with its template into a fragment. */
#define rp_web_render(req, name, view, out)                         \
	({                                                          \
		struct rp_page page_;                               \
		rp_page_init(&page_, (req)->arena, &(req)->reader); \
		t_##name(&page_, (view));                           \
		rp_page_finish(&page_, (out));                      \
	})

/* The whole document around `content`, into out->page. */
struct rp_err *rp_web_frame(const struct rp_request *req,
    const struct rp_frame *f, rp_html content,
    struct rp_response *out) RP_MUST_USE;

/*
 * The consultation that the path names, in the reader's language.
 * RP_E_NOTFOUND. Loaded once for all readers while nothing public changes.
 */
struct rp_err *rp_web_consultation_load(const struct rp_request *req,
    struct rp_consultation *out) RP_MUST_USE;

/* What all lists of a consultation show beside their rows. */
struct rp_web_facts {
	struct rp_catalog_values countries, languages;
	int64_t withdrawn;
};

/* For requests that read. Asked once for all readers, as above. */
struct rp_err *rp_web_facts(const struct rp_request *req,
    const struct rp_consultation *c, struct rp_web_facts *out) RP_MUST_USE;

/* The name on pages of no group: the first body's, or the program's. */
rp_text rp_web_body_name(const struct rp_request *req);

/* Our own addresses, in the reader's language. */
rp_url rp_web_group_url(const struct rp_request *req, const struct rp_group *g);
rp_url rp_web_consultation_url(const struct rp_request *req,
    const struct rp_consultation *c, const char *rest);

/* "21 November 2026 at 23:59 (Zurich, UTC+1)"; its day; the same in UTC. */
rp_text rp_web_time(const struct rp_request *req, rp_text zone, int64_t at);
rp_text rp_web_date(const struct rp_request *req, rp_text zone, int64_t at);
rp_text rp_web_utc(const struct rp_request *req, int64_t at);
rp_text rp_web_relative(const struct rp_request *req, int64_t at);
rp_text rp_web_iso(const struct rp_request *req, int64_t at);
rp_text rp_web_country(const struct rp_request *req, rp_text code);

/* "Europe/Zurich (UTC+1)", for lists of zones. */
struct rp_zone_choice;
rp_text rp_web_zone_label(const struct rp_request *req,
    const struct rp_zone_choice *z);

/* The three clocks. `choose`: with the list of zones. */
struct v_deadline rp_web_deadline(const struct rp_request *req, rp_text zone,
    int64_t at, bool choose);

struct v_chip rp_web_consultation_chip(const struct rp_request *req,
    const struct rp_consultation *c);
struct v_card rp_web_card(const struct rp_request *req,
    const struct rp_consultation *c);

/* Finds addresses in running text, for rp_prose(). */
struct rp_markup_linker;
const struct rp_markup_linker *rp_web_linker(const struct rp_request *req);

rp_text rp_web_msg(const struct rp_request *req, enum rp_msg id);

/*
 * Something is wrong with a field of a form: the message among those at the
 * top, which leads to the element `at`, and beside the field. Nothing where
 * there is no message (M_none, an empty text).
 */
struct v_error_summary;
void rp_web_problem(const struct rp_request *req, struct v_error_summary *v,
    const char *at, enum rp_msg msg, rp_text *beside);
void rp_web_problem_text(const struct rp_request *req,
    struct v_error_summary *v, const char *at, rp_text text, rp_text *beside);

/* The words for the values of the choice fields; M_none for others. */
enum rp_msg rp_msg_category(rp_text value);
enum rp_msg rp_msg_capacity(rp_text value);
enum rp_msg rp_msg_region(rp_text value);
enum rp_msg rp_msg_response_state(rp_text value);
enum rp_msg rp_msg_channel(rp_text value);
enum rp_msg rp_msg_office(rp_text value);
enum rp_msg rp_msg_class(rp_text value);
enum rp_msg rp_msg_capability(enum rp_capability what);

#endif
