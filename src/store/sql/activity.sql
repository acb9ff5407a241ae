-- Activities, and the resolutions that ask for them.

-- query: activity_insert :one
-- param: group_id i64, sectors text, from_day text, until_day text,
--   partners text, status text, is_public bool, now i64
-- row: id i64, number i64
INSERT INTO activity (group_id, number, sectors, from_day, until_day, partners,
	status, is_public, created_at)
SELECT :group_id, coalesce(max(number), 0) + 1, :sectors, :from_day,
       :until_day, :partners, :status, :is_public, :now
  FROM activity WHERE group_id = :group_id
RETURNING id, number;

-- query: activity_set :exec
-- param: id i64, sectors text, from_day text, until_day text, partners text,
--   status text, is_public bool
UPDATE activity SET sectors = :sectors, from_day = :from_day,
	until_day = :until_day, partners = :partners, status = :status,
	is_public = :is_public
 WHERE id = :id;

-- query: activity_list :many
-- param: group_id i64
-- row: id i64, number i64, sectors text, from_day text, until_day text,
--   partners text, status text, is_public bool
SELECT id, number, sectors, from_day, until_day, partners, status, is_public
  FROM activity WHERE group_id = :group_id ORDER BY number;

-- query: activity_bases :many
-- param: group_id i64
-- row: activity_id i64, instrument_id i64, paragraph text
SELECT b.activity_id, b.instrument_id, b.paragraph
  FROM activity a JOIN activity_basis b ON b.activity_id = a.id
 WHERE a.group_id = :group_id ORDER BY b.activity_id, b.position;

-- query: activity_basis_insert :exec
-- param: activity_id i64, position i64, instrument_id i64, paragraph text
INSERT INTO activity_basis (activity_id, position, instrument_id, paragraph)
VALUES (:activity_id, :position, :instrument_id, :paragraph);

-- query: activity_bases_forget :exec
-- param: activity_id i64
DELETE FROM activity_basis WHERE activity_id = :activity_id;
