-- Duties to report: found, decided, reported.

-- query: duty_found_insert :exec
-- param: instrument_id i64, version_id i64, dated text, place text, block i64,
--   paragraph text, who text, recipient text, words text, every text,
--   year i64, now i64
INSERT INTO duty_found (instrument_id, version_id, dated, place, block,
	paragraph, who, recipient, words, every, year, at)
VALUES (:instrument_id, :version_id, :dated, :place, :block, :paragraph, :who,
	:recipient, :words, :every, :year, :now)
ON CONFLICT (instrument_id, dated, place) DO NOTHING;

-- What was found in other versions, and nobody decided on.
-- query: duty_found_forget :exec
-- param: instrument_id i64, version_id i64
DELETE FROM duty_found
 WHERE instrument_id = :instrument_id AND version_id <> :version_id
   AND NOT EXISTS (SELECT 1 FROM duty WHERE found_id = duty_found.id);

-- query: duty_found_list :many
-- param: group_id i64
-- row: id i64, instrument_id i64, version i64, version_name text, lang text,
--   block i64, paragraph text, who text, recipient text, words text,
--   every text, year i64
SELECT f.id, f.instrument_id, v.number, v.name, v.lang, f.block, f.paragraph,
       f.who, f.recipient, f.words, f.every, f.year
  FROM instrument i
  JOIN duty_found f ON f.instrument_id = i.id
  JOIN instrument_version v ON v.id = f.version_id
 WHERE i.group_id = :group_id AND v.withdrawn_at = 0
   AND NOT EXISTS (SELECT 1 FROM duty WHERE found_id = f.id)
 ORDER BY i.kind, i.number, i.id, f.block;

-- query: duty_insert :one
-- param: group_id i64, found_id ref, instrument_id i64, paragraph text,
--   lang text, who text, recipient text, words text, every text, due text,
--   state text, person_id ref, now i64
-- row: id i64, number i64
INSERT INTO duty (group_id, number, found_id, instrument_id, paragraph, lang,
	who, recipient, words, every, due, state, person_id, created_at,
	changed_at)
SELECT :group_id, coalesce(max(number), 0) + 1, :found_id, :instrument_id,
       :paragraph, :lang, :who, :recipient, :words, :every, :due, :state,
       :person_id, :now, :now
  FROM duty WHERE group_id = :group_id
RETURNING id, number;

-- query: duty_set :exec
-- param: id i64, instrument_id i64, paragraph text, lang text, who text,
--   recipient text, words text, every text, due text, state text,
--   person_id ref, now i64
UPDATE duty SET instrument_id = :instrument_id, paragraph = :paragraph,
	lang = :lang, who = :who, recipient = :recipient, words = :words,
	every = :every, due = :due, state = :state, person_id = :person_id,
	changed_at = :now
 WHERE id = :id;

-- query: duty_list :many
-- param: group_id i64
-- row: id i64, number i64, found_id ref, instrument_id i64, paragraph text,
--   lang text, who text, recipient text, words text, every text, due text,
--   state text, changed_at i64
SELECT id, number, found_id, instrument_id, paragraph, lang, who, recipient,
       words, every, due, state, changed_at
  FROM duty WHERE group_id = :group_id
 ORDER BY CASE WHEN due = '' THEN '9999' ELSE due END, number;

-- Duties whose words are of a version that a newer one in force replaced.
-- query: duty_outdated :many
-- param: group_id i64
-- row: id i64
SELECT t.id
  FROM duty t JOIN duty_found f ON f.id = t.found_id
 WHERE t.group_id = :group_id
   AND EXISTS (SELECT 1 FROM instrument_version v
	WHERE v.instrument_id = t.instrument_id AND v.dated > f.dated
	  AND v.state = 'in_force' AND v.reading = 'read'
	  AND v.withdrawn_at = 0)
 ORDER BY t.id;

-- query: duty_report_insert :exec
-- param: duty_id i64, due text, document_id ref, words text, person_id ref,
--   now i64
INSERT INTO duty_report (duty_id, due, document_id, words, person_id, at)
VALUES (:duty_id, :due, :document_id, :words, :person_id, :now);

-- query: duty_report_list :many
-- param: group_id i64
-- row: duty_id i64, due text, words text, at i64, document i64, state text,
--   access text, is_title_public bool, public_from_at i64, meeting_id ref,
--   series text, ordinal i64
SELECT r.duty_id, r.due, r.words, r.at, coalesce(d.number, 0),
       coalesce(d.state, ''), coalesce(d.access, ''),
       coalesce(d.is_title_public, 0), coalesce(d.public_from_at, 0), m.id,
       coalesce(m.series, ''), coalesce(m.ordinal, 0)
  FROM duty t
  JOIN duty_report r ON r.duty_id = t.id
  LEFT JOIN document d ON d.id = r.document_id
  LEFT JOIN meeting m ON m.id = d.meeting_id
 WHERE t.group_id = :group_id
 ORDER BY r.duty_id, r.due, r.id;

-- query: duty_found_get :opt
-- param: id i64
-- row: id i64, instrument_id i64, version i64, version_name text, lang text,
--   block i64, paragraph text, who text, recipient text, words text,
--   every text, year i64
SELECT f.id, f.instrument_id, v.number, v.name, v.lang, f.block, f.paragraph,
       f.who, f.recipient, f.words, f.every, f.year
  FROM duty_found f JOIN instrument_version v ON v.id = f.version_id
 WHERE f.id = :id;
