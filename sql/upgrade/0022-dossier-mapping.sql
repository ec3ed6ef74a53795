-- What the columns of a register mean, as a person said: kept for the next file
-- whose header is the same (server/core/dossier/register.h).
CREATE TABLE dossier_mapping (
	name TEXT PRIMARY KEY,
	head TEXT NOT NULL,          -- names of the columns, folded, one a line
	columns TEXT NOT NULL,       -- code,unit,… in their order, '' left aside
	login TEXT NOT NULL,         -- who kept it, and when
	at BIGINT NOT NULL
);
