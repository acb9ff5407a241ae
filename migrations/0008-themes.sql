-- Themes: what the responses to a question say, who said so, and what was
-- published of it.
--
-- The machine's layer and the persons' layer are apart. What a run found is
-- under its `run_id` and never changes; a codebook shows one run at a time. A
-- person's codings belong to the codebook and outlive every run.

-- One for each question. `run_id`: the run that is shown, 0 for none.
CREATE TABLE codebook (
	id INTEGER PRIMARY KEY,
	question_id INTEGER NOT NULL UNIQUE REFERENCES question (id),
	run_id INTEGER NOT NULL DEFAULT 0,
	created_at INTEGER NOT NULL
);

-- A theme is at the top, or has a parent there. `state`: suggested, confirmed,
-- rejected, merged (into another), retired. `made_by`: machine, person. The
-- machine's label is made of words of the responses; names are wording. No row
-- is ever deleted.
CREATE TABLE theme (
	id INTEGER PRIMARY KEY,
	codebook_id INTEGER NOT NULL REFERENCES codebook (id),
	parent_id INTEGER REFERENCES theme (id),
	merged_into INTEGER REFERENCES theme (id),
	state TEXT NOT NULL,
	made_by TEXT NOT NULL,
	label TEXT NOT NULL,
	label_lang TEXT NOT NULL,
	created_at INTEGER NOT NULL
);
CREATE INDEX theme_codebook ON theme (codebook_id);
CREATE INDEX theme_merged ON theme (merged_into);

-- `state`: waiting, running, ready, applied, dropped, cancelled, failed. A
-- claim ends at `claimed_until`; then somebody else may begin it again.
CREATE TABLE theme_run (
	id INTEGER PRIMARY KEY,
	codebook_id INTEGER NOT NULL REFERENCES codebook (id),
	state TEXT NOT NULL,
	seed INTEGER NOT NULL,
	wanted INTEGER NOT NULL,
	stage TEXT NOT NULL DEFAULT '',
	permille INTEGER NOT NULL DEFAULT 0,
	tries INTEGER NOT NULL DEFAULT 0,
	claimed_until INTEGER NOT NULL DEFAULT 0,
	is_cancelled INTEGER NOT NULL DEFAULT 0,
	reason TEXT NOT NULL DEFAULT '',
	responses INTEGER NOT NULL DEFAULT 0,
	units INTEGER NOT NULL DEFAULT 0,
	themes INTEGER NOT NULL DEFAULT 0,
	campaigns INTEGER NOT NULL DEFAULT 0,
	person_id INTEGER REFERENCES person (id),
	asked_at INTEGER NOT NULL,
	started_at INTEGER NOT NULL DEFAULT 0,
	ended_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX theme_run_codebook ON theme_run (codebook_id);
CREATE INDEX theme_run_due ON theme_run (state, claimed_until);

-- What a run found; `n` counts from 0 as the engine did, -1 is none.
CREATE TABLE run_theme (
	id INTEGER PRIMARY KEY,
	run_id INTEGER NOT NULL REFERENCES theme_run (id),
	n INTEGER NOT NULL,
	parent_n INTEGER NOT NULL,
	theme_id INTEGER REFERENCES theme (id),
	label TEXT NOT NULL,
	lang TEXT NOT NULL,
	UNIQUE (run_id, n)
);

-- Octets from_byte .. to_byte of an answer. `by_whom`: nobody, machine,
-- campaign.
CREATE TABLE run_unit (
	id INTEGER PRIMARY KEY,
	run_id INTEGER NOT NULL REFERENCES theme_run (id),
	n INTEGER NOT NULL,
	response_id INTEGER NOT NULL REFERENCES response (id),
	answer_id INTEGER NOT NULL REFERENCES answer (id),
	from_byte INTEGER NOT NULL,
	to_byte INTEGER NOT NULL,
	lang TEXT NOT NULL,
	copy_of INTEGER NOT NULL,
	is_shared INTEGER NOT NULL,
	theme_n INTEGER NOT NULL,
	by_whom TEXT NOT NULL,
	score INTEGER NOT NULL,
	UNIQUE (run_id, answer_id, from_byte)
);
CREATE INDEX run_unit_theme ON run_unit (run_id, theme_n, score);
CREATE INDEX run_unit_response ON run_unit (response_id);

CREATE TABLE run_reading (
	id INTEGER PRIMARY KEY,
	run_id INTEGER NOT NULL REFERENCES theme_run (id),
	response_id INTEGER NOT NULL REFERENCES response (id),
	answer_id INTEGER NOT NULL DEFAULT 0,
	state TEXT NOT NULL,
	campaign_n INTEGER NOT NULL,
	UNIQUE (run_id, response_id)
);

CREATE TABLE run_campaign (
	id INTEGER PRIMARY KEY,
	run_id INTEGER NOT NULL REFERENCES theme_run (id),
	n INTEGER NOT NULL,
	template TEXT NOT NULL,
	lang TEXT NOT NULL,
	twin_n INTEGER NOT NULL,
	UNIQUE (run_id, n)
);

-- `level`: exact, near, with_own, twin. Octets that are the sender's own are in
-- run_own.
CREATE TABLE run_member (
	id INTEGER PRIMARY KEY,
	run_id INTEGER NOT NULL REFERENCES theme_run (id),
	campaign_n INTEGER NOT NULL,
	response_id INTEGER NOT NULL REFERENCES response (id),
	level TEXT NOT NULL
);
CREATE INDEX run_member_campaign ON run_member (run_id, campaign_n, response_id);
CREATE TABLE run_own (
	id INTEGER PRIMARY KEY,
	run_id INTEGER NOT NULL REFERENCES theme_run (id),
	campaign_n INTEGER NOT NULL,
	answer_id INTEGER NOT NULL REFERENCES answer (id),
	from_byte INTEGER NOT NULL,
	to_byte INTEGER NOT NULL
);
CREATE INDEX run_own_campaign ON run_own (run_id, campaign_n);

CREATE TABLE run_quotation (
	id INTEGER PRIMARY KEY,
	run_id INTEGER NOT NULL REFERENCES theme_run (id),
	theme_n INTEGER NOT NULL,
	position INTEGER NOT NULL,
	response_id INTEGER NOT NULL REFERENCES response (id),
	answer_id INTEGER NOT NULL REFERENCES answer (id),
	from_byte INTEGER NOT NULL,
	to_byte INTEGER NOT NULL
);
CREATE INDEX run_quotation_theme ON run_quotation (run_id, theme_n);

-- The log of what persons decided. `kind`: confirm, reject, rename, define,
-- merge, split, move, promote, retire, create, code, clear, read, quote, mark,
-- apply, undo.
CREATE TABLE decision (
	id INTEGER PRIMARY KEY,
	codebook_id INTEGER NOT NULL REFERENCES codebook (id),
	at INTEGER NOT NULL,
	person_id INTEGER REFERENCES person (id),
	kind TEXT NOT NULL,
	theme_id INTEGER REFERENCES theme (id),
	other_id INTEGER REFERENCES theme (id),
	response_id INTEGER REFERENCES response (id),
	n INTEGER NOT NULL DEFAULT 0,
	reason TEXT NOT NULL,
	undoes_id INTEGER REFERENCES decision (id),
	undone_by INTEGER REFERENCES decision (id)
);
CREATE INDEX decision_codebook ON decision (codebook_id);

-- What a decision changed, row by row, so that it can be undone: `kind` is
-- theme, coding, reading, quote, passage, codebook or wording.
CREATE TABLE decision_change (
	id INTEGER PRIMARY KEY,
	decision_id INTEGER NOT NULL REFERENCES decision (id),
	kind TEXT NOT NULL,
	row_id INTEGER NOT NULL,
	field TEXT NOT NULL,
	lang TEXT NOT NULL,
	was TEXT NOT NULL,
	now TEXT NOT NULL
);
CREATE INDEX decision_change_decision ON decision_change (decision_id);

-- A person's word on octets of an answer; theme_id NULL: read, and of no theme.
-- `layer` 0 is what counts, else the second coder whose it is.
CREATE TABLE coding (
	id INTEGER PRIMARY KEY,
	codebook_id INTEGER NOT NULL REFERENCES codebook (id),
	response_id INTEGER NOT NULL REFERENCES response (id),
	answer_id INTEGER NOT NULL REFERENCES answer (id),
	from_byte INTEGER NOT NULL,
	to_byte INTEGER NOT NULL,
	theme_id INTEGER REFERENCES theme (id),
	layer INTEGER NOT NULL DEFAULT 0,
	is_standing INTEGER NOT NULL,
	person_id INTEGER REFERENCES person (id),
	at INTEGER NOT NULL
);
CREATE INDEX coding_span ON coding (codebook_id, answer_id, from_byte);
CREATE INDEX coding_theme ON coding (theme_id);

-- A person read a whole answer. `state`: no_theme, empty.
CREATE TABLE person_reading (
	id INTEGER PRIMARY KEY,
	codebook_id INTEGER NOT NULL REFERENCES codebook (id),
	response_id INTEGER NOT NULL REFERENCES response (id),
	state TEXT NOT NULL,
	is_standing INTEGER NOT NULL,
	person_id INTEGER REFERENCES person (id),
	at INTEGER NOT NULL
);
CREATE INDEX person_reading_response ON person_reading (codebook_id, response_id);

-- Chosen by a person to illustrate a theme.
CREATE TABLE theme_quote (
	id INTEGER PRIMARY KEY,
	theme_id INTEGER NOT NULL REFERENCES theme (id),
	response_id INTEGER NOT NULL REFERENCES response (id),
	answer_id INTEGER NOT NULL REFERENCES answer (id),
	from_byte INTEGER NOT NULL,
	to_byte INTEGER NOT NULL,
	is_standing INTEGER NOT NULL
);
CREATE INDEX theme_quote_theme ON theme_quote (theme_id);

-- The library across consultations. `kind`: practice, challenge.
CREATE TABLE passage (
	id INTEGER PRIMARY KEY,
	codebook_id INTEGER NOT NULL REFERENCES codebook (id),
	response_id INTEGER NOT NULL REFERENCES response (id),
	answer_id INTEGER NOT NULL REFERENCES answer (id),
	from_byte INTEGER NOT NULL,
	to_byte INTEGER NOT NULL,
	kind TEXT NOT NULL,
	is_standing INTEGER NOT NULL,
	person_id INTEGER REFERENCES person (id),
	at INTEGER NOT NULL
);
CREATE INDEX passage_response ON passage (response_id);

-- Frozen summaries of a consultation. `state`: frozen, published. Texts are
-- copied, octets of answers are not: they are read when they are shown.
CREATE TABLE theme_version (
	id INTEGER PRIMARY KEY,
	consultation_id INTEGER NOT NULL REFERENCES consultation (id),
	number INTEGER NOT NULL,
	state TEXT NOT NULL,
	note TEXT NOT NULL,
	person_id INTEGER REFERENCES person (id),
	frozen_at INTEGER NOT NULL,
	published_at INTEGER NOT NULL DEFAULT 0,
	UNIQUE (consultation_id, number)
);
CREATE TABLE version_theme (
	id INTEGER PRIMARY KEY,
	version_id INTEGER NOT NULL REFERENCES theme_version (id),
	question_id INTEGER NOT NULL REFERENCES question (id),
	theme_id INTEGER NOT NULL REFERENCES theme (id),
	parent_id INTEGER REFERENCES version_theme (id),
	label TEXT NOT NULL,
	label_lang TEXT NOT NULL
);
CREATE INDEX version_theme_version ON version_theme (version_id);
CREATE TABLE version_reading (
	id INTEGER PRIMARY KEY,
	version_id INTEGER NOT NULL REFERENCES theme_version (id),
	question_id INTEGER NOT NULL REFERENCES question (id),
	response_id INTEGER NOT NULL REFERENCES response (id),
	revision_id INTEGER NOT NULL REFERENCES revision (id),
	state TEXT NOT NULL,
	campaign_n INTEGER NOT NULL,
	level TEXT NOT NULL,
	UNIQUE (version_id, question_id, response_id)
);
CREATE INDEX version_reading_response ON version_reading (response_id);
CREATE TABLE version_coding (
	id INTEGER PRIMARY KEY,
	version_id INTEGER NOT NULL REFERENCES theme_version (id),
	version_theme_id INTEGER NOT NULL REFERENCES version_theme (id),
	response_id INTEGER NOT NULL REFERENCES response (id),
	answer_id INTEGER NOT NULL REFERENCES answer (id),
	from_byte INTEGER NOT NULL,
	to_byte INTEGER NOT NULL,
	text_of INTEGER NOT NULL,
	by_whom TEXT NOT NULL,
	score INTEGER NOT NULL
);
CREATE INDEX version_coding_version ON version_coding (version_id);
CREATE INDEX version_coding_theme ON version_coding (version_theme_id);
CREATE INDEX version_coding_response ON version_coding (response_id);
CREATE TABLE version_quotation (
	id INTEGER PRIMARY KEY,
	version_id INTEGER NOT NULL REFERENCES theme_version (id),
	version_theme_id INTEGER NOT NULL REFERENCES version_theme (id),
	response_id INTEGER NOT NULL REFERENCES response (id),
	answer_id INTEGER NOT NULL REFERENCES answer (id),
	from_byte INTEGER NOT NULL,
	to_byte INTEGER NOT NULL,
	digest BLOB NOT NULL
);
CREATE INDEX version_quotation_theme ON version_quotation (version_id);
CREATE TABLE version_campaign (
	id INTEGER PRIMARY KEY,
	version_id INTEGER NOT NULL REFERENCES theme_version (id),
	question_id INTEGER NOT NULL REFERENCES question (id),
	n INTEGER NOT NULL,
	template TEXT NOT NULL,
	lang TEXT NOT NULL
);
CREATE INDEX version_campaign_version ON version_campaign (version_id);

-- What is themed: the public revision of a response, else the one that stands.
CREATE VIEW theme_input AS
SELECT q.id AS question_id, r.id AS response_id, r.number AS number,
       v.id AS revision_id, v.n AS revision_n, v.lang AS lang,
       v.category AS category, v.country AS country,
       coalesce(a.id, 0) AS answer_id,
       CASE WHEN r.state = 'withdrawn' OR v.authorisation = 'aggregate'
	    THEN 1 ELSE 0 END AS is_withheld,
       CASE WHEN r.public_revision_id = v.id AND v.authorisation <> 'aggregate'
	    THEN 1 ELSE 0 END AS is_public,
       CASE WHEN a.id IS NULL OR a.body = '' THEN 1 ELSE 0 END AS is_empty
  FROM question q
  JOIN response r ON r.consultation_id = q.consultation_id
  JOIN revision v ON v.id = CASE WHEN r.public_revision_id <> 0
	THEN r.public_revision_id ELSE r.standing_revision_id END
  LEFT JOIN answer a ON a.revision_id = v.id AND a.question_id = q.id
 WHERE r.state IN ('checked', 'published') OR r.public_revision_id <> 0
    OR (r.state = 'withdrawn' AND r.is_marked_withdrawn = 1);

-- Who said what: the machine where no person has spoken, and persons.
CREATE VIEW theme_said AS
SELECT b.id AS codebook_id, u.response_id AS response_id,
       u.answer_id AS answer_id, u.from_byte AS from_byte,
       u.to_byte AS to_byte, u.copy_of AS text_of, u.is_shared AS is_shared,
       u.by_whom AS by_whom, u.score AS score,
       coalesce(t.merged_into, t.id) AS theme_id
  FROM codebook b
  JOIN run_unit u ON u.run_id = b.run_id
  JOIN run_theme x ON x.run_id = u.run_id AND x.n = u.theme_n
  JOIN theme t ON t.id = x.theme_id
 WHERE NOT EXISTS (SELECT 1 FROM coding c WHERE c.codebook_id = b.id
	AND c.answer_id = u.answer_id AND c.from_byte = u.from_byte
	AND c.to_byte = u.to_byte AND c.is_standing = 1 AND c.layer = 0)
   AND NOT EXISTS (SELECT 1 FROM person_reading p WHERE p.codebook_id = b.id
	AND p.response_id = u.response_id AND p.is_standing = 1)
UNION ALL
SELECT c.codebook_id, c.response_id, c.answer_id, c.from_byte, c.to_byte,
       coalesce(u.copy_of, -c.id), coalesce(u.is_shared, 0), 'person', 1000,
       coalesce(t.merged_into, t.id)
  FROM coding c
  JOIN codebook b ON b.id = c.codebook_id
  JOIN theme t ON t.id = c.theme_id
  LEFT JOIN run_unit u ON u.run_id = b.run_id AND u.answer_id = c.answer_id
   AND u.from_byte = c.from_byte AND u.to_byte = c.to_byte
 WHERE c.is_standing = 1 AND c.layer = 0;

-- The same of themes that stand and of answers that are read.
CREATE VIEW theme_coding AS
SELECT s.codebook_id, i.question_id, s.response_id, s.answer_id, s.from_byte,
       s.to_byte, s.text_of, s.is_shared, s.by_whom, s.score, s.theme_id,
       t.parent_id, t.state AS theme_state, i.number, i.revision_n,
       i.category, i.country, i.lang, i.is_public
  FROM theme_said s
  JOIN theme t ON t.id = s.theme_id AND t.state IN ('suggested', 'confirmed')
  JOIN codebook b ON b.id = s.codebook_id
  JOIN theme_input i ON i.question_id = b.question_id
   AND i.response_id = s.response_id AND i.answer_id = s.answer_id
   AND i.is_withheld = 0;

-- The five states: each response has one.
CREATE VIEW theme_reading AS
SELECT b.id AS codebook_id, i.question_id, i.response_id, i.revision_id,
       i.answer_id, i.number, i.category, i.country, i.lang, i.is_public,
       coalesce(g.campaign_n, -1) AS campaign_n,
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

-- A frozen reading as things are now: who withdrew since is withheld.
CREATE VIEW version_live AS
SELECT g.version_id, g.question_id, g.response_id, g.revision_id,
       g.campaign_n, g.level, r.number,
       v.n AS revision_n, v.category, v.country, v.lang,
       CASE WHEN (r.state NOT IN ('checked', 'published')
		AND r.public_revision_id = 0) OR w.authorisation = 'aggregate'
	    THEN 'withheld' ELSE g.state END AS state,
       CASE WHEN r.public_revision_id <> 0 AND g.state <> 'withheld'
	     AND w.authorisation <> 'aggregate'
	     AND (r.public_revision_id = g.revision_id
		OR EXISTS (SELECT 1 FROM public_revision p
			    WHERE p.revision_id = g.revision_id))
	    THEN 1 ELSE 0 END AS is_public
  FROM version_reading g
  JOIN response r ON r.id = g.response_id
  JOIN revision v ON v.id = g.revision_id
  JOIN revision w ON w.id = CASE WHEN r.public_revision_id <> 0
	THEN r.public_revision_id ELSE r.standing_revision_id END;
