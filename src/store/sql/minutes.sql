-- What was said under an item of an agenda, and how it ended.

-- query: statements :many
-- param: item_id i64
-- row: id i64, document_id ref, position i64, speaker text, name text,
--   is_all bool, words text, parties i64, others i64
SELECT s.id, s.document_id, s.position, s.speaker, s.name, s.is_all, s.words,
       (SELECT count(DISTINCT i.party_id) FROM intervention i
	 WHERE i.statement_id = s.id AND i.party_id IS NOT NULL),
       (SELECT count(*) FROM intervention i
	 WHERE i.statement_id = s.id AND i.party_id IS NULL)
  FROM statement s WHERE s.item_id = :item_id
 ORDER BY s.position, s.id;

-- query: statement_insert :one
-- param: item_id i64, document_id ref, speaker text, name text, is_all bool,
--   words text
-- row: id i64
INSERT INTO statement (item_id, document_id, position, speaker, name, is_all,
	words)
SELECT :item_id, :document_id, coalesce(max(position), 0) + 1, :speaker, :name,
       :is_all, :words
  FROM statement WHERE item_id = :item_id
RETURNING id;

-- query: statement_set :exec
-- param: id i64, document_id ref, speaker text, name text, is_all bool,
--   words text
UPDATE statement
   SET document_id = :document_id, speaker = :speaker, name = :name,
       is_all = :is_all, words = :words
 WHERE id = :id;

-- query: statement_place :exec
-- param: id i64, position i64
UPDATE statement SET position = :position WHERE id = :id;

-- query: statement_delete :exec
-- param: id i64
DELETE FROM statement WHERE id = :id;

-- query: statement_ungroup :exec
-- param: id i64
UPDATE intervention SET statement_id = NULL WHERE statement_id = :id;

-- query: interventions :many
-- param: item_id i64
-- row: id i64, document_id ref, statement_id ref, party_id ref,
--   person_id ref, speaker text, role text, lang text, words text,
--   stance text, is_remote bool, at i64
SELECT id, document_id, statement_id, party_id, person_id, speaker, role,
       lang, words, stance, is_remote, at
  FROM intervention WHERE item_id = :item_id
 ORDER BY at, id;

-- query: intervention_insert :one
-- param: item_id i64, document_id ref, statement_id ref, party_id ref,
--   person_id ref, speaker text, role text, lang text, words text,
--   stance text, is_remote bool, at i64
-- row: id i64
INSERT INTO intervention (item_id, document_id, statement_id, party_id,
	person_id, speaker, role, lang, words, stance, is_remote, at)
VALUES (:item_id, :document_id, :statement_id, :party_id, :person_id,
	:speaker, :role, :lang, :words, :stance, :is_remote, :at)
RETURNING id;

-- query: intervention_set :exec
-- param: id i64, document_id ref, statement_id ref, party_id ref,
--   speaker text, role text, lang text, words text, stance text,
--   is_remote bool
UPDATE intervention
   SET document_id = :document_id, statement_id = :statement_id,
       party_id = :party_id, speaker = :speaker, role = :role, lang = :lang,
       words = :words, stance = :stance, is_remote = :is_remote
 WHERE id = :id;

-- query: intervention_group :exec
-- param: id i64, statement_id ref
UPDATE intervention SET statement_id = :statement_id WHERE id = :id;

-- query: intervention_delete :exec
-- param: id i64
DELETE FROM intervention WHERE id = :id;

-- query: outcome_insert :one
-- param: item_id i64, document_id ref, statement_id ref, verb text,
--   object text, reservation text, person_id ref, at i64
-- row: id i64
INSERT INTO outcome (item_id, document_id, statement_id, position, verb,
	object, reservation, person_id, at)
SELECT :item_id, :document_id, :statement_id, coalesce(max(position), 0) + 1,
       :verb, :object, :reservation, :person_id, :at
  FROM outcome WHERE item_id = :item_id
RETURNING id;

-- query: outcome_delete :exec
-- param: id i64
DELETE FROM outcome WHERE id = :id;


-- All items of a meeting in their order, and with those that the document is
-- under (`is_under`) the outcomes of the item and of the document.
-- query: document_outcomes :many
-- param: meeting_id i64, document_id i64, lang text
-- row: item_id i64, is_public bool, is_under bool, kind text, state text,
--   title text, title_lang text, id i64, document_id i64, verb text,
--   object text, reservation text, at i64, report_state text,
--   report_access text
SELECT i.id, CASE WHEN p.access = 'public' THEN 1 ELSE 0 END,
       CASE WHEN d.item_id IS NULL THEN 0 ELSE 1 END, i.kind, i.state,
       coalesce(w.body, e.body, ''), coalesce(w.lang, e.lang, 'en'),
       coalesce(o.id, 0), coalesce(o.document_id, 0), coalesce(o.verb, ''),
       coalesce(o.object, ''), coalesce(o.reservation, ''), coalesce(o.at, 0),
       coalesce(r.state, ''), coalesce(r.access, '')
  FROM agenda_item i
  LEFT JOIN meeting_part p ON p.id = i.part_id
  LEFT JOIN agenda_item_document d ON d.item_id = i.id
   AND d.document_id = :document_id
  LEFT JOIN outcome o ON o.item_id = d.item_id AND o.statement_id IS NULL
   AND (o.document_id IS NULL OR o.document_id = :document_id)
  LEFT JOIN wording w ON w.owner_kind = 'agenda_item' AND w.owner_id = i.id
   AND w.field = 'title' AND w.lang = :lang
  LEFT JOIN wording e ON e.owner_kind = 'agenda_item' AND e.owner_id = i.id
   AND e.field = 'title' AND e.lang = 'en'
  LEFT JOIN report r ON r.meeting_id = i.meeting_id
 WHERE i.meeting_id = :meeting_id
 ORDER BY coalesce(p.position, 0), i.position, i.id, o.position, o.id;

-- query: document_report :opt
-- param: meeting_id i64, lang text
-- row: lang text, blob_id i64
SELECT v.lang, v.blob_id
  FROM report r JOIN report_version v ON v.report_id = r.id
 WHERE r.meeting_id = :meeting_id AND v.number = (SELECT max(x.number)
	FROM report_version x WHERE x.report_id = r.id)
 ORDER BY CASE WHEN v.lang = :lang THEN 0 WHEN v.lang = 'en' THEN 1 ELSE 2 END,
       v.lang
 LIMIT 1;
