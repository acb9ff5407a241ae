-- What was counted of a codebook, kept: as long as codebook.tallied is
-- codebook.changes it is what a count would say now. Triggers count changes up
-- with whatever the figures are made of: migrations/0030-tally.sql.

-- query: theme_tally :many
-- param: codebook_id i64
-- row: kind text, theme_id i64, value text, responses i64,
--   distinct_texts i64, campaign i64, heard i64
SELECT t.kind, t.theme_id, t.value, t.responses, t.distinct_texts, t.campaign,
       t.heard
  FROM theme_tally t JOIN codebook b ON b.id = t.codebook_id
 WHERE t.codebook_id = :codebook_id AND b.tallied = b.changes;

-- One that has changed since it was counted.
-- query: theme_tally_due :opt
-- row: id i64, question_id i64, run_id i64, changes i64
SELECT id, question_id, run_id, changes FROM codebook
 WHERE tallied <> changes ORDER BY id LIMIT 1;

-- query: theme_tally_clear :exec
-- param: codebook_id i64
DELETE FROM theme_tally WHERE codebook_id = :codebook_id;

-- query: theme_tally_put :exec
-- param: codebook_id i64, kind text, theme_id i64, value text, responses i64,
--   distinct_texts i64, campaign i64, heard i64
INSERT INTO theme_tally (codebook_id, kind, theme_id, value, responses,
	distinct_texts, campaign, heard)
VALUES (:codebook_id, :kind, :theme_id, :value, :responses, :distinct_texts,
	:campaign, :heard);

-- Counted when it was at `changes`: nothing, if it is not any more.
-- query: theme_tally_done :count
-- param: codebook_id i64, changes i64
UPDATE codebook SET tallied = :changes
 WHERE id = :codebook_id AND changes = :changes;
