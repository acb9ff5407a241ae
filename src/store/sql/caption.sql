-- Captions of parts of meetings and of sessions of consultations.

-- query: caption_part :opt
-- param: meeting_id i64, part_id i64
-- row: access text
SELECT access FROM meeting_part
 WHERE id = :part_id AND meeting_id = :meeting_id;

-- query: caption_session :opt
-- param: consultation_id i64, session_id i64
-- row: number i64
SELECT number FROM consultation_session
 WHERE id = :session_id AND consultation_id = :consultation_id;

-- Of a part, or of a session: one of the two is 0. The first one, then those
-- in other languages.
-- query: caption_feeds :many
-- param: part_id ref, session_id ref
-- row: id i64, lang text, posts_until i64, version i64, size i64, lines i64
SELECT f.id, f.lang, f.posts_until, f.version, f.size, f.lines
  FROM caption_feed f LEFT JOIN caption_feed o ON o.id = f.of_feed_id
 WHERE f.part_id = :part_id OR f.session_id = :session_id
    OR o.part_id = :part_id OR o.session_id = :session_id
 ORDER BY f.id;

-- query: caption_feed_by_secret :opt
-- param: secret_hash bytes, now i64
-- row: id i64, size i64, lines i64
SELECT id, size, lines FROM caption_feed
 WHERE secret_hash = :secret_hash AND posts_until > :now;

-- query: caption_feed_insert :one
-- param: part_id ref, session_id ref, of_feed_id ref, lang text,
--   secret_hash bytes
-- row: id i64
INSERT INTO caption_feed (part_id, session_id, of_feed_id, lang, secret_hash,
	posts_until, version, size, lines)
VALUES (:part_id, :session_id, :of_feed_id, :lang, :secret_hash, 0, 1, 0, 0)
RETURNING id;

-- query: caption_feed_secret :exec
-- param: id i64, secret_hash bytes, posts_until i64, lang text
UPDATE caption_feed
   SET secret_hash = :secret_hash, posts_until = :posts_until, lang = :lang,
       version = version + 1
 WHERE id = :id;

-- query: caption_feed_grow :exec
-- param: id i64, size i64, lines i64
UPDATE caption_feed
   SET version = version + 1, size = size + :size, lines = lines + :lines
 WHERE id = :id;

-- query: caption_insert :exec
-- param: feed_id i64, at i64, body text
INSERT INTO caption (feed_id, at, body) VALUES (:feed_id, :at, :body);

-- The last ones, the newest first.
-- query: captions :many
-- param: feed_id i64, max i64
-- row: id i64, at i64, body text
SELECT id, at, body FROM caption WHERE feed_id = :feed_id
 ORDER BY id DESC LIMIT :max;

-- query: caption_get :opt
-- param: feed_id i64, id i64
-- row: body text
SELECT body FROM caption WHERE feed_id = :feed_id AND id = :id;

-- query: caption_delete :exec
-- param: id i64
DELETE FROM caption WHERE id = :id;
