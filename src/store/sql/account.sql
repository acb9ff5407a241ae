-- Accounts, one-time links, recovery codes, API tokens.

-- query: account_for_sign_in :opt
-- param: address_key text
-- row: person_id i64, passphrase text, totp_on bool
SELECT c.person_id, c.passphrase, c.totp_on
  FROM person_address a
  JOIN account c ON c.person_id = a.person_id
  JOIN person p ON p.id = a.person_id
 WHERE a.address_key = :address_key AND p.state = 'active'
   AND c.state = 'active';

-- query: account_get :opt
-- param: person_id i64
-- row: person_id i64, passphrase text, totp_secret bytes, totp_on bool,
--   totp_step i64, state text, person_state text, name text, lang text,
--   zone text
SELECT c.person_id, c.passphrase, c.totp_secret, c.totp_on, c.totp_step,
       c.state, p.state, p.name, p.lang, p.zone
  FROM account c JOIN person p ON p.id = c.person_id
 WHERE c.person_id = :person_id;

-- query: account_set_passphrase :exec
-- param: person_id i64, passphrase text, totp_secret bytes, now i64
INSERT INTO account (person_id, passphrase, totp_secret, created_at)
VALUES (:person_id, :passphrase, :totp_secret, :now)
ON CONFLICT (person_id) DO UPDATE SET passphrase = excluded.passphrase;

-- query: account_set_totp :exec
-- param: person_id i64, totp_secret bytes, totp_on bool, totp_step i64
UPDATE account SET totp_secret = :totp_secret, totp_on = :totp_on,
       totp_step = :totp_step
 WHERE person_id = :person_id;

-- query: account_use_step :count
-- param: person_id i64, totp_step i64
UPDATE account SET totp_step = :totp_step
 WHERE person_id = :person_id AND totp_step < :totp_step;

-- query: recovery_code_insert :exec
-- param: person_id i64, secret_hash bytes
INSERT INTO recovery_code (person_id, secret_hash)
VALUES (:person_id, :secret_hash);

-- query: recovery_code_delete :exec
-- param: person_id i64
DELETE FROM recovery_code WHERE person_id = :person_id;

-- query: recovery_code_use :count
-- param: person_id i64, secret_hash bytes, now i64
UPDATE recovery_code SET used_at = :now
 WHERE person_id = :person_id AND secret_hash = :secret_hash AND used_at = 0;

-- query: recovery_code_left :one
-- param: person_id i64
-- row: n i64
SELECT count(*) FROM recovery_code
 WHERE person_id = :person_id AND used_at = 0;

-- query: one_time_link_insert :one
-- param: secret_hash bytes, kind text, person_id ref, expires_at i64
-- row: id i64
INSERT INTO one_time_link (secret_hash, kind, person_id, expires_at)
VALUES (:secret_hash, :kind, :person_id, :expires_at)
RETURNING id;

-- query: one_time_link_find :opt
-- param: secret_hash bytes
-- row: id i64, kind text, person_id ref, expires_at i64, used_at i64,
--   name text
SELECT l.id, l.kind, l.person_id, l.expires_at, l.used_at, p.name
  FROM one_time_link l JOIN person p ON p.id = l.person_id
 WHERE l.secret_hash = :secret_hash AND p.state = 'active';

-- query: one_time_link_use :count
-- param: id i64, now i64
UPDATE one_time_link SET used_at = :now
 WHERE id = :id AND used_at = 0 AND expires_at > :now;

-- query: one_time_link_spoil :exec
-- param: person_id ref, now i64
UPDATE one_time_link SET used_at = :now
 WHERE person_id = :person_id AND used_at = 0;

-- query: one_time_link_sweep :count
-- param: before i64
DELETE FROM one_time_link WHERE expires_at < :before;

-- query: api_token_insert :one
-- param: person_id i64, name text, secret_hash bytes, capabilities text,
--   created_at i64, expires_at i64
-- row: id i64
INSERT INTO api_token (person_id, name, secret_hash, capabilities, created_at,
	expires_at)
VALUES (:person_id, :name, :secret_hash, :capabilities, :created_at,
	:expires_at)
RETURNING id;

-- query: api_token_find :opt
-- param: secret_hash bytes, now i64
-- row: id i64, person_id i64, capabilities text, name text, lang text,
--   zone text
SELECT t.id, t.person_id, t.capabilities, p.name, p.lang, p.zone
  FROM api_token t JOIN person p ON p.id = t.person_id
 WHERE t.secret_hash = :secret_hash AND t.revoked_at = 0
   AND t.expires_at > :now AND p.state = 'active';

-- query: api_token_list :many
-- param: person_id i64
-- row: id i64, name text, capabilities text, created_at i64, expires_at i64,
--   revoked_at i64
SELECT id, name, capabilities, created_at, expires_at, revoked_at
  FROM api_token WHERE person_id = :person_id ORDER BY id DESC;

-- query: api_token_revoke :count
-- param: id i64, person_id i64, now i64
UPDATE api_token SET revoked_at = :now
 WHERE id = :id AND person_id = :person_id AND revoked_at = 0;

-- query: api_token_revoke_all :exec
-- param: person_id i64, now i64
UPDATE api_token SET revoked_at = :now
 WHERE person_id = :person_id AND revoked_at = 0;

