-- The SMS gateway's spool: what came from the modems and the collector does
-- not have yet, and what the collector wants sent. Cut at the "-- name:" marks
-- by shared/statements.c; words beginning with ":" are filled in by name.
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
--   or that a crash left there, from being counted again. A slot that cannot be
--   read has one too (of modem, place and PDU) until it is empty.
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
--   state        waiting, handed, or refused (reason): kept until it is sent
--                again by request
-- outgoing: what the collector wants sent, each at most once.
--   state        queued, sending (the modem may have it), sent, failed, unknown;
--                then, by the network's reports, delivered or undelivered
--   modem        the one to prefer; NULL: any
--   urgent       1: an answer to a citizen who waits; goes before invitations
--   not_before   a refused one is tried again later
--   until        too late afterwards; 0: no such time
--   code         the network's CMS error, NULL without one
--   told         the state that the collector knows; then number and text are
--                gone. '' none yet
-- flight: one row for each part that a modem was given: what a SIM has sent is
--   counted by it (rate, day), and delivery reports find their message by it.
--   sim          IMSI, or the modem's name where it is not known
--   number_key   keyed hash of the number
--   reference    the modem's, 0..255; -1: the network's word was lost
--   state        open, delivered, undelivered
-- modem: how each modem is, written by its worker about once a minute.
--   state        opening, ready, attention (it works, a person must look),
--                unplugged, trouble
--   error        what was wrong last, '' nothing
--   stuck        stored messages that cannot be deleted from it
--   starts       of its worker, since the file was made
-- wish: a service code that shall be dialled (*101#), and what the
--   operator said. answered_at 0: not yet.
-- poison: a slot that neither libGammu nor our own reader can read, as the
--   modem showed it (hex).
-- heard_wish: the last wish of the office that was carried out, by name: resend.
-- pin: hashes of PINs that were tried and not accepted; the same one is never
--   tried twice, because the third wrong PIN locks the SIM.
-- name: version
SELECT v.user_version, EXISTS (SELECT 1 FROM sqlite_master
	WHERE type = 'table' AND name = 'outgoing')
FROM pragma_user_version v;

-- Version 1 knew no delivery reports.
-- name: from_version_1
BEGIN IMMEDIATE;
DROP INDEX outgoing_open;
ALTER TABLE outgoing RENAME TO outgoing_1;
COMMIT;

-- name: after_version_1
BEGIN IMMEDIATE;
INSERT INTO outgoing (id, state, number, text, modem, urgent, queued_at,
	not_before, until, tries, at, code, told)
SELECT id, state, number, text, modem, 1, queued_at, not_before, 0, tries, at,
	code, CASE reported WHEN 1 THEN state ELSE '' END
FROM outgoing_1;
DROP TABLE outgoing_1;
COMMIT;

-- Version 2 kept what cannot be read to itself.
-- name: from_version_2
BEGIN IMMEDIATE;
ALTER TABLE message ADD COLUMN unreadable INTEGER NOT NULL DEFAULT 0;
PRAGMA user_version = 3;
COMMIT;

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
	unreadable INTEGER NOT NULL DEFAULT 0,
	reason TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS message_waiting ON message (received_at)
	WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS message_sender ON message (sender_key, received_at);
CREATE TABLE IF NOT EXISTS outgoing (
	id TEXT PRIMARY KEY,
	state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent',
		'failed', 'unknown', 'delivered', 'undelivered')),
	number TEXT NOT NULL,
	text TEXT NOT NULL,
	modem TEXT,
	urgent INTEGER NOT NULL,
	queued_at INTEGER NOT NULL,
	not_before INTEGER NOT NULL,
	until INTEGER NOT NULL,
	tries INTEGER NOT NULL,
	at INTEGER NOT NULL,
	code INTEGER,
	told TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS outgoing_queued ON outgoing (urgent, queued_at)
	WHERE state IN ('queued', 'sending');
CREATE INDEX IF NOT EXISTS outgoing_untold ON outgoing (at)
	WHERE told <> state;
CREATE TABLE IF NOT EXISTS flight (
	outgoing TEXT NOT NULL,
	modem TEXT NOT NULL,
	sim TEXT NOT NULL,
	number_key BLOB NOT NULL,
	reference INTEGER NOT NULL,
	at INTEGER NOT NULL,
	state TEXT NOT NULL
		CHECK (state IN ('open', 'delivered', 'undelivered'))
) STRICT;
CREATE INDEX IF NOT EXISTS flight_modem ON flight (modem, at);
CREATE INDEX IF NOT EXISTS flight_outgoing ON flight (outgoing);
CREATE INDEX IF NOT EXISTS flight_open ON flight (number_key)
	WHERE state = 'open';
CREATE TABLE IF NOT EXISTS modem (
	name TEXT PRIMARY KEY,
	state TEXT NOT NULL,
	error TEXT NOT NULL,
	heard_at INTEGER NOT NULL,
	starts INTEGER NOT NULL,
	stuck INTEGER NOT NULL,
	signal INTEGER NOT NULL,
	network TEXT NOT NULL,
	operator TEXT NOT NULL,
	model TEXT NOT NULL,
	imei TEXT NOT NULL,
	sim TEXT NOT NULL,
	sim_used INTEGER NOT NULL,
	sim_size INTEGER NOT NULL,
	own_used INTEGER NOT NULL,
	own_size INTEGER NOT NULL,
	rate INTEGER NOT NULL,
	cap INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS wish (
	id INTEGER PRIMARY KEY,
	modem TEXT NOT NULL,
	code TEXT NOT NULL,
	asked_at INTEGER NOT NULL,
	answer TEXT NOT NULL,
	answered_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS poison (
	modem TEXT NOT NULL,
	taken_at INTEGER NOT NULL,
	pdu TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS pin (
	key BLOB PRIMARY KEY,
	tried_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS heard_wish (
	name TEXT PRIMARY KEY,
	number INTEGER NOT NULL
) STRICT;
PRAGMA user_version = 3;

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

-- Its slot is empty: a key that no part will have lets the same words in anew.
-- name: part_gone
UPDATE part SET key = randomblob(32) WHERE key = :key;

-- Messages in one part first: however many parts wait for fellows that never
-- come, no message waits behind them.
-- name: part_waiting
SELECT key, modem, sender, text, sent_at, sent_offset, ref, total, number,
	received_at
FROM part WHERE state = 'waiting'
ORDER BY (ref <> -1), received_at, rowid LIMIT :max;

-- name: part_joined
UPDATE part SET state = 'joined', sender = NULL, text = NULL WHERE key = :key;

-- name: message_add
INSERT INTO message (id, modem, state, sender, sender_key, text, received_at,
	sent_at, sent_offset, partial)
VALUES (:id, :modem, 'waiting', :sender, :sender_key, :text, :received_at,
	:sent_at, :sent_offset, :partial);

-- One with an id of its own: whole, from Kannel, or one that cannot be read.
-- name: message_take
INSERT INTO message (id, modem, state, sender, sender_key, text, received_at,
	sent_at, sent_offset, partial, unreadable)
VALUES (:id, :modem, 'waiting', :sender, :sender_key, :text, :received_at,
	:sent_at, :sent_offset, :unreadable, :unreadable)
ON CONFLICT (id) DO NOTHING;

-- name: message_waiting
SELECT id, modem, sender, text, received_at, sent_at, sent_offset, partial,
	unreadable
FROM message WHERE state = 'waiting' ORDER BY received_at, rowid LIMIT :max OFFSET :skip;

-- name: message_handed
UPDATE message SET state = 'handed', sender = '', text = ''
WHERE id = :id AND state = 'waiting';

-- name: message_refused
UPDATE message SET state = 'refused', reason = :reason
WHERE id = :id AND state = 'waiting';

-- name: message_resend
UPDATE message SET state = 'waiting', reason = NULL WHERE state = 'refused';

-- Changes nothing when the wish is not newer than the last one.
-- name: message_resend_wish
INSERT INTO heard_wish (name, number) VALUES ('resend', :number)
ON CONFLICT (name) DO UPDATE SET number = excluded.number
WHERE excluded.number > heard_wish.number;

-- The modem that this number last wrote to is the one to answer by.
-- name: outgoing_add
INSERT INTO outgoing (id, state, number, text, modem, urgent, queued_at,
	not_before, until, tries, at, told)
VALUES (:id, :state, :number, :text, (SELECT modem FROM message
	WHERE sender_key = :sender_key ORDER BY received_at DESC LIMIT 1),
	:urgent, :now, :now, :until, 0, :now, '')
ON CONFLICT (id) DO NOTHING;

-- The next one for a modem, when it may send: so many parts a minute and since
-- midnight. Of another modem's when that one did not take it within :patience
-- or was not heard of for :alive.
-- name: outgoing_claim
UPDATE outgoing SET state = 'sending', modem = :modem, tries = tries + 1,
	at = :now
WHERE id = (SELECT id FROM outgoing o WHERE state = 'queued'
	AND not_before <= :now AND (until = 0 OR until > :now)
	AND (modem IS NULL OR modem = :modem OR queued_at < :now - :patience
		OR NOT EXISTS (SELECT 1 FROM modem m WHERE m.name = o.modem
			AND m.state = 'ready' AND m.heard_at > :now - :alive))
	ORDER BY urgent DESC, queued_at, rowid LIMIT 1)
AND (SELECT count(*) FROM flight WHERE modem = :modem
	AND at > :now - 60000) < :rate
AND (SELECT count(*) FROM flight WHERE modem = :modem
	AND at >= :midnight) < :cap
RETURNING id, number, text, tries;

-- The same question without taking anything.
-- name: outgoing_ready
SELECT 1 FROM outgoing o WHERE state = 'queued'
	AND not_before <= :now AND (until = 0 OR until > :now)
	AND (modem IS NULL OR modem = :modem OR queued_at < :now - :patience
		OR NOT EXISTS (SELECT 1 FROM modem m WHERE m.name = o.modem
			AND m.state = 'ready' AND m.heard_at > :now - :alive))
	AND (SELECT count(*) FROM flight WHERE modem = :modem
		AND at > :now - 60000) < :rate
	AND (SELECT count(*) FROM flight WHERE modem = :modem
		AND at >= :midnight) < :cap
LIMIT 1;

-- name: outgoing_outcome
UPDATE outgoing SET state = :state, code = :code, at = :now WHERE id = :id;

-- name: outgoing_again
UPDATE outgoing SET state = 'queued', code = :code, not_before = :not_before
WHERE id = :id;

-- A process that died while sending leaves an unknown outcome, never resent;
-- a report of the network may still tell.
-- name: outgoing_recover
UPDATE outgoing SET state = 'unknown', at = :now
WHERE state = 'sending' AND (:modem IS NULL OR modem = :modem);

-- name: outgoing_expire
UPDATE outgoing SET state = 'failed', at = :now
WHERE state = 'queued'
	AND (queued_at < :before OR (until > 0 AND until <= :now));

-- name: outgoing_untold
SELECT id, state, at, code FROM outgoing
WHERE told <> state AND state NOT IN ('queued', 'sending')
ORDER BY at, id LIMIT :max OFFSET :skip;

-- name: outgoing_told
UPDATE outgoing SET told = :state, number = '', text = '' WHERE id = :id;

-- name: outgoing_depth
SELECT count(*) FROM outgoing WHERE state = 'queued';

-- name: flight_add
INSERT INTO flight (outgoing, modem, sim, number_key, reference, at, state)
VALUES (:outgoing, :modem, :sim, :number_key, :reference, :now, 'open');

-- The row of the claim, when it is known what became of the sending.
-- name: flight_settle
DELETE FROM flight WHERE outgoing = :outgoing AND reference = -1;

-- name: flight_open
SELECT rowid, outgoing, sim, reference, at FROM flight
WHERE state = 'open' AND at > :since AND number_key = :number_key
ORDER BY at DESC LIMIT 256;

-- name: flight_end
UPDATE flight SET state = :state WHERE rowid = :id;

-- name: flight_end_all
UPDATE flight SET state = :state WHERE outgoing = :id AND state = 'open';

-- All parts arrived, or one did not.
-- name: outgoing_delivered
UPDATE outgoing SET at = :now, state = CASE
	WHEN EXISTS (SELECT 1 FROM flight WHERE outgoing = :id
		AND state = 'undelivered') THEN 'undelivered'
	ELSE 'delivered' END
WHERE id = :id AND state IN ('sent', 'unknown', 'delivered')
	AND (:failed OR NOT EXISTS (SELECT 1 FROM flight
		WHERE outgoing = :id AND state = 'open'));

-- name: modem_start
INSERT INTO modem (name, state, error, heard_at, starts, stuck, signal, network,
	operator, model, imei, sim, sim_used, sim_size, own_used, own_size, rate,
	cap)
VALUES (:name, 'opening', '', :now, 1, 0, -1, '', '', '', '', '', -1, -1, -1, -1,
	:rate, :cap)
ON CONFLICT (name) DO UPDATE SET state = 'opening', starts = starts + 1,
	heard_at = :now, rate = :rate, cap = :cap;

-- name: modem_state
UPDATE modem SET state = :state, error = :error, stuck = :stuck, heard_at = :now
WHERE name = :name;

-- name: modem_look
UPDATE modem SET signal = :signal, network = :network, operator = :operator,
	model = :model, imei = :imei, sim = :sim, sim_used = :sim_used,
	sim_size = :sim_size, own_used = :own_used, own_size = :own_size
WHERE name = :name;

-- name: modem_list
SELECT name, state, error, heard_at, starts, stuck, signal, network, operator,
	model, imei, sim_used, sim_size, own_used, own_size, rate, cap,
	(SELECT count(*) FROM flight f WHERE f.modem = modem.name
		AND f.at >= :midnight),
	(SELECT count(*) FROM flight f WHERE f.modem = modem.name
		AND f.at > :now - 60000)
FROM modem ORDER BY name;

-- name: wish_add
INSERT INTO wish (modem, code, asked_at, answer, answered_at)
VALUES (:modem, :code, :now, '', 0) RETURNING id;

-- name: wish_next
SELECT id, code FROM wish
WHERE modem = :modem AND answered_at = 0 AND asked_at > :now - 60000
ORDER BY id LIMIT 1;

-- name: wish_answer
UPDATE wish SET answer = :answer, answered_at = :now WHERE id = :id;

-- name: wish_read
SELECT answer FROM wish WHERE id = :id AND answered_at > 0;

-- What waits, what was refused, dropped and quarantined: for a person.
-- name: figures
SELECT (SELECT count(*) FROM message WHERE state = 'waiting'),
	(SELECT coalesce(min(received_at), 0) FROM message
		WHERE state = 'waiting'),
	(SELECT count(*) FROM part WHERE state = 'waiting'),
	(SELECT count(*) FROM outgoing WHERE state = 'queued'),
	(SELECT count(*) FROM message WHERE state = 'refused'),
	(SELECT count(*) FROM part WHERE state = 'dropped'),
	(SELECT count(*) FROM poison);

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
DELETE FROM outgoing WHERE told <> '' AND at < :before;

-- name: purge_flight
DELETE FROM flight WHERE at < :before;

-- name: purge_wish
DELETE FROM wish WHERE asked_at < :before;

-- name: purge_poison
DELETE FROM poison WHERE taken_at < :before;
