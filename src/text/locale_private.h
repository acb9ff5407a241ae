/* locale_private - ICU's name for each interface language. Within `text`. */
#ifndef RP_TEXT_LOCALE_PRIVATE_H
#define RP_TEXT_LOCALE_PRIVATE_H

#include "text/lang.h"

const char *rp_lang_icu(enum rp_lang lang);

#endif
