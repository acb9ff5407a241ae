#include "domain/upload.h"

#include "base/check.h"
#include "domain/response.h"
#include "domain/testing/world.h"

static int64_t
begun(struct world *w)
{
	int64_t id = 0;

	RP_CHECK_OK(
	    rp_upload_begin(&w->nobody, w->tx, RP_TEXT("letter.pdf"), &id));
	return id;
}

static struct q_world_blobs_row
stored(struct world *w)
{
	struct q_world_blobs_row row = { 0 };

	RP_CHECK_OK(q_world_blobs(w->tx, &row));
	return row;
}

static void
equal_files_are_stored_once(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_digest d, want = rp_sha256(RP_BYTES("Hello, world"));
	int64_t blob[2];

	world_open(&w);
	for (int i = 0; i < 2; i++) {
		int64_t id = begun(&w);

		RP_CHECK_OK(rp_upload_chunk(&w.nobody, w.tx, id, 0,
		    RP_BYTES("Hello, ")));
		RP_CHECK_OK(
		    rp_upload_chunk(&w.nobody, w.tx, id, 1, RP_BYTES("world")));
		RP_CHECK_OK(rp_upload_keep(&w.nobody, w.tx, id, &blob[i], &d));
		RP_CHECK(memcmp(d.b, want.b, sizeof(d.b)) == 0);
		RP_CHECK_FAILS(rp_upload_keep(&w.nobody, w.tx, id, &blob[i],
				   &d),
		    RP_E_NOTFOUND);
	}
	RP_CHECK(blob[0] == blob[1]);
	RP_CHECK(stored(&w).blobs == 1 && stored(&w).chunks == 2);
}

static void
a_blob_comes_back_in_chunks(void)
{
	RP_AUTO(world_close) struct world w;
	uint8_t *p;
	rp_bytes got;
	int64_t id;
	bool found;

	world_open(&w);
	p = rp_new_n(w.a, uint8_t, RP_CHUNK_MAX + 1);
	p[RP_CHUNK_MAX] = 7;
	RP_CHECK_FAILS(rp_blob_put(&w.nobody, w.tx, RP_BYTES("x"), &id),
	    RP_E_DENIED);
	RP_CHECK_OK(rp_blob_put(&w.system, w.tx,
	    (rp_bytes){ p, RP_CHUNK_MAX + 1 }, &id));
	RP_CHECK_OK(rp_blob_chunk(&w.nobody, w.tx, id, 0, &found, &got));
	RP_CHECK(found && got.n == RP_CHUNK_MAX);
	RP_CHECK_OK(rp_blob_chunk(&w.nobody, w.tx, id, 1, &found, &got));
	RP_CHECK(found && got.n == 1 && got.p[0] == 7);
	RP_CHECK_OK(rp_blob_chunk(&w.nobody, w.tx, id, 2, &found, &got));
	RP_CHECK(!found);
	RP_CHECK_OK(rp_blob_whole(&w.nobody, w.tx, id, RP_CHUNK_MAX + 1, &got));
	RP_CHECK(got.n == RP_CHUNK_MAX + 1 && got.p[RP_CHUNK_MAX] == 7);
	RP_CHECK_FAILS(rp_blob_whole(&w.nobody, w.tx, id, RP_CHUNK_MAX, &got),
	    RP_E_LIMIT);
}

static void
names_chunks_and_files_have_a_greatest_size(void)
{
	RP_AUTO(world_close) struct world w;
	char name[RP_FILE_NAME_MAX + 2];
	uint8_t *p;
	int64_t id;

	world_open(&w);
	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	RP_CHECK_FAILS(rp_upload_begin(&w.nobody, w.tx, rp_text_z(name), &id),
	    RP_E_LIMIT);
	id = begun(&w);
	p = rp_new_n(w.a, uint8_t, RP_CHUNK_MAX + 1);
	RP_CHECK_FAILS(rp_upload_chunk(&w.nobody, w.tx, id, 0,
			   (rp_bytes){ p, RP_CHUNK_MAX + 1 }),
	    RP_E_LIMIT);
	for (int64_t seq = 0; seq < 10; seq++)
		RP_CHECK_OK(rp_upload_chunk(&w.nobody, w.tx, id, seq,
		    (rp_bytes){ p, RP_CHUNK_MAX }));
	RP_CHECK_FAILS(rp_upload_chunk(&w.nobody, w.tx, id, 10, RP_BYTES("x")),
	    RP_E_LIMIT);
	RP_CHECK_FAILS(rp_upload_chunk(&w.nobody, w.tx, id + 1, 0,
			   RP_BYTES("x")),
	    RP_E_NOTFOUND);
}

static void
what_nobody_claims_is_swept_away(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_digest d;
	int64_t old, young, blob;

	world_open(&w);
	old = begun(&w);
	w.nobody.now += 10;
	young = begun(&w);
	RP_CHECK_FAILS(rp_upload_sweep(&w.nobody, w.tx), RP_E_DENIED);
	w.system.now = WORLD_NOW + RP_UPLOAD_AGE_MAX + 1;
	RP_CHECK_OK(rp_upload_sweep(&w.system, w.tx));
	RP_CHECK_FAILS(rp_upload_chunk(&w.nobody, w.tx, old, 0, RP_BYTES("x")),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(rp_upload_chunk(&w.nobody, w.tx, young, 0, RP_BYTES("x")));
	RP_CHECK_OK(rp_upload_keep(&w.nobody, w.tx, young, &blob, &d));
}

RP_CHECK_MAIN({ "equal files are stored once", equal_files_are_stored_once },
    { "a blob comes back in chunks", a_blob_comes_back_in_chunks },
    { "names, chunks and files have a greatest size",
	names_chunks_and_files_have_a_greatest_size },
    { "what nobody claims is swept away", what_nobody_claims_is_swept_away })
