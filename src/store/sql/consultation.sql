-- Consultations with their questions, topics and extensions.

-- By its id, or, where that is 0, by its number in a group.
-- query: consultation_get :opt
-- param: id i64, group_slug text, number i64
-- row: id i64, group_id i64, number i64, state text, zone text,
--   opens_local text, deadline_local text, publication text, languages text,
--   meeting_local text, meeting_zone text, decided_by text, published i64,
--   changed_at i64, notice_id i64, notice_version i64
SELECT c.id, c.group_id, c.number, c.state, c.zone, c.opens_local,
       c.deadline_local, c.publication, c.languages, c.meeting_local,
       c.meeting_zone, c.decided_by, c.published, c.changed_at,
       coalesce((SELECT n.id FROM privacy_notice n
	 WHERE n.group_id = c.group_id ORDER BY n.version DESC LIMIT 1), 0),
       coalesce((SELECT max(n.version) FROM privacy_notice n
	 WHERE n.group_id = c.group_id), 0)
  FROM consultation c
 WHERE c.id = CASE WHEN CAST(:id AS BIGINT) <> 0 THEN :id ELSE (
	SELECT x.id FROM consultation x
	  JOIN working_group g ON g.id = x.group_id
	 WHERE g.slug = :group_slug AND x.number = :number) END;

-- query: consultation_list :many
-- param: group_id i64, max i64
-- row: id i64, group_id i64, number i64, state text, zone text,
--   opens_local text, deadline_local text, publication text, languages text,
--   meeting_local text, meeting_zone text, decided_by text, published i64,
--   changed_at i64, extended i64
SELECT c.id, c.group_id, c.number, c.state, c.zone, c.opens_local,
       c.deadline_local, c.publication, c.languages, c.meeting_local,
       c.meeting_zone, c.decided_by, c.published, c.changed_at,
       (SELECT count(*) FROM extension e WHERE e.consultation_id = c.id)
  FROM consultation c
 WHERE :group_id = 0 OR c.group_id = :group_id
 ORDER BY c.group_id, c.number DESC
 LIMIT :max;

-- query: consultation_next_number :one
-- param: group_id i64
-- row: number i64
SELECT coalesce(max(number), 0) + 1 FROM consultation
 WHERE group_id = :group_id;

-- query: consultation_insert :one
-- param: group_id i64, number i64, zone text, opens_local text,
--   deadline_local text, publication text, languages text,
--   meeting_local text, meeting_zone text, decided_by text, now i64
-- row: id i64
INSERT INTO consultation (group_id, number, state, zone, opens_local,
	deadline_local, publication, languages, meeting_local, meeting_zone,
	decided_by, created_at, changed_at)
VALUES (:group_id, :number, 'planned', :zone, :opens_local, :deadline_local,
	:publication, :languages, :meeting_local, :meeting_zone, :decided_by,
	:now, :now)
RETURNING id;

-- query: consultation_update :exec
-- param: id i64, zone text, opens_local text, deadline_local text,
--   publication text, languages text, meeting_local text, meeting_zone text,
--   decided_by text, now i64
UPDATE consultation SET zone = :zone, opens_local = :opens_local,
	deadline_local = :deadline_local, publication = :publication,
	languages = :languages, meeting_local = :meeting_local,
	meeting_zone = :meeting_zone, decided_by = :decided_by,
	changed_at = :now
 WHERE id = :id;

-- query: consultation_set_state :count
-- param: id i64, state text, from_state text, now i64
UPDATE consultation SET state = :state, changed_at = :now,
	launched_at = CASE WHEN :state = 'launched' THEN :now
		ELSE launched_at END
 WHERE id = :id AND state = :from_state;

-- query: consultation_set_deadline :exec
-- param: id i64, deadline_local text, now i64
UPDATE consultation SET deadline_local = :deadline_local, changed_at = :now
 WHERE id = :id;

-- query: consultation_count_published :exec
-- param: id i64, delta i64
UPDATE consultation SET published = published + :delta WHERE id = :id;

-- query: question_insert :one
-- param: consultation_id i64, topic_id ref
-- row: id i64
INSERT INTO question (consultation_id, topic_id, position)
VALUES (:consultation_id, :topic_id, (SELECT coalesce(max(q.position), 0) + 1
	FROM question q WHERE q.consultation_id = :consultation_id))
RETURNING id;

-- query: question_delete :count
-- param: consultation_id i64, id i64
DELETE FROM question WHERE id = :id AND consultation_id = :consultation_id;

-- query: question_move :exec
-- param: id i64, position i64
UPDATE question SET position = :position WHERE id = :id;

-- query: topic_insert :one
-- param: group_id i64, now i64
-- row: id i64
INSERT INTO topic (group_id, number, created_at)
VALUES (:group_id, (SELECT coalesce(max(t.number), 0) + 1 FROM topic t
	WHERE t.group_id = :group_id), :now)
RETURNING id;

-- query: consultation_topic_insert :exec
-- param: consultation_id i64, topic_id i64
INSERT INTO consultation_topic (consultation_id, topic_id, position)
VALUES (:consultation_id, :topic_id, (SELECT coalesce(max(t.position), 0) + 1
	FROM consultation_topic t
	WHERE t.consultation_id = :consultation_id));

-- query: extension_insert :exec
-- param: consultation_id i64, old_local text, new_local text, reason text,
--   person_id ref, now i64
INSERT INTO extension (consultation_id, old_local, new_local, reason,
	person_id, at)
VALUES (:consultation_id, :old_local, :new_local, :reason, :person_id, :now);
