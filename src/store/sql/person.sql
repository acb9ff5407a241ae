-- People and their addresses.

-- query: person_insert :one
-- param: name text, name_lang text, name_latin text, party_id ref, lang text,
--   zone text, created_at i64
-- row: id i64
INSERT INTO person (name, name_lang, name_latin, party_id, lang, zone,
	created_at)
VALUES (:name, :name_lang, :name_latin, :party_id, :lang, :zone, :created_at)
RETURNING id;

-- query: person_update :exec
-- param: id i64, name text, name_lang text, name_latin text, party_id ref,
--   lang text, zone text
UPDATE person SET name = :name, name_lang = :name_lang,
       name_latin = :name_latin, party_id = :party_id, lang = :lang,
       zone = :zone
 WHERE id = :id;

-- query: person_set_state :exec
-- param: id i64, state text
UPDATE person SET state = :state WHERE id = :id;

-- query: person_get :opt
-- param: id i64
-- row: id i64, name text, name_lang text, name_latin text, party_id ref,
--   lang text, zone text, state text, created_at i64
SELECT id, name, name_lang, name_latin, party_id, lang, zone, state, created_at
  FROM person WHERE id = :id;

-- query: person_list :many
-- param: after_id i64, max i64
-- row: id i64, name text, name_lang text, name_latin text, party_id ref,
--   lang text, zone text, state text, created_at i64
SELECT id, name, name_lang, name_latin, party_id, lang, zone, state, created_at
  FROM person WHERE id > :after_id ORDER BY id LIMIT :max;

-- query: person_address_insert :opt
-- param: person_id i64, entered text, address_key text, is_primary bool,
--   verified_at i64
-- row: id i64
INSERT INTO person_address (person_id, entered, address_key, is_primary,
	verified_at)
VALUES (:person_id, :entered, :address_key, :is_primary, :verified_at)
ON CONFLICT (address_key) DO NOTHING
RETURNING id;

-- query: person_address_list :many
-- param: person_id i64
-- row: id i64, entered text, address_key text, is_primary bool,
--   verified_at i64
SELECT id, entered, address_key, is_primary, verified_at
  FROM person_address WHERE person_id = :person_id
 ORDER BY is_primary DESC, id;

-- query: person_address_primary :exec
-- param: person_id i64, id i64
UPDATE person_address SET is_primary = CASE WHEN id = :id THEN 1 ELSE 0 END
 WHERE person_id = :person_id;

-- query: person_address_delete :exec
-- param: person_id i64, id i64
DELETE FROM person_address WHERE person_id = :person_id AND id = :id;

-- query: person_address_verify :exec
-- param: person_id i64, now i64
UPDATE person_address SET verified_at = :now
 WHERE person_id = :person_id AND is_primary = 1;

-- query: person_by_address :opt
-- param: address_key text
-- row: person_id i64
SELECT person_id FROM person_address WHERE address_key = :address_key;
