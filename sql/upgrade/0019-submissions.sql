-- Units report for a period, explain themselves and promise measures.
CREATE TABLE submission (
	period TEXT NOT NULL REFERENCES period (name),
	unit TEXT NOT NULL,
	state TEXT NOT NULL,
	due BIGINT NOT NULL,
	words TEXT NOT NULL,
	apologies BIGINT NOT NULL,
	changed_by TEXT NOT NULL,
	changed_at BIGINT NOT NULL,
	submitted_by TEXT NOT NULL,
	submitted_at BIGINT NOT NULL,
	decided_by TEXT NOT NULL,
	decided_at BIGINT NOT NULL,
	reason TEXT NOT NULL,
	PRIMARY KEY (period, unit)
)/*sqlite: WITHOUT ROWID*/;
CREATE INDEX submission_open ON submission (period, unit)
WHERE state <> 'accepted';
CREATE TABLE measure (
	id BYTEA PRIMARY KEY,
	period TEXT NOT NULL REFERENCES period (name),
	unit TEXT NOT NULL,
	population TEXT NOT NULL,
	field TEXT NOT NULL,
	words TEXT NOT NULL,
	person TEXT NOT NULL,
	due BIGINT NOT NULL,
	state TEXT NOT NULL,
	result TEXT NOT NULL,
	login TEXT NOT NULL,
	at BIGINT NOT NULL,
	UNIQUE (period, unit, population, field)
);
CREATE INDEX measure_unit ON measure (unit, due);
