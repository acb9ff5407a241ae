-- Rights: who may do what on which object, by which instrument, until when.

-- Those in force; and the items of agendas that the person is a guest of, as
-- ('guest', 'item', its id).
-- query: access_right_of_person :many
-- param: person_id i64, now i64
-- row: capability text, object_kind text, object_id i64
SELECT capability, object_kind, object_id
  FROM (SELECT r.id AS n, r.capability, r.object_kind, r.object_id
	  FROM access_right r
	 WHERE r.from_at <= :now AND (r.until_at = 0 OR r.until_at > :now)
	   AND ((r.holder_kind = 'person' AND r.holder_id = :person_id)
	     OR (r.holder_kind = 'office' AND EXISTS (
		SELECT 1 FROM officer o
		 WHERE o.person_id = :person_id AND o.office = r.holder
		   AND r.object_kind = 'group' AND o.group_id = r.object_id
		   AND o.from_at <= :now
		   AND (o.until_at = 0 OR o.until_at > :now)))
	     OR (r.holder_kind = 'class' AND EXISTS (
		SELECT 1 FROM person p
		  JOIN membership m ON m.party_id = p.party_id
		 WHERE p.id = :person_id AND m.class = r.holder
		   AND r.object_kind = 'group' AND m.group_id = r.object_id
		   AND m.since_at <= :now
		   AND (m.until_at = 0 OR m.until_at > :now))))
	UNION ALL
	SELECT 0, 'guest', 'item', g.item_id
	  FROM item_guest g
	 WHERE g.person_id = :person_id
	   AND g.from_at <= :now AND g.until_at > :now) AS held
 ORDER BY n, object_id;

-- query: access_right_insert :one
-- param: holder_kind text, holder text, holder_id ref, capability text,
--   object_kind text, object_id i64, instrument text, from_at i64, until_at i64
-- row: id i64
INSERT INTO access_right (holder_kind, holder, holder_id, capability,
	object_kind, object_id, instrument, from_at, until_at)
VALUES (:holder_kind, :holder, :holder_id, :capability, :object_kind,
	:object_id, :instrument, :from_at, :until_at)
RETURNING id;

-- query: access_right_of_object :many
-- param: object_kind text, object_id i64
-- row: id i64, holder_kind text, holder text, holder_id ref, person text,
--   capability text, instrument text, from_at i64, until_at i64
SELECT r.id, r.holder_kind, r.holder, r.holder_id, coalesce(p.name, ''),
       r.capability, r.instrument, r.from_at, r.until_at
  FROM access_right r LEFT JOIN person p ON p.id = r.holder_id
 WHERE r.object_kind = :object_kind AND r.object_id = :object_id
 ORDER BY r.holder_kind, r.holder, r.id;

-- query: access_right_end :count
-- param: id i64, until_at i64
UPDATE access_right SET until_at = :until_at
 WHERE id = :id AND (until_at = 0 OR until_at > :until_at);

-- query: access_right_get :opt
-- param: id i64
-- row: id i64, holder_kind text, holder text, holder_id ref, capability text,
--   object_kind text, object_id i64, instrument text, from_at i64, until_at i64
SELECT id, holder_kind, holder, holder_id, capability, object_kind, object_id,
       instrument, from_at, until_at
  FROM access_right WHERE id = :id;
