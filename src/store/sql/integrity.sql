-- What the engine itself can find wrong.

-- query: integrity_problems :many
-- row: problem text
SELECT integrity_check FROM pragma_integrity_check
 WHERE integrity_check <> 'ok'
UNION ALL
SELECT 'a row of ' || "table" || ' refers to a missing row of ' || parent
  FROM pragma_foreign_key_check;
-- engine: pg
SELECT 'index ' || indexrelid::regclass::text || ' is not valid'
  FROM pg_index WHERE NOT indisvalid
UNION ALL
SELECT 'rule ' || conname || ' of ' || conrelid::regclass::text ||
       ' is not validated'
  FROM pg_constraint WHERE NOT convalidated
UNION ALL
SELECT checksum_failures || ' blocks had a wrong checksum'
  FROM pg_stat_database
 WHERE datname = current_database() AND checksum_failures > 0;
