/* names_private - the handles behind names.h, for the modules that use them. */
#ifndef RP_TEXT_NAMES_PRIVATE_H
#define RP_TEXT_NAMES_PRIVATE_H

#include <libpsl.h>
#include <unicode/ucasemap.h>
#include <unicode/uidna.h>
#include <unicode/unorm2.h>
#include <unicode/uspoof.h>

enum {
	RP_NAMES_BITS = 0x33480, /* past the last Chinese character */
};

struct rp_names {
	UIDNA *idna;
	USpoofChecker *spoof;
	UCaseMap *fold;
	const UNormalizer2 *nfc;
	psl_ctx_t *psl; /* NULL: none was given */
	/* A bit for each code point below RP_NAMES_BITS that UTS 39 allows. */
	uint8_t *allowed;
};

#endif
