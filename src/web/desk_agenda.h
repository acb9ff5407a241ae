/*
 * desk_agenda - forms for parts and items of an agenda, filled in, read, and
 * shown again.
 *
 * Tested in tests/journey/agenda_test.py.
 */
#ifndef RP_WEB_DESK_AGENDA_H
#define RP_WEB_DESK_AGENDA_H

#include "render/t_error_summary.h"
#include "render/t_item_fields.h"
#include "render/t_part_fields.h"
#include "web/agenda.h"
#include "web/desk.h"

/* What all of these pages load first. */
struct rp_desk_agenda {
	struct rp_group g;
	struct rp_meeting m;
	struct rp_agenda a;
	struct rp_meeting_documents documents;
};
struct rp_err *rp_desk_agenda_load(const struct rp_request *req,
    struct rp_desk_agenda *out) RP_MUST_USE;

/* An item as it was typed, and what is wrong with it. */
struct rp_desk_item {
	struct rp_agenda_item i;
	enum rp_lang lang; /* of the title */
	rp_text title, kind, part, minutes, documents;
	rp_text bad_document; /* what the register does not have */
	bool bad_minutes, bad_documents, bad_title;
};
/* As it is stored, with the title in `lang`. */
struct rp_desk_item rp_desk_item_of(const struct rp_request *req,
    const struct rp_desk_agenda *s, const struct rp_agenda_item *i,
    rp_text title, enum rp_lang lang);
struct rp_err *rp_desk_item_read(const struct rp_request *req,
    const struct rp_desk_agenda *s, struct rp_desk_item *f) RP_MUST_USE;
bool rp_desk_item_bad(const struct rp_desk_item *f);
void rp_desk_item_show(const struct rp_request *req,
    const struct rp_desk_agenda *s, const struct rp_desk_item *f,
    struct v_item_fields *v, struct v_error_summary *errors);

struct rp_desk_part {
	struct rp_meeting_part p;
	enum rp_lang lang;
	rp_text title, chair, acting;
	enum rp_agenda_problem problem;
	bool bad_title;
};
struct rp_desk_part rp_desk_part_of(const struct rp_request *req,
    const struct rp_meeting_part *p, rp_text title, enum rp_lang lang);
struct rp_err *rp_desk_part_read(const struct rp_request *req,
    const struct rp_desk_agenda *s, struct rp_desk_part *f) RP_MUST_USE;
bool rp_desk_part_bad(const struct rp_desk_part *f);
struct rp_err *rp_desk_part_show(const struct rp_request *req,
    const struct rp_desk_agenda *s, const struct rp_desk_part *f,
    struct v_part_fields *v, struct v_error_summary *errors) RP_MUST_USE;

/*
 * Store the title in the language that it was typed in: the original if there
 * is none in another language, else an official text.
 */
struct rp_err *rp_desk_agenda_title(const struct rp_request *req,
    const struct rp_desk_agenda *s, rp_text owner_kind, int64_t id,
    enum rp_lang lang, rp_text title) RP_MUST_USE;

#endif
