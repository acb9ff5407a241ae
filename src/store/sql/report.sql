-- Reports of meetings: the facts they are made from, and what became of them.

-- With the member that a person acts for in the meeting's group.
-- query: report_find :opt
-- param: meeting_id i64, person_id i64, now i64
-- row: id i64, state text, access text, commenters text, until_at i64,
--   silence_at i64, approved_in ref, item_id ref, document_id ref,
--   approved_at i64, posted_at i64, sent_at i64, versions i64, party_id ref
SELECT r.id, r.state, r.access, r.commenters, r.until_at, r.silence_at,
       r.approved_in, r.item_id, r.document_id, r.approved_at, r.posted_at,
       r.sent_at, (SELECT coalesce(max(v.number), 0) FROM report_version v
	WHERE v.report_id = r.id),
       (SELECT max(b.party_id) FROM person p
	  JOIN membership b ON b.party_id = p.party_id
	 WHERE p.id = :person_id AND b.group_id = m.group_id
	   AND b.since_at <= :now AND (b.until_at = 0 OR b.until_at > :now))
  FROM report r JOIN meeting m ON m.id = r.meeting_id
 WHERE r.meeting_id = :meeting_id;

-- query: report_insert :one
-- param: meeting_id i64, now i64
-- row: id i64
INSERT INTO report (meeting_id, state, access, commenters, until_at,
	silence_at, approved_at, posted_at, sent_at, created_at)
VALUES (:meeting_id, 'draft', 'members', 'members', 0, 0, 0, 0, 0, :now)
RETURNING id;

-- query: report_set :exec
-- param: id i64, state text, access text, commenters text, until_at i64,
--   silence_at i64, approved_in ref, item_id ref, document_id ref,
--   approved_at i64, posted_at i64, sent_at i64
UPDATE report SET state = :state, access = :access, commenters = :commenters,
	until_at = :until_at, silence_at = :silence_at,
	approved_in = :approved_in, item_id = :item_id,
	document_id = :document_id, approved_at = :approved_at,
	posted_at = :posted_at, sent_at = :sent_at
 WHERE id = :id;

-- query: report_items :many
-- param: meeting_id i64
-- row: id i64, kind text
SELECT id, kind FROM agenda_item WHERE meeting_id = :meeting_id
 ORDER BY position;

-- query: report_presiding :many
-- param: meeting_id i64
-- row: chair text, chair_country text, acting text, acting_country text
SELECT coalesce(c.name, ''), coalesce(cp.country, ''), coalesce(s.name, ''),
       coalesce(sp.country, '')
  FROM meeting_part p
  LEFT JOIN person c ON c.id = p.chair_id
  LEFT JOIN party cp ON cp.id = c.party_id
  LEFT JOIN person s ON s.id = p.acting_id
  LEFT JOIN party sp ON sp.id = s.party_id
 WHERE p.meeting_id = :meeting_id
 ORDER BY p.position;

-- query: report_papers :many
-- param: meeting_id i64
-- row: item_id i64, document_id i64, ordinal i64, series text, number i64,
--   revision i64
SELECT d.item_id, d.document_id, m.ordinal, m.series, t.number,
       (SELECT coalesce(max(f.revision), 0) FROM document_file f
	 WHERE f.document_id = t.id)
  FROM agenda_item i JOIN agenda_item_document d ON d.item_id = i.id
  JOIN document t ON t.id = d.document_id
  JOIN meeting m ON m.id = t.meeting_id
 WHERE i.meeting_id = :meeting_id
 ORDER BY i.position, d.position;

-- query: report_paper_sources :many
-- param: meeting_id i64
-- row: document_id i64, party_id i64, position i64
SELECT DISTINCT s.document_id, s.party_id, s.position
  FROM agenda_item i JOIN agenda_item_document d ON d.item_id = i.id
  JOIN document_source s ON s.document_id = d.document_id
 WHERE i.meeting_id = :meeting_id
 ORDER BY s.document_id, s.position;

-- query: report_statements :many
-- param: meeting_id i64
-- row: id i64, item_id i64, document_id ref, speaker text, name text,
--   is_all bool, words text, voices i64, logged i64
SELECT s.id, s.item_id, s.document_id, s.speaker, s.name, s.is_all, s.words,
       (SELECT count(DISTINCT v.party_id) FROM intervention v
	 WHERE v.statement_id = s.id),
       (SELECT count(*) FROM intervention v WHERE v.statement_id = s.id)
  FROM agenda_item i JOIN statement s ON s.item_id = i.id
 WHERE i.meeting_id = :meeting_id
 ORDER BY i.position, s.position, s.id;

-- query: report_outcomes :many
-- param: meeting_id i64
-- row: item_id i64, document_id ref, statement_id ref, verb text, object text,
--   reservation text
SELECT o.item_id, o.document_id, o.statement_id, o.verb, o.object,
       o.reservation
  FROM agenda_item i JOIN outcome o ON o.item_id = i.id
 WHERE i.meeting_id = :meeting_id
 ORDER BY i.position, o.position, o.id;

-- query: report_edits :many
-- param: report_id i64, lang text
-- row: id i64, origin text, op text, after_origin text, kind text, level i64,
--   body text, was text, at i64, person text
SELECT e.id, e.origin, e.op, e.after_origin, e.kind, e.level, e.body, e.was,
       e.at, coalesce(p.name, '')
  FROM report_edit e LEFT JOIN person p ON p.id = e.person_id
 WHERE e.report_id = :report_id AND e.lang = :lang
 ORDER BY e.id;

-- query: report_edit_set :exec
-- param: report_id i64, lang text, origin text, op text, after_origin text,
--   kind text, level i64, body text, was text, person_id ref, now i64
INSERT INTO report_edit (report_id, lang, origin, op, after_origin, kind,
	level, body, was, person_id, at)
VALUES (:report_id, :lang, :origin, :op, :after_origin, :kind, :level, :body,
	:was, :person_id, :now)
ON CONFLICT (report_id, lang, origin) DO UPDATE
   SET op = excluded.op, after_origin = excluded.after_origin,
       kind = excluded.kind, level = excluded.level, body = excluded.body,
       was = excluded.was, person_id = excluded.person_id, at = excluded.at;

-- query: report_edit_remove :exec
-- param: report_id i64, lang text, origin text
DELETE FROM report_edit
 WHERE report_id = :report_id AND lang = :lang AND origin = :origin;

-- query: report_version_insert :exec
-- param: report_id i64, number i64, lang text, reason text, blob_id i64,
--   is_public bool, person_id ref, now i64
INSERT INTO report_version (report_id, number, lang, reason, blob_id,
	is_public, person_id, at)
VALUES (:report_id, :number, :lang, :reason, :blob_id, :is_public, :person_id,
	:now);

-- query: report_versions :many
-- param: report_id i64
-- row: number i64, lang text, reason text, blob_id i64, is_public bool, at i64
SELECT number, lang, reason, blob_id, is_public, at FROM report_version
 WHERE report_id = :report_id ORDER BY number DESC, lang;

-- query: report_comment_insert :one
-- param: report_id i64, number i64, lang text, origin text, party_id ref,
--   person_id ref, source text, body text, now i64
-- row: id i64
INSERT INTO report_comment (report_id, number, lang, origin, party_id,
	person_id, source, body, state, answer, at)
VALUES (:report_id, :number, :lang, :origin, :party_id, :person_id, :source,
	:body, 'open', '', :now)
RETURNING id;

-- query: report_comment_count :one
-- param: report_id i64
-- row: n i64
SELECT count(*) FROM report_comment WHERE report_id = :report_id;

-- query: report_comments :many
-- param: report_id i64
-- row: id i64, number i64, lang text, origin text, party_id ref, source text,
--   body text, state text, answer text, at i64
SELECT id, number, lang, origin, party_id, source, body, state, answer, at
  FROM report_comment WHERE report_id = :report_id ORDER BY id;

-- query: report_comment_answer :count
-- param: report_id i64, id i64, state text, answer text
UPDATE report_comment SET state = :state, answer = :answer
 WHERE id = :id AND report_id = :report_id;

-- query: report_endorse :exec
-- param: report_id i64, party_id i64, stance text, words text, person_id ref,
--   now i64
INSERT INTO report_endorsement (report_id, party_id, stance, words, person_id,
	at)
VALUES (:report_id, :party_id, :stance, :words, :person_id, :now)
ON CONFLICT (report_id, party_id) DO UPDATE
   SET stance = excluded.stance, words = excluded.words,
       person_id = excluded.person_id, at = excluded.at;

-- query: report_endorsements :many
-- param: report_id i64
-- row: party_id i64, stance text, words text, at i64
SELECT party_id, stance, words, at FROM report_endorsement
 WHERE report_id = :report_id ORDER BY at, party_id;

-- query: report_endorsements_forget :exec
-- param: report_id i64
DELETE FROM report_endorsement WHERE report_id = :report_id;

-- query: report_next_meeting :opt
-- param: group_id i64, opens_local text, meeting_id i64
-- row: id i64, ordinal i64
SELECT id, ordinal FROM meeting
 WHERE group_id = :group_id AND id <> :meeting_id
   AND opens_local > :opens_local
 ORDER BY opens_local, id LIMIT 1;

-- query: report_waiting :many
-- param: group_id i64, opens_local text
-- row: id i64, meeting_id i64
SELECT r.id, r.meeting_id
  FROM report r JOIN meeting m ON m.id = r.meeting_id
 WHERE m.group_id = :group_id AND m.opens_local < :opens_local
   AND r.item_id IS NULL
   AND r.state IN ('draft', 'comments', 'revision')
 ORDER BY m.opens_local, r.id;

-- query: report_item_carry :one
-- param: meeting_id i64, kind text, now i64
-- row: id i64
INSERT INTO agenda_item (meeting_id, part_id, position, kind, minutes, state,
	created_at)
SELECT :meeting_id, NULL, coalesce(max(position), 0) + 1, :kind, 0, 'planned',
       :now
  FROM agenda_item WHERE meeting_id = :meeting_id
RETURNING id;

-- query: report_item_count :one
-- param: meeting_id i64, kind text
-- row: n i64
SELECT count(*) FROM agenda_item
 WHERE meeting_id = :meeting_id AND kind = :kind;

-- query: report_of_item :many
-- param: meeting_id i64
-- row: item_id i64, ordinal i64, series text
SELECT r.item_id, m.ordinal, m.series
  FROM agenda_item i JOIN report r ON r.item_id = i.id
  JOIN meeting m ON m.id = r.meeting_id
 WHERE i.meeting_id = :meeting_id;

-- query: report_set_item :exec
-- param: id i64, item_id i64
UPDATE report SET item_id = :item_id WHERE id = :id;

-- query: report_return_set :exec
-- param: report_id i64, lang text, file_name text, blob_id i64,
--   person_id ref, now i64
INSERT INTO report_return (report_id, lang, file_name, blob_id, reading,
	reason, person_id, at)
VALUES (:report_id, :lang, :file_name, :blob_id, 'received', '', :person_id,
	:now)
ON CONFLICT (report_id, lang) DO UPDATE
   SET file_name = excluded.file_name, blob_id = excluded.blob_id,
       text_blob_id = NULL, reading = 'received', reason = '',
       person_id = excluded.person_id, at = excluded.at;

-- query: report_return_get :opt
-- param: report_id i64, lang text
-- row: file_name text, text_blob_id ref, reading text, reason text, at i64
SELECT file_name, text_blob_id, reading, reason, at FROM report_return
 WHERE report_id = :report_id AND lang = :lang;

-- query: report_return_forget :exec
-- param: report_id i64, lang text
DELETE FROM report_return WHERE report_id = :report_id AND lang = :lang;

-- query: report_return_claim :opt
-- row: id i64, blob_id i64
SELECT id, blob_id FROM report_return
 WHERE reading = 'received' ORDER BY at, id LIMIT 1;

-- query: report_return_done :exec
-- param: id i64, blob_id i64, text_blob_id ref, reading text, reason text
UPDATE report_return SET text_blob_id = :text_blob_id, reading = :reading,
	reason = :reason
 WHERE id = :id AND blob_id = :blob_id AND reading = 'received';
