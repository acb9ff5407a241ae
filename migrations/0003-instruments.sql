-- Resolutions and the like, their versions, and what two versions differ in.

-- `kind`: resolution, decision, recommendation, opinion. `slug`: kind and
-- number, as in addresses. The title is wording.
CREATE TABLE instrument (
	id INTEGER PRIMARY KEY,
	group_id INTEGER NOT NULL REFERENCES working_group (id),
	kind TEXT NOT NULL,
	number TEXT NOT NULL,
	slug TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	UNIQUE (group_id, slug)
);

-- `name`: "Rev. City, Year". `state`: draft, proposed, adopted, in_force.
-- `dated`: "YYYY-MM-DD". `reading`: received, read, not_read, how far the file
-- has come; `text_blob_id` is then its text as Akoma Ntoso.
CREATE TABLE instrument_version (
	id INTEGER PRIMARY KEY,
	instrument_id INTEGER NOT NULL REFERENCES instrument (id),
	number INTEGER NOT NULL,
	name TEXT NOT NULL,
	state TEXT NOT NULL,
	lang TEXT NOT NULL,
	dated TEXT NOT NULL,
	file_name TEXT NOT NULL,
	blob_id INTEGER NOT NULL REFERENCES blob (id),
	text_blob_id INTEGER REFERENCES blob (id),
	reading TEXT NOT NULL,
	reason TEXT NOT NULL DEFAULT '',
	created_at INTEGER NOT NULL,
	UNIQUE (instrument_id, number)
);
CREATE INDEX instrument_version_blob ON instrument_version (blob_id);
CREATE INDEX instrument_version_text ON instrument_version (text_blob_id);

-- Two versions in one language, the older first. `state`: waiting, done,
-- failed. The text with revisions as Akoma Ntoso, the edit script as JSON, the
-- old Word document with tracked changes; counts by class.
CREATE TABLE comparison (
	id INTEGER PRIMARY KEY,
	old_id INTEGER NOT NULL REFERENCES instrument_version (id),
	new_id INTEGER NOT NULL REFERENCES instrument_version (id),
	state TEXT NOT NULL,
	reason TEXT NOT NULL DEFAULT '',
	text_blob_id INTEGER REFERENCES blob (id),
	script_blob_id INTEGER REFERENCES blob (id),
	tracked_blob_id INTEGER REFERENCES blob (id),
	unchanged INTEGER NOT NULL DEFAULT 0,
	modified INTEGER NOT NULL DEFAULT 0,
	editorial INTEGER NOT NULL DEFAULT 0,
	added INTEGER NOT NULL DEFAULT 0,
	suppressed INTEGER NOT NULL DEFAULT 0,
	moved INTEGER NOT NULL DEFAULT 0,
	renumbered INTEGER NOT NULL DEFAULT 0,
	UNIQUE (old_id, new_id)
);
CREATE INDEX comparison_new ON comparison (new_id);
