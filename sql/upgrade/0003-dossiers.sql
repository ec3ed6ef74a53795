-- Dossiers and what is counted of them; what a page needs to find comments and
-- answers that were set aside; when a session was last used. The tallies are
-- counted anew afterwards (meta's recount), for reasons are counted from now on.
CREATE TABLE dossier (
	key TEXT PRIMARY KEY,
	code TEXT NOT NULL,
	unit TEXT NOT NULL,
	field TEXT NOT NULL,
	procedure TEXT NOT NULL,
	desk TEXT NOT NULL,
	authority TEXT NOT NULL,
	received_at BIGINT NOT NULL,
	due_at BIGINT,
	finished_at BIGINT,
	finished_day BIGINT,
	outcome TEXT NOT NULL,
	changed_at BIGINT NOT NULL
)/*sqlite: WITHOUT ROWID*/;

CREATE TABLE dossier_tally (
	day BIGINT NOT NULL,
	unit TEXT NOT NULL,
	field TEXT NOT NULL,
	finished BIGINT NOT NULL,
	refused BIGINT NOT NULL,
	withdrawn BIGINT NOT NULL,
	returned BIGINT NOT NULL,
	late BIGINT NOT NULL,
	elsewhere BIGINT NOT NULL,
	PRIMARY KEY (day, unit, field)
)/*sqlite: WITHOUT ROWID*/;

CREATE TABLE aside (
	answer BYTEA PRIMARY KEY REFERENCES answer (id),
	reason TEXT NOT NULL,
	login TEXT NOT NULL,
	at BIGINT NOT NULL
)/*sqlite: WITHOUT ROWID*/;
INSERT INTO aside (answer, reason, login, at)
SELECT id, 'corrected', '', received_at FROM answer WHERE aside = 1;
CREATE INDEX answer_aside ON answer (day) WHERE aside = 1;

ALTER TABLE answer ADD COLUMN dossier TEXT NOT NULL DEFAULT '';

ALTER TABLE remark ADD COLUMN day BIGINT NOT NULL DEFAULT 0;
ALTER TABLE remark ADD COLUMN unit TEXT NOT NULL DEFAULT '';
ALTER TABLE remark ADD COLUMN field TEXT NOT NULL DEFAULT '';
ALTER TABLE remark ADD COLUMN plain TEXT NOT NULL DEFAULT '';
UPDATE remark SET
	day = (SELECT day FROM answer WHERE id = remark.answer),
	unit = (SELECT unit FROM answer WHERE id = remark.answer),
	field = (SELECT field FROM answer WHERE id = remark.answer)
WHERE EXISTS (SELECT 1 FROM answer WHERE id = remark.answer);
CREATE INDEX remark_day ON remark (day, answer);

ALTER TABLE session ADD COLUMN seen_at BIGINT NOT NULL DEFAULT 0;
UPDATE session SET seen_at = created_at;

INSERT INTO meta (key, value) VALUES ('recount', '1')
ON CONFLICT (key) DO UPDATE SET value = '1';
