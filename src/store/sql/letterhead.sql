-- A group's own Word templates, and the letters made of them.

-- query: letterheads :many
-- param: group_id i64
-- row: id i64, kind text, version i64, file_name text, blob_id i64,
--   state text, reason text, fields text, is_in_force bool, uploaded_at i64,
--   uploaded_by text
SELECT l.id, l.kind, l.version, l.file_name, l.blob_id, l.state, l.reason,
       l.fields, l.is_in_force, l.uploaded_at, p.name
  FROM letterhead l JOIN person p ON p.id = l.uploaded_by
 WHERE l.group_id = :group_id
 ORDER BY l.kind, l.version DESC;

-- query: letterhead_insert :one
-- param: group_id i64, kind text, file_name text, blob_id i64, now i64,
--   person_id i64
-- row: id i64, version i64
INSERT INTO letterhead (group_id, kind, version, file_name, blob_id, state,
	uploaded_at, uploaded_by)
VALUES (:group_id, :kind, (SELECT coalesce(max(l.version), 0) + 1
	FROM letterhead l WHERE l.group_id = :group_id AND l.kind = :kind),
	:file_name, :blob_id, 'waiting', :now, :person_id)
RETURNING id, version;

-- query: letterhead_in_force :opt
-- param: group_id i64, kind text
-- row: id i64, version i64
SELECT id, version FROM letterhead
 WHERE group_id = :group_id AND kind = :kind AND is_in_force = 1;

-- None of the kind (`id` 0), or this one.
-- query: letterhead_set_in_force :exec
-- param: group_id i64, kind text, id i64
UPDATE letterhead SET is_in_force = CASE WHEN id = :id THEN 1 ELSE 0 END
 WHERE group_id = :group_id AND kind = :kind;

-- query: letterhead_get :opt
-- param: id i64
-- row: group_id i64, kind text, blob_id i64
SELECT group_id, kind, blob_id FROM letterhead WHERE id = :id;

-- query: letterhead_read :exec
-- param: id i64, state text, reason text, fields text
UPDATE letterhead SET state = :state, reason = :reason, fields = :fields
 WHERE id = :id;

-- The newest of each language.
-- query: letters :many
-- param: occasion text, object_id i64
-- row: id i64, lang text, version i64, state text, reason text, blob_id ref,
--   asked_at i64
SELECT l.id, l.lang, h.version, l.state, l.reason, l.blob_id, l.asked_at
  FROM letter l JOIN letterhead h ON h.id = l.letterhead_id
 WHERE l.occasion = :occasion AND l.object_id = :object_id
   AND l.id = (SELECT max(n.id) FROM letter n
	WHERE n.occasion = l.occasion AND n.object_id = l.object_id
	  AND n.lang = l.lang)
 ORDER BY l.lang;

-- query: letter_insert :one
-- param: letterhead_id i64, occasion text, object_id i64, lang text,
--   facts text, now i64, person_id i64
-- row: id i64
INSERT INTO letter (letterhead_id, occasion, object_id, lang, facts, state,
	asked_at, asked_by)
VALUES (:letterhead_id, :occasion, :object_id, :lang, :facts, 'waiting', :now,
	:person_id)
RETURNING id;

-- query: letter_get :opt
-- param: id i64
-- row: facts text, blob_id i64
SELECT l.facts, h.blob_id
  FROM letter l JOIN letterhead h ON h.id = l.letterhead_id
 WHERE l.id = :id;

-- query: letter_made :exec
-- param: id i64, state text, reason text, blob_id i64
UPDATE letter SET state = :state, reason = :reason,
       blob_id = NULLIF(CAST(:blob_id AS BIGINT), 0)
 WHERE id = :id;

-- query: letterhead_task_insert :exec
-- param: kind text, ref_id i64, now i64
INSERT INTO task (kind, ref_id, not_before_at) VALUES (:kind, :ref_id, :now);

-- query: letterhead_task_claim :opt
-- param: now i64, until_at i64
-- row: id i64, kind text, ref_id i64, tries i64
UPDATE task SET tries = tries + 1, not_before_at = :until_at
 WHERE id = (SELECT t.id FROM task t
	WHERE t.kind IN ('read_letterhead', 'fill_letter')
	  AND t.not_before_at <= :now
	ORDER BY t.not_before_at, t.id LIMIT 1)
RETURNING id, kind, ref_id, tries;
-- engine: pg
UPDATE task SET tries = tries + 1, not_before_at = :until_at
 WHERE id = (SELECT t.id FROM task t
	WHERE t.kind IN ('read_letterhead', 'fill_letter')
	  AND t.not_before_at <= :now
	ORDER BY t.not_before_at, t.id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, kind, ref_id, tries;

-- query: letterhead_task_done :exec
-- param: id i64
DELETE FROM task WHERE id = :id;

-- query: letterhead_task_later :exec
-- param: id i64, not_before_at i64, error text
UPDATE task SET not_before_at = :not_before_at, error = :error WHERE id = :id;
