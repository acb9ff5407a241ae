-- Duties to report that resolutions give: what the machine found in their
-- texts, and what a person decided.

-- What was found in the text of a version. `dated`: of the version, which has
-- the same day in all its languages; `place`: document/duty_find.h. `every`: none,
-- once, yearly, meeting. Nobody changes it.
CREATE TABLE duty_found (
	id INTEGER PRIMARY KEY,
	instrument_id INTEGER NOT NULL REFERENCES instrument (id),
	version_id INTEGER NOT NULL REFERENCES instrument_version (id),
	dated TEXT NOT NULL,
	place TEXT NOT NULL,
	block INTEGER NOT NULL,
	paragraph TEXT NOT NULL,
	who TEXT NOT NULL,
	recipient TEXT NOT NULL,
	words TEXT NOT NULL,
	every TEXT NOT NULL,
	year INTEGER NOT NULL,
	at INTEGER NOT NULL,
	UNIQUE (instrument_id, dated, place)
);
CREATE INDEX duty_found_version ON duty_found (version_id);

-- What a person made of it, or entered. `found_id`: NULL if it was entered.
-- `every` as above, and four_yearly. `due`: the day of the report that is next,
-- "YYYY-MM-DD" or empty. `state`: standing, rejected, ended.
CREATE TABLE duty (
	id INTEGER PRIMARY KEY,
	group_id INTEGER NOT NULL REFERENCES working_group (id),
	number INTEGER NOT NULL,
	found_id INTEGER UNIQUE REFERENCES duty_found (id),
	instrument_id INTEGER NOT NULL REFERENCES instrument (id),
	paragraph TEXT NOT NULL,
	lang TEXT NOT NULL,
	who TEXT NOT NULL,
	recipient TEXT NOT NULL,
	words TEXT NOT NULL,
	every TEXT NOT NULL,
	due TEXT NOT NULL,
	state TEXT NOT NULL,
	person_id INTEGER REFERENCES person (id),
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	UNIQUE (group_id, number)
);
CREATE INDEX duty_instrument ON duty (instrument_id);

-- A report that was made: the day that it was due, by which document of the
-- register, or words where it is in none.
CREATE TABLE duty_report (
	id INTEGER PRIMARY KEY,
	duty_id INTEGER NOT NULL REFERENCES duty (id),
	due TEXT NOT NULL,
	document_id INTEGER REFERENCES document (id),
	words TEXT NOT NULL,
	person_id INTEGER REFERENCES person (id),
	at INTEGER NOT NULL
);
CREATE INDEX duty_report_duty ON duty_report (duty_id, id);
CREATE INDEX duty_report_document ON duty_report (document_id);
