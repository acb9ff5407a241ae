-- The parts of a meeting, its agenda, what was said, and how each item ended.

-- A part has an access of its own (public, members), and may be presided by
-- somebody of its own. Title: wording, owner "meeting_part". Times are local, in
-- the meeting's zone. Items without a part have the access of members.
CREATE TABLE meeting_part (
	id INTEGER PRIMARY KEY,
	meeting_id INTEGER NOT NULL REFERENCES meeting (id),
	position INTEGER NOT NULL,
	access TEXT NOT NULL,
	opens_local TEXT NOT NULL,
	closes_local TEXT NOT NULL,
	chair_id INTEGER REFERENCES person (id),
	acting_id INTEGER REFERENCES person (id),
	UNIQUE (meeting_id, position)
);

-- `kind` decides how its section of the report begins: opening, agenda, report,
-- contributions, topics, actions, approval, other, closing. Title: wording,
-- owner "agenda_item". `minutes`: time set aside, 0 for none. `state`: planned,
-- open, closed.
CREATE TABLE agenda_item (
	id INTEGER PRIMARY KEY,
	meeting_id INTEGER NOT NULL REFERENCES meeting (id),
	part_id INTEGER REFERENCES meeting_part (id),
	position INTEGER NOT NULL,
	kind TEXT NOT NULL,
	minutes INTEGER NOT NULL,
	state TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	UNIQUE (meeting_id, position)
);

-- Documents in the order in which they are called.
CREATE TABLE agenda_item_document (
	item_id INTEGER NOT NULL REFERENCES agenda_item (id),
	position INTEGER NOT NULL,
	document_id INTEGER NOT NULL REFERENCES document (id),
	PRIMARY KEY (item_id, position),
	UNIQUE (item_id, document_id)
);
CREATE INDEX agenda_item_document_document ON agenda_item_document (document_id);

-- A sentence of the report on what was said: `words` follow the quantifier that
-- the interventions under it give. `speaker`: members, chair, secretariat, named
-- (`name`). `is_all`: no member said otherwise.
CREATE TABLE statement (
	id INTEGER PRIMARY KEY,
	item_id INTEGER NOT NULL REFERENCES agenda_item (id),
	document_id INTEGER REFERENCES document (id),
	position INTEGER NOT NULL,
	speaker TEXT NOT NULL,
	name TEXT NOT NULL,
	is_all INTEGER NOT NULL,
	words TEXT NOT NULL
);
CREATE INDEX statement_item ON statement (item_id, position);

-- The private log: who said what. Never published by name. `stance`: for,
-- against, neutral, or empty.
CREATE TABLE intervention (
	id INTEGER PRIMARY KEY,
	item_id INTEGER NOT NULL REFERENCES agenda_item (id),
	document_id INTEGER REFERENCES document (id),
	statement_id INTEGER REFERENCES statement (id),
	party_id INTEGER REFERENCES party (id),
	person_id INTEGER REFERENCES person (id),
	speaker TEXT NOT NULL,
	role TEXT NOT NULL,
	lang TEXT NOT NULL,
	words TEXT NOT NULL,
	stance TEXT NOT NULL,
	is_remote INTEGER NOT NULL,
	at INTEGER NOT NULL
);
CREATE INDEX intervention_item ON intervention (item_id, at);
CREATE INDEX intervention_statement ON intervention (statement_id);

-- How an item ended, a document under it, or what one statement asked for.
-- `verb`: the closed list (adopted, noted, agreed, approved, no_agreement,
-- revised_invited, considered, informal, merge, deferred, to_council).
CREATE TABLE outcome (
	id INTEGER PRIMARY KEY,
	item_id INTEGER NOT NULL REFERENCES agenda_item (id),
	document_id INTEGER REFERENCES document (id),
	statement_id INTEGER REFERENCES statement (id),
	position INTEGER NOT NULL,
	verb TEXT NOT NULL,
	object TEXT NOT NULL,
	reservation TEXT NOT NULL,
	person_id INTEGER REFERENCES person (id),
	at INTEGER NOT NULL
);
CREATE INDEX outcome_item ON outcome (item_id, position);
