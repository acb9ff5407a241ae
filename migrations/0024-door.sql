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
