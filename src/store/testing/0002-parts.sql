CREATE TABLE part (
	item_id INTEGER NOT NULL REFERENCES item (id),
	seq INTEGER NOT NULL,
	body TEXT NOT NULL, -- a comment; with a semicolon
	PRIMARY KEY (item_id, seq)
);
CREATE TABLE part_note (
	part_item_id INTEGER PRIMARY KEY REFERENCES item (id),
	note TEXT NOT NULL DEFAULT ''
);
-- engine: sqlite
CREATE VIEW which AS SELECT 'sqlite' AS engine;
-- engine: pg
CREATE VIEW which AS SELECT 'pg'::text AS engine;
-- engine: all
CREATE INDEX part_body ON part (body);
