-- The registry grows: other formats, readings, withdrawn versions, texts with
-- flattened changes, and what a text quotes.

-- `format`: docx, odt, md, txt, akn. A version that was withdrawn stays for
-- history. `body`: its text for the search. `flattened_id`: out of which
-- flattened text it was made.
ALTER TABLE instrument_version ADD COLUMN format TEXT NOT NULL DEFAULT 'docx';
ALTER TABLE instrument_version ADD COLUMN withdrawn_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE instrument_version ADD COLUMN withdrawn_why TEXT NOT NULL DEFAULT '';
ALTER TABLE instrument_version ADD COLUMN body TEXT NOT NULL DEFAULT '';
ALTER TABLE instrument_version ADD COLUMN flattened_id INTEGER NOT NULL DEFAULT 0;

-- Through which states a version went. `place`: where it was decided ("Plenary,
-- 12th meeting"); `why`: of a step back.
CREATE TABLE version_step (
	id INTEGER PRIMARY KEY,
	version_id INTEGER NOT NULL REFERENCES instrument_version (id),
	state TEXT NOT NULL,
	at INTEGER NOT NULL,
	person_id INTEGER REFERENCES person (id),
	place TEXT NOT NULL DEFAULT '',
	why TEXT NOT NULL DEFAULT ''
);
CREATE INDEX version_step_version ON version_step (version_id);

-- A text in which tracked changes were flattened, its two texts as Akoma Ntoso
-- and what was decided on the way as JSON (codec/salvage.h). `reading` as in
-- instrument_version.
CREATE TABLE flattened_text (
	id INTEGER PRIMARY KEY,
	instrument_id INTEGER NOT NULL REFERENCES instrument (id),
	lang TEXT NOT NULL,
	file_name TEXT NOT NULL,
	blob_id INTEGER NOT NULL REFERENCES blob (id),
	base_blob_id INTEGER REFERENCES blob (id),
	new_blob_id INTEGER REFERENCES blob (id),
	decisions_blob_id INTEGER REFERENCES blob (id),
	reading TEXT NOT NULL,
	reason TEXT NOT NULL DEFAULT '',
	old_number INTEGER NOT NULL DEFAULT 0,
	new_number INTEGER NOT NULL DEFAULT 0,
	created_at INTEGER NOT NULL
);
CREATE INDEX flattened_text_instrument ON flattened_text (instrument_id);

-- Which other texts a version quotes: block `at` (from 0), as it stands there
-- ("Resolution 102 (Rev. Dubai, 2018)"), and what it says: kind, number, the
-- version's name and its year, 0 if none is given.
CREATE TABLE citation (
	id INTEGER PRIMARY KEY,
	version_id INTEGER NOT NULL REFERENCES instrument_version (id),
	position INTEGER NOT NULL,
	at INTEGER NOT NULL,
	quoted TEXT NOT NULL,
	kind TEXT NOT NULL,
	number TEXT NOT NULL,
	name TEXT NOT NULL,
	year INTEGER NOT NULL,
	UNIQUE (version_id, position)
);

-- What a text quotes of itself, in the newer of two versions: block `at`, and
-- the label that the target has now. `state`: ok, updated, stale, gone.
CREATE TABLE comparison_reference (
	id INTEGER PRIMARY KEY,
	comparison_id INTEGER NOT NULL REFERENCES comparison (id),
	position INTEGER NOT NULL,
	at INTEGER NOT NULL,
	quoted TEXT NOT NULL,
	now_label TEXT NOT NULL,
	state TEXT NOT NULL,
	doubtful INTEGER NOT NULL,
	UNIQUE (comparison_id, position)
);

-- The rest of an address, for what has more than numbers: "resolution-102/2".
ALTER TABLE search_entry ADD COLUMN place TEXT NOT NULL DEFAULT '';
