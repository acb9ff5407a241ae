-- Sessions of physical open consultations.

-- query: hearings :many
-- param: consultation_id i64
-- row: id i64, number i64, zone text, opens_local text, closes_local text,
--   place text, mode text, has_captions bool
SELECT s.id, s.number, s.zone, s.opens_local, s.closes_local, s.place, s.mode,
       CASE WHEN f.id IS NULL THEN 0 ELSE 1 END
  FROM consultation_session s
  LEFT JOIN caption_feed f ON f.session_id = s.id
 WHERE s.consultation_id = :consultation_id
 ORDER BY s.number;

-- query: hearing_insert :one
-- param: consultation_id i64, zone text, opens_local text, closes_local text,
--   place text, mode text, now i64
-- row: id i64
INSERT INTO consultation_session (consultation_id, number, zone, opens_local,
	closes_local, place, mode, created_at)
SELECT :consultation_id, coalesce(max(number), 0) + 1, :zone, :opens_local,
       :closes_local, :place, :mode, :now
  FROM consultation_session WHERE consultation_id = :consultation_id
RETURNING id;

-- In the order of the questions; what is on all of them comes first.
-- query: hearing_slots :many
-- param: consultation_id i64
-- row: id i64, session_id i64, question_id ref, response_id ref,
--   response_number i64, name text, speaker_class text, zone text,
--   minutes i64, is_remote bool
SELECT t.id, t.session_id, t.question_id, t.response_id,
       coalesce(r.number, 0), t.name, t.speaker_class, t.zone, t.minutes,
       t.is_remote
  FROM session_slot t
  JOIN consultation_session s ON s.id = t.session_id
  LEFT JOIN question q ON q.id = t.question_id
  LEFT JOIN response r ON r.id = t.response_id AND r.state = 'published'
 WHERE s.consultation_id = :consultation_id
 ORDER BY t.session_id, coalesce(q.position, 0), t.id;

-- query: hearing_slot_insert :one
-- param: session_id i64, question_id ref, response_id ref, name text,
--   speaker_class text, zone text, minutes i64, is_remote bool
-- row: id i64
INSERT INTO session_slot (session_id, question_id, response_id, name,
	speaker_class, zone, minutes, is_remote)
VALUES (:session_id, :question_id, :response_id, :name, :speaker_class, :zone,
	:minutes, :is_remote)
RETURNING id;

-- query: hearing_slot_forget :exec
-- param: id i64
UPDATE spoken_text SET slot_id = NULL WHERE slot_id = :id;

-- query: hearing_slot_delete :exec
-- param: id i64
DELETE FROM session_slot WHERE id = :id;

-- Published responses whose authors wish to present, and have no slot.
-- query: hearing_wishes :many
-- param: consultation_id i64
-- row: response_id i64, number i64, organisation text, name text,
--   category text, present text, is_named bool
SELECT r.id, r.number, v.organisation, v.name, v.category,
       v.wishes_to_present,
       CASE WHEN v.authorisation = 'full' THEN 1 ELSE 0 END
  FROM response r JOIN revision v ON v.id = r.public_revision_id
 WHERE r.consultation_id = :consultation_id AND r.state = 'published'
   AND v.wishes_to_present <> '' AND r.number > 0
   AND NOT EXISTS (SELECT 1 FROM session_slot t WHERE t.response_id = r.id)
 ORDER BY r.number;

-- query: spoken_texts :many
-- param: consultation_id i64
-- row: id i64, session_id i64, slot_id ref, question_id ref, kind text,
--   speaker_class text, name text, lang text, at i64, body text, state text
SELECT id, session_id, slot_id, question_id, kind, speaker_class, name, lang,
       at, body, state
  FROM spoken_text WHERE consultation_id = :consultation_id
 ORDER BY session_id, at, id;

-- query: spoken_text_insert :one
-- param: consultation_id i64, session_id i64, slot_id ref, question_id ref,
--   kind text, speaker_class text, name text, lang text, at i64, body text,
--   now i64
-- row: id i64
INSERT INTO spoken_text (consultation_id, session_id, slot_id, question_id,
	kind, speaker_class, name, lang, at, body, state, entered_at)
VALUES (:consultation_id, :session_id, :slot_id, :question_id, :kind,
	:speaker_class, :name, :lang, :at, :body, 'entered', :now)
RETURNING id;

-- The response that stands for a text among the themes; 0: none yet.
-- query: spoken_text_response :opt
-- param: id i64
-- row: response_id ref
SELECT response_id FROM spoken_text WHERE id = :id;

-- query: spoken_text_set_response :exec
-- param: id i64, response_id ref
UPDATE spoken_text SET response_id = :response_id WHERE id = :id;

-- query: spoken_response_state :exec
-- param: id i64, state text, now i64
UPDATE response SET state = :state, changed_at = :now
 WHERE id = :id AND channel = 'session';

-- Its words are gone for good.
-- query: spoken_response_erase :exec
-- param: id i64
UPDATE answer SET body = '', words = 0
 WHERE revision_id IN (SELECT v.id FROM revision v
	WHERE v.response_id = :id);

-- query: spoken_text_state :exec
-- param: id i64, state text
UPDATE spoken_text SET state = :state WHERE id = :id;

-- query: spoken_text_delete :exec
-- param: id i64
DELETE FROM spoken_text WHERE id = :id;
