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
--   created_at i64, body_id i64, has_invitation bool
SELECT m.id, m.group_id, m.series, m.ordinal, m.zone, m.opens_local,
       m.closes_local, m.place, m.mode, m.created_at, g.body_id,
       CASE WHEN i.meeting_id IS NULL THEN 0 ELSE 1 END
  FROM meeting m JOIN working_group g ON g.id = m.group_id
  LEFT JOIN invitation i ON i.meeting_id = m.id
 WHERE m.group_id = :group_id
 ORDER BY m.opens_local DESC, m.id DESC;

-- query: meeting_get :one
-- param: id i64
-- row: id i64, group_id i64, series text, ordinal i64, zone text,
--   opens_local text, closes_local text, place text, mode text,
--   created_at i64, body_id i64, has_invitation bool
SELECT m.id, m.group_id, m.series, m.ordinal, m.zone, m.opens_local,
       m.closes_local, m.place, m.mode, m.created_at, g.body_id,
       CASE WHEN i.meeting_id IS NULL THEN 0 ELSE 1 END
  FROM meeting m JOIN working_group g ON g.id = m.group_id
  LEFT JOIN invitation i ON i.meeting_id = m.id
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
--   posted_at i64, admitted_at i64, public_from_at i64,
--   is_summary_public bool, parent_id ref, addendum i64, corrigendum i64,
--   only_lang text, merged_into_id ref
SELECT id, meeting_id, number, kind, is_for_action, access, is_title_public,
       state, received_at, posted_at, admitted_at, public_from_at,
       is_summary_public, parent_id, addendum, corrigendum, only_lang,
       merged_into_id
  FROM document WHERE meeting_id = :meeting_id
 ORDER BY CASE WHEN parent_id IS NULL THEN number ELSE 0 END, addendum,
       corrigendum;

-- query: document_part_insert :one
-- param: parent_id i64, kind text, is_for_action bool, access text,
--   is_title_public bool, received_at i64, addendum i64, corrigendum i64,
--   only_lang text
-- row: id i64
INSERT INTO document (meeting_id, number, kind, is_for_action, access,
	is_title_public, state, received_at, parent_id, addendum, corrigendum,
	only_lang)
SELECT p.meeting_id,
       (SELECT coalesce(min(o.number), 0) - 1 FROM document o
	 WHERE o.meeting_id = p.meeting_id AND o.number < 0),
       CAST(:kind AS TEXT), CAST(:is_for_action AS BIGINT),
       CAST(:access AS TEXT), CAST(:is_title_public AS BIGINT), 'received',
       CAST(:received_at AS BIGINT), p.id, CAST(:addendum AS BIGINT),
       CAST(:corrigendum AS BIGINT), CAST(:only_lang AS TEXT)
  FROM document p WHERE p.id = :parent_id
RETURNING id;

-- query: document_set_state :exec
-- param: id i64, state text, posted_at i64
UPDATE document SET state = :state, posted_at = :posted_at,
	merged_into_id = NULL
 WHERE id = :id;

-- query: document_merge :exec
-- param: id i64, into_id i64
UPDATE document SET state = 'merged', merged_into_id = :into_id
 WHERE id = :id;

-- query: document_set_access :exec
-- param: id i64, access text, is_title_public bool, is_summary_public bool,
--   public_from_at i64
UPDATE document SET access = :access, is_title_public = :is_title_public,
	is_summary_public = :is_summary_public,
	public_from_at = :public_from_at
 WHERE id = :id;

-- query: document_admit :exec
-- param: id i64, person_id i64, now i64
UPDATE document SET admitted_by = :person_id, admitted_at = :now
 WHERE id = :id;

-- query: document_source_insert :exec
-- param: document_id i64, position i64, party_id i64
INSERT INTO document_source (document_id, position, party_id)
VALUES (:document_id, :position, :party_id);

-- query: document_file_insert :one
-- param: document_id i64, revision i64, lang text, status text,
--   file_name text, file_kind text, blob_id i64, now i64
-- row: id i64
INSERT INTO document_file (document_id, revision, lang, status, file_name,
	file_kind, blob_id, received_at)
VALUES (:document_id, :revision, :lang, :status, :file_name, :file_kind,
	:blob_id, :now)
RETURNING id;

-- query: document_files :many
-- param: meeting_id i64
-- row: id i64, document_id i64, revision i64, lang text, status text,
--   file_name text, file_kind text, blob_id i64, received_at i64,
--   reading text, reason text, paragraphs i64, labels text, findings text,
--   docx_blob_id i64, pdf_blob_id i64, text_blob_id i64,
--   tracked_blob_id i64, parts_blob_id i64, pages i64
SELECT f.id, f.document_id, f.revision, f.lang, f.status, f.file_name,
       f.file_kind, f.blob_id, f.received_at, coalesce(r.state, ''),
       coalesce(r.reason, ''), coalesce(r.paragraphs, 0),
       coalesce(r.labels, ''), coalesce(r.findings, ''),
       coalesce(r.docx_blob_id, 0), coalesce(r.pdf_blob_id, 0),
       coalesce(r.text_blob_id, 0), coalesce(r.tracked_blob_id, 0),
       coalesce(r.parts_blob_id, 0), coalesce(r.pages, 0)
  FROM document_file f JOIN document d ON d.id = f.document_id
  LEFT JOIN document_reading r ON r.file_id = f.id
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

-- query: document_reading_ask :exec
-- param: file_id i64
INSERT INTO document_reading (file_id, state) VALUES (:file_id, 'waiting')
ON CONFLICT (file_id) DO UPDATE SET state = 'waiting';

-- query: document_task_insert :exec
-- param: ref_id i64, now i64
INSERT INTO task (kind, ref_id, not_before_at)
SELECT 'read_document', CAST(:ref_id AS BIGINT), CAST(:now AS BIGINT)
 WHERE NOT EXISTS (SELECT 1 FROM task t
	WHERE t.kind = 'read_document' AND t.ref_id = :ref_id AND t.tries = 0);

-- query: document_task_claim :opt
-- param: now i64, until_at i64
-- row: id i64, ref_id i64, tries i64
UPDATE task SET tries = tries + 1, not_before_at = :until_at
 WHERE id = (SELECT t.id FROM task t
	WHERE t.kind = 'read_document' AND t.not_before_at <= :now
	ORDER BY t.not_before_at, t.id LIMIT 1)
RETURNING id, ref_id, tries;
-- engine: pg
UPDATE task SET tries = tries + 1, not_before_at = :until_at
 WHERE id = (SELECT t.id FROM task t
	WHERE t.kind = 'read_document' AND t.not_before_at <= :now
	ORDER BY t.not_before_at, t.id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, ref_id, tries;

-- query: document_task_later :exec
-- param: id i64, not_before_at i64, error text
UPDATE task SET not_before_at = :not_before_at, error = :error WHERE id = :id;

-- query: document_task_done :exec
-- param: id i64
DELETE FROM task WHERE id = :id;

-- query: document_file_get :opt
-- param: id i64
-- row: document_id i64, meeting_id i64, number i64, revision i64, lang text,
--   file_kind text, blob_id i64, received_at i64
SELECT f.document_id, d.meeting_id, d.number, f.revision, f.lang, f.file_kind,
       f.blob_id, f.received_at
  FROM document_file f JOIN document d ON d.id = f.document_id
 WHERE f.id = :id;

-- query: document_file_before :opt
-- param: document_id i64, revision i64, lang text
-- row: docx_blob_id i64
SELECT r.docx_blob_id
  FROM document_file f JOIN document_reading r ON r.file_id = f.id
 WHERE f.document_id = :document_id AND f.lang = :lang
   AND f.revision < :revision AND r.docx_blob_id IS NOT NULL
 ORDER BY f.revision DESC LIMIT 1;

-- query: document_reading_made :exec
-- param: file_id i64, state text, reason text, paragraphs i64, labels text,
--   findings text, text_blob_id i64, docx_blob_id i64, pdf_blob_id i64,
--   tracked_blob_id i64, parts_blob_id i64, pages i64, now i64
UPDATE document_reading
   SET state = :state, reason = :reason, paragraphs = :paragraphs,
       labels = :labels, findings = :findings,
       text_blob_id = NULLIF(CAST(:text_blob_id AS BIGINT), 0),
       docx_blob_id = NULLIF(CAST(:docx_blob_id AS BIGINT), 0),
       pdf_blob_id = NULLIF(CAST(:pdf_blob_id AS BIGINT), 0),
       tracked_blob_id = NULLIF(CAST(:tracked_blob_id AS BIGINT), 0),
       parts_blob_id = NULLIF(CAST(:parts_blob_id AS BIGINT), 0),
       pages = :pages, made_at = :now
 WHERE file_id = :file_id;

-- With its parts: what is seen of them depends on it.
-- query: document_index_task :exec
-- param: ref_id i64, at i64
INSERT INTO task (kind, ref_id, not_before_at)
SELECT 'index_document', d.id, CAST(:at AS BIGINT) FROM document d
 WHERE d.id = :ref_id OR d.parent_id = :ref_id;

-- The newest of a group that somebody sees who reads what members read
-- (`reads`) or does not.
-- query: document_recent :many
-- param: group_id i64, reads i64, max i64
-- row: id i64, meeting_id i64, number i64, kind text, is_for_action bool,
--   access text, is_title_public bool, posted_at i64, revision i64,
--   series text, ordinal i64, zone text, parent_id ref, addendum i64,
--   corrigendum i64
SELECT d.id, d.meeting_id, coalesce(p.number, d.number), d.kind,
       d.is_for_action, d.access,
       d.is_title_public, d.posted_at,
       coalesce((SELECT max(f.revision) FROM document_file f
	 WHERE f.document_id = d.id), 0),
       m.series, m.ordinal, m.zone, d.parent_id, d.addendum, d.corrigendum
  FROM document d JOIN meeting m ON m.id = d.meeting_id
  LEFT JOIN document p ON p.id = d.parent_id
 WHERE m.group_id = :group_id AND d.state = 'posted'
   AND (p.id IS NULL OR p.state IN ('posted', 'merged'))
   AND (:reads = 1 OR ((d.access = 'public' OR d.is_title_public = 1)
	AND (p.id IS NULL OR p.access = 'public' OR p.is_title_public = 1)))
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

-- With the revisions before and after it, in its language; of each that has
-- been read.
-- query: document_comparison_ask :exec
-- param: file_id i64, max i64
INSERT INTO document_comparison (old_file_id, new_file_id, state)
SELECT o.id, f.id, 'waiting'
  FROM document_file f
  JOIN document_file o ON o.document_id = f.document_id AND o.lang = f.lang
   AND o.revision < f.revision AND o.revision >= f.revision - :max
  JOIN document_reading r ON r.file_id = o.id AND r.docx_blob_id IS NOT NULL
  JOIN document_reading n ON n.file_id = f.id AND n.docx_blob_id IS NOT NULL
 WHERE f.id = :file_id OR o.id = :file_id
ON CONFLICT (old_file_id, new_file_id) DO UPDATE SET state = 'waiting';

-- A part with the newest revision of what it belongs to, from either side.
-- query: document_comparison_ask_whole :exec
-- param: file_id i64
INSERT INTO document_comparison (old_file_id, new_file_id, state)
SELECT o.id, f.id, 'waiting'
  FROM document_file f
  JOIN document d ON d.id = f.document_id
  JOIN document_file o ON o.document_id = d.parent_id AND o.lang = f.lang
  JOIN document_reading r ON r.file_id = o.id AND r.docx_blob_id IS NOT NULL
  JOIN document_reading n ON n.file_id = f.id AND n.docx_blob_id IS NOT NULL
 WHERE (f.id = :file_id OR o.id = :file_id) AND f.revision = 0
   AND o.revision = (SELECT max(x.revision) FROM document_file x
	JOIN document_reading y ON y.file_id = x.id
	 AND y.docx_blob_id IS NOT NULL
	WHERE x.document_id = d.parent_id AND x.lang = f.lang)
ON CONFLICT (old_file_id, new_file_id) DO UPDATE SET state = 'waiting';

-- query: document_comparison_task :exec
-- param: file_id i64, now i64
INSERT INTO task (kind, ref_id, not_before_at)
SELECT 'compare_document', c.id, CAST(:now AS BIGINT)
  FROM document_comparison c
 WHERE (c.new_file_id = :file_id OR c.old_file_id = :file_id)
   AND c.state = 'waiting'
   AND NOT EXISTS (SELECT 1 FROM task t WHERE t.kind = 'compare_document'
	AND t.ref_id = c.id AND t.tries = 0);

-- query: document_comparison_claim :opt
-- param: now i64, until_at i64
-- row: id i64, ref_id i64, tries i64
UPDATE task SET tries = tries + 1, not_before_at = :until_at
 WHERE id = (SELECT t.id FROM task t
	WHERE t.kind = 'compare_document' AND t.not_before_at <= :now
	ORDER BY t.not_before_at, t.id LIMIT 1)
RETURNING id, ref_id, tries;
-- engine: pg
UPDATE task SET tries = tries + 1, not_before_at = :until_at
 WHERE id = (SELECT t.id FROM task t
	WHERE t.kind = 'compare_document' AND t.not_before_at <= :now
	ORDER BY t.not_before_at, t.id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, ref_id, tries;

-- query: document_comparison_files :opt
-- param: id i64
-- row: old_blob_id i64, new_blob_id i64
SELECT o.docx_blob_id, n.docx_blob_id
  FROM document_comparison c
  JOIN document_reading o ON o.file_id = c.old_file_id
   AND o.docx_blob_id IS NOT NULL
  JOIN document_reading n ON n.file_id = c.new_file_id
   AND n.docx_blob_id IS NOT NULL
 WHERE c.id = :id;

-- query: document_comparison_get :opt
-- param: old_file_id i64, new_file_id i64
-- row: id i64, state text, reason text, text_blob_id ref, tracked_blob_id ref
SELECT id, state, reason, text_blob_id, tracked_blob_id
  FROM document_comparison
 WHERE old_file_id = :old_file_id AND new_file_id = :new_file_id;

-- query: document_comparison_made :exec
-- param: id i64, state text, reason text, text_blob_id i64,
--   tracked_blob_id i64, now i64
UPDATE document_comparison
   SET state = :state, reason = :reason,
       text_blob_id = NULLIF(CAST(:text_blob_id AS BIGINT), 0),
       tracked_blob_id = NULLIF(CAST(:tracked_blob_id AS BIGINT), 0),
       made_at = :now
 WHERE id = :id;
