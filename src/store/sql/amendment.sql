-- Amendments of parties to a version, and what all of them come to.

-- query: amending_insert :one
-- param: version_id i64, until_at i64, is_public bool, now i64
-- row: id i64
INSERT INTO amending (version_id, state, until_at, is_public, created_at)
VALUES (:version_id, 'open', :until_at, :is_public, :now)
RETURNING id;

-- query: amending_set :exec
-- param: id i64, state text, until_at i64, is_public bool
UPDATE amending SET state = :state, until_at = :until_at,
	is_public = :is_public
 WHERE id = :id;

-- query: amending_find :opt
-- param: instrument_id i64, number i64
-- row: id i64, version_id i64, version_name text, lang text, dated text,
--   version_state text, base_blob_id i64, base_text_blob_id ref, state text,
--   until_at i64, is_public bool, wanted i64, tried i64, made i64,
--   reason text, script_blob_id ref, text_blob_id ref, tracked_blob_id ref,
--   clean_blob_id ref, made_at i64
SELECT a.id, v.id, v.name, v.lang, v.dated, v.state, v.blob_id,
       v.text_blob_id, a.state, a.until_at, a.is_public, a.wanted, a.tried,
       a.made, a.reason, a.script_blob_id, a.text_blob_id, a.tracked_blob_id,
       a.clean_blob_id, a.made_at
  FROM instrument_version v JOIN amending a ON a.version_id = v.id
 WHERE v.instrument_id = :instrument_id AND v.number = :number;

-- query: amending_list :many
-- param: instrument_id i64
-- row: id i64, number i64
SELECT a.id, v.number
  FROM instrument_version v JOIN amending a ON a.version_id = v.id
 WHERE v.instrument_id = :instrument_id
 ORDER BY v.number;

-- query: amending_where :opt
-- param: id i64
-- row: instrument_id i64, number i64
SELECT v.instrument_id, v.number
  FROM amending a JOIN instrument_version v ON v.id = a.version_id
 WHERE a.id = :id;

-- query: amending_want :exec
-- param: id i64
UPDATE amending SET wanted = wanted + 1 WHERE id = :id;

-- query: amending_failed :exec
-- param: id i64, tried i64, reason text
UPDATE amending SET tried = :tried, reason = :reason WHERE id = :id;

-- query: amending_made :exec
-- param: id i64, made i64, reason text, script_blob_id ref, text_blob_id ref,
--   tracked_blob_id ref, clean_blob_id ref, now i64
UPDATE amending SET made = :made, tried = :made, reason = :reason,
	script_blob_id = :script_blob_id, text_blob_id = :text_blob_id,
	tracked_blob_id = :tracked_blob_id, clean_blob_id = :clean_blob_id,
	made_at = :now
 WHERE id = :id;

-- query: amending_part_clear :exec
-- param: amending_id i64
DELETE FROM amending_part WHERE amending_id = :amending_id;

-- query: amending_part_insert :exec
-- param: amending_id i64, position i64, revision_id i64, name text
INSERT INTO amending_part (amending_id, position, revision_id, name)
VALUES (:amending_id, :position, :revision_id, :name);

-- query: amending_part_list :many
-- param: amending_id i64
-- row: name text, revision_id i64, amendment_id i64, number i64
SELECT p.name, p.revision_id, a.id, a.number
  FROM amending_part p JOIN amendment_revision r ON r.id = p.revision_id
  JOIN amendment a ON a.id = r.amendment_id
 WHERE p.amending_id = :amending_id
 ORDER BY p.position;

-- query: amendment_insert :one
-- param: amending_id i64, party_id i64, state text, now i64
-- row: id i64, number i64
INSERT INTO amendment (amending_id, number, party_id, state, created_at)
VALUES (:amending_id,
	(SELECT coalesce(max(x.number), 0) + 1 FROM amendment x
	 WHERE x.amending_id = :amending_id),
	:party_id, :state, :now)
RETURNING id, number;

-- query: amendment_set_state :exec
-- param: id i64, state text
UPDATE amendment SET state = :state WHERE id = :id;

-- query: amendment_list :many
-- param: amending_id i64
-- row: id i64, number i64, party_id i64, slug text, country text, state text,
--   created_at i64
SELECT a.id, a.number, a.party_id, p.slug, p.country, a.state, a.created_at
  FROM amendment a JOIN party p ON p.id = a.party_id
 WHERE a.amending_id = :amending_id
 ORDER BY a.number;

-- query: amendment_sponsor_list :many
-- param: amending_id i64
-- row: amendment_id i64, party_id i64, slug text, country text, state text
SELECT s.amendment_id, s.party_id, p.slug, p.country, s.state
  FROM amendment_sponsor s JOIN amendment a ON a.id = s.amendment_id
  JOIN party p ON p.id = s.party_id
 WHERE a.amending_id = :amending_id
 ORDER BY s.id;

-- query: amendment_sponsor_set :exec
-- param: amendment_id i64, party_id i64, state text, now i64
INSERT INTO amendment_sponsor (amendment_id, party_id, state, changed_at)
VALUES (:amendment_id, :party_id, :state, :now)
ON CONFLICT (amendment_id, party_id) DO UPDATE
   SET state = excluded.state, changed_at = excluded.changed_at;

-- query: amendment_revision_insert :one
-- param: amendment_id i64, person_id ref, form text, state text,
--   file_name text, blob_id ref, reasons text, submitted_at i64, now i64
-- row: id i64, number i64
INSERT INTO amendment_revision (amendment_id, number, person_id, form, state,
	file_name, blob_id, reasons, submitted_at, created_at)
VALUES (:amendment_id,
	(SELECT coalesce(max(x.number), 0) + 1 FROM amendment_revision x
	 WHERE x.amendment_id = :amendment_id),
	:person_id, :form, :state, :file_name, :blob_id, :reasons,
	:submitted_at, :now)
RETURNING id, number;

-- query: amendment_revision_submit :exec
-- param: id i64, person_id ref, reasons text, now i64
UPDATE amendment_revision SET state = 'received', person_id = :person_id,
	reasons = :reasons, submitted_at = :now
 WHERE id = :id;

-- query: amendment_revision_set :exec
-- param: id i64, state text, reason text, text_blob_id ref,
--   script_blob_id ref, tracked_blob_id ref
UPDATE amendment_revision SET state = :state, reason = :reason,
	text_blob_id = :text_blob_id, script_blob_id = :script_blob_id,
	tracked_blob_id = :tracked_blob_id
 WHERE id = :id;

-- query: amendment_revision_list :many
-- param: amending_id i64
-- row: id i64, amendment_id i64, number i64, person text, form text,
--   state text, reason text, file_name text, blob_id ref, reasons text,
--   text_blob_id ref, script_blob_id ref, tracked_blob_id ref,
--   submitted_at i64
SELECT r.id, r.amendment_id, r.number, coalesce(p.name, ''), r.form, r.state,
       r.reason, r.file_name, r.blob_id, r.reasons, r.text_blob_id,
       r.script_blob_id, r.tracked_blob_id, r.submitted_at
  FROM amendment_revision r JOIN amendment a ON a.id = r.amendment_id
  LEFT JOIN person p ON p.id = r.person_id
 WHERE a.amending_id = :amending_id
 ORDER BY r.amendment_id, r.number;

-- query: amendment_revision_get :opt
-- param: id i64
-- row: id i64, amendment_id i64, amending_id i64, state text, blob_id ref
SELECT r.id, r.amendment_id, a.amending_id, r.state, r.blob_id
  FROM amendment_revision r JOIN amendment a ON a.id = r.amendment_id
 WHERE r.id = :id;

-- query: amendment_edit_insert :exec
-- param: revision_id i64, block i64, op text, body text, reason text
INSERT INTO amendment_edit (revision_id, block, op, body, reason)
VALUES (:revision_id, :block, :op, :body, :reason);

-- query: amendment_edit_replace :exec
-- param: revision_id i64, block i64
DELETE FROM amendment_edit
 WHERE revision_id = :revision_id AND block = :block AND op <> 'add';

-- query: amendment_edit_drop :exec
-- param: revision_id i64, id i64
DELETE FROM amendment_edit WHERE revision_id = :revision_id AND id = :id;

-- query: amendment_edit_copy :exec
-- param: from_id i64, to_id i64
INSERT INTO amendment_edit (revision_id, block, op, body, reason)
SELECT :to_id, block, op, body, reason FROM amendment_edit
 WHERE revision_id = :from_id ORDER BY id;

-- query: amendment_edit_list :many
-- param: revision_id i64
-- row: id i64, block i64, op text, body text, reason text
SELECT id, block, op, body, reason FROM amendment_edit
 WHERE revision_id = :revision_id ORDER BY block, id;

-- query: amending_decision_insert :exec
-- param: amending_id i64, change_key text, kind text, choice text, body text,
--   reason text, before_text text, after_text text, person_id ref, now i64
INSERT INTO amending_decision (amending_id, change_key, kind, choice, body,
	reason, before_text, after_text, person_id, at)
VALUES (:amending_id, :change_key, :kind, :choice, :body, :reason,
	:before_text, :after_text, :person_id, :now);

-- query: amending_decision_list :many
-- param: amending_id i64
-- row: id i64, change_key text, kind text, choice text, body text,
--   reason text, before_text text, after_text text, person text, at i64,
--   holds bool
SELECT d.id, d.change_key, d.kind, d.choice, d.body, d.reason, d.before_text,
       d.after_text, coalesce(p.name, ''), d.at,
       CASE WHEN d.kind <> 'undone' AND NOT EXISTS (
		SELECT 1 FROM amending_decision l
		 WHERE l.amending_id = d.amending_id
		   AND l.change_key = d.change_key AND l.id > d.id)
	    THEN 1 ELSE 0 END
  FROM amending_decision d LEFT JOIN person p ON p.id = d.person_id
 WHERE d.amending_id = :amending_id
 ORDER BY d.id;

-- query: amendment_task_insert :exec
-- param: kind text, ref_id i64, now i64
INSERT INTO task (kind, ref_id, not_before_at)
SELECT CAST(:kind AS TEXT), CAST(:ref_id AS BIGINT), CAST(:now AS BIGINT)
 WHERE NOT EXISTS (SELECT 1 FROM task t
	WHERE t.kind = :kind AND t.ref_id = :ref_id AND t.tries = 0);

-- query: amendment_task_claim :opt
-- param: now i64, until_at i64
-- row: id i64, kind text, ref_id i64, tries i64
UPDATE task SET tries = tries + 1, not_before_at = :until_at
 WHERE id = (SELECT t.id FROM task t
	WHERE t.kind IN ('read_amendment', 'consolidate')
	  AND t.not_before_at <= :now
	ORDER BY t.not_before_at, t.id LIMIT 1)
RETURNING id, kind, ref_id, tries;
-- engine: pg
UPDATE task SET tries = tries + 1, not_before_at = :until_at
 WHERE id = (SELECT t.id FROM task t
	WHERE t.kind IN ('read_amendment', 'consolidate')
	  AND t.not_before_at <= :now
	ORDER BY t.not_before_at, t.id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, kind, ref_id, tries;

-- query: amendment_base :opt
-- param: amending_id i64
-- row: instrument_id i64, number i64, blob_id i64, group_acronym text
SELECT v.instrument_id, v.number, v.blob_id, g.acronym
  FROM amending a JOIN instrument_version v ON v.id = a.version_id
  JOIN instrument i ON i.id = v.instrument_id
  JOIN working_group g ON g.id = i.group_id
 WHERE a.id = :amending_id;

-- query: amending_party_may :opt
-- param: party_id i64, group_id i64, now i64
-- row: id i64
SELECT id FROM membership
 WHERE party_id = :party_id AND group_id = :group_id AND since_at <= :now
   AND (until_at = 0 OR until_at > :now);
