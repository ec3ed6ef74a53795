-- What only SQLite has. The head, up to the first name, is run on every
-- connection.

PRAGMA foreign_keys = ON;
PRAGMA trusted_schema = OFF;

-- How a writer keeps the file.
-- name: writer
-- WAL with FULL: a commit is acknowledged only after fsync. NORMAL lost 26,665
-- acknowledged rows in 300 simulated power cuts, FULL none (tests/rigs). Who
-- copies the WAL into the database, and when: server/store/checkpointer.c.
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;

-- A reader takes the file as it is: a restored copy may not be in WAL.
-- name: reader
PRAGMA query_only = ON;

-- The lock of the writer is taken at once, not at the first write: a
-- transaction that began as a reader cannot become a writer later.
-- name: begin
BEGIN IMMEDIATE;

-- name: begin_read
BEGIN;

-- PostgreSQL's: nothing is to be done here.
-- name: mark
SELECT 1;

-- name: commit
COMMIT;

-- name: commit_read
COMMIT;

-- name: rollback
ROLLBACK;

-- Keeps two programs from making the schema at once: BEGIN IMMEDIATE does.
-- name: schema_lock
SELECT 1;

-- Bytes of the database, the WAL taken as folded in.
-- name: database_size
SELECT page_count * page_size FROM pragma_page_count, pragma_page_size;

-- Whether there is a table meta: 0 or 1.
-- name: schema_exists
SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'meta';

-- Every page, and that they hang together.
-- name: quick_check
PRAGMA quick_check(100);

-- The same, and that indexes say what their tables say.
-- name: full_check
PRAGMA integrity_check(100);

-- PostgreSQL's: a file's lock is waited for by its library, and a file has no
-- pulse.
-- name: patience
SELECT 1;

-- name: pulse
SELECT 1;
