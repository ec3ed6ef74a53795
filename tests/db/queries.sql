-- Statements of the tests of server/db.

-- The schema's number: server/db itself asks these two.
-- name: meta_get
SELECT value FROM meta WHERE key = $1;

-- name: meta_put
INSERT INTO meta (key, value) VALUES ($1, $2)
ON CONFLICT (key) DO UPDATE SET value = excluded.value;

-- name: thing_add
INSERT INTO thing (id, small, words, bytes, size) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (id) DO NOTHING;

-- name: thing_new
INSERT INTO thing (id, words, bytes, size) VALUES ($1, $2, $3, $4)
ON CONFLICT (id) DO NOTHING;

-- name: thing_insert
INSERT INTO thing (id, words) VALUES ($1, $2);

-- name: thing_put
INSERT INTO thing (id, words) VALUES ($1, $2)
ON CONFLICT (id) DO UPDATE SET words = excluded.words
RETURNING id, words;

-- name: thing_get
SELECT id, small, words, bytes, size FROM thing WHERE id = $1;

-- name: thing_colour
SELECT colour FROM thing WHERE id = $1;

-- name: thing_count
SELECT count(*) FROM thing;

-- The second parameter stands before the first.
-- name: thing_between
SELECT id FROM thing WHERE id BETWEEN $2 AND $1 ORDER BY id;

-- name: thing_rename
UPDATE thing SET words = $2 WHERE id >= $1;

-- name: thing_delete
DELETE FROM thing WHERE id = $1;

-- The least thing above $1: asked again while its row is read.
-- name: thing_above
SELECT id FROM thing WHERE id > $1 ORDER BY id LIMIT 1;

-- One parameter, used twice, beside what only looks like some: "$8".
-- name: looks
SELECT CAST($1 AS BIGINT), '$9', CAST($1 AS BIGINT) + 1 /* $7 */; -- $6

-- name: kinds
SELECT CAST(1 AS SMALLINT), CAST(-70000 AS INTEGER), CAST(3 AS BIGINT),
	CAST(0.5 AS DOUBLE PRECISION), 'word', CAST(NULL AS BIGINT);

-- PostgreSQL's sum of BIGINT is numeric: refused until somebody CASTs it.
-- name: sum_uncast
SELECT sum(id) FROM thing;

-- A number made of words: PostgreSQL's message repeats them.
-- name: number_of_words
SELECT CAST(words AS BIGINT) FROM thing WHERE id = $1;

-- As long as one likes.
-- name: long
WITH RECURSIVE steps (n) AS (
	SELECT CAST(1 AS BIGINT)
	UNION ALL SELECT n + 1 FROM steps WHERE n < $1)
SELECT count(*) FROM steps;

-- name: broken
SELECT nothing FROM nowhere;
