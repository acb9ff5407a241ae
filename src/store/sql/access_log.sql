-- Who opened which document that is not public.

-- query: access_insert :exec
-- param: group_id i64, document_id i64, file_id ref, person_id ref, what text,
--   at i64
INSERT INTO access_log (group_id, document_id, file_id, person_id, what, at)
VALUES (:group_id, :document_id, :file_id, :person_id, :what, :at);

-- query: access_list :many
-- param: group_id i64, below_id i64, max i64
-- row: id i64, at i64, person_id ref, person text, what text, series text,
--   ordinal i64, number i64, revision i64, lang text
SELECT l.id, l.at, l.person_id, coalesce(p.name, ''), l.what, m.series,
       m.ordinal, d.number, coalesce(f.revision, 0), coalesce(f.lang, '')
  FROM access_log l
  JOIN document d ON d.id = l.document_id
  JOIN meeting m ON m.id = d.meeting_id
  LEFT JOIN document_file f ON f.id = l.file_id
  LEFT JOIN person p ON p.id = l.person_id
 WHERE l.group_id = :group_id AND l.id < :below_id
 ORDER BY l.id DESC LIMIT :max;

-- query: access_sweep :count
-- param: before i64, max i64
DELETE FROM access_log
 WHERE id IN (SELECT id FROM access_log WHERE at < :before
	ORDER BY at LIMIT :max);

-- query: access_erase :exec
-- param: person_id i64
UPDATE access_log SET person_id = NULL WHERE person_id = :person_id;
