-- What administrators set in the house's pages; a key without a row has its
-- default (server/core/catalogue/setting.c).
CREATE TABLE setting (
	key TEXT PRIMARY KEY,
	value TEXT NOT NULL
)/*sqlite: WITHOUT ROWID*/;
