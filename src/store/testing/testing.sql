-- Queries of the store's own tests, on the schema of testing/0001-first.sql:
-- each kind and each type once.

-- query: item_insert :one
-- param: name text, data bytes, n i64, flag bool, parent_id ref
-- row: id i64
INSERT INTO item (name, data, n, flag, parent_id)
VALUES (:name, :data, :n, :flag, :parent_id)
RETURNING id;

-- query: item_put :exec
-- param: n i64, name text, data bytes
INSERT INTO item (name, data, n, flag) VALUES (:name, :data, :n, 0);

-- query: item_rename :count
-- param: n i64, name text
UPDATE item SET name = :name WHERE n >= :n AND name <> :name;

-- query: item_get :one
-- param: id i64
-- row: id i64, name text, data bytes,
--   n i64, flag bool, parent_id ref
SELECT id, name, data, n, flag, parent_id FROM item WHERE id = :id;

-- query: item_find :opt
-- param: name text
-- row: id i64, n i64
SELECT id, n FROM item WHERE name = :name;

-- query: item_list :many
-- param: max i64
-- row: id i64, name text
SELECT id, name FROM item ORDER BY id LIMIT :max;

-- query: item_each :each
-- role: worker, export
-- row: id i64, name text, data bytes
SELECT id, name, data FROM item ORDER BY id;

-- query: item_total :one
-- row: total i64, has_any bool, kind text, at_colon text
SELECT count(*), EXISTS (SELECT 1 FROM item), 'sqlite', ':name''s'
  FROM item;
-- engine: pg
SELECT count(*), EXISTS (SELECT 1 FROM item), 'pg'::text, ':name''s'
  FROM item;

-- query: part_put :exec
-- param: item_id i64, seq i64, body text
INSERT INTO part (item_id, seq, body) VALUES (:item_id, :seq, :body);

-- query: part_list :many
-- param: item_id i64
-- row: seq i64, body text
SELECT seq, body FROM part WHERE item_id = :item_id ORDER BY seq;

-- query: item_double :one
-- param: name text
-- row: id i64
SELECT id FROM item WHERE name = :name OR n = 0;

-- query: item_adopt :count
-- param: id i64, parent_id ref
UPDATE item SET parent_id = :parent_id WHERE id = :id;
