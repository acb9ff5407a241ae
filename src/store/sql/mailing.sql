-- Recipients of a group, and what is sent to them.

-- query: recipients :many
-- param: group_id i64
-- row: id i64, name text, address text, recipient_key text, lang text,
--   class text, since_at i64, refused i64
SELECT r.id, r.name, r.address, r.recipient_key, r.lang, r.class, r.since_at,
       (SELECT count(*) FROM delivery_refusal f
	 WHERE f.group_id = r.group_id
	   AND f.recipient_key = r.recipient_key)
  FROM recipient r WHERE r.group_id = :group_id
 ORDER BY r.class, r.address, r.id;

-- query: recipient_put :exec
-- param: group_id i64, name text, address text, recipient_key text, lang text,
--   class text, secret text, now i64
INSERT INTO recipient (group_id, name, address, recipient_key, lang, class,
	secret, since_at)
VALUES (:group_id, :name, :address, :recipient_key, :lang, :class, :secret,
	:now)
ON CONFLICT (group_id, recipient_key) DO UPDATE
   SET name = excluded.name, address = excluded.address,
       lang = excluded.lang, class = excluded.class;

-- query: recipient_forget :exec
-- param: group_id i64, id i64
UPDATE delivery SET recipient_id = NULL
 WHERE recipient_id = :id AND group_id = :group_id;

-- query: recipient_remove :count
-- param: group_id i64, id i64
DELETE FROM recipient WHERE id = :id AND group_id = :group_id;

-- Of a class (empty: of any) who was not told yet, and may be.
-- query: mailing_unreached :many
-- param: group_id i64, occasion text, object_id i64, class text
-- row: id i64, name text, address text, recipient_key text, lang text
SELECT r.id, r.name, r.address, r.recipient_key, r.lang
  FROM recipient r
 WHERE r.group_id = :group_id AND (:class = '' OR r.class = :class)
   AND NOT EXISTS (SELECT 1 FROM delivery_refusal f
	WHERE f.group_id = r.group_id AND f.recipient_key = r.recipient_key)
   AND NOT EXISTS (SELECT 1 FROM delivery d
	WHERE d.occasion = :occasion AND d.object_id = :object_id
	  AND d.channel = 'mail' AND d.recipient_key = r.recipient_key
	  AND d.state <> 'failed')
 ORDER BY r.id;

-- query: mailing_insert :one
-- param: group_id i64, occasion text, object_id i64, lang text, subject text,
--   body text, now i64, person_id i64
-- row: id i64
INSERT INTO mailing (group_id, occasion, object_id, lang, subject, body,
	made_at, person_id)
VALUES (:group_id, :occasion, :object_id, :lang, :subject, :body, :now,
	:person_id)
RETURNING id;

-- query: mailing_delivery :one
-- param: group_id i64, occasion text, object_id i64, lang text,
--   recipient text, recipient_key text, now i64, person_id i64,
--   recipient_id i64, mailing_id i64
-- row: id i64
INSERT INTO delivery (group_id, occasion, object_id, channel, lang, recipient,
	recipient_key, sent_at, person_id, state, recipient_id, mailing_id)
VALUES (:group_id, :occasion, :object_id, 'mail', :lang, :recipient,
	:recipient_key, :now, :person_id, 'waiting', :recipient_id,
	:mailing_id)
ON CONFLICT (occasion, object_id, channel, lang, recipient_key) DO UPDATE
   SET state = 'waiting', error = '', sent_at = excluded.sent_at,
       recipient = excluded.recipient, person_id = excluded.person_id,
       recipient_id = excluded.recipient_id,
       mailing_id = excluded.mailing_id
RETURNING id;

-- query: mailing_outbox :exec
-- param: recipient text, lang text, delivery_id i64, now i64
INSERT INTO outbox (kind, recipient, lang, object_kind, object_id, note, state,
	created_at)
VALUES ('announcement', :recipient, :lang, 'delivery', :delivery_id, '',
	'waiting', :now);

-- What the mail of a delivery says; refused: asked since to be told no more.
-- query: mailing_of_delivery :opt
-- param: delivery_id i64
-- row: subject text, body text, secret text, refused i64
SELECT m.subject, m.body, coalesce(r.secret, ''),
       (SELECT count(*) FROM delivery_refusal f
	 WHERE f.group_id = d.group_id
	   AND f.recipient_key = d.recipient_key)
  FROM delivery d JOIN mailing m ON m.id = d.mailing_id
  LEFT JOIN recipient r ON r.id = d.recipient_id
 WHERE d.id = :delivery_id;

-- query: mailing_delivery_state :exec
-- param: delivery_id i64, state text, error text, now i64
UPDATE delivery SET state = :state, error = :error, sent_at = :now
 WHERE id = :delivery_id;

-- query: recipient_by_secret :opt
-- param: secret text
-- row: id i64, group_id i64, recipient_key text, refused i64
SELECT r.id, r.group_id, r.recipient_key,
       (SELECT count(*) FROM delivery_refusal f
	 WHERE f.group_id = r.group_id
	   AND f.recipient_key = r.recipient_key)
  FROM recipient r WHERE r.secret = :secret;

-- query: recipient_acknowledge :count
-- param: recipient_id i64, now i64
UPDATE delivery SET acknowledged_at = :now
 WHERE recipient_id = :recipient_id AND acknowledged_at = 0
   AND state = 'sent';

-- Groups that write to an address, or have.
-- query: mailing_of_key :many
-- param: recipient_key text
-- row: group_id i64, id i64, name text, lang text, class text
SELECT DISTINCT d.group_id, coalesce(r.id, 0), coalesce(r.name, ''),
       coalesce(r.lang, ''), coalesce(r.class, '')
  FROM (SELECT group_id FROM delivery WHERE recipient_key = :recipient_key
	UNION
	SELECT group_id FROM recipient
	 WHERE recipient_key = :recipient_key) AS d
  LEFT JOIN recipient r
    ON r.group_id = d.group_id AND r.recipient_key = :recipient_key
 ORDER BY 1;

-- query: mailing_erase_outbox :exec
-- param: group_id i64, recipient_key text
UPDATE outbox SET recipient = '', note = ''
 WHERE object_kind = 'delivery'
   AND object_id IN (SELECT id FROM delivery
	WHERE group_id = :group_id AND recipient_key = :recipient_key);

-- query: mailing_erase_deliveries :exec
-- param: group_id i64, recipient_key text
UPDATE delivery
   SET recipient = '', recipient_key = '#' || CAST(id AS TEXT), error = '',
       recipient_id = NULL
 WHERE group_id = :group_id AND recipient_key = :recipient_key;
