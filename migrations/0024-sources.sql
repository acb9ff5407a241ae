-- Themes of more than what was typed: the texts of attachments, and what was
-- said at the sessions of a physical consultation.
--
-- A text that passages lie in is a row of `answer`, whatever it came from: so
-- codings, quotations and versions point at all of them alike. The rows of
-- other sources hang on revisions and responses that no page, list, count or
-- file of responses shows: docs/decisions/0200-sources-of-themes.md.

-- The text of an attachment is the one answer of a revision of its response
-- whose n is below 0: minus the attachment's id. A row for each question that
-- it speaks to; is_standing 0: a person said that it does not.
-- `revision_id`: the one that the attachment came with. An erased attachment
-- leaves its rows here.
CREATE TABLE attached_text (
	id INTEGER PRIMARY KEY,
	attachment_id INTEGER NOT NULL,
	revision_id INTEGER NOT NULL REFERENCES revision (id),
	answer_id INTEGER NOT NULL REFERENCES answer (id),
	question_id INTEGER NOT NULL REFERENCES question (id),
	is_standing INTEGER NOT NULL,
	UNIQUE (answer_id, question_id)
);
CREATE INDEX attached_text_revision ON attached_text (revision_id, question_id);
CREATE INDEX attached_text_question ON attached_text (question_id);
CREATE INDEX attached_text_attachment ON attached_text (attachment_id);

-- What was said is a response of the channel 'session', one answer for each
-- question that it is on; made when the text is first published. Its `state`:
-- heard, unheard (the text is not published any more, or gone).
ALTER TABLE spoken_text ADD COLUMN response_id INTEGER REFERENCES response (id);
CREATE INDEX spoken_text_response ON spoken_text (response_id);

-- engine: sqlite
INSERT INTO response (consultation_id, form_id, secret_hash, code, state,
	channel, received_at, changed_at)
SELECT t.consultation_id, 'session ' || t.id, CAST('session ' || t.id AS BLOB),
       'session ' || t.id, 'heard', 'session', t.at, t.entered_at
  FROM spoken_text t WHERE t.state = 'published';
-- engine: pg
INSERT INTO response (consultation_id, form_id, secret_hash, code, state,
	channel, received_at, changed_at)
SELECT t.consultation_id, 'session ' || t.id,
       convert_to('session ' || t.id, 'UTF8'), 'session ' || t.id, 'heard',
       'session', t.at, t.entered_at
  FROM spoken_text t WHERE t.state = 'published';
-- engine: all
UPDATE spoken_text SET response_id = (SELECT r.id FROM response r
	WHERE r.consultation_id = spoken_text.consultation_id
	  AND r.form_id = 'session ' || spoken_text.id)
 WHERE state = 'published';
INSERT INTO revision (response_id, n, received_at, capacity, name,
	organisation, job_title, signatories, category, country, email,
	email_key, lang, summary, authorisation, needs, wishes_to_present,
	words, nonce, digest)
SELECT r.id, 1, t.at, 'individual', '', '', '', '', t.speaker_class, '', '', '',
       t.lang, '', 'full', '', '', 0, r.secret_hash, r.secret_hash
  FROM spoken_text t JOIN response r ON r.id = t.response_id;
INSERT INTO answer (revision_id, question_id, body, words)
SELECT v.id, q.id, t.body, 0
  FROM spoken_text t JOIN revision v ON v.response_id = t.response_id
  JOIN question q ON q.consultation_id = t.consultation_id
   AND (t.question_id IS NULL OR q.id = t.question_id);
UPDATE response SET standing_revision_id = (SELECT v.id FROM revision v
	WHERE v.response_id = response.id)
 WHERE channel = 'session';

-- Attachments that were read before this, as domain/attachment.h does it.
INSERT INTO revision (response_id, n, received_at, capacity, name,
	organisation, job_title, signatories, category, country, email,
	email_key, lang, summary, authorisation, needs, wishes_to_present,
	words, nonce, digest)
SELECT v.response_id, -f.id, v.received_at, v.capacity, '', '', '', '',
       v.category, v.country, '', '', v.lang, '', v.authorisation, '', '', 0,
       v.digest, v.digest
  FROM attachment f JOIN revision v ON v.id = f.revision_id
 WHERE f.state = 'read' AND f.body <> '';
INSERT INTO answer (revision_id, question_id, body, words)
SELECT w.id, (SELECT min(q.id) FROM question q
	WHERE q.consultation_id = r.consultation_id), f.body, 0
  FROM attachment f JOIN revision v ON v.id = f.revision_id
  JOIN revision w ON w.response_id = v.response_id AND w.n = -f.id
  JOIN response r ON r.id = v.response_id;
INSERT INTO attached_text (attachment_id, revision_id, answer_id, question_id,
	is_standing)
SELECT f.id, v.id, a.id, q.id, 1
  FROM attachment f JOIN revision v ON v.id = f.revision_id
  JOIN revision w ON w.response_id = v.response_id AND w.n = -f.id
  JOIN answer a ON a.revision_id = w.id
  JOIN response r ON r.id = v.response_id
  JOIN question q ON q.consultation_id = r.consultation_id
   AND (EXISTS (SELECT 1 FROM answer t
		WHERE t.revision_id = v.id AND t.question_id = q.id)
	OR NOT EXISTS (SELECT 1 FROM answer t WHERE t.revision_id = v.id));

DROP VIEW version_live;
DROP VIEW theme_reading;
DROP VIEW theme_coding;
DROP VIEW theme_input;

-- What is themed: the public revision of a response, else the one that stands;
-- and what was heard, for the questions that it was on. `answer_id`: what was
-- typed, 0 for nothing.
CREATE VIEW theme_input AS
SELECT q.id AS question_id, r.id AS response_id, r.number AS number,
       v.id AS revision_id, v.n AS revision_n, v.lang AS lang,
       v.category AS category, v.country AS country,
       coalesce(a.id, 0) AS answer_id,
       CASE WHEN r.state = 'withdrawn' OR v.authorisation = 'aggregate'
	    THEN 1 ELSE 0 END AS is_withheld,
       CASE WHEN (r.public_revision_id = v.id OR r.state = 'heard')
	     AND v.authorisation <> 'aggregate' THEN 1 ELSE 0 END AS is_public,
       CASE WHEN (a.id IS NULL OR a.body = '') AND NOT EXISTS (
		SELECT 1 FROM attached_text x WHERE x.revision_id = v.id
		   AND x.question_id = q.id AND x.is_standing = 1)
	    THEN 1 ELSE 0 END AS is_empty,
       CASE WHEN r.state = 'heard' THEN 1 ELSE 0 END AS is_heard
  FROM question q
  JOIN response r ON r.consultation_id = q.consultation_id
  JOIN revision v ON v.id = CASE WHEN r.public_revision_id <> 0
	THEN r.public_revision_id ELSE r.standing_revision_id END
  LEFT JOIN answer a ON a.revision_id = v.id AND a.question_id = q.id
 WHERE r.state IN ('checked', 'published') OR r.public_revision_id <> 0
    OR (r.state = 'withdrawn' AND r.is_marked_withdrawn = 1)
    OR (r.state = 'heard' AND a.id IS NOT NULL);

-- Who said what, of themes that stand and of texts that are read: what was
-- typed or heard, and attachments that speak to the question. An attachment is
-- public if there is a copy of it for the public. CROSS: themes that do not
-- stand, and those that are not asked for, are passed over before SQLite looks
-- at responses.
CREATE VIEW theme_coding AS
SELECT s.codebook_id, i.question_id, s.response_id, s.answer_id, s.from_byte,
       s.to_byte, s.text_of, s.is_shared, s.by_whom, s.score, s.theme_id,
       t.parent_id, t.state AS theme_state, i.number, i.revision_n,
       i.category, i.country, i.lang,
       CASE WHEN x.id IS NOT NULL AND f.clean_blob_id IS NULL THEN 0
	    ELSE i.is_public END AS is_public,
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

-- The five states: each response has one, and each text that was heard.
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

-- A frozen reading as things are now: who withdrew since is withheld, and so is
-- what was heard and is not published any more.
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
       CASE WHEN r.channel = 'session' THEN 1 ELSE 0 END AS is_heard
  FROM version_reading g
  JOIN response r ON r.id = g.response_id
  JOIN revision v ON v.id = g.revision_id
  JOIN revision w ON w.id = CASE WHEN r.public_revision_id <> 0
	THEN r.public_revision_id ELSE r.standing_revision_id END;
