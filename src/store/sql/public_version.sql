-- What caches of public pages go by: domain/public.h.

-- query: public_version_get :one
-- row: version i64
SELECT coalesce(max(version), 0) FROM public_version;

-- An empty database has no row, so that a backup can be restored into it.
-- query: public_version_touch :exec
INSERT INTO public_version (id, version) VALUES (1, 1)
    ON CONFLICT (id) DO UPDATE SET version = public_version.version + 1;
