-- Topics that delegations propose for consultations: their revisions, merging by
-- consent, who is for and against, silence procedures, rooms.

-- `number` is given when it is proposed: 0 for a draft, which its author alone
-- sees. `state`: draft, merging (consent is asked), proposed, discussed,
-- supported, merged, withdrawn, carried_over, council (no agreement: sent there
-- for guidance), agreed. `opens_on`, `closes_on`: the window it is queued with,
-- days. `topic_id`: what consultations have it as, once it is agreed.
CREATE TABLE proposal (
	id INTEGER PRIMARY KEY,
	group_id INTEGER NOT NULL REFERENCES working_group (id),
	number INTEGER NOT NULL,
	party_id INTEGER NOT NULL REFERENCES party (id),
	person_id INTEGER REFERENCES person (id),
	state TEXT NOT NULL,
	topic_id INTEGER REFERENCES topic (id),
	opens_on TEXT NOT NULL DEFAULT '',
	closes_on TEXT NOT NULL DEFAULT '',
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL
);
CREATE INDEX proposal_group ON proposal (group_id, number);
CREATE UNIQUE INDEX proposal_number ON proposal (group_id, number)
	WHERE number > 0;
CREATE INDEX proposal_topic ON proposal (topic_id);

-- `issue`: of the list of Council Resolution 1305. `format`: any, together
-- (several topics in one consultation), apart (one over several). `document_id`:
-- the contribution that it came with.
CREATE TABLE proposal_revision (
	id INTEGER PRIMARY KEY,
	proposal_id INTEGER NOT NULL REFERENCES proposal (id),
	number INTEGER NOT NULL,
	person_id INTEGER REFERENCES person (id),
	lang TEXT NOT NULL,
	title TEXT NOT NULL,
	rationale TEXT NOT NULL,
	issue TEXT NOT NULL,
	format TEXT NOT NULL,
	document_id INTEGER REFERENCES document (id),
	created_at INTEGER NOT NULL,
	UNIQUE (proposal_id, number)
);

CREATE TABLE proposal_question (
	id INTEGER PRIMARY KEY,
	revision_id INTEGER NOT NULL REFERENCES proposal_revision (id),
	position INTEGER NOT NULL,
	body TEXT NOT NULL,
	UNIQUE (revision_id, position)
);

-- From which questions of other proposals one was made.
CREATE TABLE proposal_origin (
	question_id INTEGER NOT NULL REFERENCES proposal_question (id),
	origin_id INTEGER NOT NULL REFERENCES proposal_question (id),
	PRIMARY KEY (question_id, origin_id)
);

-- Resolutions and the like that it falls under.
CREATE TABLE proposal_instrument (
	revision_id INTEGER NOT NULL REFERENCES proposal_revision (id),
	instrument_id INTEGER NOT NULL REFERENCES instrument (id),
	PRIMARY KEY (revision_id, instrument_id)
);
CREATE INDEX proposal_instrument_instrument
	ON proposal_instrument (instrument_id);

-- What one is merged from, as it stood then, and whether its author consents.
-- `state`: asked, agreed, refused.
CREATE TABLE proposal_parent (
	id INTEGER PRIMARY KEY,
	proposal_id INTEGER NOT NULL REFERENCES proposal (id),
	parent_id INTEGER NOT NULL REFERENCES proposal (id),
	revision_id INTEGER NOT NULL REFERENCES proposal_revision (id),
	state TEXT NOT NULL,
	reason TEXT NOT NULL DEFAULT '',
	person_id INTEGER REFERENCES person (id),
	changed_at INTEGER NOT NULL,
	UNIQUE (proposal_id, parent_id)
);
CREATE INDEX proposal_parent_parent ON proposal_parent (parent_id);

-- Every step from state to state, with the decision that it rests on.
CREATE TABLE proposal_step (
	id INTEGER PRIMARY KEY,
	proposal_id INTEGER NOT NULL REFERENCES proposal (id),
	from_state TEXT NOT NULL,
	to_state TEXT NOT NULL,
	note TEXT NOT NULL,
	person_id INTEGER REFERENCES person (id),
	at INTEGER NOT NULL
);
CREATE INDEX proposal_step_proposal ON proposal_step (proposal_id);

-- The private support log. The last entry of a party holds. `stance`: for,
-- against, neutral.
CREATE TABLE proposal_position (
	id INTEGER PRIMARY KEY,
	proposal_id INTEGER NOT NULL REFERENCES proposal (id),
	party_id INTEGER NOT NULL REFERENCES party (id),
	stance TEXT NOT NULL,
	words TEXT NOT NULL,
	person_id INTEGER REFERENCES person (id),
	at INTEGER NOT NULL
);
CREATE INDEX proposal_position_proposal ON proposal_position (proposal_id, at);

-- Agreed unless somebody objects until then, local time in `zone`. `state`:
-- open, agreed, objected, stopped.
CREATE TABLE proposal_silence (
	id INTEGER PRIMARY KEY,
	proposal_id INTEGER NOT NULL REFERENCES proposal (id),
	zone TEXT NOT NULL,
	until_local TEXT NOT NULL,
	opens_on TEXT NOT NULL,
	closes_on TEXT NOT NULL,
	state TEXT NOT NULL,
	person_id INTEGER REFERENCES person (id),
	created_at INTEGER NOT NULL,
	ended_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX proposal_silence_proposal ON proposal_silence (proposal_id);
CREATE INDEX proposal_silence_state ON proposal_silence (state);

-- `kind`: objection (no agreement), reservation (put on record). `state`:
-- standing, withdrawn.
CREATE TABLE proposal_objection (
	id INTEGER PRIMARY KEY,
	silence_id INTEGER NOT NULL REFERENCES proposal_silence (id),
	party_id INTEGER NOT NULL REFERENCES party (id),
	kind TEXT NOT NULL,
	reason TEXT NOT NULL,
	state TEXT NOT NULL,
	person_id INTEGER REFERENCES person (id),
	at INTEGER NOT NULL
);
CREATE INDEX proposal_objection_silence ON proposal_objection (silence_id);

-- Whether everybody sees what is proposed in a group, not its members alone.
CREATE TABLE proposal_rule (
	group_id INTEGER PRIMARY KEY REFERENCES working_group (id),
	is_public INTEGER NOT NULL
);

-- Informal consultations. Those who were invited write until the time is over,
-- local in `zone`, or it was closed before; then they read.
CREATE TABLE room (
	id INTEGER PRIMARY KEY,
	group_id INTEGER NOT NULL REFERENCES working_group (id),
	number INTEGER NOT NULL,
	title TEXT NOT NULL,
	zone TEXT NOT NULL,
	until_local TEXT NOT NULL,
	person_id INTEGER REFERENCES person (id),
	created_at INTEGER NOT NULL,
	closed_at INTEGER NOT NULL DEFAULT 0,
	UNIQUE (group_id, number)
);

CREATE TABLE room_party (
	room_id INTEGER NOT NULL REFERENCES room (id),
	party_id INTEGER NOT NULL REFERENCES party (id),
	invited_at INTEGER NOT NULL,
	PRIMARY KEY (room_id, party_id)
);

CREATE TABLE room_proposal (
	room_id INTEGER NOT NULL REFERENCES room (id),
	proposal_id INTEGER NOT NULL REFERENCES proposal (id),
	PRIMARY KEY (room_id, proposal_id)
);
CREATE INDEX room_proposal_proposal ON room_proposal (proposal_id);

-- `draft`: the number of a draft, or 0 for a comment, which may be on one.
CREATE TABLE room_entry (
	id INTEGER PRIMARY KEY,
	room_id INTEGER NOT NULL REFERENCES room (id),
	draft INTEGER NOT NULL,
	on_draft INTEGER NOT NULL,
	body TEXT NOT NULL,
	party_id INTEGER REFERENCES party (id),
	person_id INTEGER REFERENCES person (id),
	at INTEGER NOT NULL
);
CREATE INDEX room_entry_room ON room_entry (room_id);
