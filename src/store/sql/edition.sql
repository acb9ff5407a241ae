-- Editions of the report on activities, and comments on them.

-- query: edition_insert :one
-- param: group_id i64, year i64, closes text, now i64
-- row: id i64, number i64
INSERT INTO edition (group_id, number, year, closes, created_at)
SELECT :group_id, coalesce(max(number), 0) + 1, :year, :closes, :now
  FROM edition WHERE group_id = :group_id
RETURNING id, number;

-- query: edition_list :many
-- param: group_id i64
-- row: id i64, number i64, year i64, closes text, comments i64, open i64
SELECT e.id, e.number, e.year, e.closes,
       (SELECT count(*) FROM edition_comment c WHERE c.edition_id = e.id),
       (SELECT count(*) FROM edition_comment c
	 WHERE c.edition_id = e.id AND c.state = 'open')
  FROM edition e WHERE e.group_id = :group_id ORDER BY e.number DESC;

-- query: edition_party :one
-- param: id i64
-- row: party_id ref
SELECT party_id FROM person WHERE id = :id;

-- query: edition_comment_insert :one
-- param: edition_id i64, activity_id ref, instrument_id ref, party_id ref,
--   person_id ref, body text, now i64
-- row: id i64
INSERT INTO edition_comment (edition_id, activity_id, instrument_id, party_id,
	person_id, body, state, answer, at)
VALUES (:edition_id, :activity_id, :instrument_id, :party_id, :person_id,
	:body, 'open', '', :now)
RETURNING id;

-- query: edition_comment_list :many
-- param: edition_id i64
-- row: id i64, activity i64, instrument_id ref, party_id ref, person text,
--   body text, state text, answer text, action i64, action_state text, at i64
SELECT c.id, coalesce(v.number, 0), c.instrument_id, c.party_id,
       coalesce(p.name, ''), c.body, c.state, c.answer, coalesce(a.number, 0),
       coalesce(a.state, ''), c.at
  FROM edition_comment c
  LEFT JOIN activity v ON v.id = c.activity_id
  LEFT JOIN person p ON p.id = c.person_id
  LEFT JOIN action a ON a.id = c.action_id
 WHERE c.edition_id = :edition_id ORDER BY c.id;

-- query: edition_comment_set :exec
-- param: id i64, state text, answer text, action_id ref
UPDATE edition_comment SET state = :state, answer = :answer,
	action_id = coalesce(:action_id, action_id)
 WHERE id = :id;
