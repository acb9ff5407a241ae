-- Meetings of a group, the documents submitted to them, and the rules by which
-- a document is in time.

-- `series` is how documents of it are quoted ("CWG-Internet"), `ordinal` the
-- meeting's number in the series. Times are local, in `zone`; the instant is
-- computed when it is read. `mode`: in_person, hybrid, remote.
CREATE TABLE meeting (
	id INTEGER PRIMARY KEY,
	group_id INTEGER NOT NULL REFERENCES working_group (id),
	series TEXT NOT NULL,
	ordinal INTEGER NOT NULL,
	zone TEXT NOT NULL,
	opens_local TEXT NOT NULL,
	closes_local TEXT NOT NULL,
	place TEXT NOT NULL,
	mode TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	UNIQUE (group_id, series, ordinal)
);
CREATE INDEX meeting_opens ON meeting (group_id, opens_local);

-- One document in all its revisions and languages. `kind`: agenda,
-- contribution, secretariat, report, information. `access`: public, members.
-- With `is_title_public` everybody sees that it is there, and its title, which
-- is wording. `state`: received, posted, withdrawn. `admitted_by`: who admitted
-- one that was late.
CREATE TABLE document (
	id INTEGER PRIMARY KEY,
	meeting_id INTEGER NOT NULL REFERENCES meeting (id),
	number INTEGER NOT NULL,
	kind TEXT NOT NULL,
	is_for_action INTEGER NOT NULL,
	access TEXT NOT NULL,
	is_title_public INTEGER NOT NULL,
	state TEXT NOT NULL,
	received_at INTEGER NOT NULL,
	posted_at INTEGER NOT NULL DEFAULT 0,
	admitted_by INTEGER REFERENCES person (id),
	admitted_at INTEGER NOT NULL DEFAULT 0,
	UNIQUE (meeting_id, number)
);

-- Parties that submit it, in the order they stand in.
CREATE TABLE document_source (
	document_id INTEGER NOT NULL REFERENCES document (id),
	position INTEGER NOT NULL,
	party_id INTEGER NOT NULL REFERENCES party (id),
	PRIMARY KEY (document_id, position),
	UNIQUE (document_id, party_id)
);

-- A file of it. `revision`: 0 as submitted first. `status`: original, official,
-- courtesy, machine.
CREATE TABLE document_file (
	id INTEGER PRIMARY KEY,
	document_id INTEGER NOT NULL REFERENCES document (id),
	revision INTEGER NOT NULL,
	lang TEXT NOT NULL,
	status TEXT NOT NULL,
	file_name TEXT NOT NULL,
	file_kind TEXT NOT NULL,
	blob_id INTEGER NOT NULL REFERENCES blob (id),
	received_at INTEGER NOT NULL,
	UNIQUE (document_id, revision, lang)
);
CREATE INDEX document_file_blob ON document_file (blob_id);

-- Documents of `kind` (empty: of all kinds that have no rule of their own) that
-- arrive less than `days` calendar days before the meeting have the `effect`:
-- late_translation, late_agenda, held_over; exempt: none of them ever.
CREATE TABLE posting_rule (
	id INTEGER PRIMARY KEY,
	group_id INTEGER NOT NULL REFERENCES working_group (id),
	kind TEXT NOT NULL,
	effect TEXT NOT NULL,
	days INTEGER NOT NULL,
	instrument TEXT NOT NULL,
	UNIQUE (group_id, kind, effect)
);
