-- Instruments, their versions, and the comparisons of two of them.

-- query: instrument_insert :one
-- param: group_id i64, kind text, number text, slug text, now i64
-- row: id i64
INSERT INTO instrument (group_id, kind, number, slug, created_at)
VALUES (:group_id, :kind, :number, :slug, :now)
RETURNING id;

-- query: instrument_count :one
-- param: group_id i64
-- row: n i64
SELECT count(*) FROM instrument WHERE group_id = :group_id;

-- query: instrument_list :many
-- param: group_id i64
-- row: id i64, group_id i64, kind text, number text, slug text, versions i64
SELECT i.id, i.group_id, i.kind, i.number, i.slug,
       (SELECT count(*) FROM instrument_version v
	 WHERE v.instrument_id = i.id AND v.reading = 'read'
	   AND v.state <> 'draft')
  FROM instrument i
 WHERE i.group_id = :group_id
 ORDER BY i.kind, i.number, i.id;

-- query: instrument_by_slug :one
-- param: group_id i64, slug text
-- row: id i64
SELECT id FROM instrument WHERE group_id = :group_id AND slug = :slug;

-- query: instrument_get :one
-- param: id i64
-- row: id i64, group_id i64, kind text, number text, slug text
SELECT id, group_id, kind, number, slug FROM instrument WHERE id = :id;

-- query: version_next :one
-- param: instrument_id i64
-- row: number i64
SELECT coalesce(max(number), 0) + 1 FROM instrument_version
 WHERE instrument_id = :instrument_id;

-- query: version_insert :one
-- param: instrument_id i64, number i64, name text, state text, lang text,
--   dated text, file_name text, blob_id i64, now i64
-- row: id i64
INSERT INTO instrument_version (instrument_id, number, name, state, lang,
	dated, file_name, blob_id, reading, created_at)
VALUES (:instrument_id, :number, :name, :state, :lang, :dated, :file_name,
	:blob_id, 'received', :now)
RETURNING id;

-- query: version_list :many
-- param: instrument_id i64
-- row: id i64, instrument_id i64, number i64, name text, state text,
--   lang text, dated text, file_name text, blob_id i64, text_blob_id ref,
--   reading text, reason text
SELECT id, instrument_id, number, name, state, lang, dated, file_name,
       blob_id, text_blob_id, reading, reason
  FROM instrument_version
 WHERE instrument_id = :instrument_id
 ORDER BY dated, number;

-- query: version_get :opt
-- param: id i64
-- row: id i64, instrument_id i64, number i64, name text, state text,
--   lang text, dated text, file_name text, blob_id i64, text_blob_id ref,
--   reading text, reason text
SELECT id, instrument_id, number, name, state, lang, dated, file_name,
       blob_id, text_blob_id, reading, reason
  FROM instrument_version WHERE id = :id;

-- query: version_set_state :exec
-- param: id i64, state text
UPDATE instrument_version SET state = :state WHERE id = :id;

-- query: version_set_reading :exec
-- param: id i64, reading text, reason text, text_blob_id ref
UPDATE instrument_version SET reading = :reading, reason = :reason,
	text_blob_id = :text_blob_id
 WHERE id = :id;

-- query: comparison_insert :one
-- param: old_id i64, new_id i64
-- row: id i64
INSERT INTO comparison (old_id, new_id, state)
VALUES (:old_id, :new_id, 'waiting')
RETURNING id;

-- query: comparison_find :opt
-- param: old_id i64, new_id i64
-- row: id i64, state text, reason text, text_blob_id ref, script_blob_id ref,
--   tracked_blob_id ref, unchanged i64, modified i64, editorial i64,
--   added i64, suppressed i64, moved i64, renumbered i64
SELECT id, state, reason, text_blob_id, script_blob_id, tracked_blob_id,
       unchanged, modified, editorial, added, suppressed, moved, renumbered
  FROM comparison WHERE old_id = :old_id AND new_id = :new_id;

-- query: comparison_blobs :opt
-- param: id i64
-- row: state text, old_blob_id i64, new_blob_id i64
SELECT c.state, o.blob_id, n.blob_id
  FROM comparison c
  JOIN instrument_version o ON o.id = c.old_id
  JOIN instrument_version n ON n.id = c.new_id
 WHERE c.id = :id;

-- query: comparison_set :exec
-- param: id i64, state text, reason text, text_blob_id ref,
--   script_blob_id ref, tracked_blob_id ref, unchanged i64, modified i64,
--   editorial i64, added i64, suppressed i64, moved i64, renumbered i64
UPDATE comparison SET state = :state, reason = :reason,
	text_blob_id = :text_blob_id, script_blob_id = :script_blob_id,
	tracked_blob_id = :tracked_blob_id, unchanged = :unchanged,
	modified = :modified, editorial = :editorial, added = :added,
	suppressed = :suppressed, moved = :moved, renumbered = :renumbered
 WHERE id = :id;

-- query: registry_task_insert :exec
-- param: kind text, ref_id i64, now i64
INSERT INTO task (kind, ref_id, not_before_at) VALUES (:kind, :ref_id, :now);

-- query: registry_task_claim :opt
-- param: now i64, until_at i64
-- row: id i64, kind text, ref_id i64, tries i64
UPDATE task SET tries = tries + 1, not_before_at = :until_at
 WHERE id = (SELECT t.id FROM task t
	WHERE t.kind IN ('read_version', 'compare') AND t.not_before_at <= :now
	ORDER BY t.not_before_at, t.id LIMIT 1)
RETURNING id, kind, ref_id, tries;
-- engine: pg
UPDATE task SET tries = tries + 1, not_before_at = :until_at
 WHERE id = (SELECT t.id FROM task t
	WHERE t.kind IN ('read_version', 'compare') AND t.not_before_at <= :now
	ORDER BY t.not_before_at, t.id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, kind, ref_id, tries;

-- query: registry_task_done :exec
-- param: id i64
DELETE FROM task WHERE id = :id;

-- query: registry_task_later :exec
-- param: id i64, not_before_at i64, error text
UPDATE task SET not_before_at = :not_before_at, error = :error
 WHERE id = :id;
