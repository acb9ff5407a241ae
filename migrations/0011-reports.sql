-- Reports of meetings, what people changed in them and said of them, and the
-- actions that follow.

-- `state`: draft, comments, revision, approved, posted, sent. `access`: public,
-- members: who reads it once it is posted. `commenters`: members, public: who
-- comments on the draft, until `until_at`. Members who object by `silence_at` do
-- so before it counts as endorsed; 0: no round. `approved_in`: the meeting that
-- approved it, NULL if it was done by correspondence. `item_id`: the item on the
-- agenda of a later meeting that is to approve it. `document_id`: in the register.
CREATE TABLE report (
	id INTEGER PRIMARY KEY,
	meeting_id INTEGER NOT NULL UNIQUE REFERENCES meeting (id),
	state TEXT NOT NULL,
	access TEXT NOT NULL,
	commenters TEXT NOT NULL,
	until_at INTEGER NOT NULL,
	silence_at INTEGER NOT NULL,
	approved_in INTEGER REFERENCES meeting (id),
	item_id INTEGER REFERENCES agenda_item (id),
	document_id INTEGER REFERENCES document (id),
	approved_at INTEGER NOT NULL,
	posted_at INTEGER NOT NULL,
	sent_at INTEGER NOT NULL,
	created_at INTEGER NOT NULL
);

-- A line that is otherwise than the machine writes it. `origin`: of the line.
-- `op`: replace, remove, add (behind the line of `after_origin`). `kind`, `level`:
-- of one that was added: section, paragraph, text. `was`: the machine's words
-- when it was edited.
CREATE TABLE report_edit (
	id INTEGER PRIMARY KEY,
	report_id INTEGER NOT NULL REFERENCES report (id),
	lang TEXT NOT NULL,
	origin TEXT NOT NULL,
	op TEXT NOT NULL,
	after_origin TEXT NOT NULL,
	kind TEXT NOT NULL,
	level INTEGER NOT NULL,
	body TEXT NOT NULL,
	was TEXT NOT NULL,
	person_id INTEGER REFERENCES person (id),
	at INTEGER NOT NULL,
	UNIQUE (report_id, lang, origin)
);

-- The report as it was shown to others, in one language: its lines as JSON.
-- `reason`: comments, revised, approved.
CREATE TABLE report_version (
	id INTEGER PRIMARY KEY,
	report_id INTEGER NOT NULL REFERENCES report (id),
	number INTEGER NOT NULL,
	lang TEXT NOT NULL,
	reason TEXT NOT NULL,
	blob_id INTEGER NOT NULL REFERENCES blob (id),
	person_id INTEGER REFERENCES person (id),
	at INTEGER NOT NULL,
	UNIQUE (report_id, number, lang)
);
CREATE INDEX report_version_blob ON report_version (blob_id);

-- On the line of `origin` of a version; empty: on the whole. `source`: who it is
-- from, where it is no party. `state`: open, taken, declined, with an `answer`.
CREATE TABLE report_comment (
	id INTEGER PRIMARY KEY,
	report_id INTEGER NOT NULL REFERENCES report (id),
	number INTEGER NOT NULL,
	lang TEXT NOT NULL,
	origin TEXT NOT NULL,
	party_id INTEGER REFERENCES party (id),
	person_id INTEGER REFERENCES person (id),
	source TEXT NOT NULL,
	body TEXT NOT NULL,
	state TEXT NOT NULL,
	answer TEXT NOT NULL,
	at INTEGER NOT NULL
);
CREATE INDEX report_comment_report ON report_comment (report_id, id);

-- `stance`: endorsed, objected. What a member said last holds.
CREATE TABLE report_endorsement (
	report_id INTEGER NOT NULL REFERENCES report (id),
	party_id INTEGER NOT NULL REFERENCES party (id),
	stance TEXT NOT NULL,
	words TEXT NOT NULL,
	person_id INTEGER REFERENCES person (id),
	at INTEGER NOT NULL,
	PRIMARY KEY (report_id, party_id)
);

-- What somebody has to do. The text is wording, owner "action", field "text".
-- `meeting_id`, `origin`: where it was decided. `owner_kind`: party, office,
-- words. `due`: "YYYY-MM-DD" or empty. `state`: open, progress, done, superseded
-- (by `follower_id`); overdue is computed.
CREATE TABLE action (
	id INTEGER PRIMARY KEY,
	group_id INTEGER NOT NULL REFERENCES working_group (id),
	number INTEGER NOT NULL,
	meeting_id INTEGER REFERENCES meeting (id),
	origin TEXT NOT NULL,
	owner_kind TEXT NOT NULL,
	party_id INTEGER REFERENCES party (id),
	owner TEXT NOT NULL,
	due TEXT NOT NULL,
	state TEXT NOT NULL,
	follower_id INTEGER REFERENCES action (id),
	is_public INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	closed_at INTEGER NOT NULL,
	UNIQUE (group_id, number)
);

CREATE TABLE action_step (
	id INTEGER PRIMARY KEY,
	action_id INTEGER NOT NULL REFERENCES action (id),
	state TEXT NOT NULL,
	note TEXT NOT NULL,
	person_id INTEGER REFERENCES person (id),
	at INTEGER NOT NULL
);
CREATE INDEX action_step_action ON action_step (action_id);
