/*
 * registry - what the public pages of instruments and the desk's share.
 *
 * Tested in tests/journey/registry_test.py.
 */
#ifndef RP_WEB_REGISTRY_H
#define RP_WEB_REGISTRY_H

#include "domain/instrument.h"
#include "web/page.h"

/* "Resolution 102", in the reader's language. */
rp_text rp_web_instrument_name(const struct rp_request *req,
    const struct rp_instrument *i);

/* Where everybody finds it; `rest` is what follows. */
rp_url rp_web_instrument_url(const struct rp_request *req,
    const struct rp_group *g, const struct rp_instrument *i, const char *rest);

/* "14 October 2022"; "English". */
rp_text rp_web_version_date(const struct rp_request *req,
    const struct rp_version *v);
rp_text rp_web_version_language(const struct rp_request *req,
    const struct rp_version *v);

/* M_none for words that are none. */
enum rp_msg rp_msg_version_state(rp_text state);
enum rp_msg rp_msg_instrument_kind(rp_text kind);

#endif
