-- Documents of meetings that are over.

-- query: archive_insert :one
-- param: meeting_id i64, number i64, kind text, is_for_action bool,
--   access text, is_title_public bool, at i64
-- row: id i64
INSERT INTO document (meeting_id, number, kind, is_for_action, access,
	is_title_public, state, received_at, posted_at)
VALUES (:meeting_id, :number, :kind, :is_for_action, :access,
	:is_title_public, 'posted', :at, :at)
RETURNING id;

-- query: archive_document_find :opt
-- param: meeting_id i64, number i64
-- row: id i64, kind text, access text
SELECT id, kind, access FROM document
 WHERE meeting_id = :meeting_id AND number = :number;

-- query: archive_file_find :opt
-- param: document_id i64, revision i64, lang text
-- row: digest bytes
SELECT b.digest FROM document_file f JOIN blob b ON b.id = f.blob_id
 WHERE f.document_id = :document_id AND f.revision = :revision
   AND f.lang = :lang;
