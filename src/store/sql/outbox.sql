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

