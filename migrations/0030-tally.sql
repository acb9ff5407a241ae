-- What is counted of a codebook is kept until something changes that the
-- figures are made of.

-- `changes` counts them; `tallied`: at which count theme_tally was filled.
ALTER TABLE codebook ADD COLUMN changes INTEGER NOT NULL DEFAULT 1;
ALTER TABLE codebook ADD COLUMN tallied INTEGER NOT NULL DEFAULT 0;

-- `kind`: theme (of one, with those below it), state (`value`: in which of the
-- five a response is), received (distinct_texts: of these spoken), new (answers
-- that the run that is shown has not read). theme_id 0: of all. `heard`: what
-- was said at sessions, counted apart.
CREATE TABLE theme_tally (
	codebook_id INTEGER NOT NULL REFERENCES codebook (id),
	kind TEXT NOT NULL,
	theme_id INTEGER NOT NULL,
	value TEXT NOT NULL,
	responses INTEGER NOT NULL,
	distinct_texts INTEGER NOT NULL,
	campaign INTEGER NOT NULL,
	heard INTEGER NOT NULL,
	PRIMARY KEY (codebook_id, kind, theme_id, value)
);

-- What persons said, themes, and which run is shown; then what is themed. A
-- response that was not read before and is not read now changes nothing, so
-- what comes in while a consultation is open writes nothing more.
-- engine: sqlite
CREATE TRIGGER tally_coding AFTER INSERT ON coding WHEN new.layer = 0 BEGIN
	UPDATE codebook SET changes = changes + 1 WHERE id = new.codebook_id;
END;
CREATE TRIGGER tally_coding_set AFTER UPDATE ON coding WHEN new.layer = 0 BEGIN
	UPDATE codebook SET changes = changes + 1 WHERE id = new.codebook_id;
END;
CREATE TRIGGER tally_reading AFTER INSERT ON person_reading BEGIN
	UPDATE codebook SET changes = changes + 1 WHERE id = new.codebook_id;
END;
CREATE TRIGGER tally_reading_set AFTER UPDATE ON person_reading BEGIN
	UPDATE codebook SET changes = changes + 1 WHERE id = new.codebook_id;
END;
CREATE TRIGGER tally_theme AFTER INSERT ON theme BEGIN
	UPDATE codebook SET changes = changes + 1 WHERE id = new.codebook_id;
END;
CREATE TRIGGER tally_theme_set AFTER UPDATE ON theme BEGIN
	UPDATE codebook SET changes = changes + 1 WHERE id = new.codebook_id;
END;
CREATE TRIGGER tally_run AFTER UPDATE OF run_id ON codebook BEGIN
	UPDATE codebook SET changes = changes + 1 WHERE id = new.id;
END;
CREATE TRIGGER tally_run_theme AFTER UPDATE OF theme_id ON run_theme BEGIN
	UPDATE codebook SET changes = changes + 1 WHERE run_id = new.run_id;
END;
CREATE TRIGGER tally_response AFTER UPDATE OF state, public_revision_id,
	standing_revision_id, is_marked_withdrawn ON response
WHEN old.state IN ('checked', 'published', 'heard', 'withdrawn')
  OR new.state IN ('checked', 'published', 'heard', 'withdrawn')
  OR old.public_revision_id <> 0 OR new.public_revision_id <> 0 BEGIN
	UPDATE codebook SET changes = changes + 1
	 WHERE question_id IN (SELECT q.id FROM question q
		WHERE q.consultation_id = new.consultation_id);
END;
CREATE TRIGGER tally_revision AFTER UPDATE OF authorisation, category, country
	ON revision BEGIN
	UPDATE codebook SET changes = changes + 1
	 WHERE question_id IN (SELECT q.id FROM question q
		JOIN response r ON r.consultation_id = q.consultation_id
		WHERE r.id = new.response_id);
END;
CREATE TRIGGER tally_answer AFTER INSERT ON answer
WHEN EXISTS (SELECT 1 FROM revision v JOIN response r ON r.id = v.response_id
	WHERE v.id = new.revision_id
	  AND (r.state IN ('checked', 'published', 'heard', 'withdrawn')
	    OR r.public_revision_id <> 0)) BEGIN
	UPDATE codebook SET changes = changes + 1
	 WHERE question_id = new.question_id;
END;
CREATE TRIGGER tally_answer_set AFTER UPDATE OF body ON answer BEGIN
	UPDATE codebook SET changes = changes + 1
	 WHERE question_id = new.question_id;
END;
CREATE TRIGGER tally_attached AFTER INSERT ON attached_text BEGIN
	UPDATE codebook SET changes = changes + 1
	 WHERE question_id = new.question_id;
END;
CREATE TRIGGER tally_attached_set AFTER UPDATE OF is_standing ON attached_text
BEGIN
	UPDATE codebook SET changes = changes + 1
	 WHERE question_id = new.question_id;
END;
-- engine: pg
CREATE FUNCTION tally_of_codebook() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE codebook SET changes = changes + 1 WHERE id = new.codebook_id;
	RETURN NULL;
END $$;
CREATE FUNCTION tally_of_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE codebook SET changes = changes + 1 WHERE id = new.id;
	RETURN NULL;
END $$;
CREATE FUNCTION tally_of_run_theme() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE codebook SET changes = changes + 1 WHERE run_id = new.run_id;
	RETURN NULL;
END $$;
CREATE FUNCTION tally_of_response() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE codebook SET changes = changes + 1
	 WHERE question_id IN (SELECT q.id FROM question q
		WHERE q.consultation_id = new.consultation_id);
	RETURN NULL;
END $$;
CREATE FUNCTION tally_of_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE codebook SET changes = changes + 1
	 WHERE question_id IN (SELECT q.id FROM question q
		JOIN response r ON r.consultation_id = q.consultation_id
		WHERE r.id = new.response_id);
	RETURN NULL;
END $$;
CREATE FUNCTION tally_of_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'UPDATE' OR EXISTS (SELECT 1 FROM revision v
		JOIN response r ON r.id = v.response_id
		WHERE v.id = new.revision_id
		  AND (r.state IN ('checked', 'published', 'heard', 'withdrawn')
		    OR r.public_revision_id <> 0)) THEN
		UPDATE codebook SET changes = changes + 1
		 WHERE question_id = new.question_id;
	END IF;
	RETURN NULL;
END $$;
CREATE FUNCTION tally_of_attached() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE codebook SET changes = changes + 1
	 WHERE question_id = new.question_id;
	RETURN NULL;
END $$;
CREATE TRIGGER tally_coding AFTER INSERT OR UPDATE ON coding
	FOR EACH ROW WHEN (new.layer = 0) EXECUTE FUNCTION tally_of_codebook();
CREATE TRIGGER tally_reading AFTER INSERT OR UPDATE ON person_reading
	FOR EACH ROW EXECUTE FUNCTION tally_of_codebook();
CREATE TRIGGER tally_theme AFTER INSERT OR UPDATE ON theme
	FOR EACH ROW EXECUTE FUNCTION tally_of_codebook();
CREATE TRIGGER tally_run AFTER UPDATE OF run_id ON codebook
	FOR EACH ROW EXECUTE FUNCTION tally_of_run();
CREATE TRIGGER tally_run_theme AFTER UPDATE OF theme_id ON run_theme
	FOR EACH ROW EXECUTE FUNCTION tally_of_run_theme();
CREATE TRIGGER tally_response AFTER UPDATE OF state, public_revision_id,
	standing_revision_id, is_marked_withdrawn ON response
	FOR EACH ROW
	WHEN (old.state IN ('checked', 'published', 'heard', 'withdrawn')
	  OR new.state IN ('checked', 'published', 'heard', 'withdrawn')
	  OR old.public_revision_id <> 0 OR new.public_revision_id <> 0)
	EXECUTE FUNCTION tally_of_response();
CREATE TRIGGER tally_revision AFTER UPDATE OF authorisation, category, country
	ON revision FOR EACH ROW EXECUTE FUNCTION tally_of_revision();
CREATE TRIGGER tally_answer AFTER INSERT OR UPDATE OF body ON answer
	FOR EACH ROW EXECUTE FUNCTION tally_of_answer();
CREATE TRIGGER tally_attached AFTER INSERT OR UPDATE OF is_standing
	ON attached_text FOR EACH ROW EXECUTE FUNCTION tally_of_attached();
-- engine: all
