/*
 * activities - what was done for which resolution, as a matrix and as a report.
 *
 * The matrix has a row for each resolution and activity with a box for each
 * Sector, and one row for a resolution without any, which is a gap. The report
 * has a section for each resolution, its activities in it, and the matrix as an
 * annex. The same input gives the same document.
 */
#ifndef RP_RENDER_ACTIVITIES_H
#define RP_RENDER_ACTIVITIES_H

#include "base/vec.h"
#include "render/message.h"

struct rp_document;
struct rp_err;

#define RP_MATRIX_SECTORS 4 /* R, T, D, SG */
#define RP_MATRIX_COLUMNS (RP_MATRIX_SECTORS + 5)

struct rp_matrix_activity {
	int64_t number;
	rp_text title, text, lang;
	rp_text paragraph; /* of this resolution; may be empty */
	rp_text time, partners, status;
	bool sectors[RP_MATRIX_SECTORS];
};
struct rp_matrix_activities RP_VEC(struct rp_matrix_activity);

struct rp_matrix_resolution {
	rp_text name, title, lang; /* "Resolution 102" */
	struct rp_matrix_activities activities;
};
struct rp_matrix_resolutions RP_VEC(struct rp_matrix_resolution);

struct rp_matrix {
	rp_text title, about; /* of the document: the group, the year */
	struct rp_matrix_resolutions resolutions;
};

/* Row by row, RP_MATRIX_COLUMNS each, the first one the head. Boxes are "☑" and
 * "☐". */
struct rp_matrix_cells RP_VEC(rp_text);
void rp_matrix_table(struct rp_arena *a, const struct rp_reader *reader,
    const struct rp_matrix *m, struct rp_matrix_cells *out);

/* The matrix alone, or the report with it as an annex. RP_E_LIMIT. */
struct rp_err *rp_matrix_document(struct rp_arena *a,
    const struct rp_reader *reader, const struct rp_matrix *m, bool alone,
    struct rp_document **out) RP_MUST_USE;

#endif
