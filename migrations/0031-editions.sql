-- Editions of the report on activities, what members say of one, and what the
-- secretariat does about it.

-- `year`: whose activities it tells. Members comment until `closes`, a day of
-- the group's zone, "YYYY-MM-DD".
CREATE TABLE edition (
	id INTEGER PRIMARY KEY,
	group_id INTEGER NOT NULL REFERENCES working_group (id),
	number INTEGER NOT NULL,
	year INTEGER NOT NULL,
	closes TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	UNIQUE (group_id, number)
);

-- On an activity, or on what is told under a resolution, or on the whole.
-- `state`: open, answered, taken (by `action_id`), declined.
CREATE TABLE edition_comment (
	id INTEGER PRIMARY KEY,
	edition_id INTEGER NOT NULL REFERENCES edition (id),
	activity_id INTEGER REFERENCES activity (id),
	instrument_id INTEGER REFERENCES instrument (id),
	party_id INTEGER REFERENCES party (id),
	person_id INTEGER REFERENCES person (id),
	body TEXT NOT NULL,
	state TEXT NOT NULL,
	answer TEXT NOT NULL,
	action_id INTEGER REFERENCES action (id),
	at INTEGER NOT NULL
);
CREATE INDEX edition_comment_edition ON edition_comment (edition_id, id);
CREATE INDEX edition_comment_activity ON edition_comment (activity_id);
CREATE INDEX edition_comment_instrument ON edition_comment (instrument_id);
CREATE INDEX edition_comment_party ON edition_comment (party_id);
CREATE INDEX edition_comment_person ON edition_comment (person_id);
CREATE INDEX edition_comment_action ON edition_comment (action_id);
