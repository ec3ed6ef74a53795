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

-- name: thing_insert
INSERT INTO thing (id, words)
SELECT id, words FROM unnest($1::bigint[], $2::text[]) WITH ORDINALITY
	AS input (id, words, n)
ORDER BY n;

-- name: thing_colour
SELECT n FROM unnest($1::bigint[]) WITH ORDINALITY AS input (id, n)
JOIN thing USING (id);
