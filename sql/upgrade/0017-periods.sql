-- Periods are closed: what was counted then is kept (schema.sql says more).
CREATE TABLE period (
	name TEXT PRIMARY KEY,
	cut TEXT NOT NULL,
	first_day BIGINT NOT NULL,
	last_day BIGINT NOT NULL,
	state TEXT NOT NULL,
	snapshot BIGINT NOT NULL,
	revision BIGINT NOT NULL,
	proposed_by TEXT NOT NULL,
	proposed_at BIGINT NOT NULL,
	reason TEXT NOT NULL
)/*sqlite: WITHOUT ROWID*/;
CREATE TABLE day_off (
	day BIGINT PRIMARY KEY,
	off BIGINT NOT NULL,
	name TEXT NOT NULL
)/*sqlite: WITHOUT ROWID*/;
CREATE TABLE snapshot (
	id BIGINT PRIMARY KEY,
	period TEXT NOT NULL REFERENCES period (name),
	revision BIGINT NOT NULL,
	cut TEXT NOT NULL,
	first_day BIGINT NOT NULL,
	last_day BIGINT NOT NULL,
	taken_at BIGINT NOT NULL,
	proposed_by TEXT NOT NULL,
	reason TEXT NOT NULL,
	confirmed_by TEXT NOT NULL,
	words TEXT NOT NULL,
	formula TEXT NOT NULL,
	catalogue TEXT NOT NULL,
	UNIQUE (period, revision)
)/*sqlite: WITHOUT ROWID*/;
CREATE TABLE snapshot_tally (
	snapshot BIGINT NOT NULL REFERENCES snapshot (id),
	day BIGINT NOT NULL,
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
	unusual BIGINT NOT NULL,
	unusual_good BIGINT NOT NULL,
	verified BIGINT NOT NULL,
	verified_good BIGINT NOT NULL,
	PRIMARY KEY (snapshot, day, unit, desk, field, channel, form, criterion)
)/*sqlite: WITHOUT ROWID*/;
CREATE TABLE snapshot_dossier (
	snapshot BIGINT NOT NULL REFERENCES snapshot (id),
	day BIGINT NOT NULL,
	unit TEXT NOT NULL,
	field TEXT NOT NULL,
	finished BIGINT NOT NULL,
	refused BIGINT NOT NULL,
	withdrawn BIGINT NOT NULL,
	returned BIGINT NOT NULL,
	late BIGINT NOT NULL,
	elsewhere BIGINT NOT NULL,
	tied BIGINT NOT NULL,
	PRIMARY KEY (snapshot, day, unit, field)
)/*sqlite: WITHOUT ROWID*/;
CREATE TABLE snapshot_aside (
	snapshot BIGINT NOT NULL REFERENCES snapshot (id),
	reason TEXT NOT NULL,
	unit TEXT NOT NULL,
	field TEXT NOT NULL,
	channel TEXT NOT NULL,
	form TEXT NOT NULL,
	overall BIGINT NOT NULL,
	answers BIGINT NOT NULL,
	PRIMARY KEY (snapshot, reason, unit, field, channel, form, overall)
)/*sqlite: WITHOUT ROWID*/;
CREATE TABLE snapshot_asked (
	snapshot BIGINT NOT NULL REFERENCES snapshot (id),
	unit TEXT NOT NULL,
	field TEXT NOT NULL,
	invited BIGINT NOT NULL,
	PRIMARY KEY (snapshot, unit, field)
)/*sqlite: WITHOUT ROWID*/;
/*sqlite:
CREATE TRIGGER snapshot_stays BEFORE UPDATE ON snapshot
BEGIN SELECT RAISE(ABORT, 'a snapshot is only added to'); END;
CREATE TRIGGER snapshot_remains BEFORE DELETE ON snapshot
BEGIN SELECT RAISE(ABORT, 'a snapshot is only added to'); END;
CREATE TRIGGER snapshot_tally_stays BEFORE UPDATE ON snapshot_tally
BEGIN SELECT RAISE(ABORT, 'a snapshot is only added to'); END;
CREATE TRIGGER snapshot_tally_remains BEFORE DELETE ON snapshot_tally
BEGIN SELECT RAISE(ABORT, 'a snapshot is only added to'); END;
CREATE TRIGGER snapshot_dossier_stays BEFORE UPDATE ON snapshot_dossier
BEGIN SELECT RAISE(ABORT, 'a snapshot is only added to'); END;
CREATE TRIGGER snapshot_dossier_remains BEFORE DELETE ON snapshot_dossier
BEGIN SELECT RAISE(ABORT, 'a snapshot is only added to'); END;
CREATE TRIGGER snapshot_aside_stays BEFORE UPDATE ON snapshot_aside
BEGIN SELECT RAISE(ABORT, 'a snapshot is only added to'); END;
CREATE TRIGGER snapshot_aside_remains BEFORE DELETE ON snapshot_aside
BEGIN SELECT RAISE(ABORT, 'a snapshot is only added to'); END;
CREATE TRIGGER snapshot_asked_stays BEFORE UPDATE ON snapshot_asked
BEGIN SELECT RAISE(ABORT, 'a snapshot is only added to'); END;
CREATE TRIGGER snapshot_asked_remains BEFORE DELETE ON snapshot_asked
BEGIN SELECT RAISE(ABORT, 'a snapshot is only added to'); END;
*/
/*postgres:
CREATE FUNCTION snapshot_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a snapshot is only added to'; END $$;
CREATE TRIGGER snapshot_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON snapshot
FOR EACH STATEMENT EXECUTE FUNCTION snapshot_refuse();
CREATE TRIGGER snapshot_tally_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON snapshot_tally
FOR EACH STATEMENT EXECUTE FUNCTION snapshot_refuse();
CREATE TRIGGER snapshot_dossier_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON snapshot_dossier
FOR EACH STATEMENT EXECUTE FUNCTION snapshot_refuse();
CREATE TRIGGER snapshot_aside_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON snapshot_aside
FOR EACH STATEMENT EXECUTE FUNCTION snapshot_refuse();
CREATE TRIGGER snapshot_asked_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON snapshot_asked
FOR EACH STATEMENT EXECUTE FUNCTION snapshot_refuse();
*/
