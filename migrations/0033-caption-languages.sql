-- Captions in several languages at once: feeds beside the first one of a part
-- or session, each in a language of its own.
ALTER TABLE caption_feed ADD COLUMN of_feed_id INTEGER
	REFERENCES caption_feed (id);
CREATE UNIQUE INDEX caption_feed_of ON caption_feed (of_feed_id, lang);
