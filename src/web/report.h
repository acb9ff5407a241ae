/*
 * report - the lines of a meeting's report on the way between the domain, the
 * machine that writes them, and files.
 *
 * Tested in tests/journey/report_test.py.
 */
#ifndef RP_WEB_REPORT_H
#define RP_WEB_REPORT_H

#include "domain/proceedings.h"
#include "domain/report.h"
#include "render/meeting_report_edit.h"
#include "web/meeting.h"

struct rp_document;
struct rp_choices;

/* A report that was made may be so large as a document and in files. */
#define RP_WEB_REPORT_MAX ((size_t)16 << 20)

/* Made now from the minutes, with what people changed, in a language. */
struct rp_web_report {
	enum rp_lang lang;
	struct rp_report_lines lines;
	struct rp_report_edits orphans;
	int64_t edited, stale;
};
struct rp_err *rp_web_report_make(const struct rp_request *req,
    const struct rp_group *g, const struct rp_meeting *m,
    const struct rp_report *r, enum rp_lang lang,
    struct rp_web_report *out) RP_MUST_USE;

/* A version as it is stored: lines as JSON; and back. */
struct rp_err *rp_web_report_write(const struct rp_request *req,
    const struct rp_report_lines *lines, rp_bytes *out) RP_MUST_USE;
struct rp_err *rp_web_report_read(const struct rp_request *req, rp_bytes octets,
    struct rp_report_lines *out) RP_MUST_USE;

/* Lines without those that were removed. */
struct rp_report_lines rp_web_report_kept(const struct rp_request *req,
    const struct rp_report_lines *lines);

/*
 * A file that came back, read as Akoma Ntoso, as lines: those of `lines` by
 * their origins, with what they say now; others are new, "back-1" and so on.
 */
struct rp_err *rp_web_report_returned(const struct rp_request *req,
    rp_bytes akn, const struct rp_report_lines *lines,
    struct rp_report_lines *out) RP_MUST_USE;

/* As a document; with `old` the changes since, marked in it. */
struct rp_err *rp_web_report_document(const struct rp_request *req,
    rp_text lang, const struct rp_report_lines *old,
    const struct rp_report_lines *lines, struct rp_document **out) RP_MUST_USE;

/* Lines that came, went, or say something else. */
int64_t rp_web_report_differences(const struct rp_report_lines *old,
    const struct rp_report_lines *now);

/* A fragment of a page. */
struct rp_err *rp_web_report_html(const struct rp_request *req,
    const struct rp_document *d, bool changes, rp_html *out) RP_MUST_USE;

/* A file: "docx", "html", "xml", "md", "txt"; RP_E_NOTFOUND for another end. */
struct rp_err *rp_web_report_file(const struct rp_request *req,
    const struct rp_meeting *m, const struct rp_document *d, rp_text name,
    rp_text title, struct rp_response *out) RP_MUST_USE;

struct rp_err *rp_web_report_docx(const struct rp_request *req, rp_text lang,
    const struct rp_report_lines *lines, rp_text title,
    rp_bytes *out) RP_MUST_USE;

enum rp_msg rp_msg_report_state(rp_text state);
enum rp_msg rp_msg_report_reason(rp_text reason);
enum rp_msg rp_msg_comment_state(rp_text state);

/* "Report of the twentieth meeting of CWG-Internet", in a language. */
rp_text rp_web_report_title(const struct rp_request *req,
    const struct rp_meeting *m, enum rp_lang lang);

#endif
