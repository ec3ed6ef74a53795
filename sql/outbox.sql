-- The outbox of a kiosk or SMS gateway: what people said and the collector
-- does not have yet. Cut at the "-- name:" marks by shared/statements.c; words
-- beginning with ":" are filled in by name.

-- WAL with synchronous=FULL: a commit is on disk when it returns (NORMAL lost
-- answers in every simulated power cut). secure_delete: what was delivered
-- is overwritten, not merely forgotten. The checkpoint: what a process that died
-- of a failed fsync left behind can be read and yet not be on the disk; now it
-- is.
-- name: setup
PRAGMA busy_timeout = 5000;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA secure_delete = ON;
PRAGMA wal_checkpoint(FULL);

-- outbox: one row for each unsent body, in the order they were said.
--   made_wall   ms since 1970 by the device's clock, which may be wrong
--   made_mono   ms since boot `boot`; never jumps, so holds are measured in it
--   held_until  the courier leaves the row alone before this (made_mono's
--               scale; another boot ends every hold)
--   taken       1: the courier has read this body and may have sent it; a new
--               body makes it 0 again, so that it is not deleted unsent
-- refused: set aside with the collector's reason, until it is sent
-- again by request; never deleted.
-- counter: seq, the last value of answer.seq that a stored answer may bear;
-- resend, the last wish of the office to send again that was heard.
-- name: schema
CREATE TABLE IF NOT EXISTS outbox (
	seq INTEGER PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL UNIQUE,
	body TEXT NOT NULL,
	made_wall INTEGER NOT NULL,
	made_mono INTEGER NOT NULL,
	boot TEXT NOT NULL,
	held_until INTEGER NOT NULL,
	taken INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS refused (
	number INTEGER PRIMARY KEY,
	id TEXT NOT NULL,
	body TEXT NOT NULL,
	reason TEXT NOT NULL,
	refused_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS counter (
	name TEXT PRIMARY KEY,
	value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- name: check
PRAGMA quick_check(1);

-- name: begin
BEGIN IMMEDIATE;

-- name: commit
COMMIT;

-- name: rollback
ROLLBACK;

-- A new body needs room; a changed one already has it.
-- name: put
INSERT INTO outbox (id, body, made_wall, made_mono, boot, held_until)
SELECT :id, :body, :wall, :mono, :boot, :mono + :hold
WHERE (SELECT count(*) FROM outbox) < :room
   OR EXISTS (SELECT 1 FROM outbox WHERE id = :id)
ON CONFLICT (id) DO UPDATE SET
	body = excluded.body,
	made_mono = excluded.made_mono,
	boot = excluded.boot,
	held_until = excluded.held_until,
	taken = 0;

-- name: release
UPDATE outbox SET held_until = 0 WHERE id = :id;

-- name: due
SELECT seq, id, body FROM outbox
WHERE boot <> :boot OR held_until <= :mono
ORDER BY seq LIMIT :max OFFSET :skip;

-- name: take
UPDATE outbox SET taken = 1 WHERE id = :id AND taken = 0;

-- name: done
DELETE FROM outbox WHERE id = :id AND taken = 1;

-- name: refuse
INSERT INTO refused (id, body, reason, refused_at)
SELECT id, body, :reason, :wall FROM outbox WHERE id = :id AND taken = 1;

-- The age is measured since boot where possible; the wall clock of a device
-- that has just learnt the time would make an answer decades old.
-- name: depth
SELECT count(*),
	coalesce(max(CASE boot WHEN :boot THEN :mono - made_mono
	                       ELSE max(0, :wall - made_wall) END), 0)
FROM outbox;

-- name: refused
SELECT count(*) FROM refused;

-- As many as there is room for, oldest first.
-- name: resend
INSERT INTO outbox (id, body, made_wall, made_mono, boot, held_until)
SELECT id, body, :wall, :mono, :boot, 0 FROM refused WHERE true
ORDER BY number LIMIT max(0, :room - (SELECT count(*) FROM outbox))
ON CONFLICT (id) DO NOTHING;

-- An id whose answer was changed since and waits stays as it is.
-- name: resent
DELETE FROM refused WHERE EXISTS (SELECT 1 FROM outbox o
	WHERE o.id = refused.id AND o.body = refused.body);

-- Changes nothing when the wish is not newer than the last one.
-- name: resend_wish
INSERT INTO counter (name, value) VALUES ('resend', :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value
WHERE excluded.value > counter.value;

-- name: counter_read
SELECT coalesce((SELECT value FROM counter WHERE name = 'seq'), 0);

-- name: counter_write
INSERT INTO counter (name, value) VALUES ('seq', :value)
ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value);

-- A durable write that changes nothing anybody reads.
-- name: probe
INSERT INTO counter (name, value) VALUES ('probe', :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;
