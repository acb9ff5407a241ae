-- An attachment can be read for more questions than its response answers:
-- attached_text has a row for every question of the consultation. is_standing 0:
-- it does not speak to that one, by itself or because a person said so.
INSERT INTO attached_text (attachment_id, revision_id, answer_id, question_id,
	is_standing)
SELECT DISTINCT y.attachment_id, y.revision_id, y.answer_id, q.id, 0
  FROM attached_text y JOIN question o ON o.id = y.question_id
  JOIN question q ON q.consultation_id = o.consultation_id
 WHERE NOT EXISTS (SELECT 1 FROM attached_text z
	WHERE z.answer_id = y.answer_id AND z.question_id = q.id);
