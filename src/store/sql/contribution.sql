-- Contributions of parties to a meeting.

-- query: contribution_insert :one
-- param: meeting_id i64, party_id i64, person_id i64, revises_id i64, now i64
-- row: id i64
INSERT INTO contribution (meeting_id, party_id, person_id, revises_id, kind,
	is_for_action, item, lang, title, purpose, action, summary, refs, body,
	file_name, file_kind, state, created_at)
VALUES (:meeting_id, :party_id, NULLIF(CAST(:person_id AS BIGINT), 0),
	NULLIF(CAST(:revises_id AS BIGINT), 0), '', 0, '', '', '', '', '', '',
	'', '', '', '', 'draft', :now)
RETURNING id;

-- query: contribution_set :exec
-- param: id i64, kind text, is_for_action bool, item text, lang text,
--   title text, purpose text, action text, summary text, refs text, body text
UPDATE contribution
   SET kind = :kind, is_for_action = :is_for_action, item = :item,
       lang = :lang, title = :title, purpose = :purpose, action = :action,
       summary = :summary, refs = :refs, body = :body
 WHERE id = :id;

-- query: contribution_set_file :exec
-- param: id i64, file_name text, file_kind text, blob_id i64
UPDATE contribution
   SET file_name = :file_name, file_kind = :file_kind,
       blob_id = NULLIF(CAST(:blob_id AS BIGINT), 0)
 WHERE id = :id;

-- query: contribution_set_state :exec
-- param: id i64, state text, reason text, received_at i64, decided_at i64,
--   person_id i64
UPDATE contribution
   SET state = :state, reason = :reason, received_at = :received_at,
       decided_at = :decided_at,
       decided_by = NULLIF(CAST(:person_id AS BIGINT), 0)
 WHERE id = :id;

-- query: contribution_set_document :exec
-- param: id i64, document_id i64
UPDATE contribution SET document_id = :document_id WHERE id = :id;

-- query: contribution_list :many
-- param: meeting_id i64
-- row: id i64, document_id i64, number i64, revises_id i64, revises i64,
--   party_id i64, person_id i64, kind text, is_for_action bool, item text,
--   lang text, title text, purpose text, action text, summary text, refs text,
--   body text, file_name text, file_kind text, blob_id i64, state text,
--   reason text, created_at i64, received_at i64, decided_at i64
SELECT c.id, coalesce(c.document_id, 0), coalesce(d.number, 0),
       coalesce(c.revises_id, 0), coalesce(r.number, 0), c.party_id,
       coalesce(c.person_id, 0), c.kind, c.is_for_action, c.item, c.lang,
       c.title, c.purpose, c.action, c.summary, c.refs, c.body, c.file_name,
       c.file_kind, coalesce(c.blob_id, 0), c.state, c.reason, c.created_at,
       c.received_at, c.decided_at
  FROM contribution c
  LEFT JOIN document d ON d.id = c.document_id
  LEFT JOIN document r ON r.id = c.revises_id
 WHERE c.meeting_id = :meeting_id
 ORDER BY c.id;

-- query: contribution_count :one
-- param: meeting_id i64
-- row: n i64
SELECT count(*) FROM contribution WHERE meeting_id = :meeting_id;

-- query: contribution_sources :many
-- param: meeting_id i64
-- row: contribution_id i64, party_id i64, state text
SELECT s.contribution_id, s.party_id, s.state
  FROM contribution_source s JOIN contribution c ON c.id = s.contribution_id
 WHERE c.meeting_id = :meeting_id
 ORDER BY s.contribution_id, s.position;

-- query: contribution_source_insert :exec
-- param: contribution_id i64, party_id i64, state text, now i64
INSERT INTO contribution_source (contribution_id, position, party_id, state,
	changed_at)
SELECT CAST(:contribution_id AS BIGINT), coalesce(max(position), 0) + 1,
       CAST(:party_id AS BIGINT), CAST(:state AS TEXT), CAST(:now AS BIGINT)
  FROM contribution_source WHERE contribution_id = :contribution_id;

-- query: contribution_source_set :exec
-- param: contribution_id i64, party_id i64, state text, person_id i64, now i64
UPDATE contribution_source
   SET state = :state, person_id = NULLIF(CAST(:person_id AS BIGINT), 0),
       changed_at = :now
 WHERE contribution_id = :contribution_id AND party_id = :party_id;

-- query: contribution_source_delete :exec
-- param: contribution_id i64, party_id i64
DELETE FROM contribution_source
 WHERE contribution_id = :contribution_id AND party_id = :party_id;

-- query: contribution_merges :many
-- param: contribution_id i64
-- row: document_id i64
SELECT document_id FROM contribution_merge
 WHERE contribution_id = :contribution_id ORDER BY document_id;

-- query: contribution_merge_insert :exec
-- param: contribution_id i64, document_id i64
INSERT INTO contribution_merge (contribution_id, document_id)
VALUES (:contribution_id, :document_id);

-- query: contribution_merge_delete :exec
-- param: contribution_id i64, document_id i64
DELETE FROM contribution_merge
 WHERE contribution_id = :contribution_id AND document_id = :document_id;

-- query: contribution_digest :opt
-- param: blob_id i64
-- row: digest bytes
SELECT digest FROM blob WHERE id = :blob_id;
