-- What can be found. Identifiers grow with time (domain/search.h), so the
-- order of the index is the order of the results.

-- query: search_plan :exec
SELECT 1 WHERE 1 = 0;
-- engine: pg
SET LOCAL plan_cache_mode = force_custom_plan;

-- query: search_newest :many
-- param: fts text, ts text, before i64, max i64
-- row: id i64, kind text, ref_id i64, lang text, group_slug text,
--   acronym text, consultation_id i64, consultation i64, number i64,
--   title text, at i64, excerpt text, place text
SELECT e.id, e.kind, e.ref_id, e.lang, g.slug, g.acronym, e.consultation_id,
       coalesce(c.number, 0), e.number, e.title, e.at, e.excerpt, e.place
  FROM search_fts JOIN search_entry e ON e.id = search_fts.rowid
  LEFT JOIN consultation c ON c.id = e.consultation_id
  JOIN working_group g ON g.id = e.group_id
 WHERE search_fts MATCH :fts AND search_fts.rowid < :before
   AND :ts IS NOT NULL
 ORDER BY search_fts.rowid DESC LIMIT :max;
-- engine: pg
SELECT e.id, e.kind, e.ref_id, e.lang, g.slug, g.acronym, e.consultation_id,
       coalesce(c.number, 0), e.number, e.title, e.at, e.excerpt, e.place
  FROM search_entry e
  LEFT JOIN consultation c ON c.id = e.consultation_id
  JOIN working_group g ON g.id = e.group_id
 WHERE e.vector @@ :ts::tsquery AND e.id < :before AND :fts IS NOT NULL
 ORDER BY e.id DESC LIMIT :max;

-- query: search_newest_back :many
-- param: fts text, ts text, after i64, max i64
-- row: id i64, kind text, ref_id i64, lang text, group_slug text,
--   acronym text, consultation_id i64, consultation i64, number i64,
--   title text, at i64, excerpt text, place text
SELECT e.id, e.kind, e.ref_id, e.lang, g.slug, g.acronym, e.consultation_id,
       coalesce(c.number, 0), e.number, e.title, e.at, e.excerpt, e.place
  FROM search_fts JOIN search_entry e ON e.id = search_fts.rowid
  LEFT JOIN consultation c ON c.id = e.consultation_id
  JOIN working_group g ON g.id = e.group_id
 WHERE search_fts MATCH :fts AND search_fts.rowid > :after
   AND :ts IS NOT NULL
 ORDER BY search_fts.rowid LIMIT :max;
-- engine: pg
SELECT e.id, e.kind, e.ref_id, e.lang, g.slug, g.acronym, e.consultation_id,
       coalesce(c.number, 0), e.number, e.title, e.at, e.excerpt, e.place
  FROM search_entry e
  LEFT JOIN consultation c ON c.id = e.consultation_id
  JOIN working_group g ON g.id = e.group_id
 WHERE e.vector @@ :ts::tsquery AND e.id > :after AND :fts IS NOT NULL
 ORDER BY e.id LIMIT :max;

-- query: search_count :one
-- param: fts text, ts text, max i64
-- row: n i64
SELECT count(*) FROM (SELECT 1 FROM search_fts
	WHERE search_fts MATCH :fts AND :ts IS NOT NULL LIMIT :max) AS found;
-- engine: pg
SELECT count(*) FROM (SELECT 1 FROM search_entry e
	WHERE e.vector @@ :ts::tsquery AND :fts IS NOT NULL
	LIMIT :max) AS found;

-- query: search_refs :many
-- param: fts text, ts text, place i64, max i64
-- row: id i64, response_id i64
SELECT e.id, e.ref_id
  FROM search_fts JOIN search_entry e ON e.id = search_fts.rowid
 WHERE search_fts MATCH :fts AND search_fts.rowid < :place
   AND :ts IS NOT NULL
 ORDER BY search_fts.rowid DESC LIMIT :max;
-- engine: pg
SELECT e.id, e.ref_id FROM search_entry e
 WHERE e.vector @@ :ts::tsquery AND e.id < :place AND :fts IS NOT NULL
 ORDER BY e.id DESC LIMIT :max;

-- query: search_refs_up :many
-- param: fts text, ts text, place i64, max i64
-- row: id i64, response_id i64
SELECT e.id, e.ref_id
  FROM search_fts JOIN search_entry e ON e.id = search_fts.rowid
 WHERE search_fts MATCH :fts AND search_fts.rowid > :place
   AND :ts IS NOT NULL
 ORDER BY search_fts.rowid LIMIT :max;
-- engine: pg
SELECT e.id, e.ref_id FROM search_entry e
 WHERE e.vector @@ :ts::tsquery AND e.id > :place AND :fts IS NOT NULL
 ORDER BY e.id LIMIT :max;

-- query: search_insert :count
-- param: id i64, kind text, ref_id i64, lang text, group_id i64,
--   consultation_id i64, number i64, title text, at i64, tokens text,
--   excerpt text, place text
INSERT INTO search_entry (id, kind, ref_id, lang, group_id, consultation_id,
	number, title, at, tokens, excerpt, place)
VALUES (:id, :kind, :ref_id, :lang, :group_id, :consultation_id, :number,
	:title, :at, :tokens, :excerpt, :place)
ON CONFLICT DO NOTHING;

-- query: search_delete_one :count
-- param: kind text, ref_id i64, lang text
DELETE FROM search_entry
 WHERE kind = :kind AND ref_id = :ref_id AND lang = :lang;

-- query: search_delete :exec
-- param: kind text, ref_id i64
DELETE FROM search_entry WHERE kind = :kind AND ref_id = :ref_id;

-- query: search_tasks :many
-- param: now i64, max i64
-- row: id i64, kind text, ref_id i64
SELECT id, kind, ref_id FROM task
 WHERE kind IN ('index', 'index_version', 'index_document', 'index_topic')
   AND not_before_at <= :now
 ORDER BY not_before_at, id LIMIT :max;

-- query: search_task_done :exec
-- param: id i64
DELETE FROM task WHERE id = :id;

-- query: search_source :opt
-- param: response_id i64
-- row: group_id i64, consultation_id i64, number i64, source text,
--   person text, category text, country text, lang text, received_at i64,
--   excerpt text, content bytes
SELECT l.group_id, l.consultation_id, l.number, l.source, l.person, l.category,
       l.country, l.lang, l.received_at, l.excerpt, p.content
  FROM listing l JOIN public_response p ON p.response_id = l.response_id
 WHERE l.response_id = :response_id;

-- What everybody may read; the titles come from wording.
-- query: search_version :opt
-- param: version_id i64
-- row: instrument_id i64, group_id i64, kind text, inumber text, slug text,
--   number i64, name text, lang text, dated text, body text
SELECT i.id, i.group_id, i.kind, i.number, i.slug, v.number, v.name, v.lang,
       v.dated, v.body
  FROM instrument_version v JOIN instrument i ON i.id = v.instrument_id
 WHERE v.id = :version_id AND v.text_blob_id IS NOT NULL
   AND v.withdrawn_at = 0 AND v.state <> 'draft';

-- `is_open`: everybody reads it; else its title alone.
-- query: search_document :opt
-- param: document_id i64, now i64
-- row: group_id i64, series text, ordinal i64, number i64, at i64, is_open bool,
--   revision i64, addendum i64, corrigendum i64, is_titled bool, kind text
SELECT m.group_id, m.series, m.ordinal, coalesce(p.number, d.number),
       d.posted_at,
       CASE WHEN (d.access = 'public' OR (d.public_from_at > 0
	AND d.public_from_at <= :now))
	AND (p.id IS NULL OR p.access = 'public' OR (p.public_from_at > 0
	AND p.public_from_at <= :now)) THEN 1 ELSE 0 END,
       coalesce((SELECT max(f.revision) FROM document_file f
	WHERE f.document_id = d.id), 0), d.addendum, d.corrigendum,
       CASE WHEN (d.access = 'public' OR d.is_title_public <> 0
	OR (d.public_from_at > 0 AND d.public_from_at <= :now))
	AND (p.id IS NULL OR p.access = 'public' OR p.is_title_public <> 0
	OR (p.public_from_at > 0 AND p.public_from_at <= :now))
	THEN 1 ELSE 0 END, d.kind
  FROM document d JOIN meeting m ON m.id = d.meeting_id
  LEFT JOIN document p ON p.id = d.parent_id
 WHERE d.id = :document_id AND d.state IN ('posted', 'merged')
   AND (p.id IS NULL OR p.state IN ('posted', 'merged'));

-- query: search_groups :many
-- row: id i64, body_id i64
SELECT id, body_id FROM working_group ORDER BY id;

-- A proposed topic in its newest revision. `is_open`: everybody sees it.
-- query: search_topic :opt
-- param: proposal_id i64
-- row: group_id i64, number i64, changed_at i64, revision_id i64, lang text,
--   title text, rationale text, is_open bool
SELECT p.group_id, p.number, p.changed_at, r.id, r.lang, r.title, r.rationale,
       CASE WHEN p.state = 'agreed' OR (p.state <> 'merging'
	AND coalesce(u.is_public, 0) = 1) THEN 1 ELSE 0 END
  FROM proposal p JOIN proposal_revision r ON r.proposal_id = p.id
  LEFT JOIN proposal_rule u ON u.group_id = p.group_id
 WHERE p.id = :proposal_id AND p.state <> 'draft' AND p.number > 0
   AND r.number = (SELECT max(x.number) FROM proposal_revision x
	WHERE x.proposal_id = p.id);

-- query: search_topic_questions :many
-- param: revision_id i64
-- row: body text
SELECT body FROM proposal_question WHERE revision_id = :revision_id
 ORDER BY position;

-- query: search_topic_task :exec
-- param: ref_id i64, now i64
INSERT INTO task (kind, ref_id, not_before_at)
VALUES ('index_topic', :ref_id, :now);

-- query: search_topics_task :exec
-- param: group_id i64, now i64
INSERT INTO task (kind, ref_id, not_before_at)
SELECT 'index_topic', p.id, CAST(:now AS BIGINT) FROM proposal p
 WHERE p.group_id = :group_id;

-- query: search_document_texts :many
-- param: document_id i64, revision i64
-- row: lang text, status text, blob_id i64
SELECT f.lang, f.status, r.text_blob_id
  FROM document_file f JOIN document_reading r ON r.file_id = f.id
 WHERE f.document_id = :document_id AND f.revision = :revision
   AND r.text_blob_id IS NOT NULL
 ORDER BY f.status DESC, f.lang;

-- query: search_attachments :many
-- param: response_id i64
-- row: name text, body text
SELECT a.name, substr(a.body, 1, 200000) FROM response r
  JOIN attachment a ON a.revision_id = r.public_revision_id
 WHERE r.id = :response_id AND a.clean_blob_id IS NOT NULL
 ORDER BY a.position;

-- query: search_hidden :many
-- row: id i64, zone text, deadline_local text
SELECT id, zone, deadline_local FROM consultation
 WHERE state = 'launched' AND publication = 'after_deadline';

-- query: search_changed_consultations :many
-- param: since i64
-- row: id i64
SELECT c.id FROM consultation c
 WHERE c.state <> 'planned' AND (c.changed_at >= :since
    OR EXISTS (SELECT 1 FROM wording w WHERE w.owner_kind = 'consultation'
	AND w.owner_id = c.id AND w.changed_at >= :since)
    OR EXISTS (SELECT 1 FROM question q JOIN wording w
	ON w.owner_kind = 'question' AND w.owner_id = q.id
	WHERE q.consultation_id = c.id AND w.changed_at >= :since));

-- query: search_mark_get :opt
-- row: value bytes
SELECT value FROM installation WHERE name = 'search_consultations_at';

-- query: search_mark_set :exec
-- param: value bytes
INSERT INTO installation (name, value)
VALUES ('search_consultations_at', :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- query: search_consultation_row :one
-- param: id i64
-- row: group_id i64, number i64, at i64, languages text
SELECT group_id, number, launched_at, languages FROM consultation
 WHERE id = :id;
