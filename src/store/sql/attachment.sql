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

-- A file that is kept in a later revision speaks to what it spoke to.
-- query: attached_text_insert :exec
-- param: attachment_id i64, revision_id i64, answer_id i64, question_id i64,
--   is_standing bool
INSERT INTO attached_text (attachment_id, revision_id, answer_id, question_id,
	is_standing)
VALUES (:attachment_id, :revision_id, :answer_id, :question_id,
	coalesce((SELECT y.is_standing FROM attachment f
	  JOIN attachment g ON g.blob_id = f.blob_id
	  JOIN attached_text y ON y.attachment_id = g.id
	   AND y.question_id = :question_id
	  JOIN revision v ON v.id = f.revision_id
	  JOIN revision w ON w.id = g.revision_id
	   AND w.response_id = v.response_id
	 WHERE f.id = :attachment_id ORDER BY y.id DESC LIMIT 1), :is_standing));

-- What an attachment speaks to unless somebody says otherwise: what its
-- revision answers; if it answers nothing, all.
-- query: attached_questions :many
-- param: revision_id i64
-- row: question_id i64, is_answered bool
SELECT q.id, CASE WHEN a.id IS NULL THEN 0 ELSE 1 END
  FROM revision v JOIN response r ON r.id = v.response_id
  JOIN question q ON q.consultation_id = r.consultation_id
  LEFT JOIN answer a ON a.revision_id = v.id AND a.question_id = q.id
 WHERE v.id = :revision_id ORDER BY q.position;

-- The revision that an attachment's text hangs on is like its own, but names
-- nobody.
-- query: attached_revision_insert :one
-- param: revision_id i64, n i64
-- row: id i64
INSERT INTO revision (response_id, n, received_at, capacity, name,
	organisation, job_title, signatories, category, country, email,
	email_key, lang, summary, authorisation, notice_id, needs,
	wishes_to_present, words, nonce, digest)
SELECT response_id, :n, received_at, capacity, '', '', '', '', category,
       country, '', '', lang, '', authorisation, notice_id, '', '', 0, digest,
       digest
  FROM revision WHERE id = :revision_id
RETURNING id;

-- query: attached_answer_insert :one
-- param: revision_id i64, question_id i64, body text, words i64
-- row: id i64
INSERT INTO answer (revision_id, question_id, body, words)
VALUES (:revision_id, :question_id, :body, :words)
RETURNING id;

-- query: attached_text_set :exec
-- param: id i64, is_standing bool
UPDATE attached_text SET is_standing = :is_standing WHERE id = :id;

-- query: attached_text_get :one
-- param: id i64
-- row: is_standing bool
SELECT is_standing FROM attached_text WHERE id = :id;
