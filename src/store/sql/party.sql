-- Parties and their memberships of groups.

-- query: party_insert :opt
-- param: body_id i64, slug text, country text, region text, is_ldc bool,
--   is_lldc bool, is_sids bool
-- row: id i64
INSERT INTO party (body_id, slug, country, region, is_ldc, is_lldc, is_sids)
VALUES (:body_id, :slug, :country, :region, :is_ldc, :is_lldc, :is_sids)
ON CONFLICT (body_id, slug) DO NOTHING
RETURNING id;

-- query: party_update :exec
-- param: id i64, country text, region text, is_ldc bool, is_lldc bool,
--   is_sids bool
UPDATE party SET country = :country, region = :region, is_ldc = :is_ldc,
       is_lldc = :is_lldc, is_sids = :is_sids
 WHERE id = :id;

-- query: party_get :opt
-- param: id i64
-- row: id i64, body_id i64, slug text, country text, region text, is_ldc bool,
--   is_lldc bool, is_sids bool
SELECT id, body_id, slug, country, region, is_ldc, is_lldc, is_sids
  FROM party WHERE id = :id;

-- query: party_by_slug :opt
-- param: body_id i64, slug text
-- row: id i64
SELECT id FROM party WHERE body_id = :body_id AND slug = :slug;

-- query: party_list :many
-- param: body_id i64
-- row: id i64, body_id i64, slug text, country text, region text, is_ldc bool,
--   is_lldc bool, is_sids bool
SELECT id, body_id, slug, country, region, is_ldc, is_lldc, is_sids
  FROM party WHERE body_id = :body_id ORDER BY slug;

-- query: membership_set :one
-- param: group_id i64, party_id i64, class text, since_at i64, until_at i64
-- row: id i64
INSERT INTO membership (group_id, party_id, class, since_at, until_at)
VALUES (:group_id, :party_id, :class, :since_at, :until_at)
ON CONFLICT (group_id, party_id) DO UPDATE
   SET class = excluded.class, since_at = excluded.since_at,
       until_at = excluded.until_at
RETURNING id;

-- query: membership_find :opt
-- param: group_id i64, party_id i64
-- row: id i64, class text, since_at i64, until_at i64
SELECT id, class, since_at, until_at
  FROM membership WHERE group_id = :group_id AND party_id = :party_id;

-- Each with its names, one in each row.
-- query: membership_list :many
-- param: group_id i64, at i64
-- row: id i64, party_id i64, class text, since_at i64, until_at i64,
--   slug text, country text, region text, is_ldc bool, is_lldc bool,
--   is_sids bool, wording_id i64, field text, lang text, status text, body text
SELECT m.id, m.party_id, m.class, m.since_at, m.until_at, p.slug, p.country,
       p.region, p.is_ldc, p.is_lldc, p.is_sids, coalesce(w.id, 0),
       coalesce(w.field, ''), coalesce(w.lang, ''), coalesce(w.status, ''),
       coalesce(w.body, '')
  FROM membership m JOIN party p ON p.id = m.party_id
  LEFT JOIN wording w ON w.owner_kind = 'party' AND w.owner_id = p.id
 WHERE m.group_id = :group_id AND m.since_at <= :at
   AND (m.until_at = 0 OR m.until_at > :at)
 ORDER BY p.slug, m.id, w.field, w.lang;

-- query: membership_of_party :many
-- param: party_id i64, now i64
-- row: group_id i64, class text
SELECT group_id, class
  FROM membership
 WHERE party_id = :party_id AND (until_at = 0 OR until_at > :now)
 ORDER BY group_id;

-- query: membership_counts :many
-- param: group_id i64, at i64
-- row: class text, n i64
SELECT class, count(*) FROM membership
 WHERE group_id = :group_id AND since_at <= :at
   AND (until_at = 0 OR until_at > :at)
 GROUP BY class ORDER BY class;
