-- A second, blind coding of passages, and what the two coders said.

-- query: recoding_insert :one
-- param: codebook_id i64, basis text, person_id ref, now i64
-- row: id i64
INSERT INTO recoding (codebook_id, basis, person_id, asked_at)
VALUES (:codebook_id, :basis, :person_id, :now)
RETURNING id;

-- What persons decided on, one of each text, the least certain first.
-- query: recoding_candidates :many
-- param: codebook_id i64, max i64
-- row: response_id i64, answer_id i64, from_byte i64, to_byte i64, score i64
SELECT c.response_id, c.answer_id, c.from_byte, c.to_byte,
       min(coalesce(u.score, 1000))
  FROM coding c JOIN codebook b ON b.id = c.codebook_id
  JOIN theme_input i ON i.question_id = b.question_id
   AND i.response_id = c.response_id AND (i.answer_id = c.answer_id OR EXISTS (
	SELECT 1 FROM attached_text y
	 WHERE y.answer_id = c.answer_id
	   AND y.question_id = i.question_id
	   AND y.revision_id = i.revision_id
	   AND y.is_standing = 1))
   AND i.is_withheld = 0
  LEFT JOIN run_unit u ON u.run_id = b.run_id AND u.answer_id = c.answer_id
   AND u.from_byte = c.from_byte AND u.to_byte = c.to_byte
 WHERE c.codebook_id = :codebook_id AND c.layer = 0 AND c.is_standing = 1
   AND (u.id IS NULL OR u.copy_of = u.n)
 GROUP BY c.response_id, c.answer_id, c.from_byte, c.to_byte
 ORDER BY 5, 2, 3, 4 LIMIT :max;

-- query: recoding_unit_insert :exec
-- param: recoding_id i64, position i64, response_id i64, answer_id i64,
--   from_byte i64, to_byte i64
INSERT INTO recoding_unit (recoding_id, position, response_id, answer_id,
	from_byte, to_byte)
VALUES (:recoding_id, :position, :response_id, :answer_id, :from_byte,
	:to_byte);

-- What the first coder says as it is now, kept apart.
-- query: recoding_keep_first :exec
-- param: recoding_id i64
INSERT INTO coding (codebook_id, response_id, answer_id, from_byte, to_byte,
	theme_id, layer, is_standing, person_id, at)
SELECT c.codebook_id, c.response_id, c.answer_id, c.from_byte, c.to_byte,
       c.theme_id, -r.id, 1, c.person_id, c.at
  FROM recoding r JOIN recoding_unit u ON u.recoding_id = r.id
  JOIN coding c ON c.codebook_id = r.codebook_id
   AND c.answer_id = u.answer_id AND c.from_byte = u.from_byte
   AND c.to_byte = u.to_byte AND c.layer = 0 AND c.is_standing = 1
 WHERE r.id = :recoding_id
 ORDER BY c.id;

-- query: recoding_get :opt
-- param: id i64
-- row: codebook_id i64, question_id i64, basis text, coder_id ref,
--   person text, coder text, asked_at i64
SELECT r.codebook_id, b.question_id, r.basis, r.coder_id,
       coalesce(p.name, ''), coalesce(k.name, ''), r.asked_at
  FROM recoding r JOIN codebook b ON b.id = r.codebook_id
  LEFT JOIN person p ON p.id = r.person_id
  LEFT JOIN person k ON k.id = r.coder_id
 WHERE r.id = :id;

-- query: recoding_list :many
-- param: codebook_id i64, max i64
-- row: id i64, basis text, coder_id ref, person text, coder text,
--   asked_at i64, units i64, coded i64, settled i64
SELECT r.id, r.basis, r.coder_id, coalesce(p.name, ''), coalesce(k.name, ''),
       r.asked_at,
       (SELECT count(*) FROM recoding_unit u
	  JOIN theme_input i ON i.response_id = u.response_id
	   AND i.question_id = b.question_id AND (i.answer_id = u.answer_id OR EXISTS (
		SELECT 1 FROM attached_text y
		 WHERE y.answer_id = u.answer_id
		   AND y.question_id = i.question_id
		   AND y.revision_id = i.revision_id
		   AND y.is_standing = 1))
	   AND i.is_withheld = 0
	 WHERE u.recoding_id = r.id),
       (SELECT count(*) FROM recoding_unit u
	  JOIN theme_input i ON i.response_id = u.response_id
	   AND i.question_id = b.question_id AND (i.answer_id = u.answer_id OR EXISTS (
		SELECT 1 FROM attached_text y
		 WHERE y.answer_id = u.answer_id
		   AND y.question_id = i.question_id
		   AND y.revision_id = i.revision_id
		   AND y.is_standing = 1))
	   AND i.is_withheld = 0
	 WHERE u.recoding_id = r.id
	   AND EXISTS (SELECT 1 FROM coding c
		WHERE c.codebook_id = r.codebook_id
		  AND c.answer_id = u.answer_id AND c.from_byte = u.from_byte
		  AND c.to_byte = u.to_byte AND c.layer = r.id
		  AND c.is_standing = 1)),
       (SELECT count(*) FROM recoding_unit u
	 WHERE u.recoding_id = r.id AND u.is_settled = 1)
  FROM recoding r JOIN codebook b ON b.id = r.codebook_id
  LEFT JOIN person p ON p.id = r.person_id
  LEFT JOIN person k ON k.id = r.coder_id
 WHERE r.codebook_id = :codebook_id
 ORDER BY r.id DESC LIMIT :max;

-- Somebody begins; nobody who decided on one of the passages.
-- query: recoding_begin :count
-- param: id i64, coder_id i64
UPDATE recoding SET coder_id = :coder_id
 WHERE id = :id AND coder_id IS NULL
   AND NOT EXISTS (SELECT 1 FROM coding c
	WHERE c.codebook_id = recoding.codebook_id AND c.layer = -recoding.id
	  AND c.person_id = :coder_id);

-- Whether somebody codes blind here, and is not done.
-- query: recoding_blind :one
-- param: codebook_id i64, coder_id i64
-- row: n i64
SELECT count(*) FROM recoding r JOIN codebook b ON b.id = r.codebook_id
 WHERE r.coder_id = :coder_id AND r.codebook_id = :codebook_id
   AND EXISTS (SELECT 1 FROM recoding_unit u
	 JOIN theme_input i ON i.response_id = u.response_id
	  AND i.question_id = b.question_id AND (i.answer_id = u.answer_id OR EXISTS (
		SELECT 1 FROM attached_text y
		 WHERE y.answer_id = u.answer_id
		   AND y.question_id = i.question_id
		   AND y.revision_id = i.revision_id
		   AND y.is_standing = 1))
	  AND i.is_withheld = 0
	WHERE u.recoding_id = r.id
	  AND NOT EXISTS (SELECT 1 FROM coding c
		WHERE c.codebook_id = r.codebook_id
		  AND c.answer_id = u.answer_id AND c.from_byte = u.from_byte
		  AND c.to_byte = u.to_byte AND c.layer = r.id
		  AND c.is_standing = 1));

-- What is still to be coded.
-- query: recoding_next :many
-- param: id i64, max i64
-- row: response_id i64, answer_id i64, from_byte i64, to_byte i64,
--   octets bytes, lang text, category text, country text
SELECT u.response_id, u.answer_id, u.from_byte, u.to_byte,
       substr(CAST(a.body AS BLOB), u.from_byte + 1, u.to_byte - u.from_byte),
       i.lang, i.category, i.country
  FROM recoding r JOIN codebook b ON b.id = r.codebook_id
  JOIN recoding_unit u ON u.recoding_id = r.id
  JOIN answer a ON a.id = u.answer_id
  JOIN theme_input i ON i.question_id = b.question_id
   AND i.response_id = u.response_id AND (i.answer_id = u.answer_id OR EXISTS (
		SELECT 1 FROM attached_text y
		 WHERE y.answer_id = u.answer_id
		   AND y.question_id = i.question_id
		   AND y.revision_id = i.revision_id
		   AND y.is_standing = 1))
   AND i.is_withheld = 0
 WHERE r.id = :id
   AND NOT EXISTS (SELECT 1 FROM coding c WHERE c.codebook_id = r.codebook_id
	AND c.answer_id = u.answer_id AND c.from_byte = u.from_byte
	AND c.to_byte = u.to_byte AND c.layer = r.id AND c.is_standing = 1)
 ORDER BY u.position LIMIT :max;
-- engine: pg
SELECT u.response_id, u.answer_id, u.from_byte, u.to_byte,
       substr(convert_to(a.body, 'UTF8'), (u.from_byte + 1)::int,
	(u.to_byte - u.from_byte)::int), i.lang, i.category, i.country
  FROM recoding r JOIN codebook b ON b.id = r.codebook_id
  JOIN recoding_unit u ON u.recoding_id = r.id
  JOIN answer a ON a.id = u.answer_id
  JOIN theme_input i ON i.question_id = b.question_id
   AND i.response_id = u.response_id AND (i.answer_id = u.answer_id OR EXISTS (
		SELECT 1 FROM attached_text y
		 WHERE y.answer_id = u.answer_id
		   AND y.question_id = i.question_id
		   AND y.revision_id = i.revision_id
		   AND y.is_standing = 1))
   AND i.is_withheld = 0
 WHERE r.id = :id
   AND NOT EXISTS (SELECT 1 FROM coding c WHERE c.codebook_id = r.codebook_id
	AND c.answer_id = u.answer_id AND c.from_byte = u.from_byte
	AND c.to_byte = u.to_byte AND c.layer = r.id AND c.is_standing = 1)
 ORDER BY u.position LIMIT :max;

-- query: recoding_unit_of :opt
-- param: recoding_id i64, answer_id i64, from_byte i64, to_byte i64
-- row: id i64, response_id i64, is_settled bool
SELECT id, response_id, is_settled FROM recoding_unit
 WHERE recoding_id = :recoding_id AND answer_id = :answer_id
   AND from_byte = :from_byte AND to_byte = :to_byte;

-- What both said of the passages that both coded; theme_id 0: of none that
-- stands.
-- query: recoding_said :many
-- param: id i64
-- row: unit_id i64, position i64, response_id i64, number i64,
--   answer_id i64, from_byte i64, to_byte i64, is_settled bool,
--   is_heard bool, layer i64, theme_id ref
SELECT u.id, u.position, u.response_id, i.number, u.answer_id, u.from_byte,
       u.to_byte, u.is_settled, i.is_heard, c.layer, t.id
  FROM recoding r JOIN codebook b ON b.id = r.codebook_id
  JOIN recoding_unit u ON u.recoding_id = r.id
  JOIN theme_input i ON i.question_id = b.question_id
   AND i.response_id = u.response_id AND (i.answer_id = u.answer_id OR EXISTS (
		SELECT 1 FROM attached_text y
		 WHERE y.answer_id = u.answer_id
		   AND y.question_id = i.question_id
		   AND y.revision_id = i.revision_id
		   AND y.is_standing = 1))
   AND i.is_withheld = 0
  JOIN coding c ON c.codebook_id = r.codebook_id
   AND c.answer_id = u.answer_id AND c.from_byte = u.from_byte
   AND c.to_byte = u.to_byte AND c.layer IN (r.id, -r.id)
   AND c.is_standing = 1
  LEFT JOIN theme m ON m.id = c.theme_id
  LEFT JOIN theme t ON t.id = coalesce(m.merged_into, m.id)
   AND t.state IN ('suggested', 'confirmed')
 WHERE r.id = :id
 ORDER BY u.position, c.layer, t.id;

-- query: recoding_texts :many
-- param: id i64, first i64, last i64
-- row: position i64, octets bytes, lang text
SELECT u.position, substr(CAST(a.body AS BLOB), u.from_byte + 1,
	u.to_byte - u.from_byte), v.lang
  FROM recoding_unit u JOIN answer a ON a.id = u.answer_id
  JOIN revision v ON v.id = a.revision_id
 WHERE u.recoding_id = :id AND u.position >= :first AND u.position <= :last
 ORDER BY u.position;
-- engine: pg
SELECT u.position, substr(convert_to(a.body, 'UTF8'),
	(u.from_byte + 1)::int, (u.to_byte - u.from_byte)::int), v.lang
  FROM recoding_unit u JOIN answer a ON a.id = u.answer_id
  JOIN revision v ON v.id = a.revision_id
 WHERE u.recoding_id = :id AND u.position >= :first AND u.position <= :last
 ORDER BY u.position;

-- query: recoding_unit_set :exec
-- param: id i64, is_settled bool
UPDATE recoding_unit SET is_settled = :is_settled WHERE id = :id;

-- query: recoding_unit_get :one
-- param: id i64
-- row: is_settled bool
SELECT is_settled FROM recoding_unit WHERE id = :id;
