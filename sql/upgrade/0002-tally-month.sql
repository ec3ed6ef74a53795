-- The counts by month, out of those by day. A day's month comes from its number
-- alone: z counts the days since 1 March of the year 0, c the cycles of 400
-- years before it (146,097 days each), e the days in its cycle, y the years in
-- its cycle; the rest of e are days since March. None of it is negative, so both
-- engines divide alike.
CREATE TABLE tally_month (
	month BIGINT NOT NULL,       -- year * 12 + month - 1, local
	unit TEXT NOT NULL,
	desk TEXT NOT NULL,
	field TEXT NOT NULL,
	channel TEXT NOT NULL,
	form TEXT NOT NULL,
	criterion TEXT NOT NULL,
	n1 BIGINT NOT NULL,
	n2 BIGINT NOT NULL,
	n3 BIGINT NOT NULL,
	n4 BIGINT NOT NULL,
	n5 BIGINT NOT NULL,
	na BIGINT NOT NULL,
	aside BIGINT NOT NULL,
	PRIMARY KEY (month, unit, desk, field, channel, form, criterion)
)/*sqlite: WITHOUT ROWID*/;

INSERT INTO tally_month (month, unit, desk, field, channel, form, criterion,
	n1, n2, n3, n4, n5, na, aside)
WITH shifted AS (
	SELECT DISTINCT day, day + 719468 AS z FROM tally
), cycles AS (
	SELECT day, z / 146097 AS c, z % 146097 AS e FROM shifted
), years AS (
	SELECT day, c, e,
		(e - e / 1460 + e / 36524 - e / 146096) / 365 AS y FROM cycles
), months AS (
	SELECT day, (c * 400 + y) * 12 + 2 +
		(5 * (e - (365 * y + y / 4 - y / 100)) + 2) / 153 AS month
	FROM years
)
SELECT month, unit, desk, field, channel, form, criterion,
	CAST(sum(n1) AS BIGINT), CAST(sum(n2) AS BIGINT),
	CAST(sum(n3) AS BIGINT), CAST(sum(n4) AS BIGINT),
	CAST(sum(n5) AS BIGINT), CAST(sum(na) AS BIGINT),
	CAST(sum(aside) AS BIGINT)
FROM tally JOIN months ON months.day = tally.day
GROUP BY month, unit, desk, field, channel, form, criterion;
