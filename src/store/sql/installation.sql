-- Values of the installation by name: keys, progress marks of the worker.

-- query: installation_find :opt
-- param: name text
-- row: value bytes
SELECT value FROM installation WHERE name = :name;

-- query: installation_set :exec
-- param: name text, value bytes
INSERT INTO installation (name, value) VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- query: installation_add :exec
-- param: name text, value bytes
INSERT INTO installation (name, value) VALUES (:name, :value)
ON CONFLICT (name) DO NOTHING;
