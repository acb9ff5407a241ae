-- Announcements: changed texts, and the log of recipients.

-- query: announcement_text_list :many
-- param: occasion text, object_id i64, lang text
-- row: channel text, body text, changed_at i64
SELECT channel, body, changed_at FROM announcement_text
 WHERE occasion = :occasion AND object_id = :object_id AND lang = :lang
 ORDER BY channel;

-- query: announcement_text_set :exec
-- param: group_id i64, occasion text, object_id i64, channel text, lang text,
--   body text, now i64
INSERT INTO announcement_text (group_id, occasion, object_id, channel, lang,
	body, changed_at)
VALUES (:group_id, :occasion, :object_id, :channel, :lang, :body, :now)
ON CONFLICT (occasion, object_id, channel, lang) DO UPDATE
   SET body = :body, changed_at = :now;

-- query: announcement_text_remove :exec
-- param: occasion text, object_id i64, channel text, lang text
DELETE FROM announcement_text
 WHERE occasion = :occasion AND object_id = :object_id
   AND channel = :channel AND lang = :lang;

-- query: delivery_list :many
-- param: occasion text, object_id i64, max i64
-- row: id i64, channel text, lang text, recipient text, sent_at i64,
--   acknowledged_at i64, state text, error text, refused i64
SELECT d.id, d.channel, d.lang, d.recipient, d.sent_at, d.acknowledged_at,
       d.state, d.error,
       (SELECT count(*) FROM delivery_refusal r
	 WHERE r.group_id = d.group_id
	   AND r.recipient_key = d.recipient_key)
  FROM delivery d
 WHERE d.occasion = :occasion AND d.object_id = :object_id
 ORDER BY d.id DESC LIMIT :max;

-- query: delivery_reach :many
-- param: occasion text, object_id i64
-- row: channel text, lang text, sent i64, acknowledged i64
SELECT channel, lang, count(*),
       sum(CASE WHEN acknowledged_at > 0 THEN 1 ELSE 0 END)
  FROM delivery
 WHERE occasion = :occasion AND object_id = :object_id
   AND state IN ('told', 'sent')
 GROUP BY channel, lang ORDER BY channel, lang;

-- query: delivery_insert :count
-- param: group_id i64, occasion text, object_id i64, channel text, lang text,
--   recipient text, recipient_key text, now i64, person_id i64
INSERT INTO delivery (group_id, occasion, object_id, channel, lang, recipient,
	recipient_key, sent_at, person_id)
VALUES (:group_id, :occasion, :object_id, :channel, :lang, :recipient,
	:recipient_key, :now, :person_id)
ON CONFLICT (occasion, object_id, channel, lang, recipient_key) DO NOTHING;

-- query: delivery_get :opt
-- param: id i64
-- row: group_id i64, occasion text, object_id i64, recipient_key text
SELECT group_id, occasion, object_id, recipient_key FROM delivery
 WHERE id = :id;

-- query: delivery_acknowledge :exec
-- param: id i64, now i64
UPDATE delivery SET acknowledged_at = :now
 WHERE id = :id AND acknowledged_at = 0;

-- query: delivery_refuse :exec
-- param: group_id i64, recipient_key text, now i64
INSERT INTO delivery_refusal (group_id, recipient_key, at)
VALUES (:group_id, :recipient_key, :now)
ON CONFLICT (group_id, recipient_key) DO NOTHING;

-- query: delivery_refused :opt
-- param: group_id i64, recipient_key text
-- row: at i64
SELECT at FROM delivery_refusal
 WHERE group_id = :group_id AND recipient_key = :recipient_key;
