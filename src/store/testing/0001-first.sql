-- A small schema for the store's own tests.
CREATE TABLE item (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	data BLOB NOT NULL,
	n INTEGER NOT NULL,
	flag INTEGER NOT NULL,
	parent_id INTEGER REFERENCES item (id)
);
CREATE INDEX item_n ON item (n);
