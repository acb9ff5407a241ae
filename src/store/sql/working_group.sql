-- Bodies and groups.

-- query: body_all :many
-- row: id i64, slug text, acronym text, zone text, default_lang text
SELECT id, slug, acronym, zone, default_lang FROM body ORDER BY acronym, id;

-- query: body_insert :one
-- param: slug text, acronym text, zone text, default_lang text, now i64
-- row: id i64
INSERT INTO body (slug, acronym, zone, default_lang, created_at)
VALUES (:slug, :acronym, :zone, :default_lang, :now)
RETURNING id;

-- query: group_insert :one
-- param: body_id i64, slug text, acronym text, now i64
-- row: id i64
INSERT INTO working_group (body_id, slug, acronym, created_at)
VALUES (:body_id, :slug, :acronym, :now)
RETURNING id;

-- query: group_by_slug :one
-- param: slug text
-- row: id i64, body_id i64, slug text, acronym text, zone text,
--   body_slug text, body_acronym text, default_lang text,
--   rule_missing_languages bool, retention_days i64
SELECT g.id, g.body_id, g.slug, g.acronym, b.zone, b.slug, b.acronym,
       b.default_lang, g.rule_missing_languages, g.retention_days
  FROM working_group g JOIN body b ON b.id = g.body_id
 WHERE g.slug = :slug AND g.state = 'active';

-- query: group_by_id :one
-- param: id i64
-- row: id i64, body_id i64, slug text, acronym text, zone text,
--   body_slug text, body_acronym text, default_lang text,
--   rule_missing_languages bool, retention_days i64
SELECT g.id, g.body_id, g.slug, g.acronym, b.zone, b.slug, b.acronym,
       b.default_lang, g.rule_missing_languages, g.retention_days
  FROM working_group g JOIN body b ON b.id = g.body_id
 WHERE g.id = :id AND g.state = 'active';

-- query: group_all :many
-- row: id i64, body_id i64, slug text, acronym text, zone text,
--   body_slug text, body_acronym text, default_lang text,
--   rule_missing_languages bool, retention_days i64
SELECT g.id, g.body_id, g.slug, g.acronym, b.zone, b.slug, b.acronym,
       b.default_lang, g.rule_missing_languages, g.retention_days
  FROM working_group g JOIN body b ON b.id = g.body_id
 WHERE g.state = 'active'
 ORDER BY g.acronym, g.id;
