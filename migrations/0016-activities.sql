-- What the secretariat does for which resolution. Title and text: wording, owner
-- "activity". `sectors`: of "R T D SG", in this order. Days are "YYYY-MM-DD";
-- without an end it goes on. `status`: planned, ongoing, completed, cancelled.
CREATE TABLE activity (
	id INTEGER PRIMARY KEY,
	group_id INTEGER NOT NULL REFERENCES working_group (id),
	number INTEGER NOT NULL,
	sectors TEXT NOT NULL,
	from_day TEXT NOT NULL,
	until_day TEXT NOT NULL,
	partners TEXT NOT NULL,
	status TEXT NOT NULL,
	is_public INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	UNIQUE (group_id, number)
);

-- The resolutions that ask for it, and which paragraph ("resolves 3").
CREATE TABLE activity_basis (
	activity_id INTEGER NOT NULL REFERENCES activity (id),
	position INTEGER NOT NULL,
	instrument_id INTEGER NOT NULL REFERENCES instrument (id),
	paragraph TEXT NOT NULL,
	PRIMARY KEY (activity_id, position)
);
CREATE INDEX activity_basis_instrument ON activity_basis (instrument_id);
