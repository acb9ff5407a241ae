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
--   opens_local text, closes_local text, place text, mode text
SELECT id, group_id, series, ordinal, zone, opens_local, closes_local, place,
       mode
  FROM meeting WHERE group_id = :group_id
 ORDER BY opens_local DESC, id DESC;

-- query: meeting_get :one
-- param: id i64
-- row: id i64, group_id i64, series text, ordinal i64, zone text,
--   opens_local text, closes_local text, place text, mode text
SELECT id, group_id, series, ordinal, zone, opens_local, closes_local, place,
       mode
  FROM meeting WHERE id = :id;

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
