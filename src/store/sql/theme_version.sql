-- Frozen summaries, and what the public sees of them.

-- query: theme_version_next :one
-- param: consultation_id i64
-- row: number i64
SELECT coalesce(max(number), 0) + 1 FROM theme_version
 WHERE consultation_id = :consultation_id;

-- query: theme_version_insert :one
-- param: consultation_id i64, number i64, author text, note text,
--   person_id ref, now i64
-- row: id i64
INSERT INTO theme_version (consultation_id, number, state, author, note,
	person_id, frozen_at)
VALUES (:consultation_id, :number, 'frozen', :author, :note, :person_id, :now)
RETURNING id;

-- query: theme_version_list :many
-- param: consultation_id i64
-- row: id i64, number i64, state text, note text, person text, frozen_at i64,
--   published_at i64, author text
SELECT v.id, v.number, v.state, v.note, coalesce(p.name, ''), v.frozen_at,
       v.published_at, v.author
  FROM theme_version v LEFT JOIN person p ON p.id = v.person_id
 WHERE v.consultation_id = :consultation_id ORDER BY v.number DESC;

-- query: theme_version_publish :count
-- param: id i64, now i64
UPDATE theme_version SET state = 'published', published_at = :now
 WHERE id = :id AND state = 'frozen';

-- query: codebooks_of_consultation :many
-- param: consultation_id i64
-- row: id i64, question_id i64, run_id i64
SELECT b.id, b.question_id, b.run_id
  FROM codebook b JOIN question q ON q.id = b.question_id
 WHERE q.consultation_id = :consultation_id ORDER BY q.position;

-- query: version_theme_insert :one
-- param: version_id i64, question_id i64, theme_id i64, parent_id ref,
--   label text, label_lang text
-- row: id i64
INSERT INTO version_theme (version_id, question_id, theme_id, parent_id,
	label, label_lang)
VALUES (:version_id, :question_id, :theme_id, :parent_id, :label, :label_lang)
RETURNING id;

-- query: version_wording_copy :exec
-- param: version_theme_id i64, theme_id i64, now i64
INSERT INTO wording (owner_kind, owner_id, field, lang, status, body,
	changed_at)
SELECT 'version_theme', :version_theme_id, field, lang, status, body, :now
  FROM wording
 WHERE owner_kind = 'theme' AND owner_id = :theme_id;

-- What is suggested below a confirmed theme counts as that theme's own.
-- query: version_coding_copy :exec
-- param: version_id i64, codebook_id i64
INSERT INTO version_coding (version_id, version_theme_id, response_id,
	answer_id, from_byte, to_byte, text_of, by_whom, score)
SELECT :version_id, t.id, c.response_id, c.answer_id, c.from_byte, c.to_byte,
       c.text_of, c.by_whom, c.score
  FROM theme_coding c
  JOIN version_theme t ON t.version_id = :version_id
   AND t.theme_id = CASE WHEN c.theme_state = 'confirmed'
	THEN c.theme_id ELSE c.parent_id END
 WHERE c.codebook_id = :codebook_id
 ORDER BY c.answer_id, c.from_byte, c.to_byte, t.id;

-- What is under a theme that nobody has confirmed has not been read.
-- query: version_reading_copy :exec
-- param: version_id i64, codebook_id i64
INSERT INTO version_reading (version_id, question_id, response_id,
	revision_id, state, campaign_n, level)
SELECT :version_id, g.question_id, g.response_id, g.revision_id,
       CASE WHEN g.state = 'themed' AND NOT EXISTS (
		SELECT 1 FROM version_coding c
		 JOIN version_theme t ON t.id = c.version_theme_id
		  AND t.question_id = g.question_id
		WHERE c.version_id = :version_id
		  AND c.response_id = g.response_id)
	    THEN 'unread' ELSE g.state END,
       g.campaign_n, coalesce((SELECT min(m.level) FROM codebook b
	  JOIN run_member m ON m.run_id = b.run_id
	   AND m.campaign_n = g.campaign_n AND m.response_id = g.response_id
	 WHERE b.id = :codebook_id), '')
  FROM theme_reading g WHERE g.codebook_id = :codebook_id
 ORDER BY g.response_id;

-- query: version_campaign_copy :exec
-- param: version_id i64, question_id i64, run_id i64
INSERT INTO version_campaign (version_id, question_id, n, template, lang)
SELECT :version_id, :question_id, n, template, lang
  FROM run_campaign WHERE run_id = :run_id ORDER BY n;

-- query: version_quotation_insert :exec
-- param: version_id i64, version_theme_id i64, response_id i64,
--   answer_id i64, from_byte i64, to_byte i64, digest bytes
INSERT INTO version_quotation (version_id, version_theme_id, response_id,
	answer_id, from_byte, to_byte, digest)
VALUES (:version_id, :version_theme_id, :response_id, :answer_id, :from_byte,
	:to_byte, :digest);

-- query: version_themes :many
-- param: version_id i64
-- row: id i64, question_id i64, theme_id i64, parent_id ref, label text,
--   label_lang text
SELECT id, question_id, theme_id, parent_id, label, label_lang
  FROM version_theme WHERE version_id = :version_id ORDER BY id;

-- query: version_wordings :many
-- param: version_id i64
-- row: id i64, owner_id i64, field text, lang text, status text, body text,
--   changed_at i64
SELECT w.id, w.owner_id, w.field, w.lang, w.status, w.body, w.changed_at
  FROM wording w
 WHERE w.owner_kind = 'version_theme' AND w.owner_id IN (
	SELECT t.id FROM version_theme t WHERE t.version_id = :version_id)
 ORDER BY w.owner_id, w.field, w.lang;

-- query: version_balance :many
-- param: version_id i64
-- row: question_id i64, state text, responses i64, heard i64
SELECT question_id, state, count(*) - sum(is_heard), sum(is_heard)
  FROM version_live
 WHERE version_id = :version_id GROUP BY question_id, state;

-- query: version_spoken :many
-- param: version_id i64
-- row: question_id i64, n i64
SELECT g.question_id, count(*) FROM version_live g
  JOIN response r ON r.id = g.response_id AND r.channel = 'spoken'
 WHERE g.version_id = :version_id GROUP BY g.question_id;

-- query: version_participation :many
-- param: version_id i64, question_id i64
-- row: category text, country text, lang text, responses i64, words i64
SELECT g.category, g.country, g.lang, count(*),
       CAST(coalesce(sum(a.words), 0) AS bigint)
  FROM version_live g
  LEFT JOIN answer a ON a.revision_id = g.revision_id
   AND a.question_id = g.question_id
 WHERE g.version_id = :version_id AND g.question_id = :question_id
   AND g.state <> 'withheld' AND g.state <> 'empty' AND g.is_heard = 0
 GROUP BY g.category, g.country, g.lang ORDER BY 4 DESC, 1, 2, 3;

-- Of a theme with those below it.
-- query: version_figures :many
-- param: version_id i64
-- row: id i64, responses i64, distinct_texts i64, campaign i64, spoken i64,
--   heard i64
SELECT p.id, count(DISTINCT CASE WHEN g.is_heard = 0 THEN c.response_id END),
       count(DISTINCT CASE WHEN g.is_heard = 0 THEN c.text_of END),
       count(DISTINCT CASE WHEN g.campaign_n >= 0 AND g.is_heard = 0
	THEN c.response_id END),
       count(DISTINCT CASE WHEN r.channel = 'spoken' THEN c.response_id END),
       count(DISTINCT CASE WHEN g.is_heard = 1 THEN c.response_id END)
  FROM version_theme p
  JOIN version_theme t ON t.version_id = p.version_id
   AND (t.id = p.id OR t.parent_id = p.id)
  JOIN version_coding c ON c.version_theme_id = t.id
  JOIN version_live g ON g.version_id = p.version_id
   AND g.question_id = p.question_id AND g.response_id = c.response_id
   AND g.state <> 'withheld'
  JOIN response r ON r.id = c.response_id
 WHERE p.version_id = :version_id
 GROUP BY p.id;

-- query: version_by_category :many
-- param: version_id i64
-- row: id i64, category text, responses i64
SELECT p.id, g.category, count(DISTINCT c.response_id)
  FROM version_theme p
  JOIN version_theme t ON t.version_id = p.version_id
   AND (t.id = p.id OR t.parent_id = p.id)
  JOIN version_coding c ON c.version_theme_id = t.id
  JOIN version_live g ON g.version_id = p.version_id
   AND g.question_id = p.question_id AND g.response_id = c.response_id
   AND g.state <> 'withheld' AND g.is_heard = 0
 WHERE p.version_id = :version_id
 GROUP BY p.id, g.category ORDER BY p.id, 3 DESC, 2;

-- Only what the public may read, and no octet of it hidden.
-- query: version_quotations :many
-- param: version_id i64
-- row: version_theme_id i64, response_id i64, number i64, revision_n i64,
--   position i64, lang text, category text, country text, source text,
--   is_heard bool, spoken_id i64, session_number i64, kind text, at i64,
--   zone text, file_name text, octets bytes, digest bytes
SELECT x.version_theme_id, x.response_id, g.number, g.revision_n, q.position,
       g.lang, g.category, coalesce(l.country, ''), coalesce(l.source, ''),
       g.is_heard, coalesce(o.id, 0), coalesce(h.number, 0),
       coalesce(o.kind, ''), coalesce(o.at, 0), coalesce(h.zone, ''),
       coalesce(f.name, ''), substr(CAST(a.body AS BLOB),
	x.from_byte + 1, x.to_byte - x.from_byte), x.digest
  FROM version_quotation x
  JOIN version_theme t ON t.id = x.version_theme_id
  JOIN question q ON q.id = t.question_id
  JOIN version_live g ON g.version_id = x.version_id
   AND g.question_id = t.question_id AND g.response_id = x.response_id
   AND g.is_public = 1
  LEFT JOIN listing l ON l.response_id = x.response_id
  LEFT JOIN spoken_text o ON o.response_id = x.response_id
  LEFT JOIN consultation_session h ON h.id = o.session_id
  LEFT JOIN attachment f ON f.id = (SELECT min(y.attachment_id)
	FROM attached_text y WHERE y.answer_id = x.answer_id)
  JOIN answer a ON a.id = x.answer_id
 WHERE x.version_id = :version_id
   AND (l.response_id IS NOT NULL OR o.id IS NOT NULL)
   AND NOT EXISTS (SELECT 1 FROM attached_text y
	  LEFT JOIN attachment f ON f.id = y.attachment_id
	WHERE y.answer_id = x.answer_id
	  AND (f.clean_blob_id IS NULL OR g.is_named = 0))
   AND NOT EXISTS (SELECT 1 FROM redaction d
	WHERE d.answer_id = x.answer_id AND d.from_byte < x.to_byte
	  AND d.to_byte > x.from_byte)
 ORDER BY x.id;
-- engine: pg
SELECT x.version_theme_id, x.response_id, g.number, g.revision_n, q.position,
       g.lang, g.category, coalesce(l.country, ''), coalesce(l.source, ''),
       g.is_heard, coalesce(o.id, 0), coalesce(h.number, 0),
       coalesce(o.kind, ''), coalesce(o.at, 0), coalesce(h.zone, ''),
       coalesce(f.name, ''), substr(convert_to(a.body, 'UTF8'),
	(x.from_byte + 1)::int, (x.to_byte - x.from_byte)::int), x.digest
  FROM version_quotation x
  JOIN version_theme t ON t.id = x.version_theme_id
  JOIN question q ON q.id = t.question_id
  JOIN version_live g ON g.version_id = x.version_id
   AND g.question_id = t.question_id AND g.response_id = x.response_id
   AND g.is_public = 1
  LEFT JOIN listing l ON l.response_id = x.response_id
  LEFT JOIN spoken_text o ON o.response_id = x.response_id
  LEFT JOIN consultation_session h ON h.id = o.session_id
  LEFT JOIN attachment f ON f.id = (SELECT min(y.attachment_id)
	FROM attached_text y WHERE y.answer_id = x.answer_id)
  JOIN answer a ON a.id = x.answer_id
 WHERE x.version_id = :version_id
   AND (l.response_id IS NOT NULL OR o.id IS NOT NULL)
   AND NOT EXISTS (SELECT 1 FROM attached_text y
	  LEFT JOIN attachment f ON f.id = y.attachment_id
	WHERE y.answer_id = x.answer_id
	  AND (f.clean_blob_id IS NULL OR g.is_named = 0))
   AND NOT EXISTS (SELECT 1 FROM redaction d
	WHERE d.answer_id = x.answer_id AND d.from_byte < x.to_byte
	  AND d.to_byte > x.from_byte)
 ORDER BY x.id;

-- query: version_campaigns :many
-- param: version_id i64
-- row: question_id i64, template text, lang text, members i64, exact i64,
--   near i64, with_own i64
SELECT c.question_id, c.template, c.lang, count(*),
       sum(CASE WHEN g.level = 'exact' THEN 1 ELSE 0 END),
       sum(CASE WHEN g.level = 'near' THEN 1 ELSE 0 END),
       sum(CASE WHEN g.level = 'with_own' THEN 1 ELSE 0 END)
  FROM version_campaign c
  JOIN version_live g ON g.version_id = c.version_id
   AND g.question_id = c.question_id AND g.campaign_n = c.n
   AND g.state <> 'withheld' AND g.is_heard = 0
 WHERE c.version_id = :version_id
 GROUP BY c.id, c.question_id, c.template, c.lang
 ORDER BY c.question_id, 4 DESC, c.id;

-- What became of an answer.
-- query: version_of_response :many
-- param: version_id i64, response_id i64
-- row: version_theme_id i64, position i64, file_name text, octets bytes
SELECT c.version_theme_id, q.position, coalesce(f.name, ''), substr(CAST(a.body AS BLOB),
	c.from_byte + 1, c.to_byte - c.from_byte)
  FROM version_coding c
  JOIN version_theme t ON t.id = c.version_theme_id
  JOIN question q ON q.id = t.question_id
  JOIN version_live g ON g.version_id = c.version_id
   AND g.question_id = t.question_id AND g.response_id = c.response_id
   AND g.is_public = 1
  JOIN answer a ON a.id = c.answer_id
  LEFT JOIN attachment f ON f.id = (SELECT min(y.attachment_id)
	FROM attached_text y WHERE y.answer_id = c.answer_id)
 WHERE c.version_id = :version_id AND c.response_id = :response_id
   AND NOT EXISTS (SELECT 1 FROM attached_text y
	  LEFT JOIN attachment f ON f.id = y.attachment_id
	WHERE y.answer_id = c.answer_id
	  AND (f.clean_blob_id IS NULL OR g.is_named = 0))
   AND NOT EXISTS (SELECT 1 FROM redaction d
	WHERE d.answer_id = c.answer_id AND d.from_byte < c.to_byte
	  AND d.to_byte > c.from_byte)
 ORDER BY q.position, t.id, c.id;
-- engine: pg
SELECT c.version_theme_id, q.position, coalesce(f.name, ''), substr(convert_to(a.body, 'UTF8'),
	(c.from_byte + 1)::int, (c.to_byte - c.from_byte)::int)
  FROM version_coding c
  JOIN version_theme t ON t.id = c.version_theme_id
  JOIN question q ON q.id = t.question_id
  JOIN version_live g ON g.version_id = c.version_id
   AND g.question_id = t.question_id AND g.response_id = c.response_id
   AND g.is_public = 1
  JOIN answer a ON a.id = c.answer_id
  LEFT JOIN attachment f ON f.id = (SELECT min(y.attachment_id)
	FROM attached_text y WHERE y.answer_id = c.answer_id)
 WHERE c.version_id = :version_id AND c.response_id = :response_id
   AND NOT EXISTS (SELECT 1 FROM attached_text y
	  LEFT JOIN attachment f ON f.id = y.attachment_id
	WHERE y.answer_id = c.answer_id
	  AND (f.clean_blob_id IS NULL OR g.is_named = 0))
   AND NOT EXISTS (SELECT 1 FROM redaction d
	WHERE d.answer_id = c.answer_id AND d.from_byte < c.to_byte
	  AND d.to_byte > c.from_byte)
 ORDER BY q.position, t.id, c.id;

-- query: version_reading_of :many
-- param: version_id i64, response_id i64
-- row: position i64, state text
SELECT q.position, g.state
  FROM version_live g JOIN question q ON q.id = g.question_id
 WHERE g.version_id = :version_id AND g.response_id = :response_id
 ORDER BY q.position;

-- query: version_export :many
-- param: version_id i64, after_id i64, max i64
-- row: id i64, number i64, revision_n i64, position i64, from_byte i64,
--   to_byte i64, version_theme_id i64, by_whom text, score i64,
--   is_heard bool, session_number i64, spoken_id i64, attachment_n i64
SELECT c.id, g.number, g.revision_n, q.position, c.from_byte, c.to_byte,
       c.version_theme_id, c.by_whom, c.score, g.is_heard,
       coalesce(h.number, 0), coalesce(o.id, 0), coalesce(f.position, 0)
  FROM version_coding c
  JOIN version_theme t ON t.id = c.version_theme_id
  JOIN question q ON q.id = t.question_id
  JOIN version_live g ON g.version_id = c.version_id
   AND g.question_id = t.question_id AND g.response_id = c.response_id
   AND g.is_public = 1
  LEFT JOIN spoken_text o ON o.response_id = c.response_id
  LEFT JOIN consultation_session h ON h.id = o.session_id
  LEFT JOIN attachment f ON f.id = (SELECT min(y.attachment_id)
	FROM attached_text y WHERE y.answer_id = c.answer_id)
 WHERE c.version_id = :version_id AND c.id > :after_id
   AND NOT EXISTS (SELECT 1 FROM attached_text y
	  LEFT JOIN attachment f ON f.id = y.attachment_id
	WHERE y.answer_id = c.answer_id
	  AND (f.clean_blob_id IS NULL OR g.is_named = 0))
 ORDER BY c.id LIMIT :max;

-- Of each question how many responses are themed in one version, in the other,
-- and in both; who withdrew since is in none.
-- query: version_sides :many
-- param: first_id i64, second_id i64
-- row: question_id i64, first_n i64, second_n i64, both_n i64
SELECT q.id,
       (SELECT count(*) FROM version_live g WHERE g.version_id = :first_id
	   AND g.question_id = q.id AND g.state = 'themed' AND g.is_heard = 0),
       (SELECT count(*) FROM version_live g WHERE g.version_id = :second_id
	   AND g.question_id = q.id AND g.state = 'themed' AND g.is_heard = 0),
       (SELECT count(*) FROM version_live g
	  JOIN version_live h ON h.version_id = :second_id
	   AND h.question_id = g.question_id
	   AND h.response_id = g.response_id AND h.state = 'themed'
	 WHERE g.version_id = :first_id AND g.question_id = q.id
	   AND g.state = 'themed' AND g.is_heard = 0)
  FROM question q
  JOIN theme_version v ON v.consultation_id = q.consultation_id
 WHERE v.id = :first_id
 ORDER BY q.position;

-- How many responses stand under a theme of one version and one of the other;
-- what is below a theme counts for it.
-- query: version_overlap :many
-- param: first_id i64, second_id i64
-- row: first_theme i64, second_theme i64, responses i64
SELECT x.top_id, y.top_id, count(DISTINCT x.response_id)
  FROM (SELECT DISTINCT coalesce(t.parent_id, t.id) AS top_id,
	       t.question_id AS question_id, c.response_id AS response_id
	  FROM version_coding c JOIN version_theme t ON t.id = c.version_theme_id
	  JOIN version_live g ON g.version_id = c.version_id
	   AND g.question_id = t.question_id AND g.response_id = c.response_id
	   AND g.state <> 'withheld' AND g.is_heard = 0
	 WHERE c.version_id = :first_id) x
  JOIN (SELECT DISTINCT coalesce(t.parent_id, t.id) AS top_id,
	       t.question_id AS question_id, c.response_id AS response_id
	  FROM version_coding c JOIN version_theme t ON t.id = c.version_theme_id
	  JOIN version_live g ON g.version_id = c.version_id
	   AND g.question_id = t.question_id AND g.response_id = c.response_id
	   AND g.state <> 'withheld' AND g.is_heard = 0
	 WHERE c.version_id = :second_id) y
    ON y.question_id = x.question_id AND y.response_id = x.response_id
 GROUP BY x.top_id, y.top_id ORDER BY x.top_id, y.top_id;
