-- The first schema: bodies, groups, people, rights, consultations, responses.
--
-- Conventions. `*_at` is an instant: milliseconds since 1970 UTC, 0 = never.
-- `*_local` is local time "YYYY-MM-DDTHH:MM" with its zone beside it; the
-- instant follows. A flag is 0 or 1. Absent text is ''. Only references are
-- nullable. A secret is stored as its SHA-256. State words are the ones of
-- the pages.

-- One value per name: keys of the installation, progress marks of the worker.
CREATE TABLE installation (
	name TEXT PRIMARY KEY,
	value BLOB NOT NULL
);

-- Grows when anything changes that the public sees; what the cache goes by.
CREATE TABLE public_version (
	id INTEGER PRIMARY KEY,
	version INTEGER NOT NULL
);

-- Every text that exists in several languages: names, titles, questions,
-- notices, and translations of answers. `status`: original, official,
-- courtesy, machine.
CREATE TABLE wording (
	id INTEGER PRIMARY KEY,
	owner_kind TEXT NOT NULL,
	owner_id INTEGER NOT NULL,
	field TEXT NOT NULL,
	lang TEXT NOT NULL,
	status TEXT NOT NULL,
	body TEXT NOT NULL,
	changed_at INTEGER NOT NULL,
	UNIQUE (owner_kind, owner_id, field, lang)
);

CREATE TABLE body (
	id INTEGER PRIMARY KEY,
	slug TEXT NOT NULL UNIQUE,
	acronym TEXT NOT NULL,
	zone TEXT NOT NULL,
	default_lang TEXT NOT NULL,
	created_at INTEGER NOT NULL
);

-- `rule_missing_languages`: whether a consultation may open while texts are
-- missing in some of its languages (0 no, 1 yes).
CREATE TABLE working_group (
	id INTEGER PRIMARY KEY,
	body_id INTEGER NOT NULL REFERENCES body (id),
	slug TEXT NOT NULL UNIQUE,
	acronym TEXT NOT NULL,
	rule_missing_languages INTEGER NOT NULL DEFAULT 0,
	retention_days INTEGER NOT NULL DEFAULT 0,
	state TEXT NOT NULL DEFAULT 'active',
	created_at INTEGER NOT NULL
);

-- A party is a State or an organization that is a member of the body.
CREATE TABLE party (
	id INTEGER PRIMARY KEY,
	body_id INTEGER NOT NULL REFERENCES body (id),
	slug TEXT NOT NULL,
	country TEXT NOT NULL,
	region TEXT NOT NULL,
	is_ldc INTEGER NOT NULL DEFAULT 0,
	is_lldc INTEGER NOT NULL DEFAULT 0,
	is_sids INTEGER NOT NULL DEFAULT 0,
	UNIQUE (body_id, slug)
);

-- `class`: member_state, sector_member, associate, academia, other, public.
CREATE TABLE membership (
	id INTEGER PRIMARY KEY,
	group_id INTEGER NOT NULL REFERENCES working_group (id),
	party_id INTEGER NOT NULL REFERENCES party (id),
	class TEXT NOT NULL,
	since_at INTEGER NOT NULL,
	until_at INTEGER NOT NULL DEFAULT 0,
	UNIQUE (group_id, party_id)
);

CREATE TABLE person (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	name_lang TEXT NOT NULL,
	name_latin TEXT NOT NULL DEFAULT '',
	party_id INTEGER REFERENCES party (id),
	lang TEXT NOT NULL,
	zone TEXT NOT NULL,
	state TEXT NOT NULL DEFAULT 'active',
	created_at INTEGER NOT NULL
);

-- `address_key`: NFC local part @ A-label; the domain is kept in both forms.
CREATE TABLE person_address (
	id INTEGER PRIMARY KEY,
	person_id INTEGER NOT NULL REFERENCES person (id),
	entered TEXT NOT NULL,
	address_key TEXT NOT NULL UNIQUE,
	is_primary INTEGER NOT NULL DEFAULT 0,
	verified_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX person_address_person ON person_address (person_id);

-- `office`: chair, vice_chair, acting_chair, secretary.
CREATE TABLE officer (
	id INTEGER PRIMARY KEY,
	group_id INTEGER NOT NULL REFERENCES working_group (id),
	person_id INTEGER NOT NULL REFERENCES person (id),
	office TEXT NOT NULL,
	region TEXT NOT NULL DEFAULT '',
	from_at INTEGER NOT NULL,
	until_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX officer_group ON officer (group_id);
CREATE INDEX officer_person ON officer (person_id);

-- Who may do what on which object, granted by which instrument, from when to
-- when. `holder_kind`: person (holder_id), class or office (holder), public.
-- `object_kind`: system, body, group, consultation.
CREATE TABLE access_right (
	id INTEGER PRIMARY KEY,
	holder_kind TEXT NOT NULL,
	holder TEXT NOT NULL DEFAULT '',
	holder_id INTEGER REFERENCES person (id),
	capability TEXT NOT NULL,
	object_kind TEXT NOT NULL,
	object_id INTEGER NOT NULL DEFAULT 0,
	instrument TEXT NOT NULL,
	from_at INTEGER NOT NULL,
	until_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX access_right_holder ON access_right (holder_id);
CREATE INDEX access_right_object ON access_right (object_kind, object_id);

CREATE TABLE account (
	person_id INTEGER PRIMARY KEY REFERENCES person (id),
	passphrase TEXT NOT NULL,
	totp_secret BLOB NOT NULL,
	totp_on INTEGER NOT NULL DEFAULT 0,
	totp_step INTEGER NOT NULL DEFAULT 0,
	state TEXT NOT NULL DEFAULT 'active',
	created_at INTEGER NOT NULL
);

CREATE TABLE recovery_code (
	id INTEGER PRIMARY KEY,
	person_id INTEGER NOT NULL REFERENCES person (id),
	secret_hash BLOB NOT NULL,
	used_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX recovery_code_person ON recovery_code (person_id);

-- `network` is the /64 or /24 only.
CREATE TABLE session (
	id INTEGER PRIMARY KEY,
	secret_hash BLOB NOT NULL UNIQUE,
	person_id INTEGER NOT NULL REFERENCES person (id),
	second_factor INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	seen_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL,
	revoked_at INTEGER NOT NULL DEFAULT 0,
	network TEXT NOT NULL,
	browser TEXT NOT NULL
);
CREATE INDEX session_person ON session (person_id);

-- `kind`: first_administrator, invitation, new_passphrase.
CREATE TABLE one_time_link (
	id INTEGER PRIMARY KEY,
	secret_hash BLOB NOT NULL UNIQUE,
	kind TEXT NOT NULL,
	person_id INTEGER REFERENCES person (id),
	expires_at INTEGER NOT NULL,
	used_at INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE api_token (
	id INTEGER PRIMARY KEY,
	person_id INTEGER NOT NULL REFERENCES person (id),
	name TEXT NOT NULL,
	secret_hash BLOB NOT NULL UNIQUE,
	capabilities TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL,
	revoked_at INTEGER NOT NULL DEFAULT 0,
	used_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX api_token_person ON api_token (person_id);

CREATE TABLE privacy_notice (
	id INTEGER PRIMARY KEY,
	group_id INTEGER NOT NULL REFERENCES working_group (id),
	version INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	UNIQUE (group_id, version)
);

CREATE TABLE topic (
	id INTEGER PRIMARY KEY,
	group_id INTEGER NOT NULL REFERENCES working_group (id),
	number INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	UNIQUE (group_id, number)
);

-- `state`: planned, launched, archived; open and closed follow from the clock.
-- `publication`: as_checked, after_deadline. `languages`: tags, spaces between.
-- The physical consultation that is planned: local start, zone; its place is
-- wording.
CREATE TABLE consultation (
	id INTEGER PRIMARY KEY,
	group_id INTEGER NOT NULL REFERENCES working_group (id),
	number INTEGER NOT NULL,
	state TEXT NOT NULL,
	zone TEXT NOT NULL,
	opens_local TEXT NOT NULL,
	deadline_local TEXT NOT NULL,
	publication TEXT NOT NULL,
	languages TEXT NOT NULL,
	meeting_local TEXT NOT NULL DEFAULT '',
	meeting_zone TEXT NOT NULL DEFAULT '',
	decided_by TEXT NOT NULL DEFAULT '',
	published INTEGER NOT NULL DEFAULT 0,
	launched_at INTEGER NOT NULL DEFAULT 0,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	UNIQUE (group_id, number)
);

CREATE TABLE consultation_topic (
	id INTEGER PRIMARY KEY,
	consultation_id INTEGER NOT NULL REFERENCES consultation (id),
	topic_id INTEGER NOT NULL REFERENCES topic (id),
	position INTEGER NOT NULL,
	UNIQUE (consultation_id, topic_id)
);
CREATE INDEX consultation_topic_topic ON consultation_topic (topic_id);

CREATE TABLE question (
	id INTEGER PRIMARY KEY,
	consultation_id INTEGER NOT NULL REFERENCES consultation (id),
	topic_id INTEGER REFERENCES topic (id),
	position INTEGER NOT NULL,
	UNIQUE (consultation_id, position)
);

CREATE TABLE extension (
	id INTEGER PRIMARY KEY,
	consultation_id INTEGER NOT NULL REFERENCES consultation (id),
	old_local TEXT NOT NULL,
	new_local TEXT NOT NULL,
	reason TEXT NOT NULL,
	person_id INTEGER REFERENCES person (id),
	at INTEGER NOT NULL
);
CREATE INDEX extension_consultation ON extension (consultation_id);

-- What somebody is still writing: the form as it was typed.
CREATE TABLE draft (
	id INTEGER PRIMARY KEY,
	consultation_id INTEGER NOT NULL REFERENCES consultation (id),
	secret_hash BLOB NOT NULL UNIQUE,
	lang TEXT NOT NULL,
	form BLOB NOT NULL,
	created_at INTEGER NOT NULL,
	saved_at INTEGER NOT NULL
);
CREATE INDEX draft_saved ON draft (saved_at);

-- `state`: received, held, checked, published, returned, rejected, withdrawn.
-- `channel`: web, api, email, paper, import. `number` is given at the first
-- publication and stays. `form_id` makes a form sent twice one response.
-- `standing_revision_id` is the last one; `public_revision_id` the one shown.
CREATE TABLE response (
	id INTEGER PRIMARY KEY,
	consultation_id INTEGER NOT NULL REFERENCES consultation (id),
	number INTEGER NOT NULL DEFAULT 0,
	form_id TEXT NOT NULL,
	secret_hash BLOB NOT NULL UNIQUE,
	code TEXT NOT NULL UNIQUE,
	state TEXT NOT NULL,
	channel TEXT NOT NULL,
	standing_revision_id INTEGER NOT NULL DEFAULT 0,
	public_revision_id INTEGER NOT NULL DEFAULT 0,
	received_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	published_at INTEGER NOT NULL DEFAULT 0,
	withdrawn_at INTEGER NOT NULL DEFAULT 0,
	erased_at INTEGER NOT NULL DEFAULT 0,
	is_late INTEGER NOT NULL DEFAULT 0,
	is_marked_withdrawn INTEGER NOT NULL DEFAULT 0,
	hold_reason TEXT NOT NULL DEFAULT '',
	network TEXT NOT NULL DEFAULT '',
	entered_by INTEGER REFERENCES person (id),
	UNIQUE (consultation_id, form_id)
);
CREATE INDEX response_queue ON response (consultation_id, state, received_at);
CREATE INDEX response_number ON response (consultation_id, number);

-- `capacity`: organisation, individual. `category`: government,
-- private_sector, civil_society, technical_community, academia,
-- international_organisation, individual. `authorisation`: full, without_name,
-- aggregate. `wishes_to_present`: in_person, remotely. `digest` = SHA-256 over `nonce` and the canonical form that
-- domain/receipt.h documents.
CREATE TABLE revision (
	id INTEGER PRIMARY KEY,
	response_id INTEGER NOT NULL REFERENCES response (id),
	n INTEGER NOT NULL,
	received_at INTEGER NOT NULL,
	capacity TEXT NOT NULL,
	name TEXT NOT NULL,
	organisation TEXT NOT NULL,
	job_title TEXT NOT NULL,
	signatories TEXT NOT NULL,
	category TEXT NOT NULL,
	country TEXT NOT NULL,
	email TEXT NOT NULL,
	email_key TEXT NOT NULL,
	lang TEXT NOT NULL,
	summary TEXT NOT NULL,
	authorisation TEXT NOT NULL,
	notice_id INTEGER REFERENCES privacy_notice (id),
	needs TEXT NOT NULL,
	wishes_to_present TEXT NOT NULL,
	words INTEGER NOT NULL,
	nonce BLOB NOT NULL,
	digest BLOB NOT NULL,
	UNIQUE (response_id, n)
);
CREATE INDEX revision_email ON revision (email_key);

CREATE TABLE answer (
	id INTEGER PRIMARY KEY,
	revision_id INTEGER NOT NULL REFERENCES revision (id),
	question_id INTEGER NOT NULL REFERENCES question (id),
	body TEXT NOT NULL,
	words INTEGER NOT NULL,
	UNIQUE (revision_id, question_id)
);

-- A stored file: the octets are in chunks of at most 1 MiB.
CREATE TABLE blob (
	id INTEGER PRIMARY KEY,
	digest BLOB NOT NULL UNIQUE,
	size INTEGER NOT NULL,
	chunks INTEGER NOT NULL,
	created_at INTEGER NOT NULL
);
CREATE TABLE blob_chunk (
	id INTEGER PRIMARY KEY,
	blob_id INTEGER NOT NULL REFERENCES blob (id),
	seq INTEGER NOT NULL,
	data BLOB NOT NULL,
	UNIQUE (blob_id, seq)
);

-- A file that is still arriving: chunks are stored as they come; it becomes a
-- blob when its form is accepted, and is swept away otherwise.
CREATE TABLE upload (
	id INTEGER PRIMARY KEY,
	form_id TEXT NOT NULL,
	name TEXT NOT NULL,
	size INTEGER NOT NULL,
	digest BLOB NOT NULL,
	created_at INTEGER NOT NULL
);
CREATE INDEX upload_form ON upload (form_id);
CREATE TABLE upload_chunk (
	id INTEGER PRIMARY KEY,
	upload_id INTEGER NOT NULL REFERENCES upload (id),
	seq INTEGER NOT NULL,
	data BLOB NOT NULL,
	UNIQUE (upload_id, seq)
);

-- `kind`: pdf, docx, odt, txt. `state`: received, read, not_read, infected.
CREATE TABLE attachment (
	id INTEGER PRIMARY KEY,
	revision_id INTEGER NOT NULL REFERENCES revision (id),
	position INTEGER NOT NULL,
	name TEXT NOT NULL,
	kind TEXT NOT NULL,
	blob_id INTEGER NOT NULL REFERENCES blob (id),
	clean_blob_id INTEGER REFERENCES blob (id),
	state TEXT NOT NULL,
	reason TEXT NOT NULL DEFAULT '',
	body TEXT NOT NULL DEFAULT '',
	UNIQUE (revision_id, position)
);
CREATE INDEX attachment_blob ON attachment (blob_id);

-- Octets from_byte .. to_byte of a field are not shown to the public.
-- `field`: name, organisation, job_title, signatories, summary, answer.
CREATE TABLE redaction (
	id INTEGER PRIMARY KEY,
	revision_id INTEGER NOT NULL REFERENCES revision (id),
	field TEXT NOT NULL,
	answer_id INTEGER REFERENCES answer (id),
	from_byte INTEGER NOT NULL,
	to_byte INTEGER NOT NULL,
	reason TEXT NOT NULL,
	person_id INTEGER REFERENCES person (id),
	at INTEGER NOT NULL
);
CREATE INDEX redaction_revision ON redaction (revision_id);

-- What the secretariat wrote to the author when it returned or rejected.
CREATE TABLE message (
	id INTEGER PRIMARY KEY,
	response_id INTEGER NOT NULL REFERENCES response (id),
	kind TEXT NOT NULL,
	reason TEXT NOT NULL,
	body TEXT NOT NULL,
	person_id INTEGER REFERENCES person (id),
	at INTEGER NOT NULL
);
CREATE INDEX message_response ON message (response_id);

-- One row per published response: what lists show, filter and sort by. The
-- keys are ICU collation keys of `source` in each interface language.
CREATE TABLE listing (
	response_id INTEGER PRIMARY KEY REFERENCES response (id),
	group_id INTEGER NOT NULL,
	consultation_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	source TEXT NOT NULL,
	person TEXT NOT NULL,
	category TEXT NOT NULL,
	country TEXT NOT NULL,
	region TEXT NOT NULL,
	lang TEXT NOT NULL,
	received_at INTEGER NOT NULL,
	published_at INTEGER NOT NULL,
	words INTEGER NOT NULL,
	is_first INTEGER NOT NULL,
	excerpt TEXT NOT NULL,
	key_ar BLOB NOT NULL,
	key_zh BLOB NOT NULL,
	key_en BLOB NOT NULL,
	key_fr BLOB NOT NULL,
	key_ru BLOB NOT NULL,
	key_es BLOB NOT NULL
);
CREATE INDEX listing_number ON listing (consultation_id, number);
CREATE INDEX listing_received ON listing (consultation_id, received_at, response_id);
CREATE INDEX listing_published ON listing (published_at, response_id);
CREATE INDEX listing_country ON listing (consultation_id, country, received_at, response_id);
CREATE INDEX listing_category ON listing (consultation_id, category, received_at, response_id);
CREATE INDEX listing_lang ON listing (consultation_id, lang, received_at, response_id);
CREATE INDEX listing_ar ON listing (consultation_id, key_ar, response_id);
CREATE INDEX listing_zh ON listing (consultation_id, key_zh, response_id);
CREATE INDEX listing_en ON listing (consultation_id, key_en, response_id);
CREATE INDEX listing_fr ON listing (consultation_id, key_fr, response_id);
CREATE INDEX listing_ru ON listing (consultation_id, key_ru, response_id);
CREATE INDEX listing_es ON listing (consultation_id, key_es, response_id);

-- Counts of what is published, kept with the listing. `dimension`: all,
-- category, country, region, lang, day, first.
CREATE TABLE tally (
	id INTEGER PRIMARY KEY,
	consultation_id INTEGER NOT NULL REFERENCES consultation (id),
	dimension TEXT NOT NULL,
	value TEXT NOT NULL,
	responses INTEGER NOT NULL,
	words INTEGER NOT NULL,
	UNIQUE (consultation_id, dimension, value)
);

-- What can be found: one entry per published response and per consultation
-- and language. `tokens` is made by text/tokens.h.
CREATE TABLE search_entry (
	id INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,
	ref_id INTEGER NOT NULL,
	lang TEXT NOT NULL,
	group_id INTEGER NOT NULL,
	consultation_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	title TEXT NOT NULL,
	at INTEGER NOT NULL,
	tokens TEXT NOT NULL,
	UNIQUE (kind, ref_id, lang)
);
CREATE INDEX search_entry_at ON search_entry (at, id);

-- engine: sqlite
CREATE VIRTUAL TABLE search_fts USING fts5 (
	tokens, content = 'search_entry', content_rowid = 'id',
	tokenize = 'ascii', detail = 'full'
);
CREATE TRIGGER search_entry_insert AFTER INSERT ON search_entry BEGIN
	INSERT INTO search_fts (rowid, tokens) VALUES (new.id, new.tokens);
END;
CREATE TRIGGER search_entry_delete AFTER DELETE ON search_entry BEGIN
	INSERT INTO search_fts (search_fts, rowid, tokens)
	VALUES ('delete', old.id, old.tokens);
END;
CREATE TRIGGER search_entry_update AFTER UPDATE ON search_entry BEGIN
	INSERT INTO search_fts (search_fts, rowid, tokens)
	VALUES ('delete', old.id, old.tokens);
	INSERT INTO search_fts (rowid, tokens) VALUES (new.id, new.tokens);
END;
-- engine: pg
ALTER TABLE search_entry ADD COLUMN vector tsvector
	GENERATED ALWAYS AS (array_to_tsvector(string_to_array(tokens, ' ')))
	STORED;
CREATE INDEX search_entry_vector ON search_entry USING gin (vector);
-- engine: all

-- Work for the worker, written in the transaction that causes it. `kind`:
-- index, read_attachment, list.
CREATE TABLE task (
	id INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,
	ref_id INTEGER NOT NULL,
	tries INTEGER NOT NULL DEFAULT 0,
	not_before_at INTEGER NOT NULL,
	error TEXT NOT NULL DEFAULT ''
);
CREATE INDEX task_due ON task (kind, not_before_at);

-- Notifications, written in the transaction of what they tell. `state`:
-- waiting, sent, failed.
CREATE TABLE outbox (
	id INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,
	recipient TEXT NOT NULL,
	lang TEXT NOT NULL,
	object_kind TEXT NOT NULL,
	object_id INTEGER NOT NULL,
	note TEXT NOT NULL,
	state TEXT NOT NULL,
	tries INTEGER NOT NULL DEFAULT 0,
	created_at INTEGER NOT NULL,
	sent_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX outbox_state ON outbox (state, id);
CREATE INDEX outbox_object ON outbox (object_kind, object_id);

-- The audit trail: every act by staff, in the transaction of the act. Before
-- and after are SHA-256 over nonce and text; the text and nonce stand beside
-- and can be erased without breaking the trail.
CREATE TABLE event (
	id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	person_id INTEGER REFERENCES person (id),
	action TEXT NOT NULL,
	object_kind TEXT NOT NULL,
	object_id INTEGER NOT NULL,
	group_id INTEGER NOT NULL DEFAULT 0,
	before_hash BLOB NOT NULL,
	after_hash BLOB NOT NULL
);
CREATE INDEX event_object ON event (object_kind, object_id);
CREATE INDEX event_person ON event (person_id);
CREATE TABLE event_text (
	event_id INTEGER PRIMARY KEY REFERENCES event (id),
	nonce BLOB NOT NULL,
	before_text TEXT NOT NULL,
	after_text TEXT NOT NULL
);

CREATE TABLE backup_record (
	id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	path TEXT NOT NULL,
	size INTEGER NOT NULL
);
