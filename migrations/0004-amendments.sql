-- The place of parties' amendments; nothing is here yet, and an empty script is
-- an error on PostgreSQL.
DROP TABLE IF EXISTS amendment_of_nothing;
