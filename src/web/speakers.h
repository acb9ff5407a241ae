/*
 * speakers - words of the lists of speakers, for their pages.
 *
 * Tested in tests/journey/speakers_test.py.
 */
#ifndef RP_WEB_SPEAKERS_H
#define RP_WEB_SPEAKERS_H

#include "domain/speakers.h"
#include "web/page.h"

enum rp_msg rp_msg_speaker_class(enum rp_speaker_class class);
enum rp_msg rp_msg_speaker_turns(enum rp_speaker_turns turns);

#endif
