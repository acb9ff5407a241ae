-- Attachments on their way through the parse role.

-- query: attachment_task_claim :opt
-- param: now i64, until_at i64
-- row: id i64, ref_id i64, tries i64
UPDATE task SET tries = tries + 1, not_before_at = :until_at
 WHERE id = (SELECT t.id FROM task t
	WHERE t.kind = 'read_attachment' AND t.not_before_at <= :now
	ORDER BY t.not_before_at, t.id LIMIT 1)
RETURNING id, ref_id, tries;
-- engine: pg
UPDATE task SET tries = tries + 1, not_before_at = :until_at
 WHERE id = (SELECT t.id FROM task t
	WHERE t.kind = 'read_attachment' AND t.not_before_at <= :now
	ORDER BY t.not_before_at, t.id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, ref_id, tries;

-- query: attachment_work_get :opt
-- param: id i64
-- row: revision_id i64, response_id i64, is_public bool, state text,
--   name text, kind text, blob_id i64, size i64, channel text
SELECT a.revision_id, v.response_id,
       CASE WHEN r.public_revision_id = a.revision_id THEN 1 ELSE 0 END,
       a.state, a.name, a.kind, a.blob_id, b.size, r.channel
  FROM attachment a
  JOIN revision v ON v.id = a.revision_id
  JOIN response r ON r.id = v.response_id
  JOIN blob b ON b.id = a.blob_id
 WHERE a.id = :id;

-- query: attachment_set :exec
-- param: id i64, state text, reason text, kind text, body text,
--   clean_blob_id ref
UPDATE attachment SET state = :state, reason = :reason, kind = :kind,
	body = :body, clean_blob_id = :clean_blob_id
 WHERE id = :id;

-- query: attachment_task_done :exec
-- param: id i64
DELETE FROM task WHERE id = :id;

-- query: attachment_task_later :exec
-- param: id i64, not_before_at i64, error text
UPDATE task SET not_before_at = :not_before_at, error = :error
 WHERE id = :id;
