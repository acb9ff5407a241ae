-- Lists of speakers.

-- query: speaker_order_set :exec
-- param: group_id i64, turns text, instrument text
INSERT INTO speaker_order (group_id, turns, instrument)
VALUES (:group_id, :turns, :instrument)
ON CONFLICT (group_id) DO UPDATE
   SET turns = excluded.turns, instrument = excluded.instrument;

-- The order of a group (is_set: it has one) with its rules, one in each row; no
-- class: it has none.
-- query: speaker_rules :many
-- param: group_id i64
-- row: is_set bool, turns text, instrument text, class text, rank i64,
--   seconds i64
SELECT CASE WHEN o.group_id IS NULL THEN 0 ELSE 1 END, coalesce(o.turns, ''),
       coalesce(o.instrument, ''), coalesce(r.class, ''), coalesce(r.rank, 0),
       coalesce(r.seconds, 0)
  FROM working_group g
  LEFT JOIN speaker_order o ON o.group_id = g.id
  LEFT JOIN speaker_rule r ON r.group_id = g.id
 WHERE g.id = :group_id
 ORDER BY r.rank, r.class;

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

-- With the names of their parties, one in each row.
-- query: speaker_requests :many
-- param: item_id i64
-- row: id i64, class text, party_id ref, person_id ref, name text,
--   source text, state text, seconds i64, asked_at i64, began_at i64,
--   ended_at i64, wording_id i64, field text, lang text, status text, body text
SELECT q.id, q.class, q.party_id, q.person_id, q.name, q.source, q.state,
       q.seconds, q.asked_at, q.began_at, q.ended_at, coalesce(w.id, 0),
       coalesce(w.field, ''), coalesce(w.lang, ''), coalesce(w.status, ''),
       coalesce(w.body, '')
  FROM speaker_request q
  LEFT JOIN wording w ON w.owner_kind = 'party' AND w.owner_id = q.party_id
 WHERE q.item_id = :item_id AND q.state <> 'withdrawn'
 ORDER BY q.asked_at, q.id, w.field, w.lang;

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
-- Everything of one item of a meeting in one row: who may see it, its list, and
-- the party that a person acts for.
-- query: speaker_item :opt
-- param: meeting_id i64, item_id i64, person_id i64
-- row: access text, state text, is_open bool, version i64, party_id ref
SELECT coalesce(p.access, 'members'), i.state, coalesce(l.is_open, 0),
       coalesce(l.version, 0),
       (SELECT n.party_id FROM person n WHERE n.id = :person_id)
  FROM agenda_item i LEFT JOIN meeting_part p ON p.id = i.part_id
  LEFT JOIN speaker_list l ON l.item_id = i.id
 WHERE i.id = :item_id AND i.meeting_id = :meeting_id;
