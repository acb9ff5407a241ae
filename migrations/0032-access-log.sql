-- Who opened which document that is not public, or took its file. `what`:
-- page, file, pdf, docx, changes, pack, api. `file_id`: none of a page.
-- `person_id` goes with the person's data.
CREATE TABLE access_log (
	id INTEGER PRIMARY KEY,
	group_id INTEGER NOT NULL REFERENCES working_group (id),
	document_id INTEGER NOT NULL REFERENCES document (id),
	file_id INTEGER REFERENCES document_file (id),
	person_id INTEGER REFERENCES person (id),
	what TEXT NOT NULL,
	at INTEGER NOT NULL
);
CREATE INDEX access_log_group ON access_log (group_id, id);
CREATE INDEX access_log_document ON access_log (document_id);
CREATE INDEX access_log_file ON access_log (file_id);
CREATE INDEX access_log_person ON access_log (person_id);
CREATE INDEX access_log_at ON access_log (at);
