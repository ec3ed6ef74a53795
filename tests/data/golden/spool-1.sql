-- A spool as the first version made it, with one message that the collector
-- does not have, one outcome it does not know, and one text to be sent.
CREATE TABLE IF NOT EXISTS secret (
	key BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS part (
	key BLOB PRIMARY KEY,
	modem TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('waiting', 'joined', 'dropped')),
	sender TEXT,
	text BLOB,
	sent_at INTEGER NOT NULL,
	sent_offset INTEGER NOT NULL,
	ref INTEGER NOT NULL,
	total INTEGER NOT NULL,
	number INTEGER NOT NULL,
	received_at INTEGER NOT NULL,
	seen_at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS part_waiting ON part (received_at)
	WHERE state = 'waiting';
CREATE TABLE IF NOT EXISTS message (
	id TEXT PRIMARY KEY,
	modem TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('waiting', 'handed', 'refused')),
	sender TEXT NOT NULL,
	sender_key BLOB NOT NULL,
	text TEXT NOT NULL,
	received_at INTEGER NOT NULL,
	sent_at INTEGER NOT NULL,
	sent_offset INTEGER NOT NULL,
	partial INTEGER NOT NULL,
	reason TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS message_waiting ON message (received_at)
	WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS message_sender ON message (sender_key, received_at);
CREATE TABLE IF NOT EXISTS outgoing (
	id TEXT PRIMARY KEY,
	state TEXT NOT NULL
		CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'unknown')),
	number TEXT NOT NULL,
	text TEXT NOT NULL,
	modem TEXT,
	queued_at INTEGER NOT NULL,
	not_before INTEGER NOT NULL,
	tries INTEGER NOT NULL,
	at INTEGER NOT NULL,
	code INTEGER,
	reported INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS outgoing_open ON outgoing (queued_at)
	WHERE reported = 0;
CREATE TABLE IF NOT EXISTS poison (
	modem TEXT NOT NULL,
	taken_at INTEGER NOT NULL,
	pdu TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS pin (
	key BLOB PRIMARY KEY,
	tried_at INTEGER NOT NULL
) STRICT;

INSERT INTO secret (key) VALUES
	(x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f');
INSERT INTO message (id, modem, state, sender, sender_key, text, received_at,
	sent_at, sent_offset, partial)
VALUES ('01938f5e-7c1a-7f00-9a51-3f0d3c1f8a11', 'gsm1', 'waiting',
	'+84912345678', x'01', 'LH1 5', 1, 1, 420, 0);
INSERT INTO outgoing (id, state, number, text, modem, queued_at, not_before,
	tries, at, code, reported)
VALUES ('01938f5e-7c1a-7f00-9a51-3f0d3c1f8a12', 'failed', '', '', 'gsm1', 1, 1,
	1, 1, 21, 0),
	('01938f5e-7c1a-7f00-9a51-3f0d3c1f8a13', 'sent', '', '', 'gsm1', 1, 1, 1,
	1, NULL, 1),
	('01938f5e-7c1a-7f00-9a51-3f0d3c1f8a14', 'queued', '+84912345678', 'Cam on',
	NULL, 1, 1, 0, 1, NULL, 0);
