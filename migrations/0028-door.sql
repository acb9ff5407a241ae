-- Guests of one item of an agenda.

-- Who may see one item, its documents and its list of speakers, and nothing
-- else of the group, from `from_at` to `until_at`. `instrument`: the decision.
-- Never deleted: what was open to whom can be told afterwards. `ended_at`: 0,
-- or when somebody ended it before its time.
CREATE TABLE item_guest (
	id INTEGER PRIMARY KEY,
	item_id INTEGER NOT NULL REFERENCES agenda_item (id),
	person_id INTEGER NOT NULL REFERENCES person (id),
	instrument TEXT NOT NULL,
	from_at INTEGER NOT NULL,
	until_at INTEGER NOT NULL,
	admitted_at INTEGER NOT NULL,
	admitted_by INTEGER NOT NULL REFERENCES person (id),
	ended_at INTEGER NOT NULL DEFAULT 0,
	ended_by INTEGER REFERENCES person (id)
);
CREATE INDEX item_guest_item ON item_guest (item_id);
CREATE INDEX item_guest_person ON item_guest (person_id, until_at);

-- A group's own Word templates. `kind`: letter, announcement. `state`: waiting,
-- good, bad (`reason`). `fields`: the names it has, one a line.
CREATE TABLE letterhead (
	id INTEGER PRIMARY KEY,
	group_id INTEGER NOT NULL REFERENCES working_group (id),
	kind TEXT NOT NULL,
	version INTEGER NOT NULL,
	file_name TEXT NOT NULL,
	blob_id INTEGER NOT NULL REFERENCES blob (id),
	state TEXT NOT NULL,
	reason TEXT NOT NULL DEFAULT '',
	fields TEXT NOT NULL DEFAULT '',
	is_in_force INTEGER NOT NULL DEFAULT 0,
	uploaded_at INTEGER NOT NULL,
	uploaded_by INTEGER NOT NULL REFERENCES person (id),
	UNIQUE (group_id, kind, version)
);
CREATE INDEX letterhead_blob ON letterhead (blob_id);

-- A letterhead filled with facts (JSON), in one language. `occasion`:
-- invitation (object: a meeting), consultation, summary, meeting (as in
-- announcement_text). `state`: waiting, made, failed (`reason`).
CREATE TABLE letter (
	id INTEGER PRIMARY KEY,
	letterhead_id INTEGER NOT NULL REFERENCES letterhead (id),
	occasion TEXT NOT NULL,
	object_id INTEGER NOT NULL,
	lang TEXT NOT NULL,
	facts TEXT NOT NULL,
	state TEXT NOT NULL,
	reason TEXT NOT NULL DEFAULT '',
	blob_id INTEGER REFERENCES blob (id),
	asked_at INTEGER NOT NULL,
	asked_by INTEGER NOT NULL REFERENCES person (id)
);
CREATE INDEX letter_object ON letter (occasion, object_id, id);
CREATE INDEX letter_letterhead ON letter (letterhead_id);
CREATE INDEX letter_blob ON letter (blob_id);

-- The letter of invitation to a meeting: its number ("CL-26/12"), who signs it.
-- `revision`: 0 as it was issued first.
CREATE TABLE invitation (
	meeting_id INTEGER PRIMARY KEY REFERENCES meeting (id),
	number TEXT NOT NULL,
	signature TEXT NOT NULL,
	issued_at INTEGER NOT NULL,
	revision INTEGER NOT NULL
);

-- What is sent by the mail server: not before this, and why it was not.
ALTER TABLE outbox ADD COLUMN not_before_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN error TEXT NOT NULL DEFAULT '';

-- Who a group tells of its occasions by mail. `class`: a word of the group's
-- own. `secret`: in the links of what is sent, to be told no more.
CREATE TABLE recipient (
	id INTEGER PRIMARY KEY,
	group_id INTEGER NOT NULL REFERENCES working_group (id),
	name TEXT NOT NULL,
	address TEXT NOT NULL,
	recipient_key TEXT NOT NULL,
	lang TEXT NOT NULL,
	class TEXT NOT NULL,
	secret TEXT NOT NULL UNIQUE,
	since_at INTEGER NOT NULL,
	UNIQUE (group_id, recipient_key)
);

-- What was sent, in one language.
CREATE TABLE mailing (
	id INTEGER PRIMARY KEY,
	group_id INTEGER NOT NULL REFERENCES working_group (id),
	occasion TEXT NOT NULL,
	object_id INTEGER NOT NULL,
	lang TEXT NOT NULL,
	subject TEXT NOT NULL,
	body TEXT NOT NULL,
	made_at INTEGER NOT NULL,
	person_id INTEGER NOT NULL REFERENCES person (id)
);

-- `state`: told (by hand), waiting, sent, failed (`error`).
ALTER TABLE delivery ADD COLUMN state TEXT NOT NULL DEFAULT 'told';
ALTER TABLE delivery ADD COLUMN error TEXT NOT NULL DEFAULT '';
ALTER TABLE delivery ADD COLUMN recipient_id INTEGER REFERENCES recipient (id);
ALTER TABLE delivery ADD COLUMN mailing_id INTEGER REFERENCES mailing (id);
CREATE INDEX delivery_recipient ON delivery (recipient_id);
CREATE INDEX delivery_mailing ON delivery (mailing_id);
