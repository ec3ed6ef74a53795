-- What was said in answers that are set aside is counted under their reason
-- (tally.criterion "aside.REASON.CRITERION").
INSERT INTO meta (key, value)
SELECT 'recount', '1' WHERE EXISTS (SELECT 1 FROM answer WHERE aside = 1)
ON CONFLICT (key) DO UPDATE SET value = excluded.value;
