-- The physical open consultation: sessions in several places and time zones,
-- who presents, and what was said.

-- Times are local, in `zone`. `mode`: in_person, hybrid, remote.
CREATE TABLE consultation_session (
	id INTEGER PRIMARY KEY,
	consultation_id INTEGER NOT NULL REFERENCES consultation (id),
	number INTEGER NOT NULL,
	zone TEXT NOT NULL,
	opens_local TEXT NOT NULL,
	closes_local TEXT NOT NULL,
	place TEXT NOT NULL,
	mode TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	UNIQUE (consultation_id, number)
);

-- A presentation that is planned: on a question or, without one, on all.
-- `speaker_class`: a category of respondents. `zone`: the speaker's own.
CREATE TABLE session_slot (
	id INTEGER PRIMARY KEY,
	session_id INTEGER NOT NULL REFERENCES consultation_session (id),
	question_id INTEGER REFERENCES question (id),
	response_id INTEGER REFERENCES response (id),
	name TEXT NOT NULL,
	speaker_class TEXT NOT NULL,
	zone TEXT NOT NULL,
	minutes INTEGER NOT NULL,
	is_remote INTEGER NOT NULL
);
CREATE INDEX session_slot_session ON session_slot (session_id);

-- What was said, as a text. `kind`: presentation, intervention. `at`: when, or
-- when it began. `state`: entered, published.
CREATE TABLE spoken_text (
	id INTEGER PRIMARY KEY,
	consultation_id INTEGER NOT NULL REFERENCES consultation (id),
	session_id INTEGER NOT NULL REFERENCES consultation_session (id),
	slot_id INTEGER REFERENCES session_slot (id),
	question_id INTEGER REFERENCES question (id),
	kind TEXT NOT NULL,
	speaker_class TEXT NOT NULL,
	name TEXT NOT NULL,
	lang TEXT NOT NULL,
	at INTEGER NOT NULL,
	body TEXT NOT NULL,
	state TEXT NOT NULL,
	entered_at INTEGER NOT NULL
);
CREATE INDEX spoken_text_consultation ON spoken_text (consultation_id, at);
