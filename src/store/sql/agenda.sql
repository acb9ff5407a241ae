-- Parts of meetings, items of agendas, and the documents under them.

-- query: agenda_get :opt
-- param: meeting_id i64
-- row: document_id ref, revision i64, is_changed bool, issued_at i64,
--   adopted_revision i64, adopted_at i64
SELECT document_id, revision, is_changed, issued_at, adopted_revision,
       adopted_at
  FROM agenda WHERE meeting_id = :meeting_id;

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

-- query: meeting_parts :many
-- param: meeting_id i64
-- row: id i64, position i64, access text, opens_local text,
--   closes_local text, chair_id ref, acting_id ref, chair text, acting text,
--   has_captions bool
SELECT p.id, p.position, p.access, p.opens_local, p.closes_local, p.chair_id,
       p.acting_id, coalesce(c.name, ''), coalesce(a.name, ''),
       CASE WHEN f.id IS NULL THEN 0 ELSE 1 END
  FROM meeting_part p
  LEFT JOIN person c ON c.id = p.chair_id
  LEFT JOIN person a ON a.id = p.acting_id
  LEFT JOIN caption_feed f ON f.part_id = p.id
 WHERE p.meeting_id = :meeting_id
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

-- query: agenda_items :many
-- param: meeting_id i64
-- row: id i64, part_id ref, position i64, kind text, minutes i64, state text,
--   document_id ref, number i64
SELECT i.id, i.part_id, i.position, i.kind, i.minutes, i.state, d.document_id,
       coalesce(o.number, 0)
  FROM agenda_item i
  LEFT JOIN meeting_part p ON p.id = i.part_id
  LEFT JOIN agenda_item_document d ON d.item_id = i.id
  LEFT JOIN document o ON o.id = d.document_id
 WHERE i.meeting_id = :meeting_id
 ORDER BY coalesce(p.position, 0), i.position, d.position;

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
