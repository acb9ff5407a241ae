#include "codec/docx_package.h"

#include <string.h>

#include "base/err.h"
#include "codec/docx_text.h"
#include "codec/zip.h"

static rp_text
folder_of(rp_text name)
{
	size_t slash = name.n;

	while (slash > 0 && name.p[slash - 1] != '/')
		slash--;
	return rp_text_sub(name, 0, slash);
}

/* "media/1.png" and "../media/1.png" are meant from the part's folder. */
static rp_text
resolve(struct rp_arena *a, rp_text folder, rp_text target)
{
	if (target.n > 0 && target.p[0] == '/')
		return rp_text_sub(target, 1, target.n);
	while (rp_text_starts(target, RP_TEXT("./")))
		target = rp_text_sub(target, 2, target.n);
	while (rp_text_starts(target, RP_TEXT("../")) && folder.n > 0) {
		target = rp_text_sub(target, 3, target.n);
		folder = folder_of(rp_text_sub(folder, 0, folder.n - 1));
	}
	return rp_textf(a, "%.*s%.*s", RP_FMT(folder), RP_FMT(target));
}

static struct rp_err *
add_relation(struct rp_arena *a, struct rp_docx_package *p,
    const struct rp_xmltree *t, uint32_t node)
{
	struct rp_docx_relation r = { 0 };
	rp_text type = rp_xmltree_text(a, rp_xmltree_attr(t, node, "Type"));
	rp_bytes mode = rp_xmltree_attr(t, node, "TargetMode");

	if (p->relations.n >= RP_DOCX_RELATIONS_MAX)
		return rp_fail(RP_E_LIMIT, "over %d relations",
		    RP_DOCX_RELATIONS_MAX);
	r.id = rp_xmltree_text(a, rp_xmltree_attr(t, node, "Id"));
	r.type = rp_text_sub(type, folder_of(type).n, type.n);
	r.target = rp_xmltree_text(a, rp_xmltree_attr(t, node, "Target"));
	r.external = mode.n == 8 && memcmp(mode.p, "External", 8) == 0;
	if (!r.external)
		r.target = resolve(a, p->folder, r.target);
	rp_vec_push(a, &p->relations, r);
	return NULL;
}

struct rp_err *
rp_docx_open(struct rp_arena *a, struct rp_zip *z, struct rp_docx_package *out)
{
	struct rp_docx_package p = { .zip = z };
	struct rp_xmltree t;
	rp_text name;
	size_t i;

	RP_TRY(rp_docx_main(a, z, &p.main));
	name = rp_zip_name(z, p.main);
	p.folder = folder_of(name);
	i = rp_zip_find(z,
	    rp_textf(a, "%.*s_rels/%.*s.rels", RP_FMT(p.folder),
		(int)(name.n - p.folder.n), name.p + p.folder.n));
	if (i != SIZE_MAX) {
		RP_TRY(rp_docx_tree(a, &p, i, &t));
		for (uint32_t c = t.v[1].first; c != 0; c = t.v[c].next)
			RP_TRY(add_relation(a, &p, &t, c));
	}
	*out = p;
	return NULL;
}

size_t
rp_docx_part(struct rp_arena *a, const struct rp_docx_package *p,
    const char *type)
{
	for (size_t i = 0; i < p->relations.n; i++)
		if (rp_text_eq(p->relations.v[i].type, rp_text_z(type)) &&
		    !p->relations.v[i].external)
			return rp_zip_find(p->zip, p->relations.v[i].target);
	return rp_zip_find(p->zip,
	    rp_textf(a, "%.*s%s.xml", RP_FMT(p->folder), type));
}

const struct rp_docx_relation *
rp_docx_relation_find(const struct rp_docx_package *p, rp_text id)
{
	for (size_t i = 0; i < p->relations.n; i++)
		if (rp_text_eq(p->relations.v[i].id, id))
			return &p->relations.v[i];
	return NULL;
}

struct rp_err *
rp_docx_tree(struct rp_arena *a, const struct rp_docx_package *p, size_t entry,
    struct rp_xmltree *out)
{
	struct rp_err *e;
	rp_bytes octets;

	RP_TRY(rp_zip_read(a, p->zip, entry, &octets));
	e = rp_xmltree_read(a, octets, &rp_docx_names, out);
	if (e != NULL)
		return rp_err_wrap(e, "%.*s",
		    RP_FMT(rp_zip_name(p->zip, entry)));
	return NULL;
}
