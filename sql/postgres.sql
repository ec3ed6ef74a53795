-- What only PostgreSQL has. The head, up to the first name, is run on every
-- connection, also after a lost one was made again.

-- The warning that a commit did not reach the standby must come through.
SET client_min_messages = warning;
SET timezone = 'UTC';
-- Work for a collector that has gone ends soon (PostgreSQL 14 and newer).
SELECT set_config('client_connection_check_interval', '2s', false)
WHERE CAST(current_setting('server_version_num') AS integer) >= 140000;

-- name: writer
SET synchronous_commit = on;
-- A commit that is cut short waiting for the standby stays, unreplicated.
SET statement_timeout = 0;

-- name: reader
SET default_transaction_read_only = on;

-- name: begin
BEGIN;

-- name: begin_read
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;

-- Who is told that an answer was there already must be able to rely on it:
-- the standby has it, too. But a transaction that wrote nothing does not wait for
-- the standby, and the one that wrote the answer may not have waited to the end.
-- So nothing is committed without having written something, here a message that
-- is not read.
-- name: mark
SELECT CASE WHEN pg_current_xact_id_if_assigned() IS NULL
	THEN pg_logical_emit_message(true, 'hailong', '') END;

-- name: commit
COMMIT;

-- name: commit_read
COMMIT;

-- name: rollback
ROLLBACK;

-- Keeps two programs from making the schema at once; the number is any.
-- name: schema_lock
SELECT pg_advisory_xact_lock(4861696);

-- Bytes of the database, indexes included.
-- name: database_size
SELECT pg_database_size(current_database());

-- Whether there is a table meta: 0 or 1.
-- name: schema_exists
SELECT CASE WHEN to_regclass('meta') IS NULL THEN 0 ELSE 1 END;

-- The server knows its pages by their checksums and says so when it reads them
-- (class XX); to read every answer, as the recount does, is to ask it.
-- name: quick_check
SELECT 'ok';

-- name: full_check
SELECT 'ok';

-- A writer of a serving collector does not wait for a lock without end.
-- name: patience
SELECT set_config('lock_timeout', $1, false);

-- name: pulse
SELECT 1;
