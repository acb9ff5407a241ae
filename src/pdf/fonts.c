/* fonts - the faces that are there, and which has a character. */
#include <fcntl.h>
#include <hb-ot.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "pdf/pdf_private.h"

#define FONTS_MEMORY ((size_t)64 << 20)

/*
 * Tried from above, those of the look first; the second and third columns say
 * what the face is itself. Chinese comes before the others, because its font
 * has many characters of theirs and looks worse in them.
 */
static const struct {
	const char *file;
	unsigned look;
} faces[] = {
	{ "noto/NotoSans-Regular.ttf", 0 },
	{ "noto/NotoSans-Bold.ttf", PDF_BOLD },
	{ "noto/NotoSans-Italic.ttf", PDF_ITALIC },
	{ "noto/NotoSans-BoldItalic.ttf", PDF_BOLD | PDF_ITALIC },
	{ "dejavu/DejaVuSansMono.ttf", PDF_MONO },
	{ "dejavu/DejaVuSansMono-Bold.ttf", PDF_MONO | PDF_BOLD },
	{ "dejavu/DejaVuSans.ttf", 0 },
	{ "dejavu/DejaVuSans-Bold.ttf", PDF_BOLD },
	{ "noto/NotoSansArabic-Regular.ttf", 0 },
	{ "noto/NotoSansArabic-Bold.ttf", PDF_BOLD },
	{ "noto/NotoSansHebrew-Regular.ttf", 0 },
	{ "noto/NotoSansHebrew-Bold.ttf", PDF_BOLD },
	{ "noto/NotoSansDevanagari-Regular.ttf", 0 },
	{ "noto/NotoSansDevanagari-Bold.ttf", PDF_BOLD },
	{ "noto/NotoSansBengali-Regular.ttf", 0 },
	{ "noto/NotoSansTamil-Regular.ttf", 0 },
	{ "noto/NotoSansTelugu-Regular.ttf", 0 },
	{ "noto/NotoSansGujarati-Regular.ttf", 0 },
	{ "noto/NotoSansGurmukhi-Regular.ttf", 0 },
	{ "noto/NotoSansKannada-Regular.ttf", 0 },
	{ "noto/NotoSansMalayalam-Regular.ttf", 0 },
	{ "noto/NotoSansSinhala-Regular.ttf", 0 },
	{ "noto/NotoSansThai-Regular.ttf", 0 },
	{ "noto/NotoSansLao-Regular.ttf", 0 },
	{ "noto/NotoSansKhmer-Regular.ttf", 0 },
	{ "noto/NotoSansMyanmar-Regular.ttf", 0 },
	{ "noto/NotoSansEthiopic-Regular.ttf", 0 },
	{ "noto/NotoSansArmenian-Regular.ttf", 0 },
	{ "noto/NotoSansGeorgian-Regular.ttf", 0 },
	{ "wqy/wqy-zenhei.ttc", 0 },
	{ "noto/NotoSansSymbols-Regular.ttf", 0 },
	{ "noto/NotoSansSymbols2-Regular.ttf", 0 },
	{ "noto/NotoSansMath-Regular.ttf", 0 },
};
#define N_FACES (sizeof(faces) / sizeof(faces[0]))

struct mapped {
	void *p;
	size_t n;
};

static void
unmap(void *at)
{
	struct mapped *m = at;

	munmap(m->p, m->n);
}

/* Null if there is no such file. The octets stay for the arena's life. */
static hb_blob_t *
blob_of(struct rp_arena *a, const char *name)
{
	struct mapped *m;
	struct stat st;
	void *p;
	int fd = open(name, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) != 0 || st.st_size <= 0 || st.st_size > INT32_MAX) {
		close(fd);
		return NULL;
	}
	p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (p == MAP_FAILED)
		return NULL;
	m = rp_new(a, struct mapped);
	*m = (struct mapped){ p, (size_t)st.st_size };
	rp_arena_defer(a, unmap, m);
	return hb_blob_create(p, (unsigned)st.st_size, HB_MEMORY_MODE_READONLY,
	    NULL, NULL);
}

static void
close_face(void *at)
{
	struct pdf_face *f = at;

	hb_font_destroy(f->font);
	hb_face_destroy(f->face);
}

static void
measure(struct pdf_face *f, unsigned look)
{
	hb_font_extents_t e = { 0 };

	hb_font_get_h_extents(f->font, &e);
	f->units = hb_face_get_upem(f->face);
	f->ascent = e.ascender / f->units;
	f->descent = e.descender / f->units;
	f->has_bold = (look & PDF_BOLD) != 0;
	f->has_italic = (look & PDF_ITALIC) != 0;
}

static void
add_face(struct rp_pdf_fonts *f, const char *folder, size_t i, unsigned *looks)
{
	char name[512];
	hb_blob_t *blob;
	struct pdf_face *face = &f->faces[f->n];
	int n = snprintf(name, sizeof(name), "%s/%s", folder, faces[i].file);

	if (n < 0 || (size_t)n >= sizeof(name))
		return;
	blob = blob_of(f->arena, name);
	if (blob == NULL)
		return;
	face->face = hb_face_create(blob, 0);
	hb_blob_destroy(blob);
	face->font = hb_font_create(face->face);
	rp_arena_defer(f->arena, close_face, face);
	measure(face, faces[i].look);
	looks[f->n++] = faces[i].look;
}

/* How far a face is from a look: another width first, then weight, slant. */
static unsigned
distance(unsigned face, unsigned look)
{
	unsigned d = face ^ look;

	return ((d & PDF_MONO) ? 4U : 0U) + ((d & PDF_BOLD) ? 2U : 0U) +
	       ((d & PDF_ITALIC) ? 1U : 0U);
}

static void
order(struct rp_pdf_fonts *f, const unsigned *looks)
{
	for (unsigned look = 0; look < 8; look++) {
		size_t n = 0;

		for (unsigned d = 0; d < 8; d++) {
			for (size_t i = 0; i < f->n; i++) {
				if (distance(looks[i], look) == d)
					f->order[look][n++] = (uint8_t)i;
			}
		}
	}
}

struct rp_err *
rp_pdf_fonts_open(const char *folder, struct rp_pdf_fonts **out)
{
	struct rp_arena *a = rp_arena_new(FONTS_MEMORY);
	struct rp_pdf_fonts *f = rp_new(a, struct rp_pdf_fonts);
	unsigned looks[PDF_FACES_MAX] = { 0 };
	hb_codepoint_t g;

	_Static_assert(N_FACES <= PDF_FACES_MAX, "too many faces");
	f->arena = a;
	for (size_t i = 0; i < N_FACES; i++)
		add_face(f, folder, i, looks);
	order(f, looks);
	if (f->n == 0 ||
	    !hb_font_get_nominal_glyph(f->faces[f->order[0][0]].font, 'A',
		&g)) {
		rp_arena_free(a);
		return rp_fail(RP_E_UNAVAILABLE, "no fonts below %s", folder);
	}
	f->layout = rp_layout_new();
	*out = f;
	return NULL;
}

void
rp_pdf_fonts_free(struct rp_pdf_fonts *f)
{
	if (f == NULL)
		return;
	rp_layout_free(f->layout);
	rp_arena_free(f->arena);
}

void
rp_pdf_fonts_freep(struct rp_pdf_fonts **f)
{
	rp_pdf_fonts_free(*f);
}

size_t
pdf_face_for(const struct rp_pdf_fonts *f, unsigned look, uint32_t c)
{
	const uint8_t *at = f->order[look & 7];
	hb_codepoint_t g;

	for (size_t i = 0; i < f->n; i++) {
		if (hb_font_get_nominal_glyph(f->faces[at[i]].font, c, &g))
			return at[i];
	}
	return at[0];
}
