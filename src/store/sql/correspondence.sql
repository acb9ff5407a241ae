-- Liaison statements, recommendations and referrals.

-- query: correspondence_insert :one
-- param: group_id i64, kind text, other text, level text, dated text, due text,
--   state text, replies_id ref, is_public bool, now i64
-- row: id i64, number i64
INSERT INTO correspondence (group_id, number, kind, other, level, dated, due,
	state, words, replies_id, is_public, created_at, changed_at)
SELECT :group_id, coalesce(max(number), 0) + 1, :kind, :other, :level, :dated,
       :due, :state, '', :replies_id, :is_public, :now, :now
  FROM correspondence WHERE group_id = :group_id
RETURNING id, number;

-- query: correspondence_set_state :exec
-- param: id i64, state text, words text, now i64
UPDATE correspondence SET state = :state, words = :words, changed_at = :now
 WHERE id = :id;

-- query: correspondence_set :exec
-- param: id i64, other text, level text, dated text, due text, is_public bool,
--   now i64
UPDATE correspondence SET other = :other, level = :level, dated = :dated,
	due = :due, is_public = :is_public, changed_at = :now
 WHERE id = :id;

-- query: correspondence_list :many
-- param: group_id i64
-- row: id i64, number i64, kind text, other text, level text, dated text,
--   due text, state text, words text, replies i64, is_public bool,
--   changed_at i64
SELECT c.id, c.number, c.kind, c.other, c.level, c.dated, c.due, c.state,
       c.words, coalesce(r.number, 0), c.is_public, c.changed_at
  FROM correspondence c LEFT JOIN correspondence r ON r.id = c.replies_id
 WHERE c.group_id = :group_id ORDER BY c.number;
