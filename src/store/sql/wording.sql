-- Texts in several languages.

-- query: wording_of_owners :many
-- param: owner_kind text, from_id i64, to_id i64
-- row: id i64, owner_id i64, field text, lang text, status text, body text,
--   changed_at i64
SELECT id, owner_id, field, lang, status, body, changed_at
  FROM wording
 WHERE owner_kind = :owner_kind AND owner_id >= :from_id
   AND owner_id <= :to_id
 ORDER BY owner_id, field, lang;

-- Of a consultation, its questions and its topics; and its parts, which have no
-- status, each kind in its order (turn): questions (owner_id: the topic), topics
-- (owner_id: the number), extensions (owner_id: when; field and lang: from and
-- to; body: why).
-- query: wording_of_consultation :many
-- param: consultation_id i64
-- row: turn i64, owner_kind text, id i64, owner_id i64, field text,
--   lang text, status text, body text, changed_at i64
SELECT 0, w.owner_kind, w.id, w.owner_id, w.field, w.lang, w.status, w.body,
       w.changed_at
  FROM wording w
 WHERE (w.owner_kind = 'consultation' AND w.owner_id = :consultation_id)
    OR (w.owner_kind = 'question' AND w.owner_id IN (
	SELECT q.id FROM question q
	 WHERE q.consultation_id = :consultation_id))
    OR (w.owner_kind = 'topic' AND w.owner_id IN (
	SELECT t.topic_id FROM consultation_topic t
	 WHERE t.consultation_id = :consultation_id))
UNION ALL
SELECT q.position, 'question', q.id, coalesce(q.topic_id, 0), '', '', '', '',
       0
  FROM question q WHERE q.consultation_id = :consultation_id
UNION ALL
SELECT x.position, 'topic', t.id, t.number, '', '', '', '', 0
  FROM consultation_topic x JOIN topic t ON t.id = x.topic_id
 WHERE x.consultation_id = :consultation_id
UNION ALL
SELECT e.id, 'extension', e.id, e.at, e.old_local, e.new_local, '', e.reason, 0
  FROM extension e WHERE e.consultation_id = :consultation_id
 ORDER BY 1, 2, 4, 5, 6;

-- Of a meeting's documents, their sources, its items and parts; and which
-- document (owner_id) is from which party (id), in what order (changed_at).
-- query: wording_of_meeting :many
-- param: meeting_id i64
-- row: owner_kind text, id i64, owner_id i64, field text, lang text,
--   status text, body text, changed_at i64
SELECT w.owner_kind, w.id, w.owner_id, w.field, w.lang, w.status, w.body,
       w.changed_at
  FROM wording w
 WHERE (w.owner_kind = 'document' AND w.owner_id IN (
	SELECT d.id FROM document d WHERE d.meeting_id = :meeting_id))
    OR (w.owner_kind = 'party' AND w.owner_id IN (
	SELECT s.party_id FROM document_source s
	  JOIN document d ON d.id = s.document_id
	 WHERE d.meeting_id = :meeting_id))
    OR (w.owner_kind = 'agenda_item' AND w.owner_id IN (
	SELECT i.id FROM agenda_item i WHERE i.meeting_id = :meeting_id))
    OR (w.owner_kind = 'meeting_part' AND w.owner_id IN (
	SELECT p.id FROM meeting_part p WHERE p.meeting_id = :meeting_id))
UNION ALL
SELECT 'source', s.party_id, s.document_id, '', '', '', '', s.position
  FROM document_source s JOIN document d ON d.id = s.document_id
 WHERE d.meeting_id = :meeting_id
 ORDER BY 1, 3, 4, 5, 8;

-- query: wording_of_consultations :many
-- param: group_id i64
-- row: id i64, owner_id i64, field text, lang text, status text, body text,
--   changed_at i64
SELECT w.id, w.owner_id, w.field, w.lang, w.status, w.body, w.changed_at
  FROM wording w
 WHERE w.owner_kind = 'consultation' AND w.field IN ('title', 'place')
   AND w.owner_id IN (SELECT c.id FROM consultation c
	WHERE :group_id = 0 OR c.group_id = :group_id)
 ORDER BY w.owner_id, w.field, w.lang;

-- query: wording_of_recent :many
-- param: group_id i64, from_at i64
-- row: id i64, owner_id i64, field text, lang text, status text, body text,
--   changed_at i64
SELECT w.id, w.owner_id, w.field, w.lang, w.status, w.body, w.changed_at
  FROM wording w
 WHERE w.owner_kind = 'document' AND w.field = 'title' AND w.owner_id IN (
	SELECT d.id FROM document d JOIN meeting m ON m.id = d.meeting_id
	 WHERE m.group_id = :group_id AND d.posted_at >= :from_at)
 ORDER BY w.owner_id, w.field, w.lang;

-- query: wording_find :opt
-- param: owner_kind text, owner_id i64, field text, lang text
-- row: id i64, status text, body text
SELECT id, status, body
  FROM wording
 WHERE owner_kind = :owner_kind AND owner_id = :owner_id AND field = :field
   AND lang = :lang;

-- query: wording_set :exec
-- param: owner_kind text, owner_id i64, field text, lang text, status text,
--   body text, changed_at i64
INSERT INTO wording (owner_kind, owner_id, field, lang, status, body,
	changed_at)
VALUES (:owner_kind, :owner_id, :field, :lang, :status, :body, :changed_at)
ON CONFLICT (owner_kind, owner_id, field, lang) DO UPDATE
   SET status = excluded.status, body = excluded.body,
       changed_at = excluded.changed_at;

-- query: wording_delete :exec
-- param: id i64
DELETE FROM wording WHERE id = :id;
