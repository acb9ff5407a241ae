-- Reports of a period: a year's to the Council, four years' to the
-- Plenipotentiary Conference.

-- `addressee`: council, plenipotentiary. Days are "YYYY-MM-DD", both of the
-- period. Its figures are those that everybody sees if it is public, else those
-- that members see. `state`: draft, issued.
CREATE TABLE period_report (
	id INTEGER PRIMARY KEY,
	group_id INTEGER NOT NULL REFERENCES working_group (id),
	number INTEGER NOT NULL,
	addressee TEXT NOT NULL,
	from_day TEXT NOT NULL,
	until_day TEXT NOT NULL,
	is_public INTEGER NOT NULL,
	state TEXT NOT NULL,
	person_id INTEGER REFERENCES person (id),
	created_at INTEGER NOT NULL,
	issued_at INTEGER NOT NULL,
	UNIQUE (group_id, number)
);

-- What the secretariat says in a section, in each language.
CREATE TABLE period_words (
	period_id INTEGER NOT NULL REFERENCES period_report (id),
	section TEXT NOT NULL,
	lang TEXT NOT NULL,
	body TEXT NOT NULL,
	PRIMARY KEY (period_id, section, lang)
);

-- An issued report as it was, in each language and format: docx,
-- pdf, html, and the part of a page.
CREATE TABLE period_file (
	period_id INTEGER NOT NULL REFERENCES period_report (id),
	lang TEXT NOT NULL,
	format TEXT NOT NULL,
	blob_id INTEGER NOT NULL REFERENCES blob (id),
	PRIMARY KEY (period_id, lang, format)
);
CREATE INDEX period_file_blob ON period_file (blob_id);
