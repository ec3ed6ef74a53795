-- How often a code was tried and from where, the age of a password, and recovery
-- codes hashed as passwords are (init does that: meta's "recovery").
ALTER TABLE staff ADD COLUMN known_tried_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE staff ADD COLUMN password_at BIGINT NOT NULL DEFAULT 0;
UPDATE staff SET password_at = COALESCE((SELECT max(a.at) FROM audit a
	WHERE a.object = staff.login AND a.act IN ('user.add', 'user.password')),
	created_at);
CREATE TABLE sign_in_try (
	envelope BYTEA PRIMARY KEY,
	tries BIGINT NOT NULL,
	until_at BIGINT NOT NULL
);
CREATE INDEX session_login ON session (login, seen_at);
INSERT INTO meta (key, value) VALUES ('recovery', '1');
