-- Files: while they arrive, and as blobs.

-- query: upload_insert :one
-- param: name text, digest bytes, now i64
-- row: id i64
INSERT INTO upload (form_id, name, size, digest, created_at)
VALUES ('', :name, 0, :digest, :now)
RETURNING id;

-- query: upload_chunk_insert :exec
-- param: upload_id i64, seq i64, data bytes
INSERT INTO upload_chunk (upload_id, seq, data) VALUES (:upload_id, :seq, :data);

-- query: upload_grow :one
-- param: id i64, n i64
-- row: size i64
UPDATE upload SET size = size + :n WHERE id = :id RETURNING size;

-- query: upload_get :one
-- param: id i64
-- row: name text, size i64, chunks i64
SELECT u.name, u.size, (SELECT count(*) FROM upload_chunk c
	WHERE c.upload_id = u.id)
  FROM upload u WHERE u.id = :id;

-- query: upload_chunk_get :opt
-- param: upload_id i64, seq i64
-- row: data bytes
SELECT data FROM upload_chunk WHERE upload_id = :upload_id AND seq = :seq;

-- query: upload_delete_chunks :exec
-- param: upload_id i64
DELETE FROM upload_chunk WHERE upload_id = :upload_id;

-- query: upload_delete :exec
-- param: id i64
DELETE FROM upload WHERE id = :id;

-- query: upload_stale :many
-- param: before i64
-- row: id i64
SELECT id FROM upload WHERE created_at < :before ORDER BY id LIMIT 100;

-- query: blob_find :opt
-- param: digest bytes
-- row: id i64
SELECT id FROM blob WHERE digest = :digest;

-- query: blob_insert :one
-- param: digest bytes, size i64, chunks i64, now i64
-- row: id i64
INSERT INTO blob (digest, size, chunks, created_at)
VALUES (:digest, :size, :chunks, :now)
RETURNING id;

-- query: blob_chunk_insert :exec
-- param: blob_id i64, seq i64, data bytes
INSERT INTO blob_chunk (blob_id, seq, data) VALUES (:blob_id, :seq, :data);

-- query: blob_chunks_from_upload :exec
-- param: blob_id i64, upload_id i64
INSERT INTO blob_chunk (blob_id, seq, data)
SELECT :blob_id, seq, data FROM upload_chunk WHERE upload_id = :upload_id;

-- Of one that is small enough to be read at once.
-- query: blob_chunks :many
-- param: blob_id i64
-- row: data bytes
SELECT data FROM blob_chunk WHERE blob_id = :blob_id ORDER BY seq;

-- query: blob_chunk_get :opt
-- param: blob_id i64, seq i64
-- row: data bytes
SELECT data FROM blob_chunk WHERE blob_id = :blob_id AND seq = :seq;
