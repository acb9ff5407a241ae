-- Topics that delegations propose, and what becomes of them.

-- query: proposal_insert :one
-- param: group_id i64, party_id i64, person_id ref, state text, now i64
-- row: id i64
INSERT INTO proposal (group_id, number, party_id, person_id, state, created_at,
	changed_at)
VALUES (:group_id, 0, :party_id, :person_id, :state, :now, :now)
RETURNING id;

-- query: proposal_give_number :one
-- param: id i64, group_id i64
-- row: number i64
UPDATE proposal SET number = (SELECT coalesce(max(p.number), 0) + 1
	FROM proposal p WHERE p.group_id = :group_id)
 WHERE id = :id
RETURNING number;

-- query: proposal_set_state :count
-- param: id i64, from_state text, state text, now i64
UPDATE proposal SET state = :state, changed_at = :now
 WHERE id = :id AND state = :from_state;

-- query: proposal_agree :exec
-- param: id i64, topic_id ref, opens_on text, closes_on text
UPDATE proposal SET topic_id = :topic_id, opens_on = :opens_on,
	closes_on = :closes_on
 WHERE id = :id;

-- query: proposal_delete :exec
-- param: id i64
DELETE FROM proposal WHERE id = :id AND state = 'draft';

-- query: proposal_revision_delete :exec
-- param: proposal_id i64
DELETE FROM proposal_revision WHERE proposal_id = :proposal_id;

-- Each with those that it is merged from, one in each row.
-- query: proposal_list :many
-- param: group_id i64
-- row: id i64, number i64, party_id i64, person_id ref, state text,
--   topic_id ref, opens_on text, closes_on text, changed_at i64,
--   revision_id i64, revision i64, lang text, title text, rationale text,
--   issue text, format text, document_id ref, launched i64, unclosed i64,
--   group_id i64, parent_id ref, parent_revision_id i64, parent_state text,
--   parent_reason text, parent_changed_at i64
SELECT p.id, p.number, p.party_id, p.person_id, p.state, p.topic_id, p.opens_on,
       p.closes_on, p.changed_at, r.id, r.number, r.lang, r.title, r.rationale,
       r.issue, r.format, r.document_id,
       (SELECT count(*) FROM consultation_topic x
          JOIN consultation c ON c.id = x.consultation_id
         WHERE x.topic_id = p.topic_id AND c.state <> 'planned'),
       (SELECT count(*) FROM consultation_topic x
          JOIN consultation c ON c.id = x.consultation_id
         WHERE x.topic_id = p.topic_id AND c.state = 'launched'),
       p.group_id, x.parent_id, coalesce(x.revision_id, 0),
       coalesce(x.state, ''), coalesce(x.reason, ''),
       coalesce(x.changed_at, 0)
  FROM proposal p JOIN proposal_revision r ON r.proposal_id = p.id
  LEFT JOIN proposal_parent x ON x.proposal_id = p.id
 WHERE p.group_id = :group_id
   AND r.number = (SELECT max(y.number) FROM proposal_revision y
	WHERE y.proposal_id = p.id)
 ORDER BY p.number, p.id, x.id;

-- query: proposal_where :opt
-- param: id i64
-- row: group_id i64, number i64
SELECT group_id, number FROM proposal WHERE id = :id;

-- query: proposal_revision_insert :one
-- param: proposal_id i64, person_id ref, lang text, title text,
--   rationale text, issue text, format text, document_id ref, now i64
-- row: id i64, number i64
INSERT INTO proposal_revision (proposal_id, number, person_id, lang, title,
	rationale, issue, format, document_id, created_at)
VALUES (:proposal_id, (SELECT coalesce(max(r.number), 0) + 1
	FROM proposal_revision r WHERE r.proposal_id = :proposal_id), :person_id,
	:lang, :title, :rationale, :issue, :format, :document_id, :now)
RETURNING id, number;

-- Revisions, then steps, whose from, to and note stand in `title`, `issue` and
-- `rationale`: a page asks for both.
-- query: proposal_past_list :many
-- param: proposal_id i64
-- row: is_step bool, id i64, number i64, person text, lang text, title text,
--   rationale text, issue text, format text, document_id i64, at i64
SELECT 0, r.id, r.number, coalesce(n.name, ''), r.lang, r.title, r.rationale,
       r.issue, r.format, coalesce(r.document_id, 0), r.created_at
  FROM proposal_revision r LEFT JOIN person n ON n.id = r.person_id
 WHERE r.proposal_id = :proposal_id
UNION ALL
SELECT 1, s.id, 0, '', '', s.from_state, s.note, s.to_state, '', 0, s.at
  FROM proposal_step s WHERE s.proposal_id = :proposal_id
 ORDER BY 1, 2;

-- query: proposal_question_insert :one
-- param: revision_id i64, position i64, body text
-- row: id i64
INSERT INTO proposal_question (revision_id, position, body)
VALUES (:revision_id, :position, :body)
RETURNING id;

-- query: proposal_origin_insert :exec
-- param: question_id i64, origin_id i64
INSERT INTO proposal_origin (question_id, origin_id)
VALUES (:question_id, :origin_id);

-- query: proposal_instrument_insert :exec
-- param: revision_id i64, instrument_id i64
INSERT INTO proposal_instrument (revision_id, instrument_id)
VALUES (:revision_id, :instrument_id);

-- query: proposal_question_clear :exec
-- param: proposal_id i64
DELETE FROM proposal_question WHERE revision_id IN (SELECT r.id
	FROM proposal_revision r WHERE r.proposal_id = :proposal_id);

-- query: proposal_instrument_clear :exec
-- param: proposal_id i64
DELETE FROM proposal_instrument WHERE revision_id IN (SELECT r.id
	FROM proposal_revision r WHERE r.proposal_id = :proposal_id);

-- query: proposal_question_of_group :many
-- param: group_id i64
-- row: id i64, revision_id i64, position i64, body text
SELECT q.id, q.revision_id, q.position, q.body
  FROM proposal p JOIN proposal_revision r ON r.proposal_id = p.id
  JOIN proposal_question q ON q.revision_id = r.id
 WHERE p.group_id = :group_id
   AND r.number = (SELECT max(x.number) FROM proposal_revision x
	WHERE x.proposal_id = p.id)
 ORDER BY q.revision_id, q.position;

-- query: proposal_document_list :many
-- param: group_id i64
-- row: id i64, series text, ordinal i64, number i64
SELECT d.id, m.series, m.ordinal, d.number
  FROM meeting m JOIN document d ON d.meeting_id = m.id
 WHERE m.group_id = :group_id AND d.state = 'posted'
   AND d.kind = 'contribution' AND d.parent_id IS NULL
 ORDER BY m.opens_local DESC, d.number
 LIMIT 200;

-- query: proposal_parent_insert :exec
-- param: proposal_id i64, parent_id i64, revision_id i64, state text,
--   person_id ref, now i64
INSERT INTO proposal_parent (proposal_id, parent_id, revision_id, state,
	person_id, changed_at)
VALUES (:proposal_id, :parent_id, :revision_id, :state, :person_id, :now);

-- query: proposal_parent_set :exec
-- param: proposal_id i64, parent_id i64, state text, reason text,
--   person_id ref, now i64
UPDATE proposal_parent SET state = :state, reason = :reason,
	person_id = :person_id, changed_at = :now
 WHERE proposal_id = :proposal_id AND parent_id = :parent_id;

-- query: proposal_step_insert :exec
-- param: proposal_id i64, from_state text, to_state text, note text,
--   person_id ref, now i64
INSERT INTO proposal_step (proposal_id, from_state, to_state, note, person_id,
	at)
VALUES (:proposal_id, :from_state, :to_state, :note, :person_id, :now);

-- query: proposal_step_list :many
-- param: proposal_id i64
-- row: from_state text, to_state text, note text, at i64
SELECT from_state, to_state, note, at FROM proposal_step
 WHERE proposal_id = :proposal_id ORDER BY id;

-- query: proposal_position_insert :exec
-- param: proposal_id i64, party_id i64, stance text, words text,
--   person_id ref, now i64
INSERT INTO proposal_position (proposal_id, party_id, stance, words, person_id,
	at)
VALUES (:proposal_id, :party_id, :stance, :words, :person_id, :now);

-- query: proposal_position_list :many
-- param: proposal_id i64
-- row: id i64, party_id i64, stance text, words text, person text,
--   entered_by i64, at i64
SELECT x.id, x.party_id, x.stance, x.words, coalesce(n.name, ''),
       coalesce(n.party_id, 0), x.at
  FROM proposal_position x LEFT JOIN person n ON n.id = x.person_id
 WHERE x.proposal_id = :proposal_id
 ORDER BY x.id;

-- query: proposal_silence_insert :one
-- param: proposal_id i64, zone text, until_local text, opens_on text,
--   closes_on text, person_id ref, now i64
-- row: id i64
INSERT INTO proposal_silence (proposal_id, zone, until_local, opens_on,
	closes_on, state, person_id, created_at)
VALUES (:proposal_id, :zone, :until_local, :opens_on, :closes_on, 'open',
	:person_id, :now)
RETURNING id;

-- query: proposal_silence_open :many
-- row: id i64, proposal_id i64, zone text, until_local text
SELECT id, proposal_id, zone, until_local FROM proposal_silence
 WHERE state = 'open' ORDER BY id;

-- query: proposal_silence_end :count
-- param: id i64, state text, now i64
UPDATE proposal_silence SET state = :state, ended_at = :now
 WHERE id = :id AND state = 'open';

-- query: proposal_objection_insert :exec
-- param: silence_id i64, party_id i64, kind text, reason text, person_id ref,
--   now i64
INSERT INTO proposal_objection (silence_id, party_id, kind, reason, state,
	person_id, at)
VALUES (:silence_id, :party_id, :kind, :reason, 'standing', :person_id, :now);

-- query: proposal_objection_withdraw :count
-- param: silence_id i64, party_id i64
UPDATE proposal_objection SET state = 'withdrawn'
 WHERE silence_id = :silence_id AND party_id = :party_id
   AND state = 'standing';

-- query: proposal_rule_set :exec
-- param: group_id i64, is_public bool
INSERT INTO proposal_rule (group_id, is_public) VALUES (:group_id, :is_public)
ON CONFLICT (group_id) DO UPDATE SET is_public = excluded.is_public;

-- query: proposal_consultation_list :many
-- param: group_id i64
-- row: topic_id i64, consultation_id i64, number i64, state text
SELECT x.topic_id, c.id, c.number, c.state
  FROM consultation c JOIN consultation_topic x ON x.consultation_id = c.id
 WHERE c.group_id = :group_id
 ORDER BY c.number;

-- query: proposing_find :opt
-- param: group_id i64, person_id i64, now i64
-- row: body_id i64, is_public bool, party_id i64
SELECT g.body_id,
       coalesce((SELECT x.is_public FROM proposal_rule x
	WHERE x.group_id = g.id), 0),
       coalesce((SELECT m.party_id FROM person n
	  JOIN membership m ON m.party_id = n.party_id
	 WHERE n.id = :person_id AND m.group_id = g.id AND m.since_at <= :now
	   AND (m.until_at = 0 OR m.until_at > :now)), 0)
  FROM working_group g WHERE g.id = :group_id;

-- query: proposal_party_may :opt
-- param: party_id i64, group_id i64, now i64
-- row: id i64
SELECT m.id FROM membership m
 WHERE m.party_id = :party_id AND m.group_id = :group_id
   AND m.since_at <= :now AND (m.until_at = 0 OR m.until_at > :now);

-- Questions, each once for each origin, and instruments, whose `id` is 0.
-- query: proposal_part_list :many
-- param: proposal_id i64
-- row: revision_id i64, position i64, id i64, body text, origin_id i64,
--   number i64, origin_position i64
SELECT q.revision_id, q.position, q.id, q.body, coalesce(f.id, 0),
       coalesce(p.number, 0), coalesce(f.position, 0)
  FROM proposal_revision r JOIN proposal_question q ON q.revision_id = r.id
  LEFT JOIN proposal_origin o ON o.question_id = q.id
  LEFT JOIN proposal_question f ON f.id = o.origin_id
  LEFT JOIN proposal_revision y ON y.id = f.revision_id
  LEFT JOIN proposal p ON p.id = y.proposal_id
 WHERE r.proposal_id = :proposal_id
UNION ALL
SELECT x.revision_id, 0, 0, '', x.instrument_id, 0, 0
  FROM proposal_revision r JOIN proposal_instrument x ON x.revision_id = r.id
 WHERE r.proposal_id = :proposal_id
 ORDER BY 1, 2, 6, 7, 5;

-- The last one, once for each objection; `party_id` 0: without any.
-- query: proposal_silence_last :many
-- param: proposal_id i64
-- row: id i64, zone text, until_local text, opens_on text, closes_on text,
--   state text, created_at i64, ended_at i64, party_id i64, kind text,
--   reason text, objection text, at i64
SELECT s.id, s.zone, s.until_local, s.opens_on, s.closes_on, s.state,
       s.created_at, s.ended_at, coalesce(o.party_id, 0), coalesce(o.kind, ''),
       coalesce(o.reason, ''), coalesce(o.state, ''), coalesce(o.at, 0)
  FROM proposal_silence s
  LEFT JOIN proposal_objection o ON o.silence_id = s.id
 WHERE s.id = (SELECT max(x.id) FROM proposal_silence x
	WHERE x.proposal_id = :proposal_id)
 ORDER BY o.id;
