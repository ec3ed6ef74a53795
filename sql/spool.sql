-- The SMS gateway's spool: what came from the modems and the collector does
-- not have yet, and what the collector wants sent. Cut at the "-- name:" marks
-- by sms/spool_db.c; words beginning with ":" are filled in by name.
-- Times are ms since 1970 UTC by the gateway's clock unless said otherwise.

-- WAL with synchronous=FULL: a part is deleted from the modem only after its
-- commit is on disk. secure_delete: numbers and texts are overwritten when
-- they leave, not merely forgotten.
-- name: setup
PRAGMA busy_timeout = 10000;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA secure_delete = ON;

-- secret: 32 random bytes made with the file, the key of every hash below, so
--   that a hash without the file says nothing about a number.
-- part: one row for each SMS part ever read from a modem. The row outlives its
--   words: the key alone stops a part that could not be deleted from the modem,
--   or that a crash left there, from being counted again.
--   key          keyed hash of sender, network time, user data header, text
--   state        waiting: for its fellow parts or the next join
--                joined:  its words are in a message
--                dropped: not from a citizen's number or no text; never stored
--   sender, text (UTF-16BE) only while waiting
--   sent_at      the network's time stamp, with its offset in minutes
--   ref, total, number  of the user data header; ref -1: a single message
--   seen_at      last read from a modem
-- message: one joined message. Words and number stay until the collector has
--   them; then only the sender's hash and the modem stay, so that the reply
--   leaves by the modem the citizen wrote to.
--   state        waiting, handed, or refused (reason): never deleted unseen
-- outgoing: what the collector wants sent, each at most once.
--   state        queued, sending (the modem may have it), sent, failed, unknown
--   modem        the one to prefer; NULL: any
--   not_before   a refused one is tried again later
--   code         the network's CMS error, NULL without one
--   reported     1: the collector knows the outcome; number and text are gone
-- poison: a slot that libGammu cannot read, as the modem showed it (hex).
-- pin: hashes of PINs that were tried and not accepted; the same one is never
--   tried twice, because the third wrong PIN locks the SIM.
-- name: schema
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

-- name: secret_read
SELECT key FROM secret;

-- name: secret_make
INSERT INTO secret (key) SELECT :key WHERE NOT EXISTS (SELECT 1 FROM secret);

-- name: begin
BEGIN IMMEDIATE;

-- name: commit
COMMIT;

-- name: rollback
ROLLBACK;

-- name: part_add
INSERT INTO part (key, modem, state, sender, text, sent_at, sent_offset, ref,
	total, number, received_at, seen_at)
VALUES (:key, :modem, :state, :sender, :text, :sent_at, :sent_offset, :ref,
	:total, :number, :now, :now)
ON CONFLICT (key) DO NOTHING;

-- Once a day is enough to keep a part's key from the purge: a slot that cannot
-- be emptied is read every few seconds.
-- name: part_seen
UPDATE part SET seen_at = :now WHERE key = :key AND seen_at < :now - 86400000;

-- name: part_waiting
SELECT key, modem, sender, text, sent_at, sent_offset, ref, total, number,
	received_at
FROM part WHERE state = 'waiting' ORDER BY received_at, rowid LIMIT :max;

-- name: part_joined
UPDATE part SET state = 'joined', sender = NULL, text = NULL WHERE key = :key;

-- name: part_dropped
SELECT count(*) FROM part WHERE state = 'dropped';

-- name: message_add
INSERT INTO message (id, modem, state, sender, sender_key, text, received_at,
	sent_at, sent_offset, partial)
VALUES (:id, :modem, 'waiting', :sender, :sender_key, :text, :received_at,
	:sent_at, :sent_offset, :partial);

-- name: message_waiting
SELECT id, modem, sender, text, received_at, sent_at, sent_offset, partial
FROM message WHERE state = 'waiting' ORDER BY received_at, rowid LIMIT :max;

-- name: message_handed
UPDATE message SET state = 'handed', sender = '', text = ''
WHERE id = :id AND state = 'waiting';

-- name: message_refused
UPDATE message SET state = 'refused', reason = :reason
WHERE id = :id AND state = 'waiting';

-- The modem that this number last wrote to is the one to answer by.
-- name: outgoing_add
INSERT INTO outgoing (id, state, number, text, modem, queued_at, not_before,
	tries, at, reported)
VALUES (:id, :state, :number, :text, (SELECT modem FROM message
	WHERE sender_key = :sender_key ORDER BY received_at DESC LIMIT 1),
	:now, :now, 0, :now, 0)
ON CONFLICT (id) DO NOTHING;

-- Another modem may take it when the preferred one did not within :patience.
-- name: outgoing_claim
UPDATE outgoing SET state = 'sending', modem = :modem, tries = tries + 1,
	at = :now
WHERE id = (SELECT id FROM outgoing WHERE reported = 0 AND state = 'queued'
	AND not_before <= :now AND (modem IS NULL OR modem = :modem
		OR queued_at < :now - :patience)
	ORDER BY queued_at, rowid LIMIT 1)
RETURNING id, number, text, tries;

-- name: outgoing_ready
SELECT 1 FROM outgoing WHERE reported = 0 AND state = 'queued'
	AND not_before <= :now AND (modem IS NULL OR modem = :modem
		OR queued_at < :now - :patience)
LIMIT 1;

-- name: outgoing_outcome
UPDATE outgoing SET state = :state, code = :code, at = :now WHERE id = :id;

-- name: outgoing_again
UPDATE outgoing SET state = 'queued', code = :code, not_before = :not_before
WHERE id = :id;

-- A process that died while sending leaves an unknown outcome, never resent.
-- name: outgoing_recover
UPDATE outgoing SET state = 'unknown', at = :now
WHERE reported = 0 AND state = 'sending' AND (:modem IS NULL OR modem = :modem);

-- name: outgoing_expire
UPDATE outgoing SET state = 'failed', at = :now
WHERE reported = 0 AND state = 'queued' AND queued_at < :before;

-- name: outgoing_done
SELECT id, state, at, code FROM outgoing
WHERE reported = 0 AND state IN ('sent', 'failed', 'unknown')
ORDER BY at LIMIT :max;

-- name: outgoing_reported
UPDATE outgoing SET reported = 1, number = '', text = '' WHERE id = :id;

-- name: outgoing_depth
SELECT count(*) FROM outgoing WHERE reported = 0 AND state = 'queued';

-- name: poison_add
INSERT INTO poison (modem, taken_at, pdu) VALUES (:modem, :now, :pdu);

-- name: pin_tried
SELECT 1 FROM pin WHERE key = :key;

-- name: pin_accepted
DELETE FROM pin WHERE key = :key;

-- name: pin_try
INSERT INTO pin (key, tried_at) VALUES (:key, :now)
ON CONFLICT (key) DO NOTHING;

-- name: purge_part
DELETE FROM part WHERE state <> 'waiting' AND seen_at < :before;

-- name: purge_message
DELETE FROM message WHERE state = 'handed' AND received_at < :before;

-- name: purge_outgoing
DELETE FROM outgoing WHERE reported = 1 AND at < :before;

-- name: purge_poison
DELETE FROM poison WHERE taken_at < :before;
