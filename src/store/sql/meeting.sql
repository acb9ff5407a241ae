-- Meetings, their documents, and the rules of posting.

-- query: meeting_insert :one
-- param: group_id i64, series text, ordinal i64, zone text, opens_local text,
--   closes_local text, place text, mode text, now i64
-- row: id i64
INSERT INTO meeting (group_id, series, ordinal, zone, opens_local, closes_local,
	place, mode, created_at)
VALUES (:group_id, :series, :ordinal, :zone, :opens_local, :closes_local,
	:place, :mode, :now)
RETURNING id;

-- query: meeting_list :many
-- param: group_id i64
-- row: id i64, group_id i64, series text, ordinal i64, zone text,
--   opens_local text, closes_local text, place text, mode text,
--   created_at i64, body_id i64
SELECT m.id, m.group_id, m.series, m.ordinal, m.zone, m.opens_local,
       m.closes_local, m.place, m.mode, m.created_at, g.body_id
  FROM meeting m JOIN working_group g ON g.id = m.group_id
 WHERE m.group_id = :group_id
 ORDER BY m.opens_local DESC, m.id DESC;

-- query: meeting_get :one
-- param: id i64
-- row: id i64, group_id i64, series text, ordinal i64, zone text,
--   opens_local text, closes_local text, place text, mode text,
--   created_at i64, body_id i64
SELECT m.id, m.group_id, m.series, m.ordinal, m.zone, m.opens_local,
       m.closes_local, m.place, m.mode, m.created_at, g.body_id
  FROM meeting m JOIN working_group g ON g.id = m.group_id
 WHERE m.id = :id;

-- query: document_next :one
-- param: meeting_id i64
-- row: number i64
SELECT coalesce(max(number), 0) + 1 FROM document
 WHERE meeting_id = :meeting_id;

-- query: document_insert :one
-- param: meeting_id i64, number i64, kind text, is_for_action bool,
--   access text, is_title_public bool, received_at i64
-- row: id i64
INSERT INTO document (meeting_id, number, kind, is_for_action, access,
	is_title_public, state, received_at)
VALUES (:meeting_id, :number, :kind, :is_for_action, :access,
	:is_title_public, 'received', :received_at)
RETURNING id;

-- query: document_list :many
-- param: meeting_id i64
-- row: id i64, meeting_id i64, number i64, kind text, is_for_action bool,
--   access text, is_title_public bool, state text, received_at i64,
--   posted_at i64, admitted_at i64
SELECT id, meeting_id, number, kind, is_for_action, access, is_title_public,
       state, received_at, posted_at, admitted_at
  FROM document WHERE meeting_id = :meeting_id
 ORDER BY number;

-- query: document_set_state :exec
-- param: id i64, state text, posted_at i64
UPDATE document SET state = :state, posted_at = :posted_at WHERE id = :id;

-- query: document_set_access :exec
-- param: id i64, access text, is_title_public bool
UPDATE document SET access = :access, is_title_public = :is_title_public
 WHERE id = :id;

-- query: document_admit :exec
-- param: id i64, person_id i64, now i64
UPDATE document SET admitted_by = :person_id, admitted_at = :now
 WHERE id = :id;

-- query: document_source_insert :exec
-- param: document_id i64, position i64, party_id i64
INSERT INTO document_source (document_id, position, party_id)
VALUES (:document_id, :position, :party_id);

-- query: document_sources :many
-- param: meeting_id i64
-- row: document_id i64, party_id i64
SELECT s.document_id, s.party_id
  FROM document_source s JOIN document d ON d.id = s.document_id
 WHERE d.meeting_id = :meeting_id
 ORDER BY s.document_id, s.position;

-- query: document_file_insert :exec
-- param: document_id i64, revision i64, lang text, status text,
--   file_name text, file_kind text, blob_id i64, now i64
INSERT INTO document_file (document_id, revision, lang, status, file_name,
	file_kind, blob_id, received_at)
VALUES (:document_id, :revision, :lang, :status, :file_name, :file_kind,
	:blob_id, :now);

-- query: document_files :many
-- param: meeting_id i64
-- row: id i64, document_id i64, revision i64, lang text, status text,
--   file_name text, file_kind text, blob_id i64
SELECT f.id, f.document_id, f.revision, f.lang, f.status, f.file_name,
       f.file_kind, f.blob_id
  FROM document_file f JOIN document d ON d.id = f.document_id
 WHERE d.meeting_id = :meeting_id
 ORDER BY f.document_id, f.revision DESC, f.lang;

-- query: posting_rules :many
-- param: group_id i64
-- row: kind text, effect text, days i64, instrument text
SELECT kind, effect, days, instrument FROM posting_rule
 WHERE group_id = :group_id ORDER BY kind, days, effect;

-- query: posting_rule_set :exec
-- param: group_id i64, kind text, effect text, days i64, instrument text
INSERT INTO posting_rule (group_id, kind, effect, days, instrument)
VALUES (:group_id, :kind, :effect, :days, :instrument)
ON CONFLICT (group_id, kind, effect) DO UPDATE
   SET days = :days, instrument = :instrument;

-- query: posting_rule_remove :exec
-- param: group_id i64, kind text, effect text
DELETE FROM posting_rule
 WHERE group_id = :group_id AND kind = :kind AND effect = :effect;

-- The newest of a group that somebody sees who reads what members read
-- (`reads`) or does not.
-- query: document_recent :many
-- param: group_id i64, reads i64, max i64
-- row: id i64, meeting_id i64, number i64, kind text, is_for_action bool,
--   access text, is_title_public bool, posted_at i64, revision i64,
--   series text, ordinal i64, zone text
SELECT d.id, d.meeting_id, d.number, d.kind, d.is_for_action, d.access,
       d.is_title_public, d.posted_at,
       coalesce((SELECT max(f.revision) FROM document_file f
	 WHERE f.document_id = d.id), 0),
       m.series, m.ordinal, m.zone
  FROM document d JOIN meeting m ON m.id = d.meeting_id
 WHERE m.group_id = :group_id AND d.state = 'posted'
   AND (:reads = 1 OR d.access = 'public' OR d.is_title_public = 1)
 ORDER BY d.posted_at DESC, d.id DESC
 LIMIT :max;

-- query: document_recent_sources :many
-- param: group_id i64, from_at i64
-- row: document_id i64, party_id i64
SELECT s.document_id, s.party_id
  FROM document_source s JOIN document d ON d.id = s.document_id
  JOIN meeting m ON m.id = d.meeting_id
 WHERE m.group_id = :group_id AND d.posted_at >= :from_at
 ORDER BY s.document_id, s.position;
