-- The agenda as a document: what was issued of it, and what was adopted.

-- `document_id`: the document of kind agenda that it is issued as; `revision`
-- the newest one that was issued. `is_changed`: it is not as it was issued.
-- `adopted_revision`: -1 before it is adopted.
CREATE TABLE agenda (
	meeting_id INTEGER PRIMARY KEY REFERENCES meeting (id),
	document_id INTEGER REFERENCES document (id),
	revision INTEGER NOT NULL,
	is_changed INTEGER NOT NULL,
	issued_at INTEGER NOT NULL,
	adopted_revision INTEGER NOT NULL,
	adopted_at INTEGER NOT NULL
);
