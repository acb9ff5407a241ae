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
