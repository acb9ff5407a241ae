-- The secretariat's queue and what it does to responses.

-- query: moderation_get :opt
-- param: id i64
-- row: consultation_id i64, number i64, state text, hold_reason text,
--   is_late bool, standing_revision_id i64, public_revision_id i64,
--   erased_at i64, email text, lang text, n i64, consultation_state text
SELECT r.consultation_id, r.number, r.state, r.hold_reason, r.is_late,
       r.standing_revision_id, r.public_revision_id, r.erased_at, v.email,
       v.lang, v.n, c.state
  FROM response r JOIN revision v ON v.id = r.standing_revision_id
  JOIN consultation c ON c.id = r.consultation_id
 WHERE r.id = :id AND r.channel <> 'session';

-- One publication after the other: the next number is read behind this lock.
-- query: moderation_lock :exec
-- param: consultation_id i64
UPDATE consultation SET published = published WHERE id = :consultation_id;

-- query: moderation_next_number :one
-- param: consultation_id i64
-- row: number i64
SELECT coalesce(max(number), 0) + 1 FROM response
 WHERE consultation_id = :consultation_id;

-- query: moderation_set_state :count
-- param: id i64, revision_id i64, from_state text, state text, now i64
UPDATE response SET state = :state, hold_reason = '', changed_at = :now
 WHERE id = :id AND standing_revision_id = :revision_id
   AND state = :from_state;

-- query: moderation_hold :count
-- param: id i64, revision_id i64, reason text, now i64
UPDATE response SET state = 'held', hold_reason = :reason, changed_at = :now
 WHERE id = :id AND standing_revision_id = :revision_id
   AND state = 'received';

-- query: moderation_publish :count
-- param: id i64, revision_id i64, from_state text, number i64, now i64
UPDATE response SET state = 'published', number = :number,
	public_revision_id = :revision_id, published_at = :now,
	changed_at = :now
 WHERE id = :id AND standing_revision_id = :revision_id
   AND state = :from_state;

-- query: moderation_unpublish :exec
-- param: id i64
UPDATE response SET public_revision_id = 0 WHERE id = :id;

-- query: message_insert :exec
-- param: response_id i64, kind text, reason text, body text, person_id ref,
--   now i64
INSERT INTO message (response_id, kind, reason, body, person_id, at)
VALUES (:response_id, :kind, :reason, :body, :person_id, :now);

-- query: queue_count :many
-- param: consultation_id i64
-- row: state text, n i64
SELECT state, count(*) FROM response
 WHERE consultation_id = :consultation_id AND channel <> 'session'
 GROUP BY state ORDER BY state;

-- query: queue_of_state :many
-- param: consultation_id i64, state text, after_at i64, after_id i64, max i64
-- row: id i64, number i64, code text, state text, channel text,
--   received_at i64, changed_at i64, is_late bool, hold_reason text,
--   network text, public_revision_id i64, revision_id i64, n i64, name text,
--   organisation text, category text, country text, lang text,
--   authorisation text, words i64, attachments i64
SELECT r.id, r.number, r.code, r.state, r.channel, r.received_at,
       r.changed_at, r.is_late, r.hold_reason, r.network,
       r.public_revision_id, v.id, v.n, v.name, v.organisation, v.category,
       v.country, v.lang, v.authorisation, v.words,
       (SELECT count(*) FROM attachment a WHERE a.revision_id = v.id)
  FROM response r JOIN revision v ON v.id = r.standing_revision_id
 WHERE r.consultation_id = :consultation_id AND r.state = :state
   AND r.channel <> 'session'
   AND (r.received_at > :after_at
        OR r.received_at = :after_at AND r.id > :after_id)
 ORDER BY r.received_at, r.id LIMIT :max;

-- query: queue_of_all :many
-- param: consultation_id i64, after_at i64, after_id i64, max i64
-- row: id i64, number i64, code text, state text, channel text,
--   received_at i64, changed_at i64, is_late bool, hold_reason text,
--   network text, public_revision_id i64, revision_id i64, n i64, name text,
--   organisation text, category text, country text, lang text,
--   authorisation text, words i64, attachments i64
SELECT r.id, r.number, r.code, r.state, r.channel, r.received_at,
       r.changed_at, r.is_late, r.hold_reason, r.network,
       r.public_revision_id, v.id, v.n, v.name, v.organisation, v.category,
       v.country, v.lang, v.authorisation, v.words,
       (SELECT count(*) FROM attachment a WHERE a.revision_id = v.id)
  FROM response r JOIN revision v ON v.id = r.standing_revision_id
 WHERE r.consultation_id = :consultation_id AND r.channel <> 'session'
   AND (r.received_at > :after_at
        OR r.received_at = :after_at AND r.id > :after_id)
 ORDER BY r.received_at, r.id LIMIT :max;

-- query: revision_list :many
-- param: response_id i64
-- row: id i64, n i64, received_at i64, digest bytes
SELECT id, n, received_at, digest FROM revision
 WHERE response_id = :response_id AND n > 0 ORDER BY n;

-- query: attachment_of_response :opt
-- param: response_id i64, id i64
-- row: name text, kind text, blob_id i64, clean_blob_id ref, state text,
--   reason text, body text, size i64, digest bytes
SELECT a.name, a.kind, a.blob_id, a.clean_blob_id, a.state, a.reason, a.body,
       b.size, b.digest
  FROM attachment a JOIN revision v ON v.id = a.revision_id
  JOIN blob b ON b.id = a.blob_id
 WHERE a.id = :id AND v.response_id = :response_id;

-- query: redaction_field :opt
-- param: revision_id i64, answer_id i64
-- row: response_id i64, name text, organisation text, job_title text,
--   signatories text, summary text, answer text
SELECT v.response_id, v.name, v.organisation, v.job_title, v.signatories,
       v.summary, coalesce((SELECT a.body FROM answer a
	 WHERE a.revision_id = v.id AND a.id = :answer_id), '')
  FROM revision v WHERE v.id = :revision_id;

-- query: redaction_overlap :one
-- param: revision_id i64, field text, answer_id i64, from_byte i64,
--   to_byte i64
-- row: n i64
SELECT count(*) FROM redaction
 WHERE revision_id = :revision_id AND field = :field
   AND coalesce(answer_id, 0) = :answer_id
   AND from_byte < :to_byte AND to_byte > :from_byte;

-- query: redaction_insert :one
-- param: revision_id i64, field text, answer_id ref, from_byte i64,
--   to_byte i64, reason text, person_id ref, now i64
-- row: id i64
INSERT INTO redaction (revision_id, field, answer_id, from_byte, to_byte,
	reason, person_id, at)
VALUES (:revision_id, :field, :answer_id, :from_byte, :to_byte, :reason,
	:person_id, :now)
RETURNING id;

-- query: redaction_get :opt
-- param: id i64
-- row: response_id i64, revision_id i64, field text, from_byte i64,
--   to_byte i64, reason text
SELECT v.response_id, v.id, d.field, d.from_byte, d.to_byte, d.reason
  FROM redaction d JOIN revision v ON v.id = d.revision_id
 WHERE d.id = :id;

-- query: redaction_delete :count
-- param: id i64
DELETE FROM redaction WHERE id = :id;
