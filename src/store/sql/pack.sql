-- Packs of a meeting's documents.

-- query: pack_files :many
-- param: meeting_id i64
-- row: file_id i64, received_at i64, digest bytes, size i64
SELECT f.id, f.received_at, b.digest, b.size
  FROM document_file f JOIN document d ON d.id = f.document_id
  JOIN blob b ON b.id = f.blob_id
 WHERE d.meeting_id = :meeting_id
 ORDER BY f.id;

-- query: pack_taken_list :many
-- param: meeting_id i64, person_id i64
-- row: file_id i64, at i64
SELECT file_id, at FROM pack_taken
 WHERE meeting_id = :meeting_id AND person_id = :person_id
 ORDER BY at, file_id;

-- query: pack_taken_insert :exec
-- param: meeting_id i64, person_id i64, file_id i64, at i64
INSERT INTO pack_taken (person_id, meeting_id, at, file_id)
VALUES (:person_id, :meeting_id, :at, :file_id)
ON CONFLICT (person_id, meeting_id, at, file_id) DO NOTHING;

-- query: pack_taken_erase :exec
-- param: person_id i64
DELETE FROM pack_taken WHERE person_id = :person_id;
