-- What the domain's tests put into the database by hand.

-- query: world_body :one
-- param: slug text, acronym text, now i64
-- row: id i64
INSERT INTO body (slug, acronym, zone, default_lang, created_at)
VALUES (:slug, :acronym, 'Europe/Zurich', 'en', :now)
RETURNING id;

-- query: world_group :one
-- param: body_id i64, slug text, now i64
-- row: id i64
INSERT INTO working_group (body_id, slug, acronym, created_at)
VALUES (:body_id, :slug, :slug, :now)
RETURNING id;

-- query: world_consultation :one
-- param: group_id i64, number i64, now i64
-- row: id i64
INSERT INTO consultation (group_id, number, state, zone, opens_local,
	deadline_local, publication, languages, launched_at, created_at,
	changed_at)
VALUES (:group_id, :number, 'launched', 'Europe/Zurich', '2026-10-01T09:00',
	'2027-01-13T23:59', 'as_checked', 'ar zh en fr ru es', :now, :now, :now)
RETURNING id;

-- query: world_question :one
-- param: consultation_id i64, position i64
-- row: id i64
INSERT INTO question (consultation_id, position)
VALUES (:consultation_id, :position)
RETURNING id;

-- query: world_person :one
-- param: name text, party_id ref, now i64
-- row: id i64
INSERT INTO person (name, name_lang, party_id, lang, zone, created_at)
VALUES (:name, 'en', :party_id, 'en', 'Europe/Zurich', :now)
RETURNING id;

-- query: world_right :exec
-- param: person_id ref, capability text, object_kind text, object_id i64
INSERT INTO access_right (holder_kind, holder_id, capability, object_kind,
	object_id, instrument, from_at)
VALUES ('person', :person_id, :capability, :object_kind, :object_id, 'test', 0);

-- query: world_event_spoil :count
-- param: event_id i64
UPDATE event_text SET after_text = 'another' WHERE event_id = :event_id;

-- query: world_response :one
-- param: consultation_id i64, form_id text, secret_hash bytes, state text,
--   received_at i64
-- row: id i64
INSERT INTO response (consultation_id, form_id, secret_hash, code, state,
	channel, received_at, changed_at, network)
VALUES (:consultation_id, :form_id, :secret_hash, :form_id, :state, 'web',
	:received_at, :received_at, '2001:db8::/64')
RETURNING id;

-- query: world_revision :one
-- param: response_id i64, received_at i64, name text, email text,
--   email_key text, notice_id ref, digest bytes
-- row: id i64
INSERT INTO revision (response_id, n, received_at, capacity, name,
	organisation, job_title, signatories, category, country, email,
	email_key, lang, summary, authorisation, notice_id, needs,
	wishes_to_present, words, nonce, digest)
VALUES (:response_id, 1, :received_at, 'individual', :name, '', '', '',
	'individual', 'CH', :email, :email_key, 'en', 'A summary', 'full',
	:notice_id, 'a loop for hearing aids', 0, 2, :digest, :digest)
RETURNING id;

-- query: world_answer :exec
-- param: revision_id i64, question_id i64, body text
INSERT INTO answer (revision_id, question_id, body, words)
VALUES (:revision_id, :question_id, :body, 2);

-- query: world_draft :exec
-- param: consultation_id i64, secret_hash bytes, form bytes, saved_at i64
INSERT INTO draft (consultation_id, secret_hash, lang, form, created_at,
	saved_at)
VALUES (:consultation_id, :secret_hash, 'en', :form, :saved_at, :saved_at);

-- query: world_publish :exec
-- param: response_id i64, revision_id i64
UPDATE response SET state = 'published', public_revision_id = :revision_id
 WHERE id = :response_id;

-- query: world_attach :exec
-- param: revision_id i64, position i64, blob_id i64
INSERT INTO attachment (revision_id, position, name, kind, blob_id, state)
VALUES (:revision_id, :position, 'cv.pdf', 'pdf', :blob_id, 'received');

-- query: world_blob :one
-- param: digest bytes
-- row: id i64
INSERT INTO blob (digest, size, chunks, created_at)
VALUES (:digest, 1, 1, 1) RETURNING id;

-- query: world_blob_chunk :exec
-- param: blob_id i64, data bytes
INSERT INTO blob_chunk (blob_id, seq, data) VALUES (:blob_id, 0, :data);

-- query: world_blobs :one
-- row: blobs i64, chunks i64
SELECT (SELECT count(*) FROM blob), (SELECT count(*) FROM blob_chunk);

-- query: world_revision_now :one
-- param: id i64
-- row: name text, organisation text, email text, email_key text, needs text,
--   summary text, authorisation text, nonce bytes, answer text, state text,
--   network text, erased_at i64
SELECT v.name, v.organisation, v.email, v.email_key, v.needs, v.summary,
       v.authorisation, v.nonce, a.body, r.state, r.network, r.erased_at
  FROM revision v JOIN response r ON r.id = v.response_id
  JOIN answer a ON a.revision_id = v.id
 WHERE v.id = :id;

-- query: world_tally :one
-- param: consultation_id i64, dimension text, value text
-- row: responses i64
SELECT coalesce((SELECT responses FROM tally
	WHERE consultation_id = :consultation_id AND dimension = :dimension
	  AND value = :value), 0);

-- query: world_excerpt :one
-- param: response_id i64
-- row: excerpt text
SELECT excerpt FROM listing WHERE response_id = :response_id;

-- query: world_publication :exec
-- param: id i64, publication text
UPDATE consultation SET publication = :publication WHERE id = :id;

-- query: world_join :exec
-- param: id i64, party_id i64
UPDATE person SET party_id = :party_id WHERE id = :id;

-- query: world_member :exec
-- param: group_id i64, party_id i64
INSERT INTO membership (group_id, party_id, class, since_at)
VALUES (:group_id, :party_id, 'member_state', 0);

-- query: world_item :one
-- param: meeting_id i64, position i64, kind text
-- row: id i64
INSERT INTO agenda_item (meeting_id, position, kind, minutes, state,
	created_at)
VALUES (:meeting_id, :position, :kind, 0, 'closed', 1)
RETURNING id;

-- query: world_item_document :exec
-- param: item_id i64, document_id i64
INSERT INTO agenda_item_document (item_id, position, document_id)
VALUES (:item_id, 1, :document_id);

-- query: world_statement :one
-- param: item_id i64, document_id ref, words text
-- row: id i64
INSERT INTO statement (item_id, document_id, position, speaker, name, is_all,
	words)
VALUES (:item_id, :document_id, 1, 'members', '', 0, :words)
RETURNING id;

-- query: world_intervention :exec
-- param: item_id i64, statement_id i64, party_id i64, words text
INSERT INTO intervention (item_id, statement_id, party_id, speaker, role, lang,
	words, stance, is_remote, at)
VALUES (:item_id, :statement_id, :party_id, 'A. Secret', 'delegate', 'en',
	:words, 'for', 0, 1);

-- query: world_outcome :exec
-- param: item_id i64, document_id ref, statement_id ref, verb text, object text
INSERT INTO outcome (item_id, document_id, statement_id, position, verb, object,
	reservation, at)
VALUES (:item_id, :document_id, :statement_id, 1, :verb, :object, '', 1);

-- query: world_items :many
-- param: meeting_id i64
-- row: id i64, kind text
SELECT id, kind FROM agenda_item WHERE meeting_id = :meeting_id ORDER BY position;

-- Octets of all answers that hang on a response, shown or not.
-- query: world_octets :one
-- param: response_id i64
-- row: n i64
SELECT coalesce(sum(length(a.body)), 0)
  FROM answer a JOIN revision v ON v.id = a.revision_id
 WHERE v.response_id = :response_id;

-- The figures of themes as the views have them, of all and by category.
-- query: world_theme_figures :many
-- param: codebook_id i64
-- row: theme_id i64, category text, responses i64, distinct_texts i64,
--   campaign i64
WITH said AS (SELECT c.theme_id, c.category, c.response_id, c.text_of
  FROM theme_coding c
 WHERE c.codebook_id = :codebook_id AND c.is_heard = 0
UNION ALL
SELECT c.parent_id, c.category, c.response_id, c.text_of
  FROM theme_coding c
 WHERE c.codebook_id = :codebook_id AND c.parent_id IS NOT NULL
   AND c.is_heard = 0),
sent AS (SELECT s.theme_id, s.category, s.response_id, s.text_of,
       CASE WHEN g.campaign_n >= 0 THEN s.response_id END AS sender
  FROM said s JOIN codebook b ON b.id = :codebook_id
  LEFT JOIN run_reading g ON g.run_id = b.run_id
   AND g.response_id = s.response_id)
SELECT theme_id, '', count(DISTINCT response_id), count(DISTINCT text_of),
       count(DISTINCT sender) FROM sent GROUP BY theme_id
UNION ALL
SELECT theme_id, category, count(DISTINCT response_id),
       count(DISTINCT text_of), count(DISTINCT sender)
  FROM sent GROUP BY theme_id, category
 ORDER BY 1, 2;

-- query: world_theme_states :many
-- param: codebook_id i64
-- row: state text, responses i64
SELECT state, count(*) FROM theme_reading
 WHERE codebook_id = :codebook_id AND is_heard = 0
 GROUP BY state ORDER BY state;
