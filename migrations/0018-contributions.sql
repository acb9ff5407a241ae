-- What delegations submit to a meeting, before it is a document and after; and
-- what is made of the files of documents.

-- `state`: draft, received, returned (with `reason`), checked, numbered,
-- withdrawn. `document_id`: what it became; `revises_id`: the document that it
-- is a new revision of. `party_id`: the source that submits it. The body is a
-- file, or Markdown that was typed in the page.
CREATE TABLE contribution (
	id INTEGER PRIMARY KEY,
	meeting_id INTEGER NOT NULL REFERENCES meeting (id),
	document_id INTEGER REFERENCES document (id),
	revises_id INTEGER REFERENCES document (id),
	party_id INTEGER NOT NULL REFERENCES party (id),
	person_id INTEGER REFERENCES person (id),
	kind TEXT NOT NULL,
	is_for_action INTEGER NOT NULL,
	item TEXT NOT NULL,
	lang TEXT NOT NULL,
	title TEXT NOT NULL,
	purpose TEXT NOT NULL,
	action TEXT NOT NULL,
	summary TEXT NOT NULL,
	refs TEXT NOT NULL,
	body TEXT NOT NULL,
	file_name TEXT NOT NULL,
	file_kind TEXT NOT NULL,
	blob_id INTEGER REFERENCES blob (id),
	state TEXT NOT NULL,
	reason TEXT NOT NULL DEFAULT '',
	created_at INTEGER NOT NULL,
	received_at INTEGER NOT NULL DEFAULT 0,
	decided_at INTEGER NOT NULL DEFAULT 0,
	decided_by INTEGER REFERENCES person (id)
);
CREATE INDEX contribution_meeting ON contribution (meeting_id, state);
CREATE INDEX contribution_document ON contribution (document_id);
CREATE INDEX contribution_blob ON contribution (blob_id);

-- Further sources, in their order. `state`: asked, joined, refused.
CREATE TABLE contribution_source (
	contribution_id INTEGER NOT NULL REFERENCES contribution (id),
	position INTEGER NOT NULL,
	party_id INTEGER NOT NULL REFERENCES party (id),
	state TEXT NOT NULL,
	person_id INTEGER REFERENCES person (id),
	changed_at INTEGER NOT NULL,
	PRIMARY KEY (contribution_id, position),
	UNIQUE (contribution_id, party_id)
);

-- What was made of a document's file. `state`: waiting, made, failed (with
-- `reason`). `paragraphs`: of the body; `labels`: theirs, a line for each that
-- has one. `findings`: of the lint, JSON. `tracked_blob_id`: what changed since
-- the revision before, in the same language.
CREATE TABLE document_reading (
	file_id INTEGER PRIMARY KEY REFERENCES document_file (id),
	state TEXT NOT NULL,
	reason TEXT NOT NULL DEFAULT '',
	paragraphs INTEGER NOT NULL DEFAULT 0,
	labels TEXT NOT NULL DEFAULT '',
	findings TEXT NOT NULL DEFAULT '',
	text_blob_id INTEGER REFERENCES blob (id),
	docx_blob_id INTEGER REFERENCES blob (id),
	pdf_blob_id INTEGER REFERENCES blob (id),
	tracked_blob_id INTEGER REFERENCES blob (id),
	made_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX document_reading_text ON document_reading (text_blob_id);
CREATE INDEX document_reading_docx ON document_reading (docx_blob_id);
CREATE INDEX document_reading_pdf ON document_reading (pdf_blob_id);
CREATE INDEX document_reading_tracked ON document_reading (tracked_blob_id);

-- 0: its access is what it is. From this instant on everybody reads it.
ALTER TABLE document ADD COLUMN public_from_at INTEGER NOT NULL DEFAULT 0;
-- A part with an access of its own: everybody reads purpose and summary of a
-- document whose title is public, although its text is for members.
ALTER TABLE document ADD COLUMN is_summary_public INTEGER NOT NULL DEFAULT 0;
