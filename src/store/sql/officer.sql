-- Officers of groups.

-- query: officer_insert :one
-- param: group_id i64, person_id i64, office text, region text, from_at i64,
--   until_at i64
-- row: id i64
INSERT INTO officer (group_id, person_id, office, region, from_at, until_at)
VALUES (:group_id, :person_id, :office, :region, :from_at, :until_at)
RETURNING id;

-- query: officer_get :opt
-- param: id i64
-- row: id i64, group_id i64, person_id i64, office text, region text,
--   from_at i64, until_at i64
SELECT id, group_id, person_id, office, region, from_at, until_at
  FROM officer WHERE id = :id;

-- query: officer_end :exec
-- param: id i64, until_at i64
UPDATE officer SET until_at = :until_at WHERE id = :id;

-- query: officer_list :many
-- param: group_id i64, at i64
-- row: id i64, person_id i64, name text, name_lang text, name_latin text,
--   country text, office text, region text, from_at i64, until_at i64
SELECT o.id, o.person_id, p.name, p.name_lang, p.name_latin,
       coalesce(t.country, ''), o.office, o.region, o.from_at, o.until_at
  FROM officer o JOIN person p ON p.id = o.person_id
  LEFT JOIN party t ON t.id = p.party_id
 WHERE o.group_id = :group_id AND o.from_at <= :at
   AND (o.until_at = 0 OR o.until_at > :at)
 ORDER BY CASE o.office WHEN 'chair' THEN 0 WHEN 'acting_chair' THEN 1
	WHEN 'vice_chair' THEN 2 ELSE 3 END, o.region, o.id;
