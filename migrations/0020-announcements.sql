-- Announcements: what was written for whom, and who was told.

-- A text that somebody changed; others are made from the facts. `occasion`:
-- consultation and summary (object: a consultation), meeting (a meeting).
-- `channel`: web, letter, mail, social.
CREATE TABLE announcement_text (
	id INTEGER PRIMARY KEY,
	group_id INTEGER NOT NULL REFERENCES working_group (id),
	occasion TEXT NOT NULL,
	object_id INTEGER NOT NULL,
	channel TEXT NOT NULL,
	lang TEXT NOT NULL,
	body TEXT NOT NULL,
	changed_at INTEGER NOT NULL,
	UNIQUE (occasion, object_id, channel, lang)
);

-- One recipient told of one occasion, by one channel in one language.
-- `acknowledged_at`: 0 until the recipient said so.
CREATE TABLE delivery (
	id INTEGER PRIMARY KEY,
	group_id INTEGER NOT NULL REFERENCES working_group (id),
	occasion TEXT NOT NULL,
	object_id INTEGER NOT NULL,
	channel TEXT NOT NULL,
	lang TEXT NOT NULL,
	recipient TEXT NOT NULL,
	recipient_key TEXT NOT NULL,
	sent_at INTEGER NOT NULL,
	acknowledged_at INTEGER NOT NULL DEFAULT 0,
	person_id INTEGER NOT NULL REFERENCES person (id),
	UNIQUE (occasion, object_id, channel, lang, recipient_key)
);

-- Who asked not to be written to again.
CREATE TABLE delivery_refusal (
	group_id INTEGER NOT NULL REFERENCES working_group (id),
	recipient_key TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (group_id, recipient_key)
);
