-- The schema of the tests of server/db: a table with every type we use. The
-- collector's own schema is tried in test_queries.c.
CREATE TABLE meta (
	key TEXT PRIMARY KEY,
	value TEXT NOT NULL
)/*sqlite: WITHOUT ROWID*/;

CREATE TABLE thing (
	id BIGINT PRIMARY KEY,
	small SMALLINT,
	words TEXT,
	bytes BYTEA,
	size DOUBLE PRECISION,
	colour TEXT NOT NULL DEFAULT 'red' -- since 0002
)/*sqlite: WITHOUT ROWID*/;
CREATE INDEX thing_colour ON thing (colour); -- since 0003
