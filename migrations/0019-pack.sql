-- Packs of a meeting's documents.

-- What a person took of a meeting, so that the next pack can have only what is
-- new. `at` tells one taking from another.
CREATE TABLE pack_taken (
	person_id INTEGER NOT NULL REFERENCES person (id),
	meeting_id INTEGER NOT NULL REFERENCES meeting (id),
	at INTEGER NOT NULL,
	file_id INTEGER NOT NULL REFERENCES document_file (id),
	PRIMARY KEY (person_id, meeting_id, at, file_id)
);
CREATE INDEX pack_taken_meeting ON pack_taken (meeting_id);
CREATE INDEX pack_taken_file ON pack_taken (file_id);
