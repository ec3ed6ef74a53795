-- The audit log becomes a chain; init links the deeds there are (meta's
-- "audit_chain").
CREATE TABLE audit_link (
	seq BIGINT PRIMARY KEY,
	id BYTEA NOT NULL UNIQUE,
	hash TEXT NOT NULL
);
CREATE TABLE audit_head (
	one BIGINT PRIMARY KEY,
	seq BIGINT NOT NULL,
	hash TEXT NOT NULL
);
/*sqlite:
CREATE TRIGGER audit_link_stays BEFORE UPDATE ON audit_link
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
CREATE TRIGGER audit_link_remains BEFORE DELETE ON audit_link
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
*/
/*postgres:
CREATE TRIGGER audit_link_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_link
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
*/
INSERT INTO meta (key, value) VALUES ('audit_chain', '1');
