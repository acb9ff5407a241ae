-- The audit trail. Rows of `event` are never changed or deleted.

-- query: event_insert :one
-- param: at i64, person_id ref, action text, object_kind text, object_id i64,
--   group_id i64, before_hash bytes, after_hash bytes
-- row: id i64
INSERT INTO event (at, person_id, action, object_kind, object_id, group_id,
	before_hash, after_hash)
VALUES (:at, :person_id, :action, :object_kind, :object_id, :group_id,
	:before_hash, :after_hash)
RETURNING id;

-- query: event_text_insert :exec
-- param: event_id i64, nonce bytes, before_text text, after_text text
INSERT INTO event_text (event_id, nonce, before_text, after_text)
VALUES (:event_id, :nonce, :before_text, :after_text);

-- Newest first. A filter of 0 or '' lets everything through.
-- query: event_list :many
-- param: body_id i64, group_id i64, person_id i64, object_kind text,
--   object_id i64, below_id i64, max i64
-- row: id i64, at i64, person_id ref, person text, action text,
--   object_kind text, object_id i64, group_id i64, has_text bool,
--   before_text text, after_text text
SELECT e.id, e.at, e.person_id, coalesce(p.name, ''), e.action, e.object_kind,
       e.object_id, e.group_id,
       CASE WHEN t.event_id IS NULL THEN 0 ELSE 1 END,
       coalesce(t.before_text, ''), coalesce(t.after_text, '')
  FROM event e
  LEFT JOIN person p ON p.id = e.person_id
  LEFT JOIN event_text t ON t.event_id = e.id
 WHERE e.id < :below_id
   AND (:body_id = 0 OR e.group_id IN (
	SELECT g.id FROM working_group g WHERE g.body_id = :body_id))
   AND (:group_id = 0 OR e.group_id = :group_id)
   AND (:person_id = 0 OR e.person_id = :person_id)
   AND (:object_kind = '' OR e.object_kind = :object_kind)
   AND (:object_id = 0 OR e.object_id = :object_id)
 ORDER BY e.id DESC
 LIMIT :max;

-- query: event_verify :each
-- param: after_id i64
-- row: id i64, before_hash bytes, after_hash bytes, has_text bool,
--   nonce bytes, before_text text, after_text text
SELECT e.id, e.before_hash, e.after_hash,
       CASE WHEN t.event_id IS NULL THEN 0 ELSE 1 END,
       coalesce(t.nonce, e.before_hash), coalesce(t.before_text, ''),
       coalesce(t.after_text, '')
  FROM event e
  LEFT JOIN event_text t ON t.event_id = e.id
 WHERE e.id > :after_id
 ORDER BY e.id;

-- query: event_text_erase_of_object :count
-- param: object_kind text, object_id i64
DELETE FROM event_text
 WHERE event_id IN (SELECT e.id FROM event e
	WHERE e.object_kind = :object_kind AND e.object_id = :object_id);
