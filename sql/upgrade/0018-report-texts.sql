-- The head of reports and their passages, as staff wrote them.
CREATE TABLE report_text (
	unit TEXT NOT NULL,
	period TEXT NOT NULL,
	key TEXT NOT NULL,
	words TEXT NOT NULL,
	login TEXT NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (unit, period, key)
)/*sqlite: WITHOUT ROWID*/;
