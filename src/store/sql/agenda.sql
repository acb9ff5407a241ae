-- Parts of meetings, items of agendas, and the documents under them.

-- query: agenda_issue :exec
-- param: meeting_id i64, document_id i64, revision i64, now i64
INSERT INTO agenda (meeting_id, document_id, revision, is_changed, issued_at,
	adopted_revision, adopted_at)
VALUES (:meeting_id, :document_id, :revision, 0, :now, -1, 0)
ON CONFLICT (meeting_id) DO UPDATE
   SET document_id = excluded.document_id, revision = excluded.revision,
       is_changed = 0, issued_at = excluded.issued_at;

-- query: agenda_changed :exec
-- param: meeting_id i64
UPDATE agenda SET is_changed = 1
 WHERE meeting_id = :meeting_id AND is_changed = 0;

-- query: agenda_adopt :exec
-- param: meeting_id i64, revision i64, now i64
UPDATE agenda SET adopted_revision = :revision, adopted_at = :now
 WHERE meeting_id = :meeting_id;

-- The agenda as it was issued and adopted (was_issued: it was), with the parts
-- of its meeting, one in each row; id 0: it has none.
-- query: agenda_parts :many
-- param: meeting_id i64
-- row: was_issued bool, document_id ref, revision i64, is_changed bool,
--   issued_at i64, adopted_revision i64, adopted_at i64, id i64,
--   position i64, access text, opens_local text, closes_local text,
--   chair_id ref, acting_id ref, chair text, acting text, has_captions bool
SELECT CASE WHEN g.meeting_id IS NULL THEN 0 ELSE 1 END, g.document_id,
       coalesce(g.revision, 0), coalesce(g.is_changed, 0),
       coalesce(g.issued_at, 0), coalesce(g.adopted_revision, -1),
       coalesce(g.adopted_at, 0), coalesce(p.id, 0), coalesce(p.position, 0),
       coalesce(p.access, ''), coalesce(p.opens_local, ''),
       coalesce(p.closes_local, ''), p.chair_id, p.acting_id,
       coalesce(c.name, ''), coalesce(a.name, ''),
       CASE WHEN f.id IS NULL THEN 0 ELSE 1 END
  FROM meeting m
  LEFT JOIN agenda g ON g.meeting_id = m.id
  LEFT JOIN meeting_part p ON p.meeting_id = m.id
  LEFT JOIN person c ON c.id = p.chair_id
  LEFT JOIN person a ON a.id = p.acting_id
  LEFT JOIN caption_feed f ON f.part_id = p.id
 WHERE m.id = :meeting_id
 ORDER BY p.position;

-- query: meeting_part_insert :one
-- param: meeting_id i64, access text, opens_local text, closes_local text,
--   chair_id ref, acting_id ref
-- row: id i64
INSERT INTO meeting_part (meeting_id, position, access, opens_local,
	closes_local, chair_id, acting_id)
SELECT :meeting_id, coalesce(max(position), 0) + 1, :access, :opens_local,
       :closes_local, :chair_id, :acting_id
  FROM meeting_part WHERE meeting_id = :meeting_id
RETURNING id;

-- query: meeting_part_set :exec
-- param: id i64, access text, opens_local text, closes_local text,
--   chair_id ref, acting_id ref
UPDATE meeting_part
   SET access = :access, opens_local = :opens_local,
       closes_local = :closes_local, chair_id = :chair_id,
       acting_id = :acting_id
 WHERE id = :id;

-- query: meeting_part_place :exec
-- param: id i64, position i64
UPDATE meeting_part SET position = :position WHERE id = :id;

-- query: meeting_part_delete :exec
-- param: id i64
DELETE FROM meeting_part WHERE id = :id;

-- Each item with its documents, one in each row (outcome_id 0), and what came
-- out of it.
-- query: agenda_items :many
-- param: meeting_id i64
-- row: part_position i64, position i64, outcome_id i64, at_position i64,
--   id i64, part_id ref, kind text, minutes i64, state text,
--   document_id ref, number i64, statement_id ref, verb text, object text,
--   reservation text, at i64
SELECT coalesce(p.position, 0), i.position, 0, coalesce(d.position, 0), i.id,
       i.part_id, i.kind, i.minutes, i.state, d.document_id,
       coalesce(o.number, 0), NULL, '', '', '', 0
  FROM agenda_item i
  LEFT JOIN meeting_part p ON p.id = i.part_id
  LEFT JOIN agenda_item_document d ON d.item_id = i.id
  LEFT JOIN document o ON o.id = d.document_id
 WHERE i.meeting_id = :meeting_id
UNION ALL
SELECT coalesce(p.position, 0), i.position, u.id, u.position, i.id, i.part_id,
       i.kind, i.minutes, i.state, u.document_id, 0, u.statement_id, u.verb,
       u.object, u.reservation, u.at
  FROM agenda_item i
  JOIN outcome u ON u.item_id = i.id
  LEFT JOIN meeting_part p ON p.id = i.part_id
 WHERE i.meeting_id = :meeting_id
 ORDER BY 1, 2, 5, 4, 3;

-- query: agenda_item_insert :one
-- param: meeting_id i64, part_id ref, kind text, minutes i64, now i64
-- row: id i64
INSERT INTO agenda_item (meeting_id, part_id, position, kind, minutes, state,
	created_at)
SELECT :meeting_id, :part_id, coalesce(max(position), 0) + 1, :kind, :minutes,
       'planned', :now
  FROM agenda_item WHERE meeting_id = :meeting_id
RETURNING id;

-- query: agenda_item_set :exec
-- param: id i64, part_id ref, kind text, minutes i64
UPDATE agenda_item SET part_id = :part_id, kind = :kind, minutes = :minutes
 WHERE id = :id;

-- query: agenda_item_place :exec
-- param: id i64, position i64
UPDATE agenda_item SET position = :position WHERE id = :id;

-- query: agenda_item_state :exec
-- param: id i64, state text
UPDATE agenda_item SET state = :state WHERE id = :id;

-- query: agenda_item_close_others :exec
-- param: meeting_id i64, id i64
UPDATE agenda_item SET state = 'closed'
 WHERE meeting_id = :meeting_id AND id <> :id AND state = 'open';

-- query: agenda_item_delete :exec
-- param: id i64
DELETE FROM agenda_item WHERE id = :id;

-- What was recorded under an item: it is not removed any more.
-- query: agenda_item_records :one
-- param: id i64
-- row: n i64
SELECT (SELECT count(*) FROM statement WHERE item_id = :id) +
       (SELECT count(*) FROM intervention WHERE item_id = :id) +
       (SELECT count(*) FROM outcome WHERE item_id = :id) +
       (SELECT count(*) FROM item_guest WHERE item_id = :id);

-- query: agenda_item_documents_delete :exec
-- param: item_id i64
DELETE FROM agenda_item_document WHERE item_id = :item_id;

-- query: agenda_item_document_insert :exec
-- param: item_id i64, position i64, document_id i64
INSERT INTO agenda_item_document (item_id, position, document_id)
VALUES (:item_id, :position, :document_id);

-- query: agenda_not_adopted :exec
-- param: meeting_id i64
UPDATE agenda SET adopted_revision = -1, adopted_at = 0
 WHERE meeting_id = :meeting_id;
