-- Captions: lines that somebody pastes or posts in while a part of a meeting or
-- a session of a physical consultation goes on; kept as its transcript.

-- Of a part or of a session. Who has the secret of `secret_hash` (empty: nobody)
-- posts lines until `posts_until`. `version` grows with every change, `size` is
-- the octets of all lines.
CREATE TABLE caption_feed (
	id INTEGER PRIMARY KEY,
	part_id INTEGER REFERENCES meeting_part (id),
	session_id INTEGER REFERENCES consultation_session (id),
	lang TEXT NOT NULL,
	secret_hash BLOB NOT NULL,
	posts_until INTEGER NOT NULL,
	version INTEGER NOT NULL,
	size INTEGER NOT NULL,
	lines INTEGER NOT NULL,
	UNIQUE (part_id),
	UNIQUE (session_id)
);
CREATE INDEX caption_feed_secret ON caption_feed (secret_hash);

CREATE TABLE caption (
	id INTEGER PRIMARY KEY,
	feed_id INTEGER NOT NULL REFERENCES caption_feed (id),
	at INTEGER NOT NULL,
	body TEXT NOT NULL
);
CREATE INDEX caption_feed_id ON caption (feed_id, id);
