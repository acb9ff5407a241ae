-- Reports of a period, and what they count.

-- query: period_insert :one
-- param: group_id i64, addressee text, from_day text, until_day text,
--   is_public bool, person_id ref, now i64
-- row: id i64, number i64
INSERT INTO period_report (group_id, number, addressee, from_day, until_day,
	is_public, state, person_id, created_at, issued_at)
SELECT :group_id, coalesce(max(number), 0) + 1, :addressee, :from_day,
       :until_day, :is_public, 'draft', :person_id, :now, 0
  FROM period_report WHERE group_id = :group_id
RETURNING id, number;

-- query: period_list :many
-- param: group_id i64
-- row: id i64, number i64, addressee text, from_day text, until_day text,
--   is_public bool, state text, issued_at i64
SELECT id, number, addressee, from_day, until_day, is_public, state, issued_at
  FROM period_report WHERE group_id = :group_id ORDER BY number DESC;

-- query: period_set :count
-- param: id i64, addressee text, from_day text, until_day text, is_public bool
UPDATE period_report SET addressee = :addressee, from_day = :from_day,
	until_day = :until_day, is_public = :is_public
 WHERE id = :id AND state = 'draft';

-- query: period_issue :count
-- param: id i64, now i64
UPDATE period_report SET state = 'issued', issued_at = :now
 WHERE id = :id AND state = 'draft';

-- query: period_words_set :exec
-- param: period_id i64, section text, lang text, body text
INSERT INTO period_words (period_id, section, lang, body)
VALUES (:period_id, :section, :lang, :body)
ON CONFLICT (period_id, section, lang) DO UPDATE SET body = excluded.body;

-- query: period_words_list :many
-- param: period_id i64
-- row: section text, lang text, body text
SELECT section, lang, body FROM period_words
 WHERE period_id = :period_id AND body <> '' ORDER BY section, lang;

-- query: period_file_insert :exec
-- param: period_id i64, lang text, format text, blob_id i64
INSERT INTO period_file (period_id, lang, format, blob_id)
VALUES (:period_id, :lang, :format, :blob_id);

-- query: period_file_list :many
-- param: period_id i64
-- row: lang text, format text, blob_id i64
SELECT lang, format, blob_id FROM period_file
 WHERE period_id = :period_id ORDER BY lang, format;

-- Meetings that opened in the period, with their reports.
-- query: period_meetings :many
-- param: group_id i64, from_day text, until_day text, all bool
-- row: id i64, state text, access text, approved_at i64, documents i64
SELECT m.id, coalesce(r.state, ''), coalesce(r.access, ''),
       coalesce(r.approved_at, 0),
       (SELECT count(*) FROM document d
	 WHERE d.meeting_id = m.id AND d.state = 'posted'
	   AND (:all = 1 OR d.access = 'public' OR d.is_title_public = 1))
  FROM meeting m LEFT JOIN report r ON r.meeting_id = m.id
 WHERE m.group_id = :group_id AND substr(m.opens_local, 1, 10) >= :from_day
   AND substr(m.opens_local, 1, 10) <= :until_day
 ORDER BY m.opens_local, m.id;

-- query: period_tally :many
-- param: group_id i64
-- row: consultation_id i64, value text, responses i64
SELECT c.id, t.value, t.responses
  FROM consultation c JOIN tally t ON t.consultation_id = c.id
 WHERE c.group_id = :group_id AND t.dimension = 'category'
   AND t.responses > 0
 ORDER BY c.id, t.value;

-- query: period_summaries :many
-- param: group_id i64
-- row: consultation_id i64, number i64
SELECT c.id, max(v.number)
  FROM consultation c JOIN theme_version v ON v.consultation_id = c.id
 WHERE c.group_id = :group_id AND v.state = 'published'
 GROUP BY c.id ORDER BY c.id;
