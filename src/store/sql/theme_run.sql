-- Runs of the engine: asked for, claimed by a worker, stored, applied.

-- query: theme_run_insert :one
-- param: codebook_id i64, kind text, seed i64, wanted i64, person_id ref,
--   now i64
-- row: id i64
INSERT INTO theme_run (codebook_id, kind, state, seed, wanted, person_id,
	asked_at)
VALUES (:codebook_id, :kind, 'waiting', :seed, :wanted, :person_id, :now)
RETURNING id;

-- query: theme_run_get :opt
-- param: id i64
-- row: codebook_id i64, state text, seed i64, wanted i64, stage text,
--   permille i64, tries i64, claimed_until i64, is_cancelled bool,
--   reason text, responses i64, units i64, themes i64, campaigns i64,
--   asked_at i64, started_at i64, ended_at i64, kind text
SELECT codebook_id, state, seed, wanted, stage, permille, tries,
       claimed_until, is_cancelled, reason, responses, units, themes,
       campaigns, asked_at, started_at, ended_at, kind
  FROM theme_run WHERE id = :id;

-- query: theme_run_last :opt
-- param: codebook_id i64
-- row: id i64
SELECT id FROM theme_run WHERE codebook_id = :codebook_id
 ORDER BY id DESC LIMIT 1;

-- query: theme_run_claim :opt
-- param: now i64, until_at i64
-- row: id i64, codebook_id i64, seed i64, wanted i64, tries i64,
--   is_cancelled bool, kind text
UPDATE theme_run SET state = 'running', tries = tries + 1,
	claimed_until = :until_at, started_at = :now, stage = 'read',
	permille = 0
 WHERE id = (SELECT t.id FROM theme_run t
	WHERE t.state IN ('waiting', 'running') AND t.claimed_until <= :now
	ORDER BY t.id LIMIT 1)
RETURNING id, codebook_id, seed, wanted, tries, is_cancelled, kind;
-- engine: pg
UPDATE theme_run SET state = 'running', tries = tries + 1,
	claimed_until = :until_at, started_at = :now, stage = 'read',
	permille = 0
 WHERE id = (SELECT t.id FROM theme_run t
	WHERE t.state IN ('waiting', 'running') AND t.claimed_until <= :now
	ORDER BY t.id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, codebook_id, seed, wanted, tries, is_cancelled, kind;

-- query: theme_run_progress :opt
-- param: id i64, tries i64, stage text, permille i64, until_at i64
-- row: is_cancelled bool
UPDATE theme_run SET stage = :stage, permille = :permille,
	claimed_until = :until_at
 WHERE id = :id AND tries = :tries AND state = 'running'
RETURNING is_cancelled;

-- query: theme_run_end :count
-- param: id i64, tries i64, state text, reason text, now i64
UPDATE theme_run SET state = :state, reason = :reason, ended_at = :now,
	permille = CASE WHEN :state = 'ready' THEN 1000 ELSE permille END
 WHERE id = :id AND tries = :tries AND state = 'running';

-- Of `responses`, what was heard is none.
-- query: theme_run_set_counts :exec
-- param: id i64, responses i64, units i64, texts i64, themes i64,
--   campaigns i64
UPDATE theme_run SET responses = :responses - (SELECT count(*)
	  FROM spoken_text s JOIN run_reading g ON g.run_id = :id
	   AND g.response_id = s.response_id),
	units = :units, texts = :texts, themes = :themes,
	campaigns = :campaigns
 WHERE id = :id;

-- query: theme_run_set_state :count
-- param: id i64, from_state text, state text, now i64
UPDATE theme_run SET state = :state, ended_at = :now
 WHERE id = :id AND state = :from_state;

-- query: theme_run_cancel :count
-- param: id i64
UPDATE theme_run SET is_cancelled = 1
 WHERE id = :id AND state IN ('waiting', 'running');

-- What an earlier try left.
-- query: run_unit_clear :exec
-- param: run_id i64
DELETE FROM run_unit WHERE run_id = :run_id;
-- query: run_theme_clear :exec
-- param: run_id i64
DELETE FROM run_theme WHERE run_id = :run_id;
-- query: run_reading_clear :exec
-- param: run_id i64
DELETE FROM run_reading WHERE run_id = :run_id;
-- query: run_campaign_clear :exec
-- param: run_id i64
DELETE FROM run_campaign WHERE run_id = :run_id;
-- query: run_member_clear :exec
-- param: run_id i64
DELETE FROM run_member WHERE run_id = :run_id;
-- query: run_own_clear :exec
-- param: run_id i64
DELETE FROM run_own WHERE run_id = :run_id;
-- query: run_quotation_clear :exec
-- param: run_id i64
DELETE FROM run_quotation WHERE run_id = :run_id;

-- query: theme_inputs :many
-- param: question_id i64, after_id i64, max i64
-- row: response_id i64, answer_id i64, lang text, category text,
--   is_withheld bool, body text
SELECT i.response_id, i.answer_id, i.lang, i.category, i.is_withheld,
       CASE WHEN i.is_withheld = 1 THEN '' ELSE coalesce(a.body, '') END
  FROM theme_input i LEFT JOIN answer a ON a.id = i.answer_id
 WHERE i.question_id = :question_id AND i.response_id > :after_id
 ORDER BY i.response_id LIMIT :max;

-- The texts of attachments that speak to the question, of the same responses.
-- query: attached_inputs :many
-- param: question_id i64, after_id i64, last_id i64
-- row: response_id i64, answer_id i64, body text
SELECT i.response_id, y.answer_id, a.body
  FROM theme_input i
  JOIN attached_text y ON y.revision_id = i.revision_id
   AND y.question_id = i.question_id AND y.is_standing = 1
  JOIN answer a ON a.id = y.answer_id
 WHERE i.question_id = :question_id AND i.response_id > :after_id
   AND i.response_id <= :last_id AND i.is_withheld = 0 AND a.body <> ''
 ORDER BY i.response_id, y.answer_id;

-- query: run_theme_insert :exec
-- param: run_id i64, n i64, parent_n i64, label text, lang text
INSERT INTO run_theme (run_id, n, parent_n, label, lang)
VALUES (:run_id, :n, :parent_n, :label, :lang);

-- query: run_theme_set :exec
-- param: run_id i64, n i64, theme_id ref
UPDATE run_theme SET theme_id = :theme_id WHERE run_id = :run_id AND n = :n;

-- query: run_theme_list :many
-- param: run_id i64
-- row: n i64, parent_n i64, theme_id ref, label text, lang text
SELECT n, parent_n, theme_id, label, lang FROM run_theme
 WHERE run_id = :run_id ORDER BY n;

-- query: run_unit_insert :exec
-- param: run_id i64, n i64, response_id i64, answer_id i64, from_byte i64,
--   to_byte i64, lang text, copy_of i64, is_shared bool, theme_n i64,
--   by_whom text, score i64, turn i64
INSERT INTO run_unit (run_id, n, response_id, answer_id, from_byte, to_byte,
	lang, copy_of, is_shared, theme_n, by_whom, score, turn)
VALUES (:run_id, :n, :response_id, :answer_id, :from_byte, :to_byte, :lang,
	:copy_of, :is_shared, :theme_n, :by_whom, :score, :turn);

-- query: run_reading_insert :exec
-- param: run_id i64, response_id i64, answer_id i64, state text,
--   campaign_n i64
INSERT INTO run_reading (run_id, response_id, answer_id, state, campaign_n)
VALUES (:run_id, :response_id, :answer_id, :state, :campaign_n);

-- query: run_campaign_insert :exec
-- param: run_id i64, n i64, template text, lang text, twin_n i64
INSERT INTO run_campaign (run_id, n, template, lang, twin_n)
VALUES (:run_id, :n, :template, :lang, :twin_n);

-- query: run_member_insert :exec
-- param: run_id i64, campaign_n i64, response_id i64, level text
INSERT INTO run_member (run_id, campaign_n, response_id, level)
VALUES (:run_id, :campaign_n, :response_id, :level);

-- query: run_own_insert :exec
-- param: run_id i64, campaign_n i64, answer_id i64, from_byte i64, to_byte i64
INSERT INTO run_own (run_id, campaign_n, answer_id, from_byte, to_byte)
VALUES (:run_id, :campaign_n, :answer_id, :from_byte, :to_byte);

-- query: run_quotation_insert :exec
-- param: run_id i64, theme_n i64, position i64, response_id i64,
--   answer_id i64, from_byte i64, to_byte i64
INSERT INTO run_quotation (run_id, theme_n, position, response_id, answer_id,
	from_byte, to_byte)
VALUES (:run_id, :theme_n, :position, :response_id, :answer_id, :from_byte,
	:to_byte);

-- How many units a theme of the run has in common with a theme that is there.
-- query: run_overlap :many
-- param: run_id i64, codebook_id i64
-- row: n i64, theme_id i64, units i64
SELECT u.theme_n, s.theme_id, count(*)
  FROM run_unit u
  JOIN theme_said s ON s.codebook_id = :codebook_id
   AND s.answer_id = u.answer_id AND s.from_byte = u.from_byte
   AND s.to_byte = u.to_byte
 WHERE u.run_id = :run_id AND u.theme_n >= 0
 GROUP BY u.theme_n, s.theme_id ORDER BY 3 DESC, 1, 2;

-- query: run_sizes :many
-- param: run_id i64
-- row: n i64, units i64
SELECT theme_n, count(*) FROM run_unit
 WHERE run_id = :run_id AND theme_n >= 0 GROUP BY theme_n ORDER BY theme_n;

-- query: theme_sizes :many
-- param: codebook_id i64
-- row: theme_id i64, units i64
SELECT theme_id, count(*) FROM theme_said
 WHERE codebook_id = :codebook_id GROUP BY theme_id ORDER BY theme_id;

-- What would become of responses if the run were applied: `moved` would have
-- other themes than now, `gained` have none now, `lost` would have none.
-- query: run_diff :one
-- param: run_id i64, codebook_id i64
-- row: moved i64, gained i64, lost i64
WITH was AS (
	SELECT response_id, theme_id FROM theme_coding
	 WHERE codebook_id = :codebook_id),
will AS (
	SELECT u.response_id, coalesce(m.id, -1 - u.theme_n) AS theme_id
	  FROM run_unit u
	  JOIN run_theme x ON x.run_id = u.run_id AND x.n = u.theme_n
	  LEFT JOIN theme t ON t.id = x.theme_id
	  LEFT JOIN theme m ON m.id = coalesce(t.merged_into, t.id)
	 WHERE u.run_id = :run_id
	   AND (m.id IS NULL OR m.state IN ('suggested', 'confirmed'))
	   AND NOT EXISTS (SELECT 1 FROM coding c
		WHERE c.codebook_id = :codebook_id
		  AND c.answer_id = u.answer_id
		  AND c.from_byte = u.from_byte AND c.to_byte = u.to_byte
		  AND c.is_standing = 1 AND c.layer = 0)
	   AND NOT EXISTS (SELECT 1 FROM person_reading p
		WHERE p.codebook_id = :codebook_id
		  AND p.response_id = u.response_id AND p.is_standing = 1)
	UNION
	SELECT response_id, theme_id FROM theme_coding
	 WHERE codebook_id = :codebook_id AND by_whom = 'person'),
differ AS (
	SELECT response_id FROM (SELECT * FROM was EXCEPT SELECT * FROM will) x
	UNION
	SELECT response_id FROM (SELECT * FROM will EXCEPT SELECT * FROM was) y)
SELECT coalesce(sum(CASE WHEN EXISTS (SELECT 1 FROM was
		WHERE was.response_id = differ.response_id)
	AND EXISTS (SELECT 1 FROM will
		WHERE will.response_id = differ.response_id)
	THEN 1 ELSE 0 END), 0),
       coalesce(sum(CASE WHEN NOT EXISTS (SELECT 1 FROM was
		WHERE was.response_id = differ.response_id)
	THEN 1 ELSE 0 END), 0),
       coalesce(sum(CASE WHEN NOT EXISTS (SELECT 1 FROM will
		WHERE will.response_id = differ.response_id)
	THEN 1 ELSE 0 END), 0)
  FROM differ
 WHERE NOT EXISTS (SELECT 1 FROM spoken_text s
	WHERE s.response_id = differ.response_id);

-- query: run_campaign_list :many
-- param: run_id i64
-- row: n i64, template text, lang text, twin_n i64, members i64, own i64
SELECT c.n, c.template, c.lang, c.twin_n,
       (SELECT count(*) FROM run_member m
	 WHERE m.run_id = c.run_id AND m.campaign_n = c.n),
       (SELECT count(*) FROM run_member m
	 WHERE m.run_id = c.run_id AND m.campaign_n = c.n
	   AND m.level = 'with_own')
  FROM run_campaign c WHERE c.run_id = :run_id
 ORDER BY 5 DESC, c.n;

-- query: run_member_list :many
-- param: run_id i64, campaign_n i64, after_id i64, max i64
-- row: response_id i64, number i64, organisation text, name text, level text,
--   is_heard bool
SELECT m.response_id, r.number, v.organisation, v.name, m.level,
       CASE WHEN r.channel = 'session' THEN 1 ELSE 0 END
  FROM run_member m JOIN response r ON r.id = m.response_id
  JOIN revision v ON v.id = r.standing_revision_id
 WHERE m.run_id = :run_id AND m.campaign_n = :campaign_n
   AND m.response_id > :after_id
 ORDER BY m.response_id LIMIT :max;

-- query: run_own_list :many
-- param: run_id i64, campaign_n i64, max i64
-- row: response_id i64, octets bytes, lang text
SELECT i.response_id, substr(CAST(a.body AS BLOB), o.from_byte + 1,
	o.to_byte - o.from_byte), i.lang
  FROM run_own o JOIN answer a ON a.id = o.answer_id
  JOIN revision w ON w.id = a.revision_id
  JOIN theme_run t ON t.id = o.run_id
  JOIN codebook b ON b.id = t.codebook_id
  JOIN theme_input i ON i.question_id = b.question_id
   AND i.response_id = w.response_id AND i.is_withheld = 0
   AND (i.answer_id = o.answer_id OR EXISTS (
	SELECT 1 FROM attached_text y
	 WHERE y.answer_id = o.answer_id
	   AND y.question_id = i.question_id
	   AND y.revision_id = i.revision_id
	   AND y.is_standing = 1))
 WHERE o.run_id = :run_id AND o.campaign_n = :campaign_n
 ORDER BY o.id LIMIT :max;
-- engine: pg
SELECT i.response_id, substr(convert_to(a.body, 'UTF8'),
	(o.from_byte + 1)::int, (o.to_byte - o.from_byte)::int), i.lang
  FROM run_own o JOIN answer a ON a.id = o.answer_id
  JOIN revision w ON w.id = a.revision_id
  JOIN theme_run t ON t.id = o.run_id
  JOIN codebook b ON b.id = t.codebook_id
  JOIN theme_input i ON i.question_id = b.question_id
   AND i.response_id = w.response_id AND i.is_withheld = 0
   AND (i.answer_id = o.answer_id OR EXISTS (
	SELECT 1 FROM attached_text y
	 WHERE y.answer_id = o.answer_id
	   AND y.question_id = i.question_id
	   AND y.revision_id = i.revision_id
	   AND y.is_standing = 1))
 WHERE o.run_id = :run_id AND o.campaign_n = :campaign_n
 ORDER BY o.id LIMIT :max;

-- What persons said that stands, for a run to learn from; of no theme: 0.
-- query: theme_said_by_persons :many
-- param: codebook_id i64, after_id i64, max i64
-- row: id i64, answer_id i64, from_byte i64, to_byte i64, theme_id ref
SELECT c.id, c.answer_id, c.from_byte, c.to_byte, t.id
  FROM coding c
  LEFT JOIN theme m ON m.id = c.theme_id
  LEFT JOIN theme t ON t.id = coalesce(m.merged_into, m.id)
   AND t.state IN ('suggested', 'confirmed')
 WHERE c.codebook_id = :codebook_id AND c.layer = 0 AND c.is_standing = 1
   AND c.id > :after_id AND (c.theme_id IS NULL OR t.id IS NOT NULL)
 ORDER BY c.id LIMIT :max;

-- What the run that is shown said, by unit; of no theme that stands: 0.
-- query: theme_said_by_run :many
-- param: codebook_id i64, after_n i64, max i64
-- row: n i64, answer_id i64, from_byte i64, to_byte i64, theme_id ref,
--   score i64
SELECT u.n, u.answer_id, u.from_byte, u.to_byte, t.id, u.score
  FROM codebook b JOIN run_unit u ON u.run_id = b.run_id
  LEFT JOIN run_theme x ON x.run_id = u.run_id AND x.n = u.theme_n
  LEFT JOIN theme m ON m.id = x.theme_id
  LEFT JOIN theme t ON t.id = coalesce(m.merged_into, m.id)
   AND t.state IN ('suggested', 'confirmed')
 WHERE b.id = :codebook_id AND u.n > :after_n
 ORDER BY u.n LIMIT :max;

-- Answers that the run that is shown has not read.
-- query: theme_new :one
-- param: codebook_id i64
-- row: n i64
SELECT count(*) FROM codebook b
  JOIN theme_input i ON i.question_id = b.question_id AND i.is_withheld = 0
   AND i.is_empty = 0
 WHERE b.id = :codebook_id AND b.run_id <> 0
   AND (NOT EXISTS (SELECT 1 FROM run_reading g WHERE g.run_id = b.run_id
	AND g.response_id = i.response_id AND g.answer_id = i.answer_id)
     OR EXISTS (SELECT 1 FROM attached_text y
	WHERE y.revision_id = i.revision_id AND y.question_id = i.question_id
	  AND y.is_standing = 1
	  AND NOT EXISTS (SELECT 1 FROM run_unit u WHERE u.run_id = b.run_id
		AND u.answer_id = y.answer_id)));

-- Texts that the body has in several languages: what it asks and says of
-- itself, versions of instruments, published answers with their translations
-- (none of which anything is hidden). Those of one key lie together.
-- query: parallel_texts :many
-- param: max i64
-- row: kind text, owner_id i64, field text, lang text, body text
SELECT w.owner_kind, w.owner_id, w.field, w.lang, w.body
  FROM wording w
 WHERE w.owner_kind IN ('question', 'consultation', 'group', 'topic',
	'instrument', 'privacy_notice', 'theme') AND w.body <> ''
UNION ALL
SELECT 'answer', a.id, 'body', v.lang, a.body
  FROM answer a JOIN revision v ON v.id = a.revision_id
  JOIN response r ON r.id = v.response_id AND r.public_revision_id = v.id
 WHERE v.authorisation <> 'aggregate' AND r.state <> 'withdrawn'
   AND NOT EXISTS (SELECT 1 FROM redaction d WHERE d.answer_id = a.id)
   AND EXISTS (SELECT 1 FROM wording w WHERE w.owner_kind = 'answer'
	AND w.owner_id = a.id AND w.field = 'body')
UNION ALL
SELECT 'answer', a.id, 'body', w.lang, w.body
  FROM wording w JOIN answer a ON a.id = w.owner_id
  JOIN revision v ON v.id = a.revision_id
  JOIN response r ON r.id = v.response_id AND r.public_revision_id = v.id
 WHERE w.owner_kind = 'answer' AND w.field = 'body'
   AND v.authorisation <> 'aggregate' AND r.state <> 'withdrawn'
   AND NOT EXISTS (SELECT 1 FROM redaction d WHERE d.answer_id = a.id)
UNION ALL
SELECT 'version', i.instrument_id, i.dated, i.lang, i.body
  FROM instrument_version i
 WHERE i.withdrawn_at = 0 AND i.body <> ''
 ORDER BY 1, 2, 3, 4 LIMIT :max;
