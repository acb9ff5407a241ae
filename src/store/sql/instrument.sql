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
	   AND v.state <> 'draft' AND v.withdrawn_at = 0)
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
--   dated text, file_name text, format text, blob_id i64, flattened_id i64,
--   now i64
-- row: id i64
INSERT INTO instrument_version (instrument_id, number, name, state, lang,
	dated, file_name, format, blob_id, flattened_id, reading, created_at)
VALUES (:instrument_id, :number, :name, :state, :lang, :dated, :file_name,
	:format, :blob_id, :flattened_id, 'received', :now)
RETURNING id;

-- query: version_list :many
-- param: instrument_id i64
-- row: id i64, instrument_id i64, number i64, name text, state text,
--   lang text, dated text, file_name text, blob_id i64, text_blob_id ref,
--   reading text, reason text, format text, withdrawn_at i64,
--   withdrawn_why text, flattened_id i64
SELECT id, instrument_id, number, name, state, lang, dated, file_name,
       blob_id, text_blob_id, reading, reason, format, withdrawn_at,
       withdrawn_why, flattened_id
  FROM instrument_version
 WHERE instrument_id = :instrument_id
 ORDER BY dated, number;

-- query: version_get :opt
-- param: id i64
-- row: id i64, instrument_id i64, number i64, name text, state text,
--   lang text, dated text, file_name text, blob_id i64, text_blob_id ref,
--   reading text, reason text, format text, withdrawn_at i64,
--   withdrawn_why text, flattened_id i64
SELECT id, instrument_id, number, name, state, lang, dated, file_name,
       blob_id, text_blob_id, reading, reason, format, withdrawn_at,
       withdrawn_why, flattened_id
  FROM instrument_version WHERE id = :id;

-- query: version_set_state :exec
-- param: id i64, state text
UPDATE instrument_version SET state = :state WHERE id = :id;

-- query: version_set_reading :exec
-- param: id i64, reading text, reason text, text_blob_id ref, body text
UPDATE instrument_version SET reading = :reading, reason = :reason,
	text_blob_id = :text_blob_id, body = :body
 WHERE id = :id;

-- query: version_withdraw :exec
-- param: id i64, now i64, why text
UPDATE instrument_version SET withdrawn_at = :now, withdrawn_why = :why
 WHERE id = :id;

-- query: version_step_insert :exec
-- param: version_id i64, state text, now i64, person_id ref, place text,
--   why text
INSERT INTO version_step (version_id, state, at, person_id, place, why)
VALUES (:version_id, :state, :now, :person_id, :place, :why);

-- query: version_steps :many
-- param: version_id i64
-- row: state text, at i64, person text, place text, why text
SELECT s.state, s.at, coalesce(p.name, ''), s.place, s.why
  FROM version_step s LEFT JOIN person p ON p.id = s.person_id
 WHERE s.version_id = :version_id
 ORDER BY s.id;

-- The date of a conference, as other texts have it.
-- query: version_date_of :opt
-- param: group_id i64, name text
-- row: dated text
SELECT v.dated FROM instrument_version v
  JOIN instrument i ON i.id = v.instrument_id
  JOIN working_group g ON g.id = i.group_id
  JOIN working_group mine ON mine.body_id = g.body_id
 WHERE mine.id = :group_id AND v.name = :name AND v.withdrawn_at = 0
 ORDER BY v.id DESC LIMIT 1;

-- query: citation_insert :exec
-- param: version_id i64, position i64, at i64, quoted text, kind text,
--   number text, name text, year i64
INSERT INTO citation (version_id, position, at, quoted, kind, number, name,
	year)
VALUES (:version_id, :position, :at, :quoted, :kind, :number, :name, :year);

-- query: citation_forget :exec
-- param: version_id i64
DELETE FROM citation WHERE version_id = :version_id;

-- With the text of the same body that is quoted, that of the own group first.
-- query: citation_list :many
-- param: version_id i64, group_id i64
-- row: position i64, at i64, quoted text, kind text, number text, name text,
--   year i64, instrument_id ref, slug text, group_slug text
SELECT c.position, c.at, c.quoted, c.kind, c.number, c.name, c.year, i.id,
       coalesce(i.slug, ''), coalesce(g.slug, '')
  FROM citation c
  LEFT JOIN instrument i ON i.slug = c.kind || '-' || lower(c.number)
   AND i.group_id IN (SELECT o.id FROM working_group o
	JOIN working_group mine ON mine.body_id = o.body_id
	WHERE mine.id = :group_id)
  LEFT JOIN working_group g ON g.id = i.group_id
 WHERE c.version_id = :version_id
 ORDER BY c.position, CASE WHEN i.group_id = :group_id THEN 0 ELSE 1 END,
       i.id;

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

-- Word documents are compared as they are, all others by their texts.
-- query: comparison_blobs :opt
-- param: id i64
-- row: state text, old_blob_id i64, new_blob_id i64
SELECT c.state,
       CASE WHEN o.format = 'docx' AND n.format = 'docx' THEN o.blob_id
	    ELSE coalesce(o.text_blob_id, o.blob_id) END,
       CASE WHEN o.format = 'docx' AND n.format = 'docx' THEN n.blob_id
	    ELSE coalesce(n.text_blob_id, n.blob_id) END
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

-- query: comparison_reference_insert :exec
-- param: comparison_id i64, position i64, at i64, quoted text,
--   now_label text, state text, doubtful i64
INSERT INTO comparison_reference (comparison_id, position, at, quoted,
	now_label, state, doubtful)
VALUES (:comparison_id, :position, :at, :quoted, :now_label, :state,
	:doubtful);

-- query: comparison_reference_forget :exec
-- param: comparison_id i64
DELETE FROM comparison_reference WHERE comparison_id = :comparison_id;

-- query: comparison_references :many
-- param: comparison_id i64
-- row: at i64, quoted text, now_label text, state text, doubtful i64
SELECT at, quoted, now_label, state, doubtful FROM comparison_reference
 WHERE comparison_id = :comparison_id
 ORDER BY position;

-- query: flattened_insert :one
-- param: instrument_id i64, lang text, file_name text, blob_id i64, now i64
-- row: id i64
INSERT INTO flattened_text (instrument_id, lang, file_name, blob_id, reading,
	created_at)
VALUES (:instrument_id, :lang, :file_name, :blob_id, 'received', :now)
RETURNING id;

-- query: flattened_list :many
-- param: instrument_id i64
-- row: id i64, instrument_id i64, lang text, file_name text, blob_id i64,
--   base_blob_id ref, new_blob_id ref, decisions_blob_id ref, reading text,
--   reason text, old_number i64, new_number i64, created_at i64
SELECT id, instrument_id, lang, file_name, blob_id, base_blob_id, new_blob_id,
       decisions_blob_id, reading, reason, old_number, new_number, created_at
  FROM flattened_text WHERE instrument_id = :instrument_id
 ORDER BY id;

-- query: flattened_get :opt
-- param: id i64
-- row: id i64, instrument_id i64, lang text, file_name text, blob_id i64,
--   base_blob_id ref, new_blob_id ref, decisions_blob_id ref, reading text,
--   reason text, old_number i64, new_number i64, created_at i64
SELECT id, instrument_id, lang, file_name, blob_id, base_blob_id, new_blob_id,
       decisions_blob_id, reading, reason, old_number, new_number, created_at
  FROM flattened_text WHERE id = :id;

-- query: flattened_set_reading :exec
-- param: id i64, reading text, reason text, base_blob_id ref,
--   new_blob_id ref, decisions_blob_id ref
UPDATE flattened_text SET reading = :reading, reason = :reason,
	base_blob_id = :base_blob_id, new_blob_id = :new_blob_id,
	decisions_blob_id = :decisions_blob_id
 WHERE id = :id;

-- query: flattened_settle :exec
-- param: id i64, old_number i64, new_number i64
UPDATE flattened_text SET old_number = :old_number, new_number = :new_number
 WHERE id = :id;

-- query: registry_task_insert :exec
-- param: kind text, ref_id i64, now i64
INSERT INTO task (kind, ref_id, not_before_at) VALUES (:kind, :ref_id, :now);

-- query: registry_task_claim :opt
-- param: now i64, until_at i64
-- row: id i64, kind text, ref_id i64, tries i64
UPDATE task SET tries = tries + 1, not_before_at = :until_at
 WHERE id = (SELECT t.id FROM task t
	WHERE t.kind IN ('read_version', 'compare', 'salvage') AND t.not_before_at <= :now
	ORDER BY t.not_before_at, t.id LIMIT 1)
RETURNING id, kind, ref_id, tries;
-- engine: pg
UPDATE task SET tries = tries + 1, not_before_at = :until_at
 WHERE id = (SELECT t.id FROM task t
	WHERE t.kind IN ('read_version', 'compare', 'salvage') AND t.not_before_at <= :now
	ORDER BY t.not_before_at, t.id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, kind, ref_id, tries;

-- query: registry_task_done :exec
-- param: id i64
DELETE FROM task WHERE id = :id;

-- query: registry_task_later :exec
-- param: id i64, not_before_at i64, error text
UPDATE task SET not_before_at = :not_before_at, error = :error
 WHERE id = :id;

-- query: instrument_in_force :many
-- param: group_id i64
-- row: id i64, kind text, number text, slug text, version i64, name text,
--   lang text, dated text
SELECT i.id, i.kind, i.number, i.slug, v.number, v.name, v.lang, v.dated
  FROM instrument i JOIN instrument_version v ON v.instrument_id = i.id
 WHERE i.group_id = :group_id AND v.state = 'in_force'
   AND v.reading = 'read' AND v.withdrawn_at = 0
 ORDER BY i.kind, i.number, i.id, v.dated DESC, v.number;
