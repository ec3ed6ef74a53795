-- Statements of queries.sql for many rows at once, as sql/postgres_rows.sql.

-- name: thing_add
WITH input AS (
	SELECT * FROM unnest($1::bigint[], $2::smallint[], $3::text[],
		$4::bytea[], $5::double precision[]) WITH ORDINALITY
	AS input (id, small, words, bytes, size, n)
), added AS (
	INSERT INTO thing (id, small, words, bytes, size)
	SELECT id, small, words, bytes, size FROM input ORDER BY id, n
	ON CONFLICT (id) DO NOTHING RETURNING id
)
SELECT min(n) FROM input JOIN added USING (id) GROUP BY id;

-- name: thing_new
WITH input AS (
	SELECT * FROM unnest($1::bigint[], $2::text[], $3::bytea[],
		$4::double precision[]) WITH ORDINALITY
	AS input (id, words, bytes, size, n)
), added AS (
	INSERT INTO thing (id, words, bytes, size)
	SELECT id, words, bytes, size FROM input ORDER BY id, n
	ON CONFLICT (id) DO NOTHING RETURNING id
)
SELECT min(n) FROM input JOIN added USING (id) GROUP BY id;

-- name: thing_new_copy
COPY thing (id, words, bytes, size) FROM STDIN (FORMAT binary);

-- name: thing_insert
INSERT INTO thing (id, words) SELECT unnest($1::bigint[]), unnest($2::text[]);

-- name: thing_colour
SELECT n FROM unnest($1::bigint[]) WITH ORDINALITY AS input (id, n)
JOIN thing USING (id);
