-- Guests of one item of an agenda.

-- query: guests :many
-- param: item_id i64
-- row: id i64, person_id i64, name text, instrument text, from_at i64,
--   until_at i64, admitted_at i64, admitted_by text, ended_at i64,
--   ended_by text
SELECT g.id, g.person_id, p.name, g.instrument, g.from_at, g.until_at,
       g.admitted_at, a.name, g.ended_at, coalesce(e.name, '')
  FROM item_guest g
  JOIN person p ON p.id = g.person_id
  JOIN person a ON a.id = g.admitted_by
  LEFT JOIN person e ON e.id = g.ended_by
 WHERE g.item_id = :item_id
 ORDER BY g.id DESC;

-- query: guest_insert :one
-- param: item_id i64, person_id i64, instrument text, from_at i64,
--   until_at i64, now i64, admitted_by i64
-- row: id i64
INSERT INTO item_guest (item_id, person_id, instrument, from_at, until_at,
	admitted_at, admitted_by)
VALUES (:item_id, :person_id, :instrument, :from_at, :until_at, :now,
	:admitted_by)
RETURNING id;

-- query: guest_end :count
-- param: id i64, item_id i64, now i64, ended_by i64
UPDATE item_guest SET ended_at = :now, ended_by = :ended_by, until_at = :now
 WHERE id = :id AND item_id = :item_id AND ended_at = 0 AND until_at > :now;

-- Of a person whose data are erased.
-- query: guest_end_of_person :exec
-- param: person_id i64, now i64
UPDATE item_guest SET ended_at = :now, until_at = :now
 WHERE person_id = :person_id AND until_at > :now;

-- The item that is a guest's, if it is one of the meeting.
-- query: guest_item :opt
-- param: meeting_id i64, item_id i64
-- row: id i64
SELECT id FROM agenda_item WHERE meeting_id = :meeting_id AND id = :item_id;
