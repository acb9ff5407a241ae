-- Where a thing lies: what rights on a body, group or consultation cover it.

-- query: place_find :opt
-- param: kind text, id i64
-- row: body_id i64, group_id i64, consultation_id i64
SELECT b.id, 0, 0
  FROM body b WHERE :kind = 'body' AND b.id = :id
UNION ALL
SELECT g.body_id, g.id, 0
  FROM working_group g WHERE :kind = 'group' AND g.id = :id
UNION ALL
SELECT p.body_id, 0, 0
  FROM party p WHERE :kind = 'party' AND p.id = :id
UNION ALL
SELECT g.body_id, g.id, 0
  FROM privacy_notice n JOIN working_group g ON g.id = n.group_id
 WHERE :kind = 'privacy_notice' AND n.id = :id
UNION ALL
SELECT g.body_id, g.id, 0
  FROM instrument i JOIN working_group g ON g.id = i.group_id
 WHERE :kind = 'instrument' AND i.id = :id
UNION ALL
SELECT g.body_id, g.id, 0
  FROM meeting m JOIN working_group g ON g.id = m.group_id
 WHERE :kind = 'meeting' AND m.id = :id
UNION ALL
SELECT g.body_id, g.id, 0
  FROM document d JOIN meeting m ON m.id = d.meeting_id
  JOIN working_group g ON g.id = m.group_id
 WHERE :kind = 'document' AND d.id = :id
UNION ALL
SELECT g.body_id, g.id, 0
  FROM delivery d JOIN working_group g ON g.id = d.group_id
 WHERE :kind = 'delivery' AND d.id = :id
UNION ALL
SELECT g.body_id, g.id, 0
  FROM activity a JOIN working_group g ON g.id = a.group_id
 WHERE :kind = 'activity' AND a.id = :id
UNION ALL
SELECT g.body_id, g.id, 0
  FROM correspondence c JOIN working_group g ON g.id = c.group_id
 WHERE :kind = 'correspondence' AND c.id = :id
UNION ALL
SELECT g.body_id, g.id, 0
  FROM action a JOIN working_group g ON g.id = a.group_id
 WHERE :kind = 'action' AND a.id = :id
UNION ALL
SELECT g.body_id, g.id, 0
  FROM meeting_part p JOIN meeting m ON m.id = p.meeting_id
  JOIN working_group g ON g.id = m.group_id
 WHERE :kind = 'meeting_part' AND p.id = :id
UNION ALL
SELECT g.body_id, g.id, 0
  FROM agenda_item i JOIN meeting m ON m.id = i.meeting_id
  JOIN working_group g ON g.id = m.group_id
 WHERE :kind = 'agenda_item' AND i.id = :id
UNION ALL
SELECT g.body_id, g.id, 0
  FROM topic t JOIN working_group g ON g.id = t.group_id
 WHERE :kind = 'topic' AND t.id = :id
UNION ALL
SELECT g.body_id, g.id, 0
  FROM proposal p JOIN working_group g ON g.id = p.group_id
 WHERE :kind = 'proposal' AND p.id = :id
UNION ALL
SELECT g.body_id, g.id, 0
  FROM room r JOIN working_group g ON g.id = r.group_id
 WHERE :kind = 'room' AND r.id = :id
UNION ALL
SELECT g.body_id, g.id, c.id
  FROM consultation c JOIN working_group g ON g.id = c.group_id
 WHERE :kind = 'consultation' AND c.id = :id
UNION ALL
SELECT g.body_id, g.id, c.id
  FROM question q JOIN consultation c ON c.id = q.consultation_id
  JOIN working_group g ON g.id = c.group_id
 WHERE :kind = 'question' AND q.id = :id
UNION ALL
SELECT g.body_id, g.id, c.id
  FROM theme t JOIN codebook k ON k.id = t.codebook_id
  JOIN question q ON q.id = k.question_id
  JOIN consultation c ON c.id = q.consultation_id
  JOIN working_group g ON g.id = c.group_id
 WHERE :kind = 'theme' AND t.id = :id
UNION ALL
SELECT g.body_id, g.id, c.id
  FROM response r JOIN consultation c ON c.id = r.consultation_id
  JOIN working_group g ON g.id = c.group_id
 WHERE :kind = 'response' AND r.id = :id AND r.channel <> 'session'
UNION ALL
SELECT g.body_id, g.id, c.id
  FROM revision v JOIN response r ON r.id = v.response_id
  JOIN consultation c ON c.id = r.consultation_id
  JOIN working_group g ON g.id = c.group_id
 WHERE :kind = 'revision' AND v.id = :id AND v.n > 0
   AND r.channel <> 'session'
UNION ALL
SELECT g.body_id, g.id, c.id
  FROM answer a JOIN revision v ON v.id = a.revision_id
  JOIN response r ON r.id = v.response_id
  JOIN consultation c ON c.id = r.consultation_id
  JOIN working_group g ON g.id = c.group_id
 WHERE :kind = 'answer' AND a.id = :id AND v.n > 0
   AND r.channel <> 'session';
