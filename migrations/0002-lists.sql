-- Lists of a million responses, and pages of one statement.

-- What stands in a list is filtered on inside its index: each index that gives
-- an order also holds what may be filtered by.
ALTER TABLE listing ADD COLUMN attachments INTEGER NOT NULL DEFAULT 0;
DROP INDEX listing_received;
DROP INDEX listing_country;
DROP INDEX listing_category;
DROP INDEX listing_lang;
DROP INDEX listing_ar;
DROP INDEX listing_zh;
DROP INDEX listing_en;
DROP INDEX listing_fr;
DROP INDEX listing_ru;
DROP INDEX listing_es;
CREATE INDEX listing_received ON listing (consultation_id, received_at, response_id, category, country, lang);
CREATE INDEX listing_country ON listing (consultation_id, country, received_at, response_id, category, lang);
CREATE INDEX listing_category ON listing (consultation_id, category, received_at, response_id, country, lang);
CREATE INDEX listing_lang ON listing (consultation_id, lang, received_at, response_id, category, country);
CREATE INDEX listing_ar ON listing (consultation_id, key_ar, response_id, category, country, lang);
CREATE INDEX listing_zh ON listing (consultation_id, key_zh, response_id, category, country, lang);
CREATE INDEX listing_en ON listing (consultation_id, key_en, response_id, category, country, lang);
CREATE INDEX listing_fr ON listing (consultation_id, key_fr, response_id, category, country, lang);
CREATE INDEX listing_ru ON listing (consultation_id, key_ru, response_id, category, country, lang);
CREATE INDEX listing_es ON listing (consultation_id, key_es, response_id, category, country, lang);
CREATE INDEX listing_words ON listing (consultation_id, words, response_id);

-- What the public sees of a response, redacted and with its translations, in
-- one row: domain/public_response.h says how `content` is written.
CREATE TABLE public_response (
	response_id INTEGER PRIMARY KEY REFERENCES response (id),
	consultation_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	revision_n INTEGER NOT NULL,
	size INTEGER NOT NULL,
	content BLOB NOT NULL
);
CREATE INDEX public_response_number ON public_response (consultation_id, number, size);

-- Revisions that were public once keep their address: `?r=` names them.
CREATE TABLE public_revision (
	revision_id INTEGER PRIMARY KEY REFERENCES revision (id),
	response_id INTEGER NOT NULL REFERENCES response (id),
	n INTEGER NOT NULL,
	published_at INTEGER NOT NULL,
	UNIQUE (response_id, n)
);

-- The beginning of what was found.
ALTER TABLE search_entry ADD COLUMN excerpt TEXT NOT NULL DEFAULT '';

-- The newest of a consultation, for feeds.
CREATE INDEX listing_of ON listing (consultation_id, published_at, response_id);
