-- Responses as they leave for files: everything, in the order they came.

-- query: transfer_rows :many
-- param: consultation_id i64, after i64, max i64
-- row: id i64, number i64, code text, state text, channel text,
--   is_late bool, first_at i64, published_at i64, revision_id i64, n i64,
--   received_at i64, capacity text, name text, organisation text,
--   job_title text, signatories text, category text, country text,
--   email text, lang text, summary text, authorisation text, needs text,
--   wishes_to_present text, words i64, digest bytes, characters i64
SELECT r.id, r.number, r.code, r.state, r.channel, r.is_late, r.received_at,
       r.published_at, v.id, v.n, v.received_at, v.capacity, v.name,
       v.organisation, v.job_title, v.signatories, v.category, v.country,
       v.email, v.lang, v.summary, v.authorisation, v.needs,
       v.wishes_to_present, v.words, v.digest,
       (SELECT coalesce(sum(length(a.body)), 0) FROM answer a
	 WHERE a.revision_id = v.id)
  FROM response r JOIN revision v ON v.id = r.standing_revision_id
 WHERE +r.consultation_id = :consultation_id AND r.id > :after
   AND r.erased_at = 0 AND r.channel <> 'session'
 ORDER BY r.id LIMIT :max;

-- query: transfer_answers :many
-- param: consultation_id i64, after i64, last i64
-- row: response_id i64, position i64, body text
SELECT r.id, q.position, a.body
  FROM response r JOIN answer a ON a.revision_id = r.standing_revision_id
  JOIN question q ON q.id = a.question_id
 WHERE +r.consultation_id = :consultation_id AND r.id > :after
   AND r.id <= :last AND r.erased_at = 0 AND r.channel <> 'session'
 ORDER BY r.id, q.position;

-- query: transfer_attachments :many
-- param: consultation_id i64, after i64, last i64
-- row: response_id i64, name text
SELECT r.id, a.name
  FROM response r JOIN attachment a ON a.revision_id = r.standing_revision_id
 WHERE +r.consultation_id = :consultation_id AND r.id > :after
   AND r.id <= :last AND r.erased_at = 0 AND r.channel <> 'session'
 ORDER BY r.id, a.position;
