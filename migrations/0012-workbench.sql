-- The workbench of themes: a second coder.

-- Passages that somebody decided on are coded by a second person who does not
-- see what was decided. `basis`: sample (drawn at random), uncertain (of which
-- the machine was least sure). What the first coder had decided when it was
-- drawn is kept in coding as layer -id, the second one's word as layer id;
-- neither counts anywhere else. `coder_id` NULL: nobody has begun.
CREATE TABLE recoding (
	id INTEGER PRIMARY KEY,
	codebook_id INTEGER NOT NULL REFERENCES codebook (id),
	basis TEXT NOT NULL,
	person_id INTEGER REFERENCES person (id),
	coder_id INTEGER REFERENCES person (id),
	asked_at INTEGER NOT NULL
);
CREATE INDEX recoding_codebook ON recoding (codebook_id);
CREATE INDEX recoding_coder ON recoding (coder_id);
CREATE TABLE recoding_unit (
	id INTEGER PRIMARY KEY,
	recoding_id INTEGER NOT NULL REFERENCES recoding (id),
	position INTEGER NOT NULL,
	response_id INTEGER NOT NULL REFERENCES response (id),
	answer_id INTEGER NOT NULL REFERENCES answer (id),
	from_byte INTEGER NOT NULL,
	to_byte INTEGER NOT NULL,
	is_settled INTEGER NOT NULL DEFAULT 0,
	UNIQUE (recoding_id, position)
);

-- What a run does: group (themes are found), map (the themes of the codebook
-- are given to units, learnt from what persons decided), more (to new answers
-- only; the others keep what they had). `turn`: in which order units are best
-- read, as the run saw it; 1000000: after those that have one.
ALTER TABLE theme_run ADD COLUMN kind TEXT NOT NULL DEFAULT 'group';
ALTER TABLE run_unit ADD COLUMN turn INTEGER NOT NULL DEFAULT 1000000;
CREATE INDEX run_unit_turn ON run_unit (run_id, turn, score, n);

-- Codebooks that came as files. `guid`: how other programs know a theme; empty:
-- made of its id. `state` of an import: received, read, failed, done. Its codes
-- are as a parse process gave them, parents before children; parent_n -1: at
-- the top.
ALTER TABLE theme ADD COLUMN guid TEXT NOT NULL DEFAULT '';
CREATE TABLE codebook_import (
	id INTEGER PRIMARY KEY,
	codebook_id INTEGER NOT NULL REFERENCES codebook (id),
	blob_id INTEGER NOT NULL REFERENCES blob (id),
	file_name TEXT NOT NULL,
	lang TEXT NOT NULL,
	state TEXT NOT NULL,
	reason TEXT NOT NULL DEFAULT '',
	person_id INTEGER REFERENCES person (id),
	asked_at INTEGER NOT NULL
);
CREATE INDEX codebook_import_codebook ON codebook_import (codebook_id);
CREATE TABLE codebook_import_code (
	id INTEGER PRIMARY KEY,
	import_id INTEGER NOT NULL REFERENCES codebook_import (id),
	n INTEGER NOT NULL,
	parent_n INTEGER NOT NULL,
	guid TEXT NOT NULL,
	name TEXT NOT NULL,
	definition TEXT NOT NULL,
	includes TEXT NOT NULL,
	excludes TEXT NOT NULL,
	examples TEXT NOT NULL,
	UNIQUE (import_id, n)
);

-- Whose summary a version is, as the public is told.
ALTER TABLE theme_version ADD COLUMN author TEXT NOT NULL DEFAULT '';

-- The queue asks for the next units, and who says the same, after every
-- decision. `texts`: units of a run that differ.
CREATE INDEX run_unit_copy ON run_unit (run_id, copy_of);
ALTER TABLE theme_run ADD COLUMN texts INTEGER NOT NULL DEFAULT 0;
UPDATE theme_run SET texts = (SELECT count(*) FROM run_unit u
	WHERE u.run_id = theme_run.id AND u.copy_of = u.n);
