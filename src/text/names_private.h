/* names_private - the handles behind names.h, for the modules that use them. */
#ifndef RP_TEXT_NAMES_PRIVATE_H
#define RP_TEXT_NAMES_PRIVATE_H

#include <libpsl.h>
#include <unicode/ucasemap.h>
#include <unicode/uidna.h>
#include <unicode/unorm2.h>
#include <unicode/uspoof.h>

struct rp_names {
	UIDNA *idna;
	USpoofChecker *spoof;
	UCaseMap *fold;
	const UNormalizer2 *nfc;
	psl_ctx_t *psl; /* NULL: none was given */
};

#endif
