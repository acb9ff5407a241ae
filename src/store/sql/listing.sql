-- What lists, counts and search show: one row per published response.

-- query: listing_source :one
-- param: response_id i64
-- row: group_id i64, consultation_id i64, number i64, received_at i64,
--   published_at i64, revision_id i64, category text, country text,
--   lang text, authorisation text, words i64, email_key text
SELECT c.group_id, r.consultation_id, r.number, v.received_at, r.published_at,
       v.id, v.category, v.country, v.lang, v.authorisation, v.words,
       v.email_key
  FROM response r JOIN revision v ON v.id = r.public_revision_id
  JOIN consultation c ON c.id = r.consultation_id
 WHERE r.id = :response_id;

-- query: listing_earlier :one
-- param: email_key text, response_id i64, received_at i64
-- row: n i64
SELECT count(*) FROM (SELECT 1 FROM revision v
	WHERE v.email_key = :email_key AND v.response_id <> :response_id
	  AND v.received_at < :received_at LIMIT 1) AS earlier;

-- query: listing_find :opt
-- param: response_id i64
-- row: group_id i64, consultation_id i64, category text, country text,
--   region text, lang text, received_at i64, words i64, is_first bool
SELECT group_id, consultation_id, category, country, region, lang,
       received_at, words, is_first
  FROM listing WHERE response_id = :response_id;

-- query: listing_insert :exec
-- param: response_id i64, group_id i64, consultation_id i64, number i64,
--   source text, person text, category text, country text, region text,
--   lang text, received_at i64, published_at i64, words i64, is_first bool,
--   excerpt text, attachments i64, key_ar bytes, key_zh bytes, key_en bytes, key_fr bytes,
--   key_ru bytes, key_es bytes
INSERT INTO listing (response_id, group_id, consultation_id, number, source,
	person, category, country, region, lang, received_at, published_at,
	words, is_first, excerpt, attachments, key_ar, key_zh, key_en, key_fr,
	key_ru, key_es)
VALUES (:response_id, :group_id, :consultation_id, :number, :source, :person,
	:category, :country, :region, :lang, :received_at, :published_at,
	:words, :is_first, :excerpt, :attachments, :key_ar, :key_zh, :key_en, :key_fr,
	:key_ru, :key_es);

-- query: listing_delete :exec
-- param: response_id i64
DELETE FROM listing WHERE response_id = :response_id;

-- query: tally_add :exec
-- param: consultation_id i64, dimension text, value text, responses i64,
--   words i64
INSERT INTO tally (consultation_id, dimension, value, responses, words)
VALUES (:consultation_id, :dimension, :value, :responses, :words)
ON CONFLICT (consultation_id, dimension, value) DO UPDATE SET
	responses = tally.responses + excluded.responses,
	words = tally.words + excluded.words;
