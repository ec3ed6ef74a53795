-- What people and programs changed, for years: only ever added to. The database
-- itself refuses to change or take away a row. No personal data of citizens
-- stands here: an answer is told by its id.
CREATE TABLE audit (
	id BYTEA PRIMARY KEY,        -- UUIDv7: in the order of time
	at BIGINT NOT NULL,
	login TEXT NOT NULL,         -- who; of a command: the machine's user
	role TEXT NOT NULL,          -- in which role, '' of a command
	place TEXT NOT NULL,         -- pages, command, api, rule
	act TEXT NOT NULL,           -- unit.change, user.add, answer.aside, …
	unit TEXT NOT NULL,          -- whose it is, '' the whole district's
	object TEXT NOT NULL,        -- code, login, device or id it was done to
	before TEXT NOT NULL,        -- JSON of what was, '' nothing
	after TEXT NOT NULL,         -- JSON of what is, '' nothing
	reason TEXT NOT NULL         -- where a person had to give one, else ''
)/*sqlite: WITHOUT ROWID*/;
CREATE INDEX audit_object ON audit (object, id);
CREATE INDEX audit_login ON audit (login, id);
/*sqlite:
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
CREATE TRIGGER audit_remains BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
CREATE TRIGGER audit_keeps BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN SELECT RAISE(IGNORE); END;
*/
/*postgres:
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit log is only added to'; END $$;
CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
*/
