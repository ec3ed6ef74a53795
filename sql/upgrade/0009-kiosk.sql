-- Kiosks that enrol themselves, sign, are asked by the desk's software; their
-- settings, counters and clocks; one answer for a dossier over all channels;
-- comments that come after the answer.
ALTER TABLE device ADD COLUMN key BYTEA;
ALTER TABLE device ADD COLUMN name TEXT NOT NULL DEFAULT '';

CREATE TABLE device_desk (
	device TEXT NOT NULL,
	desk TEXT NOT NULL,
	until BIGINT NOT NULL,
	PRIMARY KEY (device, desk)
)/*sqlite: WITHOUT ROWID*/;

CREATE TABLE kiosk_setting (
	desk TEXT NOT NULL,
	key TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (desk, key)
)/*sqlite: WITHOUT ROWID*/;

CREATE TABLE enrolment (
	key BYTEA PRIMARY KEY,
	code TEXT NOT NULL UNIQUE,
	version TEXT NOT NULL,
	expires_at BIGINT NOT NULL,
	device TEXT NOT NULL,
	desk TEXT NOT NULL,
	sealed TEXT NOT NULL
);

CREATE TABLE device_seq (
	device TEXT PRIMARY KEY,
	ranges TEXT NOT NULL,
	missing BIGINT NOT NULL,
	twice BIGINT NOT NULL
)/*sqlite: WITHOUT ROWID*/;

CREATE TABLE device_boot (
	device TEXT NOT NULL,
	boot TEXT NOT NULL,
	began_at BIGINT NOT NULL,
	heard_at BIGINT NOT NULL,
	PRIMARY KEY (device, boot)
)/*sqlite: WITHOUT ROWID*/;

CREATE TABLE answer_said (
	answer BYTEA PRIMARY KEY,
	said_at BIGINT NOT NULL
)/*sqlite: WITHOUT ROWID*/;

CREATE TABLE wreck (
	device TEXT NOT NULL,
	name TEXT NOT NULL,
	at BIGINT NOT NULL,
	bytes BYTEA NOT NULL,
	received_at BIGINT NOT NULL,
	PRIMARY KEY (device, name, at)
);

CREATE TABLE link (
	token_hash BYTEA PRIMARY KEY,
	kind TEXT NOT NULL,
	dossier TEXT NOT NULL,
	ticket TEXT NOT NULL,
	desk TEXT NOT NULL,
	field TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL
);
CREATE INDEX link_expires ON link (expires_at);

CREATE TABLE desk_call (
	desk TEXT PRIMARY KEY,
	number BIGINT NOT NULL,
	dossier TEXT NOT NULL,
	field TEXT NOT NULL,
	expires_at BIGINT NOT NULL
);

CREATE TABLE dossier_answer (
	dossier TEXT PRIMARY KEY,
	answer BYTEA NOT NULL
)/*sqlite: WITHOUT ROWID*/;

CREATE TABLE addition (
	token_hash BYTEA PRIMARY KEY,
	answer BYTEA,
	comment TEXT,
	used BIGINT NOT NULL,
	at BIGINT NOT NULL
);
CREATE INDEX addition_at ON addition (at);

INSERT INTO dossier_answer (dossier, answer)
SELECT dossier, id FROM answer WHERE dossier <> '' AND aside = 0
ON CONFLICT (dossier) DO NOTHING;
