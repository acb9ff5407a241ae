-- What the public sees of a response, ready to be shown.

-- query: public_response_put :exec
-- param: response_id i64, consultation_id i64, number i64, revision_n i64,
--   size i64, content bytes
INSERT INTO public_response (response_id, consultation_id, number, revision_n,
	size, content)
VALUES (:response_id, :consultation_id, :number, :revision_n, :size, :content)
ON CONFLICT (response_id) DO UPDATE SET number = excluded.number,
	revision_n = excluded.revision_n, size = excluded.size,
	content = excluded.content;

-- query: public_response_delete :exec
-- param: response_id i64
DELETE FROM public_response WHERE response_id = :response_id;

-- query: public_response_get :opt
-- param: consultation_id i64, number i64
-- row: response_id i64, content bytes, previous i64, next i64
SELECT p.response_id, p.content,
       coalesce((SELECT max(b.number) FROM public_response b
	 WHERE b.consultation_id = :consultation_id
	   AND b.number < :number), 0),
       coalesce((SELECT min(b.number) FROM public_response b
	 WHERE b.consultation_id = :consultation_id
	   AND b.number > :number), 0)
  FROM public_response p
 WHERE p.consultation_id = :consultation_id AND p.number = :number;

-- query: public_response_of :opt
-- param: response_id i64
-- row: content bytes
SELECT content FROM public_response WHERE response_id = :response_id;

-- query: public_response_batch :many
-- param: consultation_id i64, after i64, rows i64, octets i64
-- row: response_id i64, number i64, content bytes
SELECT p.response_id, p.number, p.content
  FROM (SELECT response_id, number, size,
	       sum(size) OVER (ORDER BY number) AS total
	  FROM (SELECT response_id, number, size FROM public_response
		 WHERE consultation_id = :consultation_id AND number > :after
		 ORDER BY number LIMIT :rows) AS head) AS b
  JOIN public_response p ON p.response_id = b.response_id
 WHERE b.total - b.size < :octets
 ORDER BY b.number;

-- query: public_response_source :opt
-- param: response_id i64
-- row: consultation_id i64, number i64, public_revision_id i64,
--   published_at i64, channel text, is_late bool
SELECT consultation_id, number, public_revision_id, published_at, channel,
       is_late
  FROM response WHERE id = :response_id;

-- query: public_response_of_answer :opt
-- param: answer_id i64
-- row: response_id i64
SELECT r.id FROM answer a JOIN revision v ON v.id = a.revision_id
  JOIN response r ON r.id = v.response_id AND r.public_revision_id = v.id
 WHERE a.id = :answer_id;

-- query: public_response_of_revision :opt
-- param: revision_id i64
-- row: response_id i64
SELECT id FROM response WHERE public_revision_id = :revision_id
   AND id = (SELECT v.response_id FROM revision v WHERE v.id = :revision_id);

-- query: public_revision_put :exec
-- param: revision_id i64, response_id i64, n i64, published_at i64
INSERT INTO public_revision (revision_id, response_id, n, published_at)
VALUES (:revision_id, :response_id, :n, :published_at)
ON CONFLICT (revision_id) DO NOTHING;

-- query: public_revision_find :opt
-- param: response_id i64, n i64
-- row: revision_id i64
SELECT revision_id FROM public_revision
 WHERE response_id = :response_id AND n = :n;
