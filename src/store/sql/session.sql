-- Sessions of people who are signed in.

-- query: session_insert :one
-- param: secret_hash bytes, person_id i64, second_factor bool, now i64,
--   expires_at i64, network text, browser text
-- row: id i64
INSERT INTO session (secret_hash, person_id, second_factor, created_at,
	seen_at, expires_at, network, browser)
VALUES (:secret_hash, :person_id, :second_factor, :now, :now, :expires_at,
	:network, :browser)
RETURNING id;

-- With the person's rights in force and items that the person is a guest of, one
-- in each row, as access_right_of_person has them; a row with empty words where
-- there is no right.
-- query: session_find :many
-- param: secret_hash bytes, now i64, idle_since i64
-- row: id i64, person_id i64, second_factor bool, seen_at i64, name text,
--   lang text, zone text, capability text, object_kind text, object_id i64
SELECT id, person_id, second_factor, seen_at, name, lang, zone, capability,
       object_kind, object_id
  FROM (SELECT coalesce(r.id, 0) AS n, s.id, s.person_id, s.second_factor,
	       s.seen_at, p.name, p.lang, p.zone,
	       coalesce(r.capability, '') AS capability,
	       coalesce(r.object_kind, '') AS object_kind,
	       coalesce(r.object_id, 0) AS object_id
	  FROM session s
	  JOIN person p ON p.id = s.person_id
	  JOIN account c ON c.person_id = s.person_id
	  LEFT JOIN access_right r
	    ON r.from_at <= :now AND (r.until_at = 0 OR r.until_at > :now)
	   AND ((r.holder_kind = 'person' AND r.holder_id = s.person_id)
	     OR (r.holder_kind = 'office' AND EXISTS (
		SELECT 1 FROM officer o
		 WHERE o.person_id = s.person_id AND o.office = r.holder
		   AND r.object_kind = 'group' AND o.group_id = r.object_id
		   AND o.from_at <= :now
		   AND (o.until_at = 0 OR o.until_at > :now)))
	     OR (r.holder_kind = 'class' AND EXISTS (
		SELECT 1 FROM membership m
		 WHERE m.party_id = p.party_id AND m.class = r.holder
		   AND r.object_kind = 'group' AND m.group_id = r.object_id
		   AND m.since_at <= :now
		   AND (m.until_at = 0 OR m.until_at > :now))))
	 WHERE s.secret_hash = :secret_hash AND s.revoked_at = 0
	   AND s.expires_at > :now AND s.seen_at > :idle_since
	   AND p.state = 'active' AND c.state = 'active'
	UNION ALL
	SELECT 0, s.id, s.person_id, s.second_factor, s.seen_at, p.name,
	       p.lang, p.zone, 'guest', 'item', g.item_id
	  FROM session s
	  JOIN person p ON p.id = s.person_id
	  JOIN account c ON c.person_id = s.person_id
	  JOIN item_guest g ON g.person_id = s.person_id
	   AND g.from_at <= :now AND g.until_at > :now
	 WHERE s.secret_hash = :secret_hash AND s.revoked_at = 0
	   AND s.expires_at > :now AND s.seen_at > :idle_since
	   AND p.state = 'active' AND c.state = 'active') AS held
 ORDER BY n, object_id;

-- query: session_touch :exec
-- param: id i64, now i64
UPDATE session SET seen_at = :now WHERE id = :id AND seen_at < :now;

-- query: session_list :many
-- param: person_id i64, now i64, idle_since i64
-- row: id i64, second_factor bool, created_at i64, seen_at i64,
--   expires_at i64, network text, browser text
SELECT id, second_factor, created_at, seen_at, expires_at, network, browser
  FROM session
 WHERE person_id = :person_id AND revoked_at = 0 AND expires_at > :now
   AND seen_at > :idle_since
 ORDER BY seen_at DESC, id DESC;

-- query: session_revoke :count
-- param: id i64, person_id i64, now i64
UPDATE session SET revoked_at = :now
 WHERE id = :id AND person_id = :person_id AND revoked_at = 0;

-- query: session_revoke_others :exec
-- param: person_id i64, keep_id i64, now i64
UPDATE session SET revoked_at = :now
 WHERE person_id = :person_id AND id <> :keep_id AND revoked_at = 0;

-- query: session_network_known :opt
-- param: person_id i64, network text, since i64
-- row: id i64
SELECT id FROM session
 WHERE person_id = :person_id AND network = :network AND seen_at > :since
 ORDER BY id LIMIT 1;

-- query: session_sweep :count
-- param: before i64
DELETE FROM session WHERE expires_at < :before;
