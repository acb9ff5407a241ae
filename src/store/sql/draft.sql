-- Drafts of answers.

-- query: draft_insert :exec
-- param: consultation_id i64, secret_hash bytes, lang text, form bytes, now i64
INSERT INTO draft (consultation_id, secret_hash, lang, form, created_at,
	saved_at)
VALUES (:consultation_id, :secret_hash, :lang, :form, :now, :now);

-- query: draft_update :count
-- param: secret_hash bytes, consultation_id i64, lang text, form bytes, now i64
UPDATE draft SET form = :form, lang = :lang, saved_at = :now
 WHERE secret_hash = :secret_hash AND consultation_id = :consultation_id;

-- query: draft_get :opt
-- param: secret_hash bytes
-- row: id i64, consultation_id i64, lang text, form bytes, saved_at i64
SELECT id, consultation_id, lang, form, saved_at FROM draft
 WHERE secret_hash = :secret_hash;

-- query: draft_delete :exec
-- param: secret_hash bytes
DELETE FROM draft WHERE secret_hash = :secret_hash;

-- query: draft_delete_before :exec
-- param: before i64
DELETE FROM draft WHERE saved_at < :before;
