-- Statements of queries.sql once more, for many rows at once (db_run_rows): on
-- PostgreSQL a batch is one statement instead of one for each row. Each
-- parameter is an array with the values that the same parameter has row by row,
-- and rows are numbered from 1. A result's only column names the rows for which
-- something was inserted, changed or found.
--
-- x_copy is tried in place of x as long as all rows are new; the parameters are
-- its columns, in their order (server/db/db_postgres_many.c).
--
-- Rows are written in the order of their keys, by everyone: so two collectors
-- may wait for each other, but never in a circle. Who needs no numbers unnests
-- the arrays side by side in SELECT, which keeps their order and takes half the
-- time of doing so in FROM.

-- The same id may come twice: the first one is inserted.
-- name: answer_add
WITH input AS (
	SELECT * FROM unnest($1::bytea[], $2::bigint[], $3::text[], $4::text[],
		$5::text[], $6::text[], $7::text[], $8::bigint[], $9::text[],
		$10::text[], $11::text[], $12::text[], $13::text[],
		$14::text[], $15::bigint[], $16::bigint[], $17::bigint[],
		$18::bigint[], $19::bytea[], $20::bigint[], $21::bigint[],
		$22::text[], $23::bigint[], $24::bigint[]) WITH ORDINALITY
	AS input (id, day, unit, desk, field, channel, form, form_version, scores,
		reasons, flags, lang, assisted, device, seq, answered_at, zone,
		received_at, digest, aside, sample, dossier, matter, doubt, n)
), added AS (
	INSERT INTO answer (id, day, unit, desk, field, channel, form,
		form_version, scores, reasons, flags, lang, assisted, device,
		seq, answered_at, zone, received_at, digest, aside, sample,
		dossier, matter, doubt)
	SELECT id, day, unit, desk, field, channel, form, form_version, scores,
		reasons, flags, lang, assisted, device, seq, answered_at, zone,
		received_at, digest, aside, sample, dossier, matter, doubt
	FROM input ORDER BY id, n
	ON CONFLICT (id) DO NOTHING RETURNING id
)
SELECT min(n) FROM input JOIN added USING (id) GROUP BY id;

-- name: answer_add_copy
COPY answer (id, day, unit, desk, field, channel, form, form_version, scores,
	reasons, flags, lang, assisted, device, seq, answered_at, zone,
	received_at, digest, aside, sample, dossier, matter, doubt)
FROM STDIN (FORMAT binary);

-- name: answer_same
SELECT n FROM unnest($1::bytea[], $2::bytea[]) WITH ORDINALITY
	AS input (id, digest, n)
JOIN answer USING (id, digest);

-- name: remark_add
INSERT INTO remark (answer, comment, day, unit, field, plain)
SELECT unnest($1::bytea[]), unnest($2::text[]), unnest($3::bigint[]),
	unnest($4::text[]), unnest($5::text[]), unnest($6::text[])
ON CONFLICT (answer) DO NOTHING;

-- name: proposal_take
INSERT INTO proposal_answer (proposal, answer, open)
SELECT q.id, a.id, 1
FROM unnest($1::bytea[], $2::bytea[], $3::text[], $4::bytea[])
	AS input (proposal, answer, act, past)
JOIN proposal q ON q.id = input.proposal
JOIN answer a ON a.id = input.answer AND a.unit = q.unit
WHERE (input.act = 'aside' AND a.aside = 0)
	OR (input.act = 'restore' AND a.aside = 1)
	OR (input.act = 'count' AND a.aside = 0 AND a.doubt = 3)
	OR (input.act = 'undo' AND EXISTS (SELECT 1 FROM work_step s
		WHERE s.answer = a.id AND s.id = input.past AND s.undone = 0))
ORDER BY a.id
ON CONFLICT DO NOTHING;

-- name: tally_add
INSERT INTO tally (day, unit, desk, field, channel, form, criterion,
	n1, n2, n3, n4, n5, na, aside, unusual, unusual_good, verified,
	verified_good)
SELECT unnest($1::bigint[]), unnest($2::text[]), unnest($3::text[]),
	unnest($4::text[]), unnest($5::text[]), unnest($6::text[]),
	unnest($7::text[]), unnest($8::bigint[]), unnest($9::bigint[]),
	unnest($10::bigint[]), unnest($11::bigint[]), unnest($12::bigint[]),
	unnest($13::bigint[]), unnest($14::bigint[]), unnest($15::bigint[]),
	unnest($16::bigint[]), unnest($17::bigint[]), unnest($18::bigint[])
ON CONFLICT (day, unit, desk, field, channel, form, criterion) DO UPDATE SET
	n1 = tally.n1 + excluded.n1, n2 = tally.n2 + excluded.n2,
	n3 = tally.n3 + excluded.n3, n4 = tally.n4 + excluded.n4,
	n5 = tally.n5 + excluded.n5, na = tally.na + excluded.na,
	aside = tally.aside + excluded.aside,
	unusual = tally.unusual + excluded.unusual,
	unusual_good = tally.unusual_good + excluded.unusual_good,
	verified = tally.verified + excluded.verified,
	verified_good = tally.verified_good + excluded.verified_good;

-- name: tally_month_add
INSERT INTO tally_month (month, unit, desk, field, channel, form, criterion,
	n1, n2, n3, n4, n5, na, aside, unusual, unusual_good, verified,
	verified_good)
SELECT unnest($1::bigint[]), unnest($2::text[]), unnest($3::text[]),
	unnest($4::text[]), unnest($5::text[]), unnest($6::text[]),
	unnest($7::text[]), unnest($8::bigint[]), unnest($9::bigint[]),
	unnest($10::bigint[]), unnest($11::bigint[]), unnest($12::bigint[]),
	unnest($13::bigint[]), unnest($14::bigint[]), unnest($15::bigint[]),
	unnest($16::bigint[]), unnest($17::bigint[]), unnest($18::bigint[])
ON CONFLICT (month, unit, desk, field, channel, form, criterion) DO UPDATE SET
	n1 = tally_month.n1 + excluded.n1, n2 = tally_month.n2 + excluded.n2,
	n3 = tally_month.n3 + excluded.n3, n4 = tally_month.n4 + excluded.n4,
	n5 = tally_month.n5 + excluded.n5, na = tally_month.na + excluded.na,
	aside = tally_month.aside + excluded.aside,
	unusual = tally_month.unusual + excluded.unusual,
	unusual_good = tally_month.unusual_good + excluded.unusual_good,
	verified = tally_month.verified + excluded.verified,
	verified_good = tally_month.verified_good + excluded.verified_good;

-- name: dossier_tally_add
INSERT INTO dossier_tally (day, unit, field, finished, refused, withdrawn,
	returned, late, elsewhere)
SELECT unnest($1::bigint[]), unnest($2::text[]), unnest($3::text[]),
	unnest($4::bigint[]), unnest($5::bigint[]), unnest($6::bigint[]),
	unnest($7::bigint[]), unnest($8::bigint[]), unnest($9::bigint[])
ON CONFLICT (day, unit, field) DO UPDATE SET
	finished = dossier_tally.finished + excluded.finished,
	refused = dossier_tally.refused + excluded.refused,
	withdrawn = dossier_tally.withdrawn + excluded.withdrawn,
	returned = dossier_tally.returned + excluded.returned,
	late = dossier_tally.late + excluded.late,
	elsewhere = dossier_tally.elsewhere + excluded.elsewhere;
