-- Pages of lists. Each query walks one index from a place on and looks at the
-- filters inside it; domain/catalog.c chooses the one that reads least. `_back`
-- walks the other way, for the page before.

-- query: catalog_received :many
-- param: consultation_id i64, at i64, id i64, category text, country text,
--   lang text, max i64
-- row: response_id i64, number i64, source text, person text, category text,
--   country text, lang text, received_at i64, published_at i64, words i64,
--   attachments i64, excerpt text
SELECT response_id, number, source, person, category, country, lang,
       received_at, published_at, words, attachments, excerpt
  FROM listing
 WHERE consultation_id = :consultation_id
   AND (received_at, response_id) < (:at, :id)
   AND (:category = '' OR category = :category)
   AND (:country = '' OR country = :country)
   AND (:lang = '' OR lang = :lang)
 ORDER BY received_at DESC, response_id DESC
 LIMIT :max;

-- query: catalog_received_up :many
-- param: consultation_id i64, at i64, id i64, category text, country text,
--   lang text, max i64
-- row: response_id i64, number i64, source text, person text, category text,
--   country text, lang text, received_at i64, published_at i64, words i64,
--   attachments i64, excerpt text
SELECT response_id, number, source, person, category, country, lang,
       received_at, published_at, words, attachments, excerpt
  FROM listing
 WHERE consultation_id = :consultation_id
   AND (received_at, response_id) > (:at, :id)
   AND (:category = '' OR category = :category)
   AND (:country = '' OR country = :country)
   AND (:lang = '' OR lang = :lang)
 ORDER BY received_at, response_id
 LIMIT :max;

-- query: catalog_received_category :many
-- param: consultation_id i64, at i64, id i64, category text, country text,
--   lang text, max i64
-- row: response_id i64, number i64, source text, person text, category text,
--   country text, lang text, received_at i64, published_at i64, words i64,
--   attachments i64, excerpt text
SELECT response_id, number, source, person, category, country, lang,
       received_at, published_at, words, attachments, excerpt
  FROM listing
 WHERE consultation_id = :consultation_id AND category = :category
   AND (received_at, response_id) < (:at, :id)
   AND (:country = '' OR country = :country)
   AND (:lang = '' OR lang = :lang)
 ORDER BY received_at DESC, response_id DESC
 LIMIT :max;

-- query: catalog_received_category_up :many
-- param: consultation_id i64, at i64, id i64, category text, country text,
--   lang text, max i64
-- row: response_id i64, number i64, source text, person text, category text,
--   country text, lang text, received_at i64, published_at i64, words i64,
--   attachments i64, excerpt text
SELECT response_id, number, source, person, category, country, lang,
       received_at, published_at, words, attachments, excerpt
  FROM listing
 WHERE consultation_id = :consultation_id AND category = :category
   AND (received_at, response_id) > (:at, :id)
   AND (:country = '' OR country = :country)
   AND (:lang = '' OR lang = :lang)
 ORDER BY received_at, response_id
 LIMIT :max;

-- query: catalog_received_country :many
-- param: consultation_id i64, at i64, id i64, category text, country text,
--   lang text, max i64
-- row: response_id i64, number i64, source text, person text, category text,
--   country text, lang text, received_at i64, published_at i64, words i64,
--   attachments i64, excerpt text
SELECT response_id, number, source, person, category, country, lang,
       received_at, published_at, words, attachments, excerpt
  FROM listing
 WHERE consultation_id = :consultation_id AND country = :country
   AND (received_at, response_id) < (:at, :id)
   AND (:category = '' OR category = :category)
   AND (:lang = '' OR lang = :lang)
 ORDER BY received_at DESC, response_id DESC
 LIMIT :max;

-- query: catalog_received_country_up :many
-- param: consultation_id i64, at i64, id i64, category text, country text,
--   lang text, max i64
-- row: response_id i64, number i64, source text, person text, category text,
--   country text, lang text, received_at i64, published_at i64, words i64,
--   attachments i64, excerpt text
SELECT response_id, number, source, person, category, country, lang,
       received_at, published_at, words, attachments, excerpt
  FROM listing
 WHERE consultation_id = :consultation_id AND country = :country
   AND (received_at, response_id) > (:at, :id)
   AND (:category = '' OR category = :category)
   AND (:lang = '' OR lang = :lang)
 ORDER BY received_at, response_id
 LIMIT :max;

-- query: catalog_received_lang :many
-- param: consultation_id i64, at i64, id i64, category text, country text,
--   lang text, max i64
-- row: response_id i64, number i64, source text, person text, category text,
--   country text, lang text, received_at i64, published_at i64, words i64,
--   attachments i64, excerpt text
SELECT response_id, number, source, person, category, country, lang,
       received_at, published_at, words, attachments, excerpt
  FROM listing
 WHERE consultation_id = :consultation_id AND lang = :lang
   AND (received_at, response_id) < (:at, :id)
   AND (:category = '' OR category = :category)
   AND (:country = '' OR country = :country)
 ORDER BY received_at DESC, response_id DESC
 LIMIT :max;

-- query: catalog_received_lang_up :many
-- param: consultation_id i64, at i64, id i64, category text, country text,
--   lang text, max i64
-- row: response_id i64, number i64, source text, person text, category text,
--   country text, lang text, received_at i64, published_at i64, words i64,
--   attachments i64, excerpt text
SELECT response_id, number, source, person, category, country, lang,
       received_at, published_at, words, attachments, excerpt
  FROM listing
 WHERE consultation_id = :consultation_id AND lang = :lang
   AND (received_at, response_id) > (:at, :id)
   AND (:category = '' OR category = :category)
   AND (:country = '' OR country = :country)
 ORDER BY received_at, response_id
 LIMIT :max;

-- query: catalog_source_ar :many
-- param: consultation_id i64, key bytes, id i64, category text,
--   country text, lang text, max i64
-- row: response_id i64, number i64, source text, person text, category text,
--   country text, lang text, received_at i64, published_at i64, words i64,
--   attachments i64, excerpt text, key bytes
SELECT response_id, number, source, person, category, country, lang,
       received_at, published_at, words, attachments, excerpt, key_ar
  FROM listing
 WHERE consultation_id = :consultation_id
   AND (key_ar, response_id) > (:key, :id)
   AND (:category = '' OR category = :category)
   AND (:country = '' OR country = :country)
   AND (:lang = '' OR lang = :lang)
 ORDER BY key_ar, response_id
 LIMIT :max;

-- query: catalog_source_ar_back :many
-- param: consultation_id i64, key bytes, id i64, category text,
--   country text, lang text, max i64
-- row: response_id i64, number i64, source text, person text, category text,
--   country text, lang text, received_at i64, published_at i64, words i64,
--   attachments i64, excerpt text, key bytes
SELECT response_id, number, source, person, category, country, lang,
       received_at, published_at, words, attachments, excerpt, key_ar
  FROM listing
 WHERE consultation_id = :consultation_id
   AND (key_ar, response_id) < (:key, :id)
   AND (:category = '' OR category = :category)
   AND (:country = '' OR country = :country)
   AND (:lang = '' OR lang = :lang)
 ORDER BY key_ar DESC, response_id DESC
 LIMIT :max;

-- query: catalog_source_zh :many
-- param: consultation_id i64, key bytes, id i64, category text,
--   country text, lang text, max i64
-- row: response_id i64, number i64, source text, person text, category text,
--   country text, lang text, received_at i64, published_at i64, words i64,
--   attachments i64, excerpt text, key bytes
SELECT response_id, number, source, person, category, country, lang,
       received_at, published_at, words, attachments, excerpt, key_zh
  FROM listing
 WHERE consultation_id = :consultation_id
   AND (key_zh, response_id) > (:key, :id)
   AND (:category = '' OR category = :category)
   AND (:country = '' OR country = :country)
   AND (:lang = '' OR lang = :lang)
 ORDER BY key_zh, response_id
 LIMIT :max;

-- query: catalog_source_zh_back :many
-- param: consultation_id i64, key bytes, id i64, category text,
--   country text, lang text, max i64
-- row: response_id i64, number i64, source text, person text, category text,
--   country text, lang text, received_at i64, published_at i64, words i64,
--   attachments i64, excerpt text, key bytes
SELECT response_id, number, source, person, category, country, lang,
       received_at, published_at, words, attachments, excerpt, key_zh
  FROM listing
 WHERE consultation_id = :consultation_id
   AND (key_zh, response_id) < (:key, :id)
   AND (:category = '' OR category = :category)
   AND (:country = '' OR country = :country)
   AND (:lang = '' OR lang = :lang)
 ORDER BY key_zh DESC, response_id DESC
 LIMIT :max;

-- query: catalog_source_en :many
-- param: consultation_id i64, key bytes, id i64, category text,
--   country text, lang text, max i64
-- row: response_id i64, number i64, source text, person text, category text,
--   country text, lang text, received_at i64, published_at i64, words i64,
--   attachments i64, excerpt text, key bytes
SELECT response_id, number, source, person, category, country, lang,
       received_at, published_at, words, attachments, excerpt, key_en
  FROM listing
 WHERE consultation_id = :consultation_id
   AND (key_en, response_id) > (:key, :id)
   AND (:category = '' OR category = :category)
   AND (:country = '' OR country = :country)
   AND (:lang = '' OR lang = :lang)
 ORDER BY key_en, response_id
 LIMIT :max;

-- query: catalog_source_en_back :many
-- param: consultation_id i64, key bytes, id i64, category text,
--   country text, lang text, max i64
-- row: response_id i64, number i64, source text, person text, category text,
--   country text, lang text, received_at i64, published_at i64, words i64,
--   attachments i64, excerpt text, key bytes
SELECT response_id, number, source, person, category, country, lang,
       received_at, published_at, words, attachments, excerpt, key_en
  FROM listing
 WHERE consultation_id = :consultation_id
   AND (key_en, response_id) < (:key, :id)
   AND (:category = '' OR category = :category)
   AND (:country = '' OR country = :country)
   AND (:lang = '' OR lang = :lang)
 ORDER BY key_en DESC, response_id DESC
 LIMIT :max;

-- query: catalog_source_fr :many
-- param: consultation_id i64, key bytes, id i64, category text,
--   country text, lang text, max i64
-- row: response_id i64, number i64, source text, person text, category text,
--   country text, lang text, received_at i64, published_at i64, words i64,
--   attachments i64, excerpt text, key bytes
SELECT response_id, number, source, person, category, country, lang,
       received_at, published_at, words, attachments, excerpt, key_fr
  FROM listing
 WHERE consultation_id = :consultation_id
   AND (key_fr, response_id) > (:key, :id)
   AND (:category = '' OR category = :category)
   AND (:country = '' OR country = :country)
   AND (:lang = '' OR lang = :lang)
 ORDER BY key_fr, response_id
 LIMIT :max;

-- query: catalog_source_fr_back :many
-- param: consultation_id i64, key bytes, id i64, category text,
--   country text, lang text, max i64
-- row: response_id i64, number i64, source text, person text, category text,
--   country text, lang text, received_at i64, published_at i64, words i64,
--   attachments i64, excerpt text, key bytes
SELECT response_id, number, source, person, category, country, lang,
       received_at, published_at, words, attachments, excerpt, key_fr
  FROM listing
 WHERE consultation_id = :consultation_id
   AND (key_fr, response_id) < (:key, :id)
   AND (:category = '' OR category = :category)
   AND (:country = '' OR country = :country)
   AND (:lang = '' OR lang = :lang)
 ORDER BY key_fr DESC, response_id DESC
 LIMIT :max;

-- query: catalog_source_ru :many
-- param: consultation_id i64, key bytes, id i64, category text,
--   country text, lang text, max i64
-- row: response_id i64, number i64, source text, person text, category text,
--   country text, lang text, received_at i64, published_at i64, words i64,
--   attachments i64, excerpt text, key bytes
SELECT response_id, number, source, person, category, country, lang,
       received_at, published_at, words, attachments, excerpt, key_ru
  FROM listing
 WHERE consultation_id = :consultation_id
   AND (key_ru, response_id) > (:key, :id)
   AND (:category = '' OR category = :category)
   AND (:country = '' OR country = :country)
   AND (:lang = '' OR lang = :lang)
 ORDER BY key_ru, response_id
 LIMIT :max;

-- query: catalog_source_ru_back :many
-- param: consultation_id i64, key bytes, id i64, category text,
--   country text, lang text, max i64
-- row: response_id i64, number i64, source text, person text, category text,
--   country text, lang text, received_at i64, published_at i64, words i64,
--   attachments i64, excerpt text, key bytes
SELECT response_id, number, source, person, category, country, lang,
       received_at, published_at, words, attachments, excerpt, key_ru
  FROM listing
 WHERE consultation_id = :consultation_id
   AND (key_ru, response_id) < (:key, :id)
   AND (:category = '' OR category = :category)
   AND (:country = '' OR country = :country)
   AND (:lang = '' OR lang = :lang)
 ORDER BY key_ru DESC, response_id DESC
 LIMIT :max;

-- query: catalog_source_es :many
-- param: consultation_id i64, key bytes, id i64, category text,
--   country text, lang text, max i64
-- row: response_id i64, number i64, source text, person text, category text,
--   country text, lang text, received_at i64, published_at i64, words i64,
--   attachments i64, excerpt text, key bytes
SELECT response_id, number, source, person, category, country, lang,
       received_at, published_at, words, attachments, excerpt, key_es
  FROM listing
 WHERE consultation_id = :consultation_id
   AND (key_es, response_id) > (:key, :id)
   AND (:category = '' OR category = :category)
   AND (:country = '' OR country = :country)
   AND (:lang = '' OR lang = :lang)
 ORDER BY key_es, response_id
 LIMIT :max;

-- query: catalog_source_es_back :many
-- param: consultation_id i64, key bytes, id i64, category text,
--   country text, lang text, max i64
-- row: response_id i64, number i64, source text, person text, category text,
--   country text, lang text, received_at i64, published_at i64, words i64,
--   attachments i64, excerpt text, key bytes
SELECT response_id, number, source, person, category, country, lang,
       received_at, published_at, words, attachments, excerpt, key_es
  FROM listing
 WHERE consultation_id = :consultation_id
   AND (key_es, response_id) < (:key, :id)
   AND (:category = '' OR category = :category)
   AND (:country = '' OR country = :country)
   AND (:lang = '' OR lang = :lang)
 ORDER BY key_es DESC, response_id DESC
 LIMIT :max;

-- query: catalog_few_category :many
-- param: consultation_id i64, category text, country text, lang text,
--   reader text
-- row: response_id i64, category text, country text, received_at i64,
--   key bytes
SELECT response_id, category, country, received_at,
       CASE :reader WHEN 'ar' THEN key_ar WHEN 'zh' THEN key_zh
	WHEN 'fr' THEN key_fr WHEN 'ru' THEN key_ru WHEN 'es' THEN key_es
	ELSE key_en END
  FROM listing
 WHERE consultation_id = :consultation_id AND category = :category
   AND (:country = '' OR country = :country)
   AND (:lang = '' OR lang = :lang);

-- query: catalog_few_country :many
-- param: consultation_id i64, category text, country text, lang text,
--   reader text
-- row: response_id i64, category text, country text, received_at i64,
--   key bytes
SELECT response_id, category, country, received_at,
       CASE :reader WHEN 'ar' THEN key_ar WHEN 'zh' THEN key_zh
	WHEN 'fr' THEN key_fr WHEN 'ru' THEN key_ru WHEN 'es' THEN key_es
	ELSE key_en END
  FROM listing
 WHERE consultation_id = :consultation_id AND country = :country
   AND (:category = '' OR category = :category)
   AND (:lang = '' OR lang = :lang);

-- query: catalog_few_lang :many
-- param: consultation_id i64, category text, country text, lang text,
--   reader text
-- row: response_id i64, category text, country text, received_at i64,
--   key bytes
SELECT response_id, category, country, received_at,
       CASE :reader WHEN 'ar' THEN key_ar WHEN 'zh' THEN key_zh
	WHEN 'fr' THEN key_fr WHEN 'ru' THEN key_ru WHEN 'es' THEN key_es
	ELSE key_en END
  FROM listing
 WHERE consultation_id = :consultation_id AND lang = :lang
   AND (:category = '' OR category = :category)
   AND (:country = '' OR country = :country);

-- query: catalog_by_ids :many
-- param: ids text
-- row: response_id i64, number i64, source text, person text, category text,
--   country text, lang text, received_at i64, published_at i64, words i64,
--   attachments i64, excerpt text
SELECT l.response_id, number, source, person, category, country, lang,
       received_at, published_at, words, attachments, excerpt
  FROM json_each('[' || :ids || ']') i JOIN listing l ON l.response_id = i.value;
-- engine: pg
SELECT response_id, number, source, person, category, country, lang,
       received_at, published_at, words, attachments, excerpt
  FROM listing WHERE response_id = ANY (string_to_array(:ids, ',')::bigint[]);

-- query: catalog_counts :many
-- param: consultation_id i64, category text, country text, lang text,
--   all_three text
-- row: value text, n i64
SELECT value, responses FROM tally
 WHERE consultation_id = :consultation_id AND dimension = 'list'
   AND value IN (:category, :country, :lang, :all_three);

-- query: catalog_few_ids :many
-- param: ids text, reader text
-- row: response_id i64, category text, country text, received_at i64,
--   key bytes
SELECT response_id, category, country, received_at,
       CASE :reader WHEN 'ar' THEN key_ar WHEN 'zh' THEN key_zh
	WHEN 'fr' THEN key_fr WHEN 'ru' THEN key_ru WHEN 'es' THEN key_es
	ELSE key_en END
  FROM json_each('[' || :ids || ']') i JOIN listing l ON l.response_id = i.value;
-- engine: pg
SELECT response_id, category, country, received_at,
       CASE :reader WHEN 'ar' THEN key_ar WHEN 'zh' THEN key_zh
	WHEN 'fr' THEN key_fr WHEN 'ru' THEN key_ru WHEN 'es' THEN key_es
	ELSE key_en END
  FROM listing WHERE response_id = ANY (string_to_array(:ids, ',')::bigint[]);

-- query: catalog_values :many
-- param: consultation_id i64, dimension text
-- row: value text, responses i64, words i64
SELECT value, responses, words FROM tally
 WHERE consultation_id = :consultation_id AND dimension = :dimension
   AND responses > 0
 ORDER BY responses DESC, value;

-- query: catalog_withdrawn :one
-- param: consultation_id i64
-- row: n i64
SELECT count(*) FROM (SELECT 1 FROM response
	WHERE consultation_id = :consultation_id AND state = 'withdrawn'
	  AND is_marked_withdrawn = 1 LIMIT 1000) AS marked;

-- query: catalog_longest :many
-- param: consultation_id i64, max i64
-- row: number i64, source text, words i64
SELECT number, source, words FROM listing
 WHERE consultation_id = :consultation_id
 ORDER BY words DESC, response_id DESC LIMIT :max;

-- query: catalog_longest_words :one
-- param: consultation_id i64, max i64
-- row: words i64
SELECT CAST(coalesce(sum(words), 0) AS BIGINT) FROM (SELECT words FROM listing
	WHERE consultation_id = :consultation_id
	ORDER BY words DESC, response_id DESC LIMIT :max) AS longest;

-- query: catalog_recent_of :many
-- param: consultation_id i64, max i64
-- row: response_id i64, number i64, source text, person text, lang text,
--   received_at i64, published_at i64, excerpt text
SELECT response_id, number, source, person, lang, received_at, published_at,
       excerpt
  FROM listing WHERE consultation_id = :consultation_id
 ORDER BY published_at DESC, response_id DESC LIMIT :max;
