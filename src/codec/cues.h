/*
 * cues - lines of captions, from WebVTT, SubRip or plain text.
 *
 * Untrusted input. Text with a line of timing ("00:01.000 --> 00:03.000", with
 * a comma as in SubRip, too) or the signature "WEBVTT" (W3C, WebVTT 1, section
 * 4) is read as cues: the text of a cue is one line; its tags go, a voice
 * ("<v Ana>") stands before its words ("Ana: "), character references are what
 * they mean; notes, styles, regions, identifiers and times are not kept. Of any
 * other text each line is one. Lines went through rp_text_input_line(); those
 * of which nothing would be seen are not there.
 */
#ifndef RP_CODEC_CUES_H
#define RP_CODEC_CUES_H

#include "base/str.h"
#include "base/vec.h"

struct rp_err;

#define RP_CUES_INPUT_MAX ((size_t)64 * 1024) /* octets */
#define RP_CUE_MAX 2000                       /* octets of a line */
#define RP_CUES_MAX 1000                      /* lines */

struct rp_cues RP_VEC(rp_text);

/* RP_E_LIMIT past these, RP_E_INVALID for what is no UTF-8. */
struct rp_err *rp_cues_read(struct rp_arena *a, rp_bytes in,
    struct rp_cues *out) RP_MUST_USE;

#endif
