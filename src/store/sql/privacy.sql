-- Personal data: notices, what is known about somebody, erasing, retention.

-- query: privacy_notice_insert :one
-- param: group_id i64, now i64
-- row: id i64, version i64
INSERT INTO privacy_notice (group_id, version, created_at)
VALUES (:group_id, (SELECT coalesce(max(n.version), 0) + 1
	FROM privacy_notice n WHERE n.group_id = :group_id), :now)
RETURNING id, version;

-- query: privacy_notice_current :opt
-- param: group_id i64
-- row: id i64, group_id i64, version i64, created_at i64
SELECT id, group_id, version, created_at FROM privacy_notice
 WHERE group_id = :group_id ORDER BY version DESC LIMIT 1;

-- query: privacy_notice_list :many
-- param: group_id i64
-- row: id i64, version i64, created_at i64
SELECT id, version, created_at FROM privacy_notice
 WHERE group_id = :group_id ORDER BY version DESC LIMIT 100;

-- query: privacy_notice_get :opt
-- param: id i64
-- row: id i64, group_id i64, version i64, created_at i64
SELECT id, group_id, version, created_at FROM privacy_notice WHERE id = :id;

-- query: privacy_responses_of_address :many
-- param: email_key text
-- row: id i64
SELECT DISTINCT response_id FROM revision WHERE email_key = :email_key
 ORDER BY response_id;

-- query: privacy_of_response :many
-- param: response_id i64
-- row: kind text, id i64, received_at i64, capacity text, name text,
--   organisation text, job_title text, signatories text, category text,
--   country text, email text, lang text, summary text, authorisation text,
--   needs text, code text, network text
SELECT 'revision', v.id, v.received_at, v.capacity, v.name, v.organisation,
       v.job_title, v.signatories, v.category, v.country, v.email, v.lang,
       v.summary, v.authorisation, v.needs, r.code, r.network
  FROM revision v JOIN response r ON r.id = v.response_id
 WHERE v.response_id = :response_id AND v.n > 0 ORDER BY v.n;

-- What hangs on a response in rows of one shape.
-- query: privacy_parts_of_response :many
-- param: response_id i64
-- row: kind text, id i64, field text, value text
SELECT 'answer', a.id, 'body', a.body
  FROM answer a JOIN revision v ON v.id = a.revision_id
 WHERE v.response_id = :response_id AND v.n > 0
UNION ALL
SELECT 'attachment', t.id, 'name', t.name
  FROM attachment t JOIN revision v ON v.id = t.revision_id
 WHERE v.response_id = :response_id
UNION ALL
SELECT 'message', m.id, 'body', m.body
  FROM message m WHERE m.response_id = :response_id
UNION ALL
SELECT 'notification', o.id, 'recipient', o.recipient
  FROM outbox o WHERE o.object_kind = 'response' AND o.object_id = :response_id
 ORDER BY 1, 2, 3;

-- query: privacy_parts_of_person :many
-- param: person_id i64
-- row: kind text, id i64, field text, value text
SELECT 'address', a.id, 'entered', a.entered
  FROM person_address a WHERE a.person_id = :person_id
UNION ALL
SELECT 'office', o.id, 'office', o.office
  FROM officer o WHERE o.person_id = :person_id
UNION ALL
SELECT 'right', x.id, 'capability', x.capability
  FROM access_right x WHERE x.holder_id = :person_id
UNION ALL
SELECT 'guest', g.id, 'item', CAST(g.item_id AS TEXT)
  FROM item_guest g WHERE g.person_id = :person_id
UNION ALL
SELECT 'session', s.id, 'network', s.network
  FROM session s WHERE s.person_id = :person_id
UNION ALL
SELECT 'session', s.id, 'browser', s.browser
  FROM session s WHERE s.person_id = :person_id
UNION ALL
SELECT 'token', t.id, 'name', t.name
  FROM api_token t WHERE t.person_id = :person_id
UNION ALL
SELECT 'download', p.meeting_id, 'file', f.file_name
  FROM pack_taken p JOIN document_file f ON f.id = p.file_id
 WHERE p.person_id = :person_id
UNION ALL
SELECT 'opened', l.id, 'what', l.what
  FROM access_log l WHERE l.person_id = :person_id
UNION ALL
SELECT 'act', e.id, 'action', e.action
  FROM event e WHERE e.person_id = :person_id
 ORDER BY 1, 2, 3;

-- query: privacy_response_get :opt
-- param: id i64
-- row: public_revision_id i64, erased_at i64
SELECT public_revision_id, erased_at FROM response WHERE id = :id;

-- query: privacy_erase_names :exec
-- param: response_id i64, nonce bytes
UPDATE revision SET name = '', job_title = '', signatories = '', email = '',
       email_key = '', needs = '', nonce = :nonce,
       organisation = CASE capacity WHEN 'individual' THEN ''
	ELSE organisation END,
       authorisation = CASE authorisation WHEN 'full' THEN 'without_name'
	ELSE authorisation END
 WHERE response_id = :response_id;

-- query: privacy_erase_contact :exec
-- param: response_id i64, nonce bytes
UPDATE revision SET email = '', email_key = '', needs = '', nonce = :nonce
 WHERE response_id = :response_id;

-- query: privacy_erase_texts :exec
-- param: response_id i64
UPDATE revision SET organisation = '', summary = '', words = 0
 WHERE response_id = :response_id;

-- query: privacy_erase_answers :exec
-- param: response_id i64
UPDATE answer SET body = '', words = 0
 WHERE revision_id IN (SELECT v.id FROM revision v
	WHERE v.response_id = :response_id);

-- query: privacy_erase_redactions :exec
-- param: response_id i64
DELETE FROM redaction
 WHERE revision_id IN (SELECT v.id FROM revision v
	WHERE v.response_id = :response_id);

-- query: privacy_erase_translations :exec
-- param: response_id i64
DELETE FROM wording
 WHERE (owner_kind = 'response' AND owner_id = :response_id)
    OR (owner_kind = 'revision' AND owner_id IN (SELECT v.id FROM revision v
	WHERE v.response_id = :response_id))
    OR (owner_kind = 'answer' AND owner_id IN (SELECT a.id FROM answer a
	JOIN revision v ON v.id = a.revision_id
	WHERE v.response_id = :response_id));

-- query: privacy_blobs_of_response :many
-- param: response_id i64
-- row: blob_id i64, clean_blob_id ref
SELECT t.blob_id, t.clean_blob_id
  FROM attachment t JOIN revision v ON v.id = t.revision_id
 WHERE v.response_id = :response_id;

-- query: privacy_erase_attachments :exec
-- param: response_id i64
DELETE FROM attachment
 WHERE revision_id IN (SELECT v.id FROM revision v
	WHERE v.response_id = :response_id);

-- query: privacy_blob_used :opt
-- param: blob_id i64
-- row: id i64
SELECT id FROM attachment
 WHERE blob_id = :blob_id OR clean_blob_id = :blob_id
UNION ALL
SELECT id FROM letterhead WHERE blob_id = :blob_id
UNION ALL
SELECT id FROM letter WHERE blob_id = :blob_id
UNION ALL
SELECT id FROM instrument_version
 WHERE blob_id = :blob_id OR text_blob_id = :blob_id
UNION ALL
SELECT id FROM comparison
 WHERE text_blob_id = :blob_id OR script_blob_id = :blob_id
    OR tracked_blob_id = :blob_id
UNION ALL
SELECT id FROM flattened_text
 WHERE blob_id = :blob_id OR base_blob_id = :blob_id
    OR new_blob_id = :blob_id OR decisions_blob_id = :blob_id
UNION ALL
SELECT id FROM amending
 WHERE script_blob_id = :blob_id OR text_blob_id = :blob_id
    OR tracked_blob_id = :blob_id OR clean_blob_id = :blob_id
UNION ALL
SELECT id FROM amendment_revision
 WHERE blob_id = :blob_id OR text_blob_id = :blob_id
    OR script_blob_id = :blob_id OR tracked_blob_id = :blob_id
UNION ALL
SELECT id FROM document_file WHERE blob_id = :blob_id
UNION ALL
SELECT id FROM report_version WHERE blob_id = :blob_id
UNION ALL
SELECT id FROM codebook_import WHERE blob_id = :blob_id
UNION ALL
SELECT id FROM report_return
 WHERE blob_id = :blob_id OR text_blob_id = :blob_id
UNION ALL
SELECT id FROM contribution WHERE blob_id = :blob_id
UNION ALL
SELECT period_id FROM period_file WHERE blob_id = :blob_id
UNION ALL
SELECT file_id FROM document_reading
 WHERE text_blob_id = :blob_id OR docx_blob_id = :blob_id
    OR pdf_blob_id = :blob_id OR tracked_blob_id = :blob_id
    OR parts_blob_id = :blob_id
UNION ALL
SELECT id FROM document_comparison
 WHERE text_blob_id = :blob_id OR tracked_blob_id = :blob_id
 LIMIT 1;

-- query: privacy_erase_blob_chunks :exec
-- param: blob_id i64
DELETE FROM blob_chunk WHERE blob_id = :blob_id;

-- query: privacy_erase_blob :exec
-- param: blob_id i64
DELETE FROM blob WHERE id = :blob_id;

-- query: privacy_erase_messages :exec
-- param: response_id i64
UPDATE message SET body = '' WHERE response_id = :response_id;

-- query: privacy_erase_outbox :exec
-- param: response_id i64
UPDATE outbox SET recipient = '', note = ''
 WHERE object_kind = 'response' AND object_id = :response_id;

-- query: privacy_mark_erased :exec
-- param: response_id i64, now i64
UPDATE response SET erased_at = :now, changed_at = :now, network = ''
 WHERE id = :response_id;

-- query: privacy_mark_withdrawn :exec
-- param: response_id i64, now i64
UPDATE response SET state = 'withdrawn', withdrawn_at = :now,
       public_revision_id = 0, is_marked_withdrawn = 1
 WHERE id = :response_id;

-- query: privacy_erase_person :exec
-- param: person_id i64
UPDATE person SET state = 'closed', name = CASE WHEN EXISTS (
	SELECT 1 FROM officer o WHERE o.person_id = :person_id)
	THEN name ELSE '' END,
       name_latin = CASE WHEN EXISTS (
	SELECT 1 FROM officer o WHERE o.person_id = :person_id)
	THEN name_latin ELSE '' END
 WHERE id = :person_id;

-- query: privacy_erase_addresses :exec
-- param: person_id i64
DELETE FROM person_address WHERE person_id = :person_id;

-- query: privacy_erase_sessions :exec
-- param: person_id i64
DELETE FROM session WHERE person_id = :person_id;

-- query: privacy_erase_tokens :exec
-- param: person_id i64
DELETE FROM api_token WHERE person_id = :person_id;

-- query: privacy_erase_account :exec
-- param: person_id i64
DELETE FROM account WHERE person_id = :person_id;

-- query: privacy_erase_links :exec
-- param: person_id i64
DELETE FROM one_time_link WHERE person_id = :person_id;

-- query: privacy_end_rights :exec
-- param: person_id i64, now i64
UPDATE access_right SET until_at = :now
 WHERE holder_id = :person_id AND (until_at = 0 OR until_at > :now);

-- query: privacy_group_rules :many
-- row: id i64, retention_days i64
SELECT id, retention_days FROM working_group
 WHERE retention_days > 0 ORDER BY id;

-- query: privacy_group_rule_set :exec
-- param: group_id i64, retention_days i64
UPDATE working_group SET retention_days = :retention_days
 WHERE id = :group_id;

-- query: privacy_due_of_group :many
-- param: group_id i64, after_id i64, before i64, max i64
-- row: id i64
SELECT r.id FROM response r JOIN consultation c ON c.id = r.consultation_id
 WHERE c.group_id = :group_id AND r.id > :after_id AND r.received_at < :before
   AND r.channel <> 'session'
 ORDER BY r.id LIMIT :max;

-- query: privacy_due_networks :many
-- param: after_id i64, before i64, max i64
-- row: id i64
SELECT id FROM response WHERE id > :after_id AND received_at < :before
 ORDER BY id LIMIT :max;

-- query: privacy_erase_networks :exec
-- param: after_id i64, to_id i64, before i64
UPDATE response SET network = ''
 WHERE id > :after_id AND id <= :to_id AND received_at < :before
   AND network <> '';
