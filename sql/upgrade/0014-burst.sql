-- Unusual bursts (server/core/burst/burst.h): counts of the answers that wait in
-- one, and of those whose sender can be known to have been served. The latter
-- are those of kiosks, and where others are tied to dossiers the tallies are
-- counted anew.
ALTER TABLE tally ADD COLUMN unusual BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tally ADD COLUMN unusual_good BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tally ADD COLUMN verified BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tally ADD COLUMN verified_good BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tally_month ADD COLUMN unusual BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tally_month ADD COLUMN unusual_good BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tally_month ADD COLUMN verified BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tally_month ADD COLUMN verified_good BIGINT NOT NULL DEFAULT 0;
UPDATE tally SET verified = n1 + n2 + n3 + n4 + n5, verified_good = n4 + n5
WHERE channel = 'kiosk';
UPDATE tally_month SET verified = n1 + n2 + n3 + n4 + n5,
	verified_good = n4 + n5
WHERE channel = 'kiosk';
INSERT INTO meta (key, value)
SELECT 'recount', '1' WHERE EXISTS
	(SELECT 1 FROM answer WHERE dossier <> '' AND channel <> 'kiosk')
ON CONFLICT (key) DO UPDATE SET value = excluded.value;
