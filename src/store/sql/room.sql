-- Informal consultations on proposals.

-- query: room_insert :one
-- param: group_id i64, title text, zone text, until_local text,
--   person_id ref, now i64
-- row: id i64, number i64
INSERT INTO room (group_id, number, title, zone, until_local, person_id,
	created_at)
VALUES (:group_id, (SELECT coalesce(max(r.number), 0) + 1 FROM room r
	WHERE r.group_id = :group_id), :title, :zone, :until_local, :person_id,
	:now)
RETURNING id, number;

-- query: room_list :many
-- param: group_id i64
-- row: id i64, number i64, title text, zone text, until_local text,
--   created_at i64, closed_at i64
SELECT id, number, title, zone, until_local, created_at, closed_at
  FROM room WHERE group_id = :group_id
 ORDER BY number DESC;

-- query: room_close :exec
-- param: id i64, now i64
UPDATE room SET closed_at = :now WHERE id = :id;

-- query: room_set_until :exec
-- param: id i64, until_local text
UPDATE room SET until_local = :until_local WHERE id = :id;

-- query: room_party_insert :exec
-- param: room_id i64, party_id i64, now i64
INSERT INTO room_party (room_id, party_id, invited_at)
VALUES (:room_id, :party_id, :now)
ON CONFLICT (room_id, party_id) DO NOTHING;

-- query: room_party_list :many
-- param: group_id i64
-- row: room_id i64, party_id i64
SELECT x.room_id, x.party_id
  FROM room r JOIN room_party x ON x.room_id = r.id
 WHERE r.group_id = :group_id
 ORDER BY x.room_id, x.invited_at, x.party_id;

-- query: room_party_may :opt
-- param: room_id i64, party_id i64
-- row: party_id i64
SELECT party_id FROM room_party
 WHERE room_id = :room_id AND party_id = :party_id;

-- query: room_proposal_insert :exec
-- param: room_id i64, proposal_id i64
INSERT INTO room_proposal (room_id, proposal_id)
VALUES (:room_id, :proposal_id);

-- query: room_proposal_list :many
-- param: group_id i64
-- row: room_id i64, proposal_id i64, number i64
SELECT x.room_id, x.proposal_id, p.number
  FROM room r JOIN room_proposal x ON x.room_id = r.id
  JOIN proposal p ON p.id = x.proposal_id
 WHERE r.group_id = :group_id
 ORDER BY x.room_id, p.number;

-- query: room_entry_insert :exec
-- param: room_id i64, draft i64, on_draft i64, body text, party_id ref,
--   person_id ref, now i64
INSERT INTO room_entry (room_id, draft, on_draft, body, party_id, person_id, at)
VALUES (:room_id, :draft, :on_draft, :body, :party_id, :person_id, :now);

-- query: room_entry_list :many
-- param: room_id i64
-- row: id i64, draft i64, on_draft i64, body text, party_id ref, person text,
--   at i64
SELECT e.id, e.draft, e.on_draft, e.body, e.party_id, coalesce(n.name, ''), e.at
  FROM room_entry e LEFT JOIN person n ON n.id = e.person_id
 WHERE e.room_id = :room_id ORDER BY e.id;
