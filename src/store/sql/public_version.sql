-- What caches of public pages go by: domain/public.h.

-- query: public_version_get :one
-- row: version i64
SELECT version FROM public_version WHERE id = 1;

-- query: public_version_touch :exec
UPDATE public_version SET version = version + 1 WHERE id = 1;
