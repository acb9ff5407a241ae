-- What the group exchanges with others. Title and text: wording, owner
-- "correspondence". `kind`: liaison_in, liaison_out, recommendation, referral.
-- `other`: from whom or to whom. `level`: action, comment, information. Days are
-- "YYYY-MM-DD"; `due`: by when a reply is wanted. `state`: draft, sent, received,
-- answered, acknowledged, adopted, noted, declined, closed; `words`: what was
-- answered. `replies_id`: to which it is the reply.
CREATE TABLE correspondence (
	id INTEGER PRIMARY KEY,
	group_id INTEGER NOT NULL REFERENCES working_group (id),
	number INTEGER NOT NULL,
	kind TEXT NOT NULL,
	other TEXT NOT NULL,
	level TEXT NOT NULL,
	dated TEXT NOT NULL,
	due TEXT NOT NULL,
	state TEXT NOT NULL,
	words TEXT NOT NULL,
	replies_id INTEGER REFERENCES correspondence (id),
	is_public INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	UNIQUE (group_id, number)
);
