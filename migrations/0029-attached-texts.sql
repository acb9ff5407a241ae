-- An attachment can be read for more questions than its response answers:
-- attached_text has a row for every question of the consultation. is_standing 0:
-- it does not speak to that one, by itself or because a person said so.
INSERT INTO attached_text (attachment_id, revision_id, answer_id, question_id,
	is_standing)
SELECT DISTINCT y.attachment_id, y.revision_id, y.answer_id, q.id, 0
  FROM attached_text y JOIN question o ON o.id = y.question_id
  JOIN question q ON q.consultation_id = o.consultation_id
 WHERE NOT EXISTS (SELECT 1 FROM attached_text z
	WHERE z.answer_id = y.answer_id AND z.question_id = q.id);

DROP VIEW version_live;
DROP VIEW theme_reading;
DROP VIEW theme_coding;

-- As before; but the public gets no attachment of a response that is published
-- without name, so nothing of it may be quoted.
CREATE VIEW theme_coding AS
SELECT s.codebook_id, i.question_id, s.response_id, s.answer_id, s.from_byte,
       s.to_byte, s.text_of, s.is_shared, s.by_whom, s.score, s.theme_id,
       t.parent_id, t.state AS theme_state, i.number, i.revision_n,
       i.category, i.country, i.lang,
       CASE WHEN x.id IS NOT NULL AND (f.clean_blob_id IS NULL
		OR NOT EXISTS (SELECT 1 FROM revision w
			WHERE w.id = x.revision_id AND w.authorisation = 'full'))
	    THEN 0 ELSE i.is_public END AS is_public,
       i.is_heard, coalesce(x.attachment_id, 0) AS attachment_id,
       coalesce(f.name, '') AS file_name
  FROM theme_said s
  JOIN theme t ON t.id = s.theme_id AND t.state IN ('suggested', 'confirmed')
  JOIN codebook b ON b.id = s.codebook_id
  CROSS JOIN theme_input i
  LEFT JOIN attached_text x ON x.answer_id = s.answer_id
   AND x.question_id = i.question_id AND x.revision_id = i.revision_id
   AND x.is_standing = 1
  LEFT JOIN attachment f ON f.id = x.attachment_id
 WHERE i.question_id = b.question_id AND i.response_id = s.response_id
   AND i.is_withheld = 0
   AND (s.answer_id = i.answer_id OR x.id IS NOT NULL);

CREATE VIEW theme_reading AS
SELECT b.id AS codebook_id, i.question_id, i.response_id, i.revision_id,
       i.answer_id, i.number, i.category, i.country, i.lang, i.is_public,
       i.is_heard, coalesce(g.campaign_n, -1) AS campaign_n,
       CASE WHEN i.is_withheld = 1 THEN 'withheld'
	    WHEN EXISTS (SELECT 1 FROM theme_coding c
		WHERE c.codebook_id = b.id AND c.response_id = i.response_id)
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
	    ELSE 'unread' END AS state
  FROM codebook b
  JOIN theme_input i ON i.question_id = b.question_id
  LEFT JOIN run_reading g ON g.run_id = b.run_id
   AND g.response_id = i.response_id AND g.answer_id = i.answer_id;

-- As before. is_named: then and now with the author's name, so that attachments
-- are public.
CREATE VIEW version_live AS
SELECT g.version_id, g.question_id, g.response_id, g.revision_id,
       g.campaign_n, g.level, r.number,
       v.n AS revision_n, v.category, v.country, v.lang,
       CASE WHEN (r.state NOT IN ('checked', 'published', 'heard')
		AND r.public_revision_id = 0) OR w.authorisation = 'aggregate'
	    THEN 'withheld' ELSE g.state END AS state,
       CASE WHEN g.state = 'withheld' OR w.authorisation = 'aggregate' THEN 0
	    WHEN r.state = 'heard' THEN 1
	    WHEN r.public_revision_id <> 0
	     AND (r.public_revision_id = g.revision_id
		OR EXISTS (SELECT 1 FROM public_revision p
			    WHERE p.revision_id = g.revision_id))
	    THEN 1 ELSE 0 END AS is_public,
       CASE WHEN r.channel = 'session' THEN 1 ELSE 0 END AS is_heard,
       CASE WHEN v.authorisation = 'full' AND w.authorisation = 'full'
	    THEN 1 ELSE 0 END AS is_named
  FROM version_reading g
  JOIN response r ON r.id = g.response_id
  JOIN revision v ON v.id = g.revision_id
  JOIN revision w ON w.id = CASE WHEN r.public_revision_id <> 0
	THEN r.public_revision_id ELSE r.standing_revision_id END;
