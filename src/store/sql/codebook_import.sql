-- Codebooks that came as files, and how other programs know themes.

-- query: codebook_import_insert :one
-- param: codebook_id i64, blob_id i64, file_name text, lang text,
--   person_id ref, now i64
-- row: id i64
INSERT INTO codebook_import (codebook_id, blob_id, file_name, lang, state,
	person_id, asked_at)
VALUES (:codebook_id, :blob_id, :file_name, :lang, 'received', :person_id,
	:now)
RETURNING id;

-- query: codebook_import_last :opt
-- param: codebook_id i64
-- row: id i64, file_name text, lang text, state text, reason text
SELECT id, file_name, lang, state, reason FROM codebook_import
 WHERE codebook_id = :codebook_id ORDER BY id DESC LIMIT 1;

-- query: codebook_import_work :opt
-- param: id i64
-- row: blob_id i64, state text
SELECT blob_id, state FROM codebook_import WHERE id = :id;

-- query: codebook_import_set :count
-- param: id i64, from_state text, state text, reason text
UPDATE codebook_import SET state = :state, reason = :reason
 WHERE id = :id AND state = :from_state;

-- query: codebook_import_code_insert :exec
-- param: import_id i64, n i64, parent_n i64, guid text, name text,
--   definition text, includes text, excludes text, examples text
INSERT INTO codebook_import_code (import_id, n, parent_n, guid, name,
	definition, includes, excludes, examples)
VALUES (:import_id, :n, :parent_n, :guid, :name, :definition, :includes,
	:excludes, :examples);

-- query: codebook_import_codes :many
-- param: import_id i64
-- row: n i64, parent_n i64, guid text, name text, definition text,
--   includes text, excludes text, examples text
SELECT n, parent_n, guid, name, definition, includes, excludes, examples
  FROM codebook_import_code WHERE import_id = :import_id ORDER BY n;

-- query: theme_guids :many
-- param: codebook_id i64
-- row: id i64, guid text
SELECT id, guid FROM theme WHERE codebook_id = :codebook_id AND guid <> ''
 ORDER BY id;

-- query: theme_set_guid :exec
-- param: id i64, guid text
UPDATE theme SET guid = :guid WHERE id = :id;

-- query: codebook_task_insert :exec
-- param: ref_id i64, now i64
INSERT INTO task (kind, ref_id, not_before_at)
VALUES ('read_codebook', :ref_id, :now);

-- query: codebook_task_claim :opt
-- param: now i64, until_at i64
-- row: id i64, ref_id i64, tries i64
UPDATE task SET tries = tries + 1, not_before_at = :until_at
 WHERE id = (SELECT t.id FROM task t
	WHERE t.kind = 'read_codebook' AND t.not_before_at <= :now
	ORDER BY t.not_before_at, t.id LIMIT 1)
RETURNING id, ref_id, tries;
-- engine: pg
UPDATE task SET tries = tries + 1, not_before_at = :until_at
 WHERE id = (SELECT t.id FROM task t
	WHERE t.kind = 'read_codebook' AND t.not_before_at <= :now
	ORDER BY t.not_before_at, t.id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, ref_id, tries;

-- query: codebook_task_done :exec
-- param: id i64
DELETE FROM task WHERE id = :id;

-- query: codebook_task_later :exec
-- param: id i64, not_before_at i64, error text
UPDATE task SET not_before_at = :not_before_at, error = :error
 WHERE id = :id;

-- What stands under themes, for files of the secretariat; `row` says where the
-- next batch goes on.
-- query: theme_assignments :many
-- param: codebook_id i64, after_answer i64, after_from i64, after_theme i64,
--   max i64
-- row: response_id i64, number i64, revision_n i64, answer_id i64,
--   from_byte i64, to_byte i64, theme_id i64, by_whom text, score i64,
--   is_heard bool, file_name text
SELECT response_id, number, revision_n, answer_id, from_byte, to_byte,
       theme_id, by_whom, score, is_heard, file_name
  FROM theme_coding
 WHERE codebook_id = :codebook_id AND (answer_id > :after_answer
	OR (answer_id = :after_answer AND (from_byte > :after_from
	    OR (from_byte = :after_from AND theme_id > :after_theme))))
 ORDER BY answer_id, from_byte, theme_id LIMIT :max;
