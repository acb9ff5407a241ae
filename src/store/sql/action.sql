-- Actions: what somebody has to do.

-- query: action_insert :one
-- param: group_id i64, meeting_id ref, origin text, owner_kind text,
--   party_id ref, owner text, due text, is_public bool, now i64
-- row: id i64, number i64
INSERT INTO action (group_id, number, meeting_id, origin, owner_kind,
	party_id, owner, due, state, is_public, created_at, closed_at)
SELECT :group_id, coalesce(max(number), 0) + 1, :meeting_id, :origin,
       :owner_kind, :party_id, :owner, :due, 'open', :is_public, :now, 0
  FROM action WHERE group_id = :group_id
RETURNING id, number;

-- query: action_set :exec
-- param: id i64, owner_kind text, party_id ref, owner text, due text,
--   is_public bool
UPDATE action SET owner_kind = :owner_kind, party_id = :party_id,
	owner = :owner, due = :due, is_public = :is_public
 WHERE id = :id;

-- query: action_set_state :exec
-- param: id i64, state text, follower_id ref, closed_at i64
UPDATE action SET state = :state, follower_id = :follower_id,
	closed_at = :closed_at
 WHERE id = :id;

-- query: action_list :many
-- param: group_id i64
-- row: id i64, number i64, meeting_id ref, ordinal i64, series text,
--   opens_local text,
--   origin text, owner_kind text, party_id ref, owner text, due text,
--   state text, follower i64, is_public bool, created_at i64, closed_at i64
SELECT a.id, a.number, a.meeting_id, coalesce(m.ordinal, 0),
       coalesce(m.series, ''), coalesce(m.opens_local, ''), a.origin, a.owner_kind, a.party_id,
       a.owner, a.due, a.state, coalesce(f.number, 0), a.is_public,
       a.created_at, a.closed_at
  FROM action a LEFT JOIN meeting m ON m.id = a.meeting_id
  LEFT JOIN action f ON f.id = a.follower_id
 WHERE a.group_id = :group_id
 ORDER BY a.number;

-- query: action_open_count :one
-- param: group_id i64
-- row: n i64
SELECT count(*) FROM action
 WHERE group_id = :group_id AND state IN ('open', 'progress');

-- query: action_step_insert :exec
-- param: action_id i64, state text, note text, person_id ref, now i64
INSERT INTO action_step (action_id, state, note, person_id, at)
VALUES (:action_id, :state, :note, :person_id, :now);

-- query: action_steps :many
-- param: action_id i64
-- row: state text, note text, at i64
SELECT state, note, at FROM action_step
 WHERE action_id = :action_id ORDER BY id;

-- query: action_zone :one
-- param: group_id i64
-- row: zone text
SELECT b.zone FROM working_group g JOIN body b ON b.id = g.body_id
 WHERE g.id = :group_id;
