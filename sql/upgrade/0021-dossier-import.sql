-- Registers on their way in: a file that was checked as a whole waits here in
-- pieces, and is taken piece by piece, so that no other write waits long for it
-- (server/register/arriving.h). Gone when the last piece is taken.
CREATE TABLE dossier_import (
	id BYTEA PRIMARY KEY,
	file TEXT NOT NULL,          -- its name, not where it lay
	login TEXT NOT NULL,         -- who brought it, in which role, and by what:
	role TEXT NOT NULL,          -- as the deed will say
	place TEXT NOT NULL,
	at BIGINT NOT NULL,
	whole BIGINT NOT NULL,       -- 1: all pieces are here, it will be taken
	dossiers BIGINT NOT NULL,    -- in the pieces
	bad BIGINT NOT NULL,         -- rows left out
	numbers TEXT NOT NULL,       -- JSON: how many were kept, and not, and why
	added BIGINT NOT NULL,       -- of those taken so far: new,
	changed BIGINT NOT NULL,
	same BIGINT NOT NULL
);

CREATE TABLE dossier_piece (
	import BYTEA NOT NULL REFERENCES dossier_import (id),
	number BIGINT NOT NULL,
	body BYTEA NOT NULL,         -- closed: it holds citizens' numbers
	PRIMARY KEY (import, number)
);
