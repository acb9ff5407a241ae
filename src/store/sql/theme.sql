-- Codebooks, their themes, and what persons decide about them.

-- The codebook of a question, or of a theme (question_id 0), id 0 where there is
-- none, with the place it lies in; is_tallied: see theme_tally.sql.
-- query: codebook_find :opt
-- param: question_id i64, theme_id i64
-- row: id i64, question_id i64, run_id i64, is_tallied bool,
--   consultation_id i64, group_id i64, body_id i64
SELECT coalesce(b.id, 0), q.id, coalesce(b.run_id, 0),
       CASE WHEN b.tallied = b.changes THEN 1 ELSE 0 END, q.consultation_id,
       c.group_id, g.body_id
  FROM question q
  JOIN consultation c ON c.id = q.consultation_id
  JOIN working_group g ON g.id = c.group_id
  LEFT JOIN codebook b ON b.question_id = q.id
 WHERE q.id = CASE WHEN CAST(:question_id AS BIGINT) <> 0 THEN :question_id
	ELSE (SELECT k.question_id FROM theme t
	  JOIN codebook k ON k.id = t.codebook_id WHERE t.id = :theme_id) END;

-- query: codebook_get :opt
-- param: id i64
-- row: question_id i64, run_id i64, consultation_id i64, group_id i64
SELECT b.question_id, b.run_id, q.consultation_id, c.group_id
  FROM codebook b JOIN question q ON q.id = b.question_id
  JOIN consultation c ON c.id = q.consultation_id
 WHERE b.id = :id;

-- query: codebook_insert :one
-- param: question_id i64, now i64
-- row: id i64
INSERT INTO codebook (question_id, created_at) VALUES (:question_id, :now)
RETURNING id;

-- query: codebook_set_run :exec
-- param: id i64, run_id i64
UPDATE codebook SET run_id = :run_id WHERE id = :id;

-- query: theme_insert :one
-- param: codebook_id i64, parent_id ref, state text, made_by text,
--   label text, label_lang text, now i64
-- row: id i64
INSERT INTO theme (codebook_id, parent_id, state, made_by, label, label_lang,
	created_at)
VALUES (:codebook_id, :parent_id, :state, :made_by, :label, :label_lang, :now)
RETURNING id;

-- query: theme_get :opt
-- param: id i64
-- row: codebook_id i64, question_id i64, parent_id ref, merged_into ref,
--   state text, made_by text, label text, label_lang text
SELECT t.codebook_id, b.question_id, t.parent_id, t.merged_into, t.state,
       t.made_by, t.label, t.label_lang
  FROM theme t JOIN codebook b ON b.id = t.codebook_id WHERE t.id = :id;

-- query: theme_set :exec
-- param: id i64, state text, parent_id ref, merged_into ref
UPDATE theme SET state = :state, parent_id = :parent_id,
	merged_into = :merged_into
 WHERE id = :id;

-- query: theme_count :one
-- param: codebook_id i64
-- row: n i64
SELECT count(*) FROM theme WHERE codebook_id = :codebook_id;

-- query: theme_children :many
-- param: id i64
-- row: id i64
SELECT id FROM theme WHERE parent_id = :id ORDER BY id;

-- query: theme_merged :many
-- param: id i64
-- row: id i64
SELECT id FROM theme WHERE merged_into = :id ORDER BY id;

-- query: theme_list :many
-- param: codebook_id i64
-- row: id i64, parent_id ref, merged_into ref, state text, made_by text,
--   label text, label_lang text
SELECT id, parent_id, merged_into, state, made_by, label, label_lang
  FROM theme WHERE codebook_id = :codebook_id ORDER BY id;

-- The same with their texts, one in each row.
-- query: theme_names :many
-- param: codebook_id i64
-- row: id i64, parent_id ref, merged_into ref, state text, made_by text,
--   label text, label_lang text, wording_id i64, field text, lang text,
--   status text, body text, changed_at i64
SELECT t.id, t.parent_id, t.merged_into, t.state, t.made_by, t.label,
       t.label_lang, coalesce(w.id, 0), coalesce(w.field, ''),
       coalesce(w.lang, ''), coalesce(w.status, ''), coalesce(w.body, ''),
       coalesce(w.changed_at, 0)
  FROM theme t
  LEFT JOIN wording w ON w.owner_kind = 'theme' AND w.owner_id = t.id
 WHERE t.codebook_id = :codebook_id
 ORDER BY t.id, w.field, w.lang;

-- query: theme_wordings :many
-- param: codebook_id i64
-- row: id i64, owner_id i64, field text, lang text, status text, body text,
--   changed_at i64
SELECT w.id, w.owner_id, w.field, w.lang, w.status, w.body, w.changed_at
  FROM wording w
 WHERE w.owner_kind = 'theme' AND w.owner_id IN (
	SELECT t.id FROM theme t WHERE t.codebook_id = :codebook_id)
 ORDER BY w.owner_id, w.field, w.lang;

-- Of every theme, with those below it. What is read is found once for all
-- themes: the view theme_coding would look at each passage's response anew.
-- query: theme_figures :many
-- param: codebook_id i64
-- row: theme_id i64, responses i64, distinct_texts i64, campaign i64, heard i64
WITH heard AS MATERIALIZED (
SELECT i.answer_id, i.response_id, i.is_heard, CASE WHEN g.campaign_n >= 0
	THEN 1 ELSE 0 END AS is_sent
  FROM codebook b JOIN theme_input i ON i.question_id = b.question_id
   AND i.is_withheld = 0 AND i.answer_id <> 0
  LEFT JOIN run_reading g ON g.run_id = b.run_id
   AND g.response_id = i.response_id
 WHERE b.id = :codebook_id
UNION ALL
SELECT y.answer_id, i.response_id, 0, CASE WHEN g.campaign_n >= 0
	THEN 1 ELSE 0 END
  FROM codebook b JOIN attached_text y ON y.question_id = b.question_id
   AND y.is_standing = 1
  JOIN revision w ON w.id = y.revision_id
  JOIN theme_input i ON i.question_id = b.question_id
   AND i.response_id = w.response_id AND i.revision_id = w.id
   AND i.is_withheld = 0
  LEFT JOIN run_reading g ON g.run_id = b.run_id
   AND g.response_id = i.response_id
 WHERE b.id = :codebook_id),
coded AS MATERIALIZED (
SELECT s.theme_id, t.parent_id, s.response_id, s.text_of, h.is_sent, h.is_heard
  FROM theme_said s
  JOIN theme t ON t.id = s.theme_id AND t.state IN ('suggested', 'confirmed')
  JOIN heard h ON h.answer_id = s.answer_id AND h.response_id = s.response_id
 WHERE s.codebook_id = :codebook_id)
SELECT e.theme_id,
       count(DISTINCT CASE WHEN e.is_heard = 0 THEN e.response_id END),
       count(DISTINCT CASE WHEN e.is_heard = 0 THEN e.text_of END),
       count(DISTINCT CASE WHEN e.is_sent = 1 AND e.is_heard = 0
	THEN e.response_id END),
       count(DISTINCT CASE WHEN e.is_heard = 1 THEN e.response_id END)
  FROM (SELECT theme_id, response_id, text_of, is_sent, is_heard FROM coded
	UNION ALL
	SELECT parent_id, response_id, text_of, is_sent, is_heard FROM coded
	 WHERE parent_id IS NOT NULL) e
 GROUP BY e.theme_id;

-- The same of one theme, found along its units: of all (dimension all), and by
-- category and country.
-- query: theme_counts_of :many
-- param: codebook_id i64, theme_id i64
-- row: dimension text, value text, responses i64, distinct_texts i64,
--   campaign i64, heard i64
WITH said AS MATERIALIZED (
SELECT u.response_id, u.answer_id, u.copy_of AS text_of
  FROM codebook b JOIN theme m ON m.codebook_id = b.id
  JOIN theme t ON t.id = coalesce(m.merged_into, m.id)
   AND (t.id = :theme_id OR t.parent_id = :theme_id)
   AND t.state IN ('suggested', 'confirmed')
  JOIN run_theme x ON x.run_id = b.run_id AND x.theme_id = m.id
  JOIN run_unit u ON u.run_id = x.run_id AND u.theme_n = x.n
 WHERE b.id = :codebook_id
   AND NOT EXISTS (SELECT 1 FROM coding c WHERE c.codebook_id = b.id
	AND c.answer_id = u.answer_id AND c.from_byte = u.from_byte
	AND c.to_byte = u.to_byte AND c.is_standing = 1 AND c.layer = 0)
   AND NOT EXISTS (SELECT 1 FROM person_reading p
	WHERE p.codebook_id = b.id AND p.response_id = u.response_id
	  AND p.is_standing = 1)
UNION ALL
SELECT c.response_id, c.answer_id, coalesce(u.copy_of, -c.id)
  FROM codebook b JOIN theme m ON m.codebook_id = b.id
  JOIN theme t ON t.id = coalesce(m.merged_into, m.id)
   AND (t.id = :theme_id OR t.parent_id = :theme_id)
   AND t.state IN ('suggested', 'confirmed')
  JOIN coding c ON c.theme_id = m.id AND c.codebook_id = b.id
   AND c.is_standing = 1 AND c.layer = 0
  LEFT JOIN run_unit u ON u.run_id = b.run_id AND u.answer_id = c.answer_id
   AND u.from_byte = c.from_byte AND u.to_byte = c.to_byte
 WHERE b.id = :codebook_id),
told AS MATERIALIZED (
SELECT s.response_id, i.category, i.country,
       CASE WHEN i.is_heard = 0 THEN s.response_id END AS sender,
       CASE WHEN i.is_heard = 0 THEN s.text_of END AS text_of,
       CASE WHEN i.is_heard = 0 AND g.campaign_n >= 0 THEN s.response_id
	END AS sent,
       CASE WHEN i.is_heard = 1 THEN s.response_id END AS speaker
  FROM said s CROSS JOIN codebook b
  JOIN theme_input i ON i.question_id = b.question_id
   AND i.response_id = s.response_id AND (i.answer_id = s.answer_id OR EXISTS (
	SELECT 1 FROM attached_text y
	 WHERE y.answer_id = s.answer_id
	   AND y.question_id = i.question_id
	   AND y.revision_id = i.revision_id
	   AND y.is_standing = 1))
   AND i.is_withheld = 0
  LEFT JOIN run_reading g ON g.run_id = b.run_id
   AND g.response_id = s.response_id
 WHERE b.id = :codebook_id)
SELECT 'all', '', count(DISTINCT sender), count(DISTINCT text_of),
       count(DISTINCT sent), count(DISTINCT speaker)
  FROM told
UNION ALL
SELECT 'category', category, count(DISTINCT sender), count(DISTINCT text_of),
       count(DISTINCT sent), count(DISTINCT speaker)
  FROM told GROUP BY category
UNION ALL
SELECT 'country', country, count(DISTINCT sender), count(DISTINCT text_of),
       count(DISTINCT sent), count(DISTINCT speaker)
  FROM told GROUP BY country
 ORDER BY 1, 3 DESC, 2;

-- As the view theme_reading has it, with each answer's units looked up where
-- they lie: the view would go through theme_coding for every response.
-- query: theme_balance :many
-- param: codebook_id i64
-- row: state text, responses i64, heard i64
SELECT CASE WHEN i.is_withheld = 1 THEN 'withheld'
	    WHEN EXISTS (SELECT 1 FROM run_unit u
		  JOIN run_theme x ON x.run_id = u.run_id AND x.n = u.theme_n
		  JOIN theme m ON m.id = x.theme_id
		  JOIN theme t ON t.id = coalesce(m.merged_into, m.id)
		   AND t.state IN ('suggested', 'confirmed')
		WHERE u.run_id = b.run_id AND u.answer_id = i.answer_id
		  AND u.response_id = i.response_id
		  AND NOT EXISTS (SELECT 1 FROM coding c
			WHERE c.codebook_id = b.id
			  AND c.answer_id = u.answer_id
			  AND c.from_byte = u.from_byte
			  AND c.to_byte = u.to_byte
			  AND c.is_standing = 1 AND c.layer = 0)
		  AND NOT EXISTS (SELECT 1 FROM person_reading p
			WHERE p.codebook_id = b.id
			  AND p.response_id = u.response_id
			  AND p.is_standing = 1))
	      OR EXISTS (SELECT 1 FROM coding c
		  JOIN theme m ON m.id = c.theme_id
		  JOIN theme t ON t.id = coalesce(m.merged_into, m.id)
		   AND t.state IN ('suggested', 'confirmed')
		WHERE c.codebook_id = b.id AND c.answer_id = i.answer_id
		  AND c.response_id = i.response_id
		  AND c.is_standing = 1 AND c.layer = 0)
	      OR EXISTS (SELECT 1 FROM attached_text y
		  JOIN run_unit u ON u.run_id = b.run_id
		   AND u.answer_id = y.answer_id
		  JOIN run_theme x ON x.run_id = u.run_id AND x.n = u.theme_n
		  JOIN theme m ON m.id = x.theme_id
		  JOIN theme t ON t.id = coalesce(m.merged_into, m.id)
		   AND t.state IN ('suggested', 'confirmed')
		WHERE y.revision_id = i.revision_id
		  AND y.question_id = i.question_id AND y.is_standing = 1
		  AND NOT EXISTS (SELECT 1 FROM coding c
			WHERE c.codebook_id = b.id
			  AND c.answer_id = u.answer_id
			  AND c.from_byte = u.from_byte
			  AND c.to_byte = u.to_byte
			  AND c.is_standing = 1 AND c.layer = 0)
		  AND NOT EXISTS (SELECT 1 FROM person_reading p
			WHERE p.codebook_id = b.id
			  AND p.response_id = u.response_id
			  AND p.is_standing = 1))
	      OR EXISTS (SELECT 1 FROM attached_text y
		  JOIN coding c ON c.codebook_id = b.id
		   AND c.answer_id = y.answer_id
		   AND c.is_standing = 1 AND c.layer = 0
		  JOIN theme m ON m.id = c.theme_id
		  JOIN theme t ON t.id = coalesce(m.merged_into, m.id)
		   AND t.state IN ('suggested', 'confirmed')
		WHERE y.revision_id = i.revision_id
		  AND y.question_id = i.question_id AND y.is_standing = 1)
	    THEN 'themed'
	    WHEN EXISTS (SELECT 1 FROM person_reading p
		WHERE p.codebook_id = b.id AND p.response_id = i.response_id
		  AND p.is_standing = 1 AND p.state = 'no_theme')
	    THEN 'no_theme'
	    WHEN i.is_empty = 1 OR g.state = 'empty'
	      OR EXISTS (SELECT 1 FROM person_reading p
		WHERE p.codebook_id = b.id AND p.response_id = i.response_id
		  AND p.is_standing = 1 AND p.state = 'empty')
	    THEN 'empty'
	    WHEN g.state = 'no_theme' THEN 'no_theme'
	    ELSE 'unread' END, count(*) - sum(i.is_heard), sum(i.is_heard)
  FROM codebook b JOIN theme_input i ON i.question_id = b.question_id
  LEFT JOIN run_reading g ON g.run_id = b.run_id
   AND g.response_id = i.response_id AND g.answer_id = i.answer_id
 WHERE b.id = :codebook_id
 GROUP BY 1;

-- Counted another way, to hold the first against; what of it was spoken at the
-- physical consultation and entered; and what was heard there, apart.
-- query: theme_received :one
-- param: question_id i64
-- row: n i64, spoken i64, heard i64
SELECT count(DISTINCT CASE WHEN i.is_heard = 0 THEN i.response_id END),
       count(DISTINCT CASE WHEN r.channel = 'spoken' THEN r.id END),
       count(DISTINCT CASE WHEN i.is_heard = 1 THEN i.response_id END)
  FROM theme_input i JOIN response r ON r.id = i.response_id
 WHERE i.question_id = :question_id;

-- query: theme_of_state :many
-- param: codebook_id i64, state text, after_id i64, max i64
-- row: response_id i64, number i64, lang text, category text, country text,
--   is_heard bool
SELECT i.response_id, i.number, i.lang, i.category, i.country, i.is_heard
  FROM codebook b JOIN theme_input i ON i.question_id = b.question_id
  LEFT JOIN run_reading g ON g.run_id = b.run_id
   AND g.response_id = i.response_id AND g.answer_id = i.answer_id
 WHERE b.id = :codebook_id AND i.response_id > :after_id
   AND :state = CASE WHEN i.is_withheld = 1 THEN 'withheld'
	    WHEN EXISTS (SELECT 1 FROM run_unit u
		  JOIN run_theme x ON x.run_id = u.run_id AND x.n = u.theme_n
		  JOIN theme m ON m.id = x.theme_id
		  JOIN theme t ON t.id = coalesce(m.merged_into, m.id)
		   AND t.state IN ('suggested', 'confirmed')
		WHERE u.run_id = b.run_id AND u.answer_id = i.answer_id
		  AND u.response_id = i.response_id
		  AND NOT EXISTS (SELECT 1 FROM coding c
			WHERE c.codebook_id = b.id
			  AND c.answer_id = u.answer_id
			  AND c.from_byte = u.from_byte
			  AND c.to_byte = u.to_byte
			  AND c.is_standing = 1 AND c.layer = 0)
		  AND NOT EXISTS (SELECT 1 FROM person_reading p
			WHERE p.codebook_id = b.id
			  AND p.response_id = u.response_id
			  AND p.is_standing = 1))
	      OR EXISTS (SELECT 1 FROM coding c
		  JOIN theme m ON m.id = c.theme_id
		  JOIN theme t ON t.id = coalesce(m.merged_into, m.id)
		   AND t.state IN ('suggested', 'confirmed')
		WHERE c.codebook_id = b.id AND c.answer_id = i.answer_id
		  AND c.response_id = i.response_id
		  AND c.is_standing = 1 AND c.layer = 0)
	      OR EXISTS (SELECT 1 FROM attached_text y
		  JOIN run_unit u ON u.run_id = b.run_id
		   AND u.answer_id = y.answer_id
		  JOIN run_theme x ON x.run_id = u.run_id AND x.n = u.theme_n
		  JOIN theme m ON m.id = x.theme_id
		  JOIN theme t ON t.id = coalesce(m.merged_into, m.id)
		   AND t.state IN ('suggested', 'confirmed')
		WHERE y.revision_id = i.revision_id
		  AND y.question_id = i.question_id AND y.is_standing = 1
		  AND NOT EXISTS (SELECT 1 FROM coding c
			WHERE c.codebook_id = b.id
			  AND c.answer_id = u.answer_id
			  AND c.from_byte = u.from_byte
			  AND c.to_byte = u.to_byte
			  AND c.is_standing = 1 AND c.layer = 0)
		  AND NOT EXISTS (SELECT 1 FROM person_reading p
			WHERE p.codebook_id = b.id
			  AND p.response_id = u.response_id
			  AND p.is_standing = 1))
	      OR EXISTS (SELECT 1 FROM attached_text y
		  JOIN coding c ON c.codebook_id = b.id
		   AND c.answer_id = y.answer_id
		   AND c.is_standing = 1 AND c.layer = 0
		  JOIN theme m ON m.id = c.theme_id
		  JOIN theme t ON t.id = coalesce(m.merged_into, m.id)
		   AND t.state IN ('suggested', 'confirmed')
		WHERE y.revision_id = i.revision_id
		  AND y.question_id = i.question_id AND y.is_standing = 1)
	    THEN 'themed'
	    WHEN EXISTS (SELECT 1 FROM person_reading p
		WHERE p.codebook_id = b.id AND p.response_id = i.response_id
		  AND p.is_standing = 1 AND p.state = 'no_theme')
	    THEN 'no_theme'
	    WHEN i.is_empty = 1 OR g.state = 'empty'
	      OR EXISTS (SELECT 1 FROM person_reading p
		WHERE p.codebook_id = b.id AND p.response_id = i.response_id
		  AND p.is_standing = 1 AND p.state = 'empty')
	    THEN 'empty'
	    WHEN g.state = 'no_theme' THEN 'no_theme'
	    ELSE 'unread' END
 ORDER BY i.response_id LIMIT :max;

-- query: theme_passages :many
-- param: codebook_id i64, theme_id i64, after_answer i64, after_from i64,
--   max i64
-- row: response_id i64, number i64, revision_n i64, answer_id i64,
--   from_byte i64, to_byte i64, octets bytes, lang text, category text,
--   country text, by_whom text, score i64, is_shared bool, is_public bool,
--   is_heard bool, file_name text, is_redacted bool
SELECT c.response_id, c.number, c.revision_n, c.answer_id, c.from_byte,
       c.to_byte, substr(CAST(a.body AS BLOB), c.from_byte + 1,
	c.to_byte - c.from_byte), c.lang, c.category, c.country, c.by_whom,
       c.score, c.is_shared, c.is_public, c.is_heard, c.file_name,
       CASE WHEN EXISTS (SELECT 1 FROM redaction d
	WHERE d.answer_id = c.answer_id AND d.from_byte < c.to_byte
	  AND d.to_byte > c.from_byte) THEN 1 ELSE 0 END
  FROM theme_coding c JOIN answer a ON a.id = c.answer_id
 WHERE c.codebook_id = :codebook_id AND c.theme_id = :theme_id
   AND (c.answer_id > :after_answer OR (c.answer_id = :after_answer
	AND c.from_byte > :after_from))
 ORDER BY c.answer_id, c.from_byte, c.to_byte LIMIT :max;
-- engine: pg
SELECT c.response_id, c.number, c.revision_n, c.answer_id, c.from_byte,
       c.to_byte, substr(convert_to(a.body, 'UTF8'),
	(c.from_byte + 1)::int, (c.to_byte - c.from_byte)::int), c.lang,
       c.category, c.country, c.by_whom, c.score, c.is_shared, c.is_public,
       c.is_heard, c.file_name,
       CASE WHEN EXISTS (SELECT 1 FROM redaction d
	WHERE d.answer_id = c.answer_id AND d.from_byte < c.to_byte
	  AND d.to_byte > c.from_byte) THEN 1 ELSE 0 END
  FROM theme_coding c JOIN answer a ON a.id = c.answer_id
 WHERE c.codebook_id = :codebook_id AND c.theme_id = :theme_id
   AND (c.answer_id > :after_answer OR (c.answer_id = :after_answer
	AND c.from_byte > :after_from))
 ORDER BY c.answer_id, c.from_byte, c.to_byte LIMIT :max;

-- Where a quotation may be taken from: public, not redacted. A person's choice
-- first, then the run's.
-- query: theme_quotations :many
-- param: codebook_id i64, theme_id i64, max i64
-- row: response_id i64, number i64, revision_n i64, answer_id i64,
--   from_byte i64, to_byte i64, octets bytes, lang text, category text,
--   country text, is_heard bool, file_name text, is_chosen bool,
--   campaign_n i64
SELECT c.response_id, c.number, c.revision_n, c.answer_id, c.from_byte,
       c.to_byte, substr(CAST(a.body AS BLOB), c.from_byte + 1,
	c.to_byte - c.from_byte), c.lang, c.category, c.country, c.is_heard,
       c.file_name, CASE WHEN k.id IS NULL THEN 0 ELSE 1 END, coalesce(g.campaign_n, -1)
  FROM theme_coding c JOIN answer a ON a.id = c.answer_id
  JOIN codebook b ON b.id = c.codebook_id
  LEFT JOIN theme_quote k ON k.theme_id = :theme_id AND k.is_standing = 1
   AND k.answer_id = c.answer_id AND k.from_byte = c.from_byte
  LEFT JOIN run_quotation u ON u.run_id = b.run_id
   AND u.answer_id = c.answer_id AND u.from_byte = c.from_byte
   AND u.to_byte = c.to_byte
  LEFT JOIN run_reading g ON g.run_id = b.run_id
   AND g.response_id = c.response_id
 WHERE c.codebook_id = :codebook_id AND (c.theme_id = :theme_id
	OR (c.parent_id = :theme_id AND c.theme_state <> 'confirmed'))
   AND c.is_public = 1
   AND NOT EXISTS (SELECT 1 FROM redaction d
	WHERE d.answer_id = c.answer_id AND d.from_byte < c.to_byte
	  AND d.to_byte > c.from_byte)
 ORDER BY CASE WHEN k.id IS NULL THEN 1 ELSE 0 END, c.is_shared,
	coalesce(u.position, 1000000), c.score DESC, c.answer_id, c.from_byte
 LIMIT :max;
-- engine: pg
SELECT c.response_id, c.number, c.revision_n, c.answer_id, c.from_byte,
       c.to_byte, substr(convert_to(a.body, 'UTF8'),
	(c.from_byte + 1)::int, (c.to_byte - c.from_byte)::int), c.lang,
       c.category, c.country, c.is_heard, c.file_name,
       CASE WHEN k.id IS NULL THEN 0 ELSE 1 END,
       coalesce(g.campaign_n, -1)
  FROM theme_coding c JOIN answer a ON a.id = c.answer_id
  JOIN codebook b ON b.id = c.codebook_id
  LEFT JOIN theme_quote k ON k.theme_id = :theme_id AND k.is_standing = 1
   AND k.answer_id = c.answer_id AND k.from_byte = c.from_byte
  LEFT JOIN run_quotation u ON u.run_id = b.run_id
   AND u.answer_id = c.answer_id AND u.from_byte = c.from_byte
   AND u.to_byte = c.to_byte
  LEFT JOIN run_reading g ON g.run_id = b.run_id
   AND g.response_id = c.response_id
 WHERE c.codebook_id = :codebook_id AND (c.theme_id = :theme_id
	OR (c.parent_id = :theme_id AND c.theme_state <> 'confirmed'))
   AND c.is_public = 1
   AND NOT EXISTS (SELECT 1 FROM redaction d
	WHERE d.answer_id = c.answer_id AND d.from_byte < c.to_byte
	  AND d.to_byte > c.from_byte)
 ORDER BY CASE WHEN k.id IS NULL THEN 1 ELSE 0 END, c.is_shared,
	coalesce(u.position, 1000000), c.score DESC, c.answer_id, c.from_byte
 LIMIT :max;

-- Units that no person has decided on, in the run's order of reading, else
-- the least certain first, one of each text; what fits no theme comes before
-- what does. The first few are found along an index (run_unit_turn) before
-- anything is joined: this is asked after every decision.
-- query: theme_queue :many
-- param: codebook_id i64, max i64
-- row: response_id i64, answer_id i64, from_byte i64, to_byte i64,
--   octets bytes, lang text, category text, country text, score i64,
--   theme_id ref, copies i64, is_heard bool, file_name text
WITH few AS (SELECT u.*
	  FROM run_unit u
	 WHERE u.run_id = (SELECT run_id FROM codebook WHERE id = :codebook_id)
	   AND u.copy_of = u.n
	   AND NOT EXISTS (SELECT 1 FROM coding c
		WHERE c.codebook_id = :codebook_id
		  AND c.answer_id = u.answer_id AND c.from_byte = u.from_byte
		  AND c.to_byte = u.to_byte AND c.is_standing = 1
		  AND c.layer = 0)
	   AND NOT EXISTS (SELECT 1 FROM person_reading p
		WHERE p.codebook_id = :codebook_id
		  AND p.response_id = u.response_id AND p.is_standing = 1)
	   AND EXISTS (SELECT 1 FROM response r JOIN revision v
		ON v.id = CASE WHEN r.public_revision_id <> 0
		THEN r.public_revision_id ELSE r.standing_revision_id END
		  JOIN answer w ON w.id = u.answer_id
		   AND (w.revision_id = v.id OR EXISTS (
			SELECT 1 FROM attached_text y
			  JOIN codebook o ON o.question_id = y.question_id
			   AND o.id = :codebook_id
			 WHERE y.answer_id = w.id AND y.revision_id = v.id
			   AND y.is_standing = 1))
		WHERE r.id = u.response_id
		  AND (r.state IN ('checked', 'published', 'heard')
		    OR r.public_revision_id <> 0)
		  AND r.state <> 'withdrawn'
		  AND v.authorisation <> 'aggregate')
	 ORDER BY u.turn, u.score, u.n LIMIT :max)
SELECT f.response_id, f.answer_id, f.from_byte, f.to_byte,
       substr(CAST(a.body AS BLOB), f.from_byte + 1, f.to_byte - f.from_byte),
       v.lang, v.category, v.country, f.score,
       CASE WHEN t.state IN ('suggested', 'confirmed') THEN t.id END,
       (SELECT count(*) FROM run_unit o
	 WHERE o.run_id = f.run_id AND o.copy_of = f.copy_of),
       CASE WHEN EXISTS (SELECT 1 FROM response h
	 WHERE h.id = f.response_id AND h.channel = 'session')
	    THEN 1 ELSE 0 END,
       coalesce((SELECT min(g.name) FROM attached_text y
	  JOIN attachment g ON g.id = y.attachment_id
	 WHERE y.answer_id = f.answer_id), '')
  FROM few f
  JOIN answer a ON a.id = f.answer_id
  JOIN revision v ON v.id = a.revision_id
  LEFT JOIN run_theme x ON x.run_id = f.run_id AND x.n = f.theme_n
  LEFT JOIN theme m ON m.id = x.theme_id
  LEFT JOIN theme t ON t.id = coalesce(m.merged_into, m.id)
 ORDER BY f.turn, f.score, f.n;
-- engine: pg
WITH few AS (SELECT u.*
	  FROM run_unit u
	 WHERE u.run_id = (SELECT run_id FROM codebook WHERE id = :codebook_id)
	   AND u.copy_of = u.n
	   AND NOT EXISTS (SELECT 1 FROM coding c
		WHERE c.codebook_id = :codebook_id
		  AND c.answer_id = u.answer_id AND c.from_byte = u.from_byte
		  AND c.to_byte = u.to_byte AND c.is_standing = 1
		  AND c.layer = 0)
	   AND NOT EXISTS (SELECT 1 FROM person_reading p
		WHERE p.codebook_id = :codebook_id
		  AND p.response_id = u.response_id AND p.is_standing = 1)
	   AND EXISTS (SELECT 1 FROM response r JOIN revision v
		ON v.id = CASE WHEN r.public_revision_id <> 0
		THEN r.public_revision_id ELSE r.standing_revision_id END
		  JOIN answer w ON w.id = u.answer_id
		   AND (w.revision_id = v.id OR EXISTS (
			SELECT 1 FROM attached_text y
			  JOIN codebook o ON o.question_id = y.question_id
			   AND o.id = :codebook_id
			 WHERE y.answer_id = w.id AND y.revision_id = v.id
			   AND y.is_standing = 1))
		WHERE r.id = u.response_id
		  AND (r.state IN ('checked', 'published', 'heard')
		    OR r.public_revision_id <> 0)
		  AND r.state <> 'withdrawn'
		  AND v.authorisation <> 'aggregate')
	 ORDER BY u.turn, u.score, u.n LIMIT :max)
SELECT f.response_id, f.answer_id, f.from_byte, f.to_byte,
       substr(convert_to(a.body, 'UTF8'), (f.from_byte + 1)::int,
	(f.to_byte - f.from_byte)::int),
       v.lang, v.category, v.country, f.score,
       CASE WHEN t.state IN ('suggested', 'confirmed') THEN t.id END,
       (SELECT count(*) FROM run_unit o
	 WHERE o.run_id = f.run_id AND o.copy_of = f.copy_of),
       CASE WHEN EXISTS (SELECT 1 FROM response h
	 WHERE h.id = f.response_id AND h.channel = 'session')
	    THEN 1 ELSE 0 END,
       coalesce((SELECT min(g.name) FROM attached_text y
	  JOIN attachment g ON g.id = y.attachment_id
	 WHERE y.answer_id = f.answer_id), '')
  FROM few f
  JOIN answer a ON a.id = f.answer_id
  JOIN revision v ON v.id = a.revision_id
  LEFT JOIN run_theme x ON x.run_id = f.run_id AND x.n = f.theme_n
  LEFT JOIN theme m ON m.id = x.theme_id
  LEFT JOIN theme t ON t.id = coalesce(m.merged_into, m.id)
 ORDER BY f.turn, f.score, f.n;

-- The texts of the run but those that a person decided on.
-- query: theme_undecided :one
-- param: codebook_id i64
-- row: n i64
SELECT coalesce(max(r.texts), 0) - (SELECT count(*) FROM (
	SELECT DISTINCT u.n FROM coding c
	  JOIN codebook b ON b.id = c.codebook_id
	  JOIN run_unit u ON u.run_id = b.run_id AND u.answer_id = c.answer_id
	   AND u.from_byte = c.from_byte AND u.to_byte = c.to_byte
	   AND u.copy_of = u.n
	 WHERE c.codebook_id = :codebook_id AND c.layer = 0
	   AND c.is_standing = 1) x)
  FROM codebook k JOIN theme_run r ON r.id = k.run_id
 WHERE k.id = :codebook_id;

-- Everything said about one response.
-- query: theme_of_response :many
-- param: codebook_id i64, response_id i64
-- row: answer_id i64, from_byte i64, to_byte i64, theme_id i64,
--   by_whom text, score i64
SELECT answer_id, from_byte, to_byte, theme_id, by_whom, score
  FROM theme_coding
 WHERE codebook_id = :codebook_id AND response_id = :response_id
 ORDER BY from_byte, to_byte, theme_id;

-- query: theme_input_get :opt
-- param: question_id i64, response_id i64
-- row: number i64, revision_id i64, revision_n i64, lang text,
--   category text, country text, answer_id i64, is_withheld bool,
--   is_public bool, is_empty bool, is_heard bool, body text,
--   organisation text, name text
SELECT i.number, i.revision_id, i.revision_n, i.lang, i.category, i.country,
       i.answer_id, i.is_withheld, i.is_public, i.is_empty, i.is_heard,
       coalesce(a.body, ''), v.organisation, v.name
  FROM theme_input i JOIN revision v ON v.id = i.revision_id
  LEFT JOIN answer a ON a.id = i.answer_id
 WHERE i.question_id = :question_id AND i.response_id = :response_id;

-- The state of a response that has no theme: see the view theme_reading, which
-- would look at all responses to say it of one.
-- query: theme_reading_get :opt
-- param: codebook_id i64, response_id i64
-- row: state text
SELECT CASE WHEN i.is_withheld = 1 THEN 'withheld'
	    WHEN p.state = 'no_theme' THEN 'no_theme'
	    WHEN i.is_empty = 1 OR g.state = 'empty' OR p.state = 'empty'
	    THEN 'empty'
	    WHEN g.state = 'no_theme' THEN 'no_theme'
	    ELSE 'unread' END
  FROM codebook b
  JOIN theme_input i ON i.question_id = b.question_id
   AND i.response_id = :response_id
  LEFT JOIN run_reading g ON g.run_id = b.run_id
   AND g.response_id = i.response_id AND g.answer_id = i.answer_id
  LEFT JOIN person_reading p ON p.codebook_id = b.id
   AND p.response_id = i.response_id AND p.is_standing = 1
 WHERE b.id = :codebook_id;

-- Whether octets are a part of an answer to the codebook's question that may
-- be read.
-- query: theme_answer :opt
-- param: codebook_id i64, answer_id i64
-- row: response_id i64, body text, is_public bool
SELECT i.response_id, a.body, CASE WHEN y.id IS NOT NULL
	AND (f.clean_blob_id IS NULL OR NOT EXISTS (SELECT 1 FROM revision o
		WHERE o.id = y.revision_id AND o.authorisation = 'full'))
	THEN 0 ELSE i.is_public END
  FROM codebook b JOIN answer a ON a.id = :answer_id
  JOIN revision w ON w.id = a.revision_id
  JOIN theme_input i ON i.question_id = b.question_id
   AND i.response_id = w.response_id
  LEFT JOIN attached_text y ON y.answer_id = a.id
   AND y.question_id = i.question_id AND y.revision_id = i.revision_id
   AND y.is_standing = 1
  LEFT JOIN attachment f ON f.id = y.attachment_id
 WHERE b.id = :codebook_id AND i.is_withheld = 0
   AND (i.answer_id = a.id OR y.id IS NOT NULL);

-- query: theme_copies :many
-- param: codebook_id i64, answer_id i64, from_byte i64, to_byte i64
-- row: response_id i64, answer_id i64, from_byte i64, to_byte i64
SELECT o.response_id, o.answer_id, o.from_byte, o.to_byte
  FROM codebook b
  JOIN run_unit u ON u.run_id = b.run_id AND u.answer_id = :answer_id
   AND u.from_byte = :from_byte AND u.to_byte = :to_byte
  JOIN run_unit o ON o.run_id = u.run_id AND o.copy_of = u.copy_of
 WHERE b.id = :codebook_id
 ORDER BY o.n;

-- query: coding_of_span :many
-- param: codebook_id i64, answer_id i64, from_byte i64, to_byte i64,
--   layer i64
-- row: id i64, theme_id ref
SELECT id, theme_id FROM coding
 WHERE codebook_id = :codebook_id AND answer_id = :answer_id
   AND from_byte = :from_byte AND to_byte = :to_byte AND layer = :layer
   AND is_standing = 1
 ORDER BY id;

-- query: coding_insert :one
-- param: codebook_id i64, response_id i64, answer_id i64, from_byte i64,
--   to_byte i64, theme_id ref, layer i64, person_id ref, now i64
-- row: id i64
INSERT INTO coding (codebook_id, response_id, answer_id, from_byte, to_byte,
	theme_id, layer, is_standing, person_id, at)
VALUES (:codebook_id, :response_id, :answer_id, :from_byte, :to_byte,
	:theme_id, :layer, 1, :person_id, :now)
RETURNING id;

-- query: coding_set :exec
-- param: id i64, is_standing bool
UPDATE coding SET is_standing = :is_standing WHERE id = :id;

-- query: coding_get :one
-- param: id i64
-- row: is_standing bool
SELECT is_standing FROM coding WHERE id = :id;

-- query: person_reading_find :opt
-- param: codebook_id i64, response_id i64
-- row: id i64, state text
SELECT id, state FROM person_reading
 WHERE codebook_id = :codebook_id AND response_id = :response_id
   AND is_standing = 1;

-- query: person_reading_insert :one
-- param: codebook_id i64, response_id i64, state text, person_id ref, now i64
-- row: id i64
INSERT INTO person_reading (codebook_id, response_id, state, is_standing,
	person_id, at)
VALUES (:codebook_id, :response_id, :state, 1, :person_id, :now)
RETURNING id;

-- query: person_reading_set :exec
-- param: id i64, is_standing bool
UPDATE person_reading SET is_standing = :is_standing WHERE id = :id;

-- query: person_reading_get :one
-- param: id i64
-- row: is_standing bool
SELECT is_standing FROM person_reading WHERE id = :id;

-- query: theme_quote_find :opt
-- param: theme_id i64, answer_id i64, from_byte i64
-- row: id i64
SELECT id FROM theme_quote
 WHERE theme_id = :theme_id AND answer_id = :answer_id
   AND from_byte = :from_byte AND is_standing = 1;

-- query: theme_quote_insert :one
-- param: theme_id i64, response_id i64, answer_id i64, from_byte i64,
--   to_byte i64
-- row: id i64
INSERT INTO theme_quote (theme_id, response_id, answer_id, from_byte, to_byte,
	is_standing)
VALUES (:theme_id, :response_id, :answer_id, :from_byte, :to_byte, 1)
RETURNING id;

-- query: theme_quote_set :exec
-- param: id i64, is_standing bool
UPDATE theme_quote SET is_standing = :is_standing WHERE id = :id;

-- query: theme_quote_get :one
-- param: id i64
-- row: is_standing bool
SELECT is_standing FROM theme_quote WHERE id = :id;

-- query: passage_insert :one
-- param: codebook_id i64, response_id i64, answer_id i64, from_byte i64,
--   to_byte i64, kind text, person_id ref, now i64
-- row: id i64
INSERT INTO passage (codebook_id, response_id, answer_id, from_byte, to_byte,
	kind, is_standing, person_id, at)
VALUES (:codebook_id, :response_id, :answer_id, :from_byte, :to_byte, :kind,
	1, :person_id, :now)
RETURNING id;

-- query: passage_set :exec
-- param: id i64, is_standing bool
UPDATE passage SET is_standing = :is_standing WHERE id = :id;

-- query: passage_get :one
-- param: id i64
-- row: is_standing bool
SELECT is_standing FROM passage WHERE id = :id;

-- query: passage_list :many
-- param: group_id i64, kind text, country text, max i64
-- row: id i64, kind text, response_id i64, question_id i64,
--   consultation_id i64, consultation_number i64, number i64, lang text,
--   country text, category text, octets bytes
SELECT p.id, p.kind, p.response_id, b.question_id, q.consultation_id,
       n.number, i.number, i.lang, i.country, i.category,
       substr(CAST(a.body AS BLOB), p.from_byte + 1, p.to_byte - p.from_byte)
  FROM passage p JOIN codebook b ON b.id = p.codebook_id
  JOIN question q ON q.id = b.question_id
  JOIN consultation n ON n.id = q.consultation_id
  JOIN answer a ON a.id = p.answer_id
  JOIN theme_input i ON i.question_id = b.question_id
   AND i.response_id = p.response_id AND (i.answer_id = p.answer_id OR EXISTS (
	SELECT 1 FROM attached_text y
	 WHERE y.answer_id = p.answer_id
	   AND y.question_id = i.question_id
	   AND y.revision_id = i.revision_id
	   AND y.is_standing = 1))
   AND i.is_withheld = 0
 WHERE n.group_id = :group_id AND p.is_standing = 1
   AND (:kind = '' OR p.kind = :kind) AND (:country = '' OR i.country = :country)
 ORDER BY n.number DESC, i.country, p.id LIMIT :max;
-- engine: pg
SELECT p.id, p.kind, p.response_id, b.question_id, q.consultation_id,
       n.number, i.number, i.lang, i.country, i.category,
       substr(convert_to(a.body, 'UTF8'), (p.from_byte + 1)::int,
	(p.to_byte - p.from_byte)::int)
  FROM passage p JOIN codebook b ON b.id = p.codebook_id
  JOIN question q ON q.id = b.question_id
  JOIN consultation n ON n.id = q.consultation_id
  JOIN answer a ON a.id = p.answer_id
  JOIN theme_input i ON i.question_id = b.question_id
   AND i.response_id = p.response_id AND (i.answer_id = p.answer_id OR EXISTS (
	SELECT 1 FROM attached_text y
	 WHERE y.answer_id = p.answer_id
	   AND y.question_id = i.question_id
	   AND y.revision_id = i.revision_id
	   AND y.is_standing = 1))
   AND i.is_withheld = 0
 WHERE n.group_id = :group_id AND p.is_standing = 1
   AND (:kind = '' OR p.kind = :kind) AND (:country = '' OR i.country = :country)
 ORDER BY n.number DESC, i.country, p.id LIMIT :max;

-- query: decision_insert :one
-- param: codebook_id i64, now i64, person_id ref, kind text, theme_id ref,
--   other_id ref, response_id ref, n i64, reason text, undoes_id ref
-- row: id i64
INSERT INTO decision (codebook_id, at, person_id, kind, theme_id, other_id,
	response_id, n, reason, undoes_id)
VALUES (:codebook_id, :now, :person_id, :kind, :theme_id, :other_id,
	:response_id, :n, :reason, :undoes_id)
RETURNING id;

-- query: decision_set_n :exec
-- param: id i64, n i64
UPDATE decision SET n = :n WHERE id = :id;

-- query: decision_set_undone :count
-- param: id i64, undone_by ref
UPDATE decision SET undone_by = :undone_by
 WHERE id = :id AND undone_by IS NULL;

-- query: decision_get :opt
-- param: id i64
-- row: codebook_id i64, kind text, theme_id ref, other_id ref,
--   response_id ref, undone_by ref
SELECT codebook_id, kind, theme_id, other_id, response_id, undone_by
  FROM decision WHERE id = :id;

-- query: decision_list :many
-- param: codebook_id i64, below_id i64, max i64
-- row: id i64, at i64, person text, kind text, theme_id ref, other_id ref,
--   response_id ref, n i64, reason text, undoes_id ref, undone_by ref,
--   person_id ref
SELECT d.id, d.at, coalesce(p.name, ''), d.kind, d.theme_id, d.other_id,
       d.response_id, d.n, d.reason, d.undoes_id, d.undone_by, d.person_id
  FROM decision d LEFT JOIN person p ON p.id = d.person_id
 WHERE d.codebook_id = :codebook_id AND d.id < :below_id
 ORDER BY d.id DESC LIMIT :max;

-- query: decision_change_insert :exec
-- param: decision_id i64, kind text, row_id i64, field text, lang text,
--   was text, now text
INSERT INTO decision_change (decision_id, kind, row_id, field, lang, was, now)
VALUES (:decision_id, :kind, :row_id, :field, :lang, :was, :now);

-- query: decision_changes :many
-- param: decision_id i64
-- row: kind text, row_id i64, field text, lang text, was text, now text
SELECT kind, row_id, field, lang, was, now FROM decision_change
 WHERE decision_id = :decision_id ORDER BY id DESC;

-- Texts that were heard, for who cites them.
-- query: theme_heard :many
-- param: question_id i64
-- row: response_id i64, spoken_id i64, session_number i64, kind text,
--   speaker_class text, at i64, zone text
SELECT t.response_id, t.id, s.number, t.kind, t.speaker_class, t.at, s.zone
  FROM question q JOIN spoken_text t ON t.consultation_id = q.consultation_id
   AND t.response_id IS NOT NULL AND t.state = 'published'
  JOIN consultation_session s ON s.id = t.session_id
 WHERE q.id = :question_id
   AND (t.question_id IS NULL OR t.question_id = q.id)
 ORDER BY t.response_id;

-- The questions that those attachments speak to.
-- query: attached_questions_of_response :many
-- param: question_id i64, response_id i64
-- row: attachment_id i64, id i64, question_id i64, position i64,
--   is_standing bool
SELECT y.attachment_id, y.id, q.id, q.position, y.is_standing
  FROM theme_input i JOIN attached_text y ON y.revision_id = i.revision_id
  JOIN question q ON q.id = y.question_id
 WHERE i.question_id = :question_id AND i.response_id = :response_id
   AND i.is_withheld = 0
 ORDER BY y.attachment_id, q.position;

-- Attachments of what is read of a response, and whether they speak to the
-- question.
-- query: attached_of_response :many
-- param: question_id i64, response_id i64
-- row: id i64, attachment_id i64, answer_id i64, name text, body text,
--   is_standing bool, is_public bool
SELECT y.id, y.attachment_id, y.answer_id, f.name, a.body, y.is_standing,
       CASE WHEN f.clean_blob_id IS NULL OR NOT EXISTS (
		SELECT 1 FROM revision o
		 WHERE o.id = y.revision_id AND o.authorisation = 'full')
	    THEN 0 ELSE i.is_public END
  FROM theme_input i
  JOIN attached_text y ON y.revision_id = i.revision_id
   AND y.question_id = i.question_id
  JOIN answer a ON a.id = y.answer_id
  JOIN attachment f ON f.id = y.attachment_id
 WHERE i.question_id = :question_id AND i.response_id = :response_id
   AND i.is_withheld = 0
 ORDER BY f.position;
