-- Amendments of parties to a version, and what all of them come to.

-- A version that is, or was, open for amendments. `state`: open, closed;
-- `until_at`: 0 without an end. `is_public`: everybody sees the amendments, not
-- the members alone. `wanted` grows with all that the consolidated text has to
-- follow; `made` is what it was when the one that stands here was made, and
-- `tried` when one was last tried, which failed if it is more.
CREATE TABLE amending (
	id INTEGER PRIMARY KEY,
	version_id INTEGER NOT NULL UNIQUE REFERENCES instrument_version (id),
	state TEXT NOT NULL,
	until_at INTEGER NOT NULL,
	is_public INTEGER NOT NULL,
	wanted INTEGER NOT NULL DEFAULT 0,
	tried INTEGER NOT NULL DEFAULT 0,
	made INTEGER NOT NULL DEFAULT 0,
	reason TEXT NOT NULL DEFAULT '',
	script_blob_id INTEGER REFERENCES blob (id),
	text_blob_id INTEGER REFERENCES blob (id),
	tracked_blob_id INTEGER REFERENCES blob (id),
	clean_blob_id INTEGER REFERENCES blob (id),
	made_at INTEGER NOT NULL DEFAULT 0,
	created_at INTEGER NOT NULL
);

-- `state`: draft, standing, withdrawn. `party_id`: who submits it.
CREATE TABLE amendment (
	id INTEGER PRIMARY KEY,
	amending_id INTEGER NOT NULL REFERENCES amending (id),
	number INTEGER NOT NULL,
	party_id INTEGER NOT NULL REFERENCES party (id),
	state TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	UNIQUE (amending_id, number)
);

-- `form`: file (blob_id), edits. `state`: draft, received, read, not_read; when
-- it was read there is the amendment alone as Akoma Ntoso with revisions, as
-- JSON, and as a Word document with tracked changes.
CREATE TABLE amendment_revision (
	id INTEGER PRIMARY KEY,
	amendment_id INTEGER NOT NULL REFERENCES amendment (id),
	number INTEGER NOT NULL,
	person_id INTEGER REFERENCES person (id),
	form TEXT NOT NULL,
	state TEXT NOT NULL,
	reason TEXT NOT NULL DEFAULT '',
	file_name TEXT NOT NULL,
	blob_id INTEGER REFERENCES blob (id),
	reasons TEXT NOT NULL,
	text_blob_id INTEGER REFERENCES blob (id),
	script_blob_id INTEGER REFERENCES blob (id),
	tracked_blob_id INTEGER REFERENCES blob (id),
	submitted_at INTEGER NOT NULL DEFAULT 0,
	created_at INTEGER NOT NULL,
	UNIQUE (amendment_id, number)
);

-- `block`: paragraph of the version, counted from 0. `op`: replace, suppress,
-- add (behind it), noc (it shall stay as it is).
CREATE TABLE amendment_edit (
	id INTEGER PRIMARY KEY,
	revision_id INTEGER NOT NULL REFERENCES amendment_revision (id),
	block INTEGER NOT NULL,
	op TEXT NOT NULL,
	body TEXT NOT NULL,
	reason TEXT NOT NULL
);
CREATE INDEX amendment_edit_revision ON amendment_edit (revision_id);

-- Parties beside the one that submits. `state`: asked, joined, left.
CREATE TABLE amendment_sponsor (
	id INTEGER PRIMARY KEY,
	amendment_id INTEGER NOT NULL REFERENCES amendment (id),
	party_id INTEGER NOT NULL REFERENCES party (id),
	state TEXT NOT NULL,
	changed_at INTEGER NOT NULL,
	UNIQUE (amendment_id, party_id)
);

-- Whom the consolidated text that was made last calls by which name.
CREATE TABLE amending_part (
	id INTEGER PRIMARY KEY,
	amending_id INTEGER NOT NULL REFERENCES amending (id),
	position INTEGER NOT NULL,
	revision_id INTEGER NOT NULL REFERENCES amendment_revision (id),
	name TEXT NOT NULL,
	UNIQUE (amending_id, position)
);

-- What was decided on a change, one after another; the last one with a key
-- holds. `kind`: base, choice, text, undone.
CREATE TABLE amending_decision (
	id INTEGER PRIMARY KEY,
	amending_id INTEGER NOT NULL REFERENCES amending (id),
	change_key TEXT NOT NULL,
	kind TEXT NOT NULL,
	choice TEXT NOT NULL,
	body TEXT NOT NULL,
	reason TEXT NOT NULL,
	before_text TEXT NOT NULL,
	after_text TEXT NOT NULL,
	person_id INTEGER REFERENCES person (id),
	at INTEGER NOT NULL
);
CREATE INDEX amending_decision_amending ON amending_decision (amending_id);
