-- Of a document's file as PDF: its pages, and the parts by which it is joined
-- with others into one (codec/pdf_join.h).
ALTER TABLE document_reading ADD COLUMN pages INTEGER NOT NULL DEFAULT 0;
ALTER TABLE document_reading ADD COLUMN parts_blob_id INTEGER
	REFERENCES blob (id);
CREATE INDEX document_reading_parts ON document_reading (parts_blob_id);
INSERT INTO task (kind, ref_id, not_before_at)
SELECT 'read_document', file_id, 0 FROM document_reading;
