-- Who asked for the floor under an item, in which order it is given, and for
-- how long.

-- How a group orders its speakers. `turns`: any; first (who has not spoken yet
-- comes first); once (nobody speaks twice). `instrument`: the decision.
CREATE TABLE speaker_order (
	group_id INTEGER PRIMARY KEY REFERENCES working_group (id),
	turns TEXT NOT NULL,
	instrument TEXT NOT NULL
);

-- Speakers of a lower rank come before those of a higher one. `seconds`: 0 for
-- as long as it takes.
CREATE TABLE speaker_rule (
	group_id INTEGER NOT NULL REFERENCES working_group (id),
	class TEXT NOT NULL,
	rank INTEGER NOT NULL,
	seconds INTEGER NOT NULL,
	PRIMARY KEY (group_id, class)
);

-- The list of one item. `version` grows with every change of it.
CREATE TABLE speaker_list (
	item_id INTEGER PRIMARY KEY REFERENCES agenda_item (id),
	is_open INTEGER NOT NULL,
	version INTEGER NOT NULL
);

-- `class`: point_of_order, group, member, observer, secretariat, reply.
-- `source`: room, remote, desk. `state`: waiting, speaking, done, withdrawn.
-- `person_id`: who asked, if that was somebody signed in.
CREATE TABLE speaker_request (
	id INTEGER PRIMARY KEY,
	item_id INTEGER NOT NULL REFERENCES agenda_item (id),
	class TEXT NOT NULL,
	party_id INTEGER REFERENCES party (id),
	person_id INTEGER REFERENCES person (id),
	name TEXT NOT NULL,
	source TEXT NOT NULL,
	state TEXT NOT NULL,
	seconds INTEGER NOT NULL,
	asked_at INTEGER NOT NULL,
	began_at INTEGER NOT NULL,
	ended_at INTEGER NOT NULL
);
CREATE INDEX speaker_request_item ON speaker_request (item_id, state, asked_at);
