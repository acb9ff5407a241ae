-- Addressees of a group, and what is sent to them by the mail server.

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
