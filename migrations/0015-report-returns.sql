-- A version that everybody could comment on; others are for members, but for the
-- approved one of a report that was posted for all.
ALTER TABLE report_version ADD COLUMN is_public INTEGER NOT NULL DEFAULT 0;

-- A report that was edited in a word processor and came back, in one language;
-- the newest one counts. `reading`: received, read, not_read (with `reason`);
-- `text_blob_id`: what was read, as Akoma Ntoso with the ids of its paragraphs.
CREATE TABLE report_return (
	id INTEGER PRIMARY KEY,
	report_id INTEGER NOT NULL REFERENCES report (id),
	lang TEXT NOT NULL,
	file_name TEXT NOT NULL,
	blob_id INTEGER NOT NULL REFERENCES blob (id),
	text_blob_id INTEGER REFERENCES blob (id),
	reading TEXT NOT NULL,
	reason TEXT NOT NULL,
	person_id INTEGER REFERENCES person (id),
	at INTEGER NOT NULL,
	UNIQUE (report_id, lang)
);
CREATE INDEX report_return_blob ON report_return (blob_id);
CREATE INDEX report_return_text ON report_return (text_blob_id);
