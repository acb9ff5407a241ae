-- Lists of speakers.

-- query: speaker_order_get :opt
-- param: group_id i64
-- row: turns text, instrument text
SELECT turns, instrument FROM speaker_order WHERE group_id = :group_id;

-- query: speaker_order_set :exec
-- param: group_id i64, turns text, instrument text
INSERT INTO speaker_order (group_id, turns, instrument)
VALUES (:group_id, :turns, :instrument)
ON CONFLICT (group_id) DO UPDATE
   SET turns = excluded.turns, instrument = excluded.instrument;

-- query: speaker_rules :many
-- param: group_id i64
-- row: class text, rank i64, seconds i64
SELECT class, rank, seconds FROM speaker_rule WHERE group_id = :group_id
 ORDER BY rank, class;

-- query: speaker_rule_set :exec
-- param: group_id i64, class text, rank i64, seconds i64
INSERT INTO speaker_rule (group_id, class, rank, seconds)
VALUES (:group_id, :class, :rank, :seconds)
ON CONFLICT (group_id, class) DO UPDATE
   SET rank = excluded.rank, seconds = excluded.seconds;

-- query: speaker_list_get :opt
-- param: item_id i64
-- row: is_open bool, version i64
SELECT is_open, version FROM speaker_list WHERE item_id = :item_id;

-- query: speaker_list_set :exec
-- param: item_id i64, is_open bool
INSERT INTO speaker_list (item_id, is_open, version)
VALUES (:item_id, :is_open, 1)
ON CONFLICT (item_id) DO UPDATE
   SET is_open = excluded.is_open, version = speaker_list.version + 1;

-- query: speaker_list_changed :exec
-- param: item_id i64
UPDATE speaker_list SET version = version + 1 WHERE item_id = :item_id;

-- query: speaker_requests :many
-- param: item_id i64
-- row: id i64, class text, party_id ref, person_id ref, name text,
--   source text, state text, seconds i64, asked_at i64, began_at i64,
--   ended_at i64
SELECT id, class, party_id, person_id, name, source, state, seconds, asked_at,
       began_at, ended_at
  FROM speaker_request WHERE item_id = :item_id AND state <> 'withdrawn'
 ORDER BY asked_at, id;

-- query: speaker_request_insert :one
-- param: item_id i64, class text, party_id ref, person_id ref, name text,
--   source text, seconds i64, now i64
-- row: id i64
INSERT INTO speaker_request (item_id, class, party_id, person_id, name, source,
	state, seconds, asked_at, began_at, ended_at)
VALUES (:item_id, :class, :party_id, :person_id, :name, :source, 'waiting',
	:seconds, :now, 0, 0)
RETURNING id;

-- query: speaker_request_state :exec
-- param: id i64, state text, began_at i64, ended_at i64, seconds i64
UPDATE speaker_request
   SET state = :state, began_at = :began_at, ended_at = :ended_at,
       seconds = :seconds
 WHERE id = :id;

-- The party of somebody who is signed in.
-- query: speaker_party :opt
-- param: person_id i64
-- row: party_id ref, name text
SELECT party_id, name FROM person WHERE id = :person_id;

-- Everything of one item of a meeting in one row: who may see it, too.
-- query: speaker_item :opt
-- param: meeting_id i64, item_id i64
-- row: access text, state text
SELECT coalesce(p.access, 'members'), i.state
  FROM agenda_item i LEFT JOIN meeting_part p ON p.id = i.part_id
 WHERE i.id = :item_id AND i.meeting_id = :meeting_id;
