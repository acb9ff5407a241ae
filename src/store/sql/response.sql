-- Responses with their revisions, answers, attachments, marks and messages.

-- query: response_by_form :opt
-- param: consultation_id i64, form_id text
-- row: id i64, code text, state text, standing_revision_id i64, is_late bool,
--   hold_reason text, erased_at i64
SELECT id, code, state, standing_revision_id, is_late, hold_reason, erased_at
  FROM response
 WHERE consultation_id = :consultation_id AND form_id = :form_id;

-- query: response_insert :one
-- param: consultation_id i64, form_id text, secret_hash bytes, code text,
--   state text, channel text, now i64, is_late bool, hold_reason text,
--   network text, entered_by ref
-- row: id i64
INSERT INTO response (consultation_id, form_id, secret_hash, code, state,
	channel, received_at, changed_at, is_late, hold_reason, network,
	entered_by)
VALUES (:consultation_id, :form_id, :secret_hash, :code, :state, :channel,
	:now, :now, :is_late, :hold_reason, :network, :entered_by)
RETURNING id;

-- The first revision: what is the same is not named, for SQLite would write the
-- indexes of each column that is.
-- query: response_first_standing :exec
-- param: id i64, revision_id i64
UPDATE response SET standing_revision_id = :revision_id WHERE id = :id;

-- query: response_set_standing :exec
-- param: id i64, revision_id i64, state text, hold_reason text, now i64
UPDATE response SET standing_revision_id = :revision_id, state = :state,
	hold_reason = :hold_reason, changed_at = :now
 WHERE id = :id;

-- query: revision_insert :one
-- param: response_id i64, n i64, now i64, capacity text, name text,
--   organisation text, job_title text, signatories text, category text,
--   country text, email text, email_key text, lang text, summary text,
--   authorisation text, notice_id ref, needs text, wishes_to_present text,
--   words i64, nonce bytes, digest bytes
-- row: id i64
INSERT INTO revision (response_id, n, received_at, capacity, name,
	organisation, job_title, signatories, category, country, email,
	email_key, lang, summary, authorisation, notice_id, needs,
	wishes_to_present, words, nonce, digest)
VALUES (:response_id, :n, :now, :capacity, :name, :organisation, :job_title,
	:signatories, :category, :country, :email, :email_key, :lang, :summary,
	:authorisation, :notice_id, :needs, :wishes_to_present, :words, :nonce,
	:digest)
RETURNING id;

-- query: answer_insert :exec
-- param: revision_id i64, question_id i64, body text, words i64
INSERT INTO answer (revision_id, question_id, body, words)
VALUES (:revision_id, :question_id, :body, :words);

-- query: attachment_insert :one
-- param: revision_id i64, position i64, name text, kind text, blob_id i64,
--   clean_blob_id ref, state text, body text
-- row: id i64
INSERT INTO attachment (revision_id, position, name, kind, blob_id,
	clean_blob_id, state, body)
VALUES (:revision_id, :position, :name, :kind, :blob_id, :clean_blob_id,
	:state, :body)
RETURNING id;

-- query: attachment_of_revision :many
-- param: revision_id i64
-- row: id i64, position i64, name text, kind text, blob_id i64,
--   clean_blob_id ref, state text, reason text, body text, size i64,
--   digest bytes
SELECT a.id, a.position, a.name, a.kind, a.blob_id, a.clean_blob_id, a.state,
       a.reason, a.body, b.size, b.digest
  FROM attachment a JOIN blob b ON b.id = a.blob_id
 WHERE a.revision_id = :revision_id ORDER BY a.position;

-- query: response_by_secret :opt
-- param: secret_hash bytes
-- row: id i64, consultation_id i64
SELECT id, consultation_id FROM response WHERE secret_hash = :secret_hash;

-- What was heard at a session is none (domain/hearing.h).
-- query: response_get :one
-- param: id i64
-- row: id i64, consultation_id i64, number i64, code text, state text,
--   channel text, standing_revision_id i64, public_revision_id i64,
--   received_at i64, changed_at i64, published_at i64, withdrawn_at i64,
--   erased_at i64, is_late bool, is_marked_withdrawn bool, hold_reason text
SELECT id, consultation_id, number, code, state, channel,
       standing_revision_id, public_revision_id, received_at, changed_at,
       published_at, withdrawn_at, erased_at, is_late, is_marked_withdrawn,
       hold_reason
  FROM response WHERE id = :id AND channel <> 'session';

-- query: response_by_number :opt
-- param: consultation_id i64, number i64
-- row: id i64, state text, public_revision_id i64, published_at i64,
--   withdrawn_at i64, is_marked_withdrawn bool
SELECT id, state, public_revision_id, published_at, withdrawn_at,
       is_marked_withdrawn
  FROM response
 WHERE consultation_id = :consultation_id AND number = :number;

-- query: revision_get :one
-- param: id i64
-- row: id i64, response_id i64, n i64, received_at i64, capacity text,
--   name text, organisation text, job_title text, signatories text,
--   category text, country text, email text, lang text, summary text,
--   authorisation text, notice_id ref, needs text, wishes_to_present text,
--   words i64, nonce bytes, digest bytes
SELECT id, response_id, n, received_at, capacity, name, organisation,
       job_title, signatories, category, country, email, lang, summary,
       authorisation, notice_id, needs, wishes_to_present, words, nonce,
       digest
  FROM revision WHERE id = :id;

-- query: revision_find :opt
-- param: response_id i64, n i64
-- row: id i64
SELECT id FROM revision
 WHERE response_id = :response_id AND n = :n AND n > 0;

-- query: answer_of_revision :many
-- param: revision_id i64
-- row: id i64, question_id i64, position i64, body text, words i64
SELECT a.id, a.question_id, q.position, a.body, a.words
  FROM answer a JOIN question q ON q.id = a.question_id
 WHERE a.revision_id = :revision_id ORDER BY q.position;

-- query: redaction_of_revision :many
-- param: revision_id i64
-- row: id i64, field text, answer_id ref, from_byte i64, to_byte i64,
--   reason text, at i64, person text
SELECT d.id, d.field, d.answer_id, d.from_byte, d.to_byte, d.reason, d.at,
       coalesce(p.name, '')
  FROM redaction d LEFT JOIN person p ON p.id = d.person_id
 WHERE d.revision_id = :revision_id
 ORDER BY d.field, d.answer_id, d.from_byte;

-- query: message_of_response :many
-- param: response_id i64
-- row: kind text, reason text, body text, at i64
SELECT kind, reason, body, at FROM message
 WHERE response_id = :response_id ORDER BY id;

-- query: response_withdraw :count
-- param: id i64, now i64, marked bool
UPDATE response SET state = 'withdrawn', withdrawn_at = :now,
	changed_at = :now, is_marked_withdrawn = :marked,
	public_revision_id = 0
 WHERE id = :id AND state <> 'withdrawn';

-- query: task_insert :exec
-- param: kind text, ref_id i64, not_before_at i64
INSERT INTO task (kind, ref_id, not_before_at)
VALUES (:kind, :ref_id, :not_before_at);

-- query: outbox_insert :exec
-- param: kind text, recipient text, lang text, object_kind text,
--   object_id i64, note text, now i64
INSERT INTO outbox (kind, recipient, lang, object_kind, object_id, note,
	state, created_at)
VALUES (:kind, :recipient, :lang, :object_kind, :object_id, :note, 'waiting',
	:now);
