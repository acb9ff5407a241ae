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

