-- Who takes part in a meeting, and who confirms it for a delegation.

-- `name` and `title` as on the badge; `title` is the function. `mode`:
-- in_person, remote. `needs`: what somebody needs to take part, for the
-- secretariat alone. `state`: requested, confirmed, refused, withdrawn.
-- `person_id`: who has an account.
CREATE TABLE registration (
	id INTEGER PRIMARY KEY,
	meeting_id INTEGER NOT NULL REFERENCES meeting (id),
	person_id INTEGER REFERENCES person (id),
	party_id INTEGER REFERENCES party (id),
	name TEXT NOT NULL,
	title TEXT NOT NULL,
	mode TEXT NOT NULL,
	needs TEXT NOT NULL,
	state TEXT NOT NULL,
	asked_at INTEGER NOT NULL,
	decided_at INTEGER NOT NULL,
	decided_by INTEGER REFERENCES person (id),
	UNIQUE (meeting_id, person_id)
);

-- The designated focal points of a group's members.
CREATE TABLE focal_point (
	group_id INTEGER NOT NULL REFERENCES working_group (id),
	party_id INTEGER NOT NULL REFERENCES party (id),
	person_id INTEGER NOT NULL REFERENCES person (id),
	since_at INTEGER NOT NULL,
	PRIMARY KEY (group_id, party_id, person_id)
);
