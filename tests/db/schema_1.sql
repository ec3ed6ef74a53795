-- schema.sql as it was at number 1.
CREATE TABLE meta (
	key TEXT PRIMARY KEY,
	value TEXT NOT NULL
)/*sqlite: WITHOUT ROWID*/;

CREATE TABLE thing (
	id BIGINT PRIMARY KEY,
	small SMALLINT,
	words TEXT,
	bytes BYTEA,
	size DOUBLE PRECISION
)/*sqlite: WITHOUT ROWID*/;
