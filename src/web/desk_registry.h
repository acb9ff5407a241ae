/*
 * desk_registry - what the registry's pages at the desk share.
 *
 * Tested in tests/journey/registry_test.py.
 */
#ifndef RP_WEB_DESK_REGISTRY_H
#define RP_WEB_DESK_REGISTRY_H

#include "domain/instrument.h"
#include "web/desk.h"
#include "web/staff.h"

/* The choices of a list of words, ended by an empty one. */
struct rp_choices rp_desk_registry_words(const struct rp_request *req,
    const rp_text *of, enum rp_msg (*msg)(rp_text), rp_text chosen);

/* An instrument and its group, for somebody who may change it. */
struct rp_desk_instrument {
	struct rp_instrument i;
	struct rp_group g;
};
struct rp_err *rp_desk_instrument_load(const struct rp_request *req, int64_t id,
    struct rp_desk_instrument *out) RP_MUST_USE;

/* The first file that was chosen in the field "file"; NULL: none was. */
const struct rp_upload *rp_desk_registry_file(const struct rp_request *req);

#endif
