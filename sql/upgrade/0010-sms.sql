-- The conversation by SMS: who is asked about a dossier and when, what a
-- person must read, and readings that can be made anew.
CREATE TABLE invitation (
	dossier TEXT PRIMARY KEY,
	sender BYTEA NOT NULL,
	phone TEXT NOT NULL,
	since_at BIGINT NOT NULL,
	finished_at BIGINT,
	state TEXT NOT NULL,
	why TEXT NOT NULL,
	due_at BIGINT,
	sent_at BIGINT NOT NULL
)/*sqlite: WITHOUT ROWID*/;
CREATE INDEX invitation_due ON invitation (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX invitation_sender ON invitation (sender, sent_at);

ALTER TABLE sms_in ADD COLUMN sent_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sms_in ADD COLUMN zone BIGINT NOT NULL DEFAULT 420;
ALTER TABLE sms_in ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE sms_in ADD COLUMN reader BIGINT NOT NULL DEFAULT 1;
ALTER TABLE sms_in ADD COLUMN deed TEXT NOT NULL DEFAULT '';
ALTER TABLE sms_in ADD COLUMN desk TEXT NOT NULL DEFAULT '';
ALTER TABLE sms_in ADD COLUMN unit TEXT NOT NULL DEFAULT '';
ALTER TABLE sms_in ADD COLUMN dossier TEXT NOT NULL DEFAULT '';
ALTER TABLE sms_in ADD COLUMN replaced BYTEA;
ALTER TABLE sms_in ADD COLUMN person BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sms_in ADD COLUMN decided TEXT NOT NULL DEFAULT '';
ALTER TABLE sms_in ADD COLUMN decided_by TEXT NOT NULL DEFAULT '';
ALTER TABLE sms_in ADD COLUMN decided_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX sms_in_person ON sms_in (person, received_at) WHERE person > 0;
CREATE INDEX sms_in_received ON sms_in (received_at);
UPDATE sms_in SET person = 1 WHERE kind = 'ambiguous';
UPDATE sms_in SET person = 3 WHERE kind = 'comment';

ALTER TABLE sms_out ADD COLUMN dossier TEXT NOT NULL DEFAULT '';
ALTER TABLE sms_out ADD COLUMN until_at BIGINT;
