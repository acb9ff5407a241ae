-- Parts of documents, and where one went that was merged.

-- An addendum or corrigendum is a document of its own, with files, sources and
-- languages, under the number of another one: `parent_id`, and which it is. A
-- corrigendum of an addendum has both. Its `number` is negative, and only tells
-- it from others of the meeting. `only_lang`: the one language that it is about.
ALTER TABLE document ADD COLUMN parent_id INTEGER REFERENCES document (id);
ALTER TABLE document ADD COLUMN addendum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE document ADD COLUMN corrigendum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE document ADD COLUMN only_lang TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX document_part ON document (parent_id, addendum, corrigendum);

-- With the state "merged": the document that it went into.
ALTER TABLE document ADD COLUMN merged_into_id INTEGER REFERENCES document (id);
CREATE INDEX document_merged ON document (merged_into_id);

-- Documents that a contribution is to take the place of, once it has its symbol.
CREATE TABLE contribution_merge (
	contribution_id INTEGER NOT NULL REFERENCES contribution (id),
	document_id INTEGER NOT NULL REFERENCES document (id),
	PRIMARY KEY (contribution_id, document_id)
);
CREATE INDEX contribution_merge_document ON contribution_merge (document_id);

-- What changed between two files of a document in one language: of two
-- revisions, or of the document and an addendum to it. `state`: waiting, made,
-- failed (with `reason`). `text_blob_id`: both in one, marked, as Akoma Ntoso;
-- `tracked_blob_id`: as a Word document.
CREATE TABLE document_comparison (
	id INTEGER PRIMARY KEY,
	old_file_id INTEGER NOT NULL REFERENCES document_file (id),
	new_file_id INTEGER NOT NULL REFERENCES document_file (id),
	state TEXT NOT NULL,
	reason TEXT NOT NULL DEFAULT '',
	text_blob_id INTEGER REFERENCES blob (id),
	tracked_blob_id INTEGER REFERENCES blob (id),
	made_at INTEGER NOT NULL DEFAULT 0,
	UNIQUE (old_file_id, new_file_id)
);
CREATE INDEX document_comparison_new ON document_comparison (new_file_id);
CREATE INDEX document_comparison_text ON document_comparison (text_blob_id);
CREATE INDEX document_comparison_tracked
	ON document_comparison (tracked_blob_id);

-- What can be found has its kind among its tokens now, and what members alone
-- may read is found by them.
INSERT INTO task (kind, ref_id, not_before_at)
SELECT 'index_document', id, 0 FROM document;
INSERT INTO task (kind, ref_id, not_before_at)
SELECT 'index_version', id, 0 FROM instrument_version;
INSERT INTO task (kind, ref_id, not_before_at)
SELECT 'index_topic', id, 0 FROM proposal;
INSERT INTO task (kind, ref_id, not_before_at)
SELECT 'index', response_id, 0 FROM listing;
DELETE FROM installation WHERE name = 'search_consultations_at';
