-- Who takes part in meetings, and focal points.

-- query: registrations :many
-- param: meeting_id i64
-- row: id i64, person_id ref, party_id ref, name text, title text, mode text,
--   needs text, state text, asked_at i64, decided_at i64
SELECT id, person_id, party_id, name, title, mode, needs, state, asked_at,
       decided_at
  FROM registration WHERE meeting_id = :meeting_id
 ORDER BY id;

-- query: registration_insert :one
-- param: meeting_id i64, person_id ref, party_id ref, name text, title text,
--   mode text, needs text, state text, now i64, decided_at i64, decided_by ref
-- row: id i64
INSERT INTO registration (meeting_id, person_id, party_id, name, title, mode,
	needs, state, asked_at, decided_at, decided_by)
VALUES (:meeting_id, :person_id, :party_id, :name, :title, :mode, :needs,
	:state, :now, :decided_at, :decided_by)
RETURNING id;

-- query: registration_set :exec
-- param: id i64, party_id ref, name text, title text, mode text, needs text,
--   state text
UPDATE registration
   SET party_id = :party_id, name = :name, title = :title, mode = :mode,
       needs = :needs, state = :state
 WHERE id = :id;

-- query: registration_state :exec
-- param: id i64, state text, now i64, decided_by ref
UPDATE registration
   SET state = :state, decided_at = :now, decided_by = :decided_by
 WHERE id = :id;

-- query: registration_count :one
-- param: meeting_id i64
-- row: n i64
SELECT count(*) FROM registration WHERE meeting_id = :meeting_id;

-- query: focal_points :many
-- param: group_id i64
-- row: party_id i64, person_id i64, name text
SELECT f.party_id, f.person_id, p.name
  FROM focal_point f JOIN person p ON p.id = f.person_id
 WHERE f.group_id = :group_id ORDER BY f.party_id, p.name, f.person_id;

-- query: focal_point_set :exec
-- param: group_id i64, party_id i64, person_id i64, now i64
INSERT INTO focal_point (group_id, party_id, person_id, since_at)
VALUES (:group_id, :party_id, :person_id, :now)
ON CONFLICT (group_id, party_id, person_id) DO NOTHING;

-- query: focal_point_end :exec
-- param: group_id i64, party_id i64, person_id i64
DELETE FROM focal_point
 WHERE group_id = :group_id AND party_id = :party_id
   AND person_id = :person_id;
