/*
 * docx_package - a Word document's package: its parts and their relations.
 *
 * Foreign octets: an open package. A part is found by the relation of the main
 * part to it, as ECMA-376 part 2 says; a package without relations is taken to
 * have its parts beside the main one under their usual names. RP_E_INVALID for
 * what is no Word document or not well formed. Tested in docx_read_test.c.
 */
#ifndef RP_CODEC_DOCX_PACKAGE_H
#define RP_CODEC_DOCX_PACKAGE_H

#include "base/vec.h"
#include "codec/docx_names.h"

#define RP_DOCX_RELATIONS_MAX 20000

struct rp_zip;

struct rp_docx_relation {
	rp_text id;
	rp_text type;   /* the last part of its address: "footnotes" */
	rp_text target; /* a part's name; external: as it was */
	bool external;
};

struct rp_docx_package {
	struct rp_zip *zip;
	size_t main;    /* entry */
	rp_text folder; /* of the main part, with its slash */
	struct rp_docx_relations RP_VEC(struct rp_docx_relation) relations;
};

struct rp_err *rp_docx_open(struct rp_arena *a, struct rp_zip *z,
    struct rp_docx_package *out) RP_MUST_USE;

/* The entry of the part of this type ("styles"), or SIZE_MAX. */
size_t rp_docx_part(struct rp_arena *a, const struct rp_docx_package *p,
    const char *type);

/* The relation with this id, or NULL. */
const struct rp_docx_relation *rp_docx_relation_find(
    const struct rp_docx_package *p, rp_text id);

/* An entry as a tree. */
struct rp_err *rp_docx_tree(struct rp_arena *a, const struct rp_docx_package *p,
    size_t entry, struct rp_xmltree *out) RP_MUST_USE;

#endif
