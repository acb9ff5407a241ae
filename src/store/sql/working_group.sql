-- Bodies and groups.

-- Each with its names, one in each row.
-- query: body_all :many
-- row: id i64, slug text, acronym text, zone text, default_lang text,
--   wording_id i64, owner_id i64, field text, lang text, status text,
--   body text, changed_at i64
SELECT b.id, b.slug, b.acronym, b.zone, b.default_lang,
       coalesce(w.id, 0), b.id, coalesce(w.field, ''), coalesce(w.lang, ''),
       coalesce(w.status, ''), coalesce(w.body, ''), coalesce(w.changed_at, 0)
  FROM body b
  LEFT JOIN wording w ON w.owner_kind = 'body' AND w.owner_id = b.id
 ORDER BY b.acronym, b.id, w.field, w.lang;

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

-- With its texts and those of its body, one in each row.
-- query: group_by_slug :many
-- param: slug text
-- row: id i64, body_id i64, slug text, acronym text, zone text,
--   body_slug text, body_acronym text, default_lang text,
--   rule_missing_languages bool, retention_days i64,
--   owner_kind text, wording_id i64, owner_id i64, field text, lang text,
--   status text, body text, changed_at i64
SELECT g.id, g.body_id, g.slug, g.acronym, b.zone, b.slug, b.acronym,
       b.default_lang, g.rule_missing_languages, g.retention_days,
       coalesce(w.owner_kind, ''), coalesce(w.id, 0), coalesce(w.owner_id, 0),
       coalesce(w.field, ''), coalesce(w.lang, ''), coalesce(w.status, ''),
       coalesce(w.body, ''), coalesce(w.changed_at, 0)
  FROM working_group g JOIN body b ON b.id = g.body_id
  LEFT JOIN wording w ON (w.owner_kind = 'group' AND w.owner_id = g.id)
    OR (w.owner_kind = 'body' AND w.owner_id = g.body_id)
 WHERE g.slug = :slug AND g.state = 'active'
 ORDER BY w.owner_kind, w.owner_id, w.field, w.lang;

-- query: group_by_id :many
-- param: id i64
-- row: id i64, body_id i64, slug text, acronym text, zone text,
--   body_slug text, body_acronym text, default_lang text,
--   rule_missing_languages bool, retention_days i64,
--   owner_kind text, wording_id i64, owner_id i64, field text, lang text,
--   status text, body text, changed_at i64
SELECT g.id, g.body_id, g.slug, g.acronym, b.zone, b.slug, b.acronym,
       b.default_lang, g.rule_missing_languages, g.retention_days,
       coalesce(w.owner_kind, ''), coalesce(w.id, 0), coalesce(w.owner_id, 0),
       coalesce(w.field, ''), coalesce(w.lang, ''), coalesce(w.status, ''),
       coalesce(w.body, ''), coalesce(w.changed_at, 0)
  FROM working_group g JOIN body b ON b.id = g.body_id
  LEFT JOIN wording w ON (w.owner_kind = 'group' AND w.owner_id = g.id)
    OR (w.owner_kind = 'body' AND w.owner_id = g.body_id)
 WHERE g.id = :id AND g.state = 'active'
 ORDER BY w.owner_kind, w.owner_id, w.field, w.lang;

-- query: group_all :many
-- row: id i64, body_id i64, slug text, acronym text, zone text,
--   body_slug text, body_acronym text, default_lang text,
--   rule_missing_languages bool, retention_days i64,
--   owner_kind text, wording_id i64, owner_id i64, field text, lang text,
--   status text, body text, changed_at i64
SELECT g.id, g.body_id, g.slug, g.acronym, b.zone, b.slug, b.acronym,
       b.default_lang, g.rule_missing_languages, g.retention_days,
       coalesce(w.owner_kind, ''), coalesce(w.id, 0), coalesce(w.owner_id, 0),
       coalesce(w.field, ''), coalesce(w.lang, ''), coalesce(w.status, ''),
       coalesce(w.body, ''), coalesce(w.changed_at, 0)
  FROM working_group g JOIN body b ON b.id = g.body_id
  LEFT JOIN wording w ON (w.owner_kind = 'group' AND w.owner_id = g.id)
    OR (w.owner_kind = 'body' AND w.owner_id = g.body_id)
 WHERE g.state = 'active'
 ORDER BY g.acronym, g.id, w.owner_kind, w.owner_id, w.field, w.lang;
