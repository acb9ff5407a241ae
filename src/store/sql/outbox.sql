-- Notifications: what was, or would have been, mailed.

-- query: outbox_list :many
-- param: state text, below_id i64, max i64
-- row: id i64, kind text, recipient text, lang text, object_kind text,
--   object_id i64, note text, state text, created_at i64, sent_at i64,
--   code text, number i64, public_revision_id i64, consultation_id i64
SELECT o.id, o.kind, o.recipient, o.lang, o.object_kind, o.object_id, o.note,
       o.state, o.created_at, o.sent_at, coalesce(r.code, ''),
       coalesce(r.number, 0), coalesce(r.public_revision_id, 0),
       coalesce(r.consultation_id, 0)
  FROM outbox o
  LEFT JOIN response r ON o.object_kind = 'response' AND r.id = o.object_id
 WHERE o.id < :below_id AND (:state = '' OR o.state = :state)
 ORDER BY o.id DESC LIMIT :max;

-- query: outbox_get :opt
-- param: id i64
-- row: object_kind text, object_id i64, state text, kind text
SELECT object_kind, object_id, state, kind FROM outbox WHERE id = :id;

-- query: outbox_mark :count
-- param: id i64, state text, now i64
UPDATE outbox SET state = :state, sent_at = :now
 WHERE id = :id AND state <> 'sent';


-- For the worker: the next one that is due and not older than `oldest`.
-- query: outbox_claim :opt
-- param: now i64, until_at i64, oldest i64
-- row: id i64, kind text, recipient text, lang text, object_kind text,
--   object_id i64, note text, tries i64, created_at i64
UPDATE outbox SET tries = tries + 1, not_before_at = :until_at
 WHERE id = (SELECT o.id FROM outbox o
	WHERE o.state = 'waiting' AND o.not_before_at <= :now
	  AND o.created_at >= :oldest
	ORDER BY o.id LIMIT 1)
RETURNING id, kind, recipient, lang, object_kind, object_id, note, tries,
          created_at;
-- engine: pg
UPDATE outbox SET tries = tries + 1, not_before_at = :until_at
 WHERE id = (SELECT o.id FROM outbox o
	WHERE o.state = 'waiting' AND o.not_before_at <= :now
	  AND o.created_at >= :oldest
	ORDER BY o.id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, kind, recipient, lang, object_kind, object_id, note, tries,
          created_at;

-- query: outbox_due :opt
-- param: now i64, oldest i64
-- row: id i64
SELECT id FROM outbox
 WHERE state = 'waiting' AND not_before_at <= :now AND created_at >= :oldest
 ORDER BY id LIMIT 1;

-- query: outbox_tried :exec
-- param: id i64, state text, error text, not_before_at i64, sent_at i64
UPDATE outbox SET state = :state, error = :error,
       not_before_at = :not_before_at, sent_at = :sent_at
 WHERE id = :id;

-- query: outbox_of_response :opt
-- param: response_id i64
-- row: code text, number i64, public_revision_id ref, consultation_id i64
SELECT code, coalesce(number, 0), public_revision_id, consultation_id
  FROM response WHERE id = :response_id;

-- query: outbox_person :opt
-- param: person_id i64
-- row: address text, lang text
SELECT a.entered, p.lang
  FROM person p JOIN person_address a ON a.person_id = p.id
 WHERE p.id = :person_id AND p.state = 'active'
 ORDER BY a.is_primary DESC, a.id LIMIT 1;

-- What was written to a person about meetings: before the addresses go.
-- query: outbox_erase_of_person :exec
-- param: person_id i64
UPDATE outbox SET recipient = '', note = ''
 WHERE object_kind = 'meeting'
   AND recipient IN (SELECT entered FROM person_address
	WHERE person_id = :person_id);
