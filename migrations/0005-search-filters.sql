-- A response's filters stand in the full-text index as one token for each choice
-- of them (domain/search_private.h): the worker makes all entries again.
INSERT INTO task (kind, ref_id, not_before_at)
SELECT 'index', response_id, 0 FROM listing;
