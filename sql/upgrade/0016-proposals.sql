-- Decisions that change figures are proposed by one person and confirmed by
-- another; the case of an answer that is set aside stays open.
CREATE TABLE staff_post (
	login TEXT NOT NULL REFERENCES staff (login),
	until_at BIGINT NOT NULL,
	role TEXT NOT NULL,
	unit TEXT NOT NULL,
	PRIMARY KEY (login, until_at)
)/*sqlite: WITHOUT ROWID*/;
CREATE TABLE proposal (
	id BYTEA PRIMARY KEY,
	at BIGINT NOT NULL,
	login TEXT NOT NULL,
	act TEXT NOT NULL,
	past BYTEA,
	unit TEXT NOT NULL,
	reason TEXT NOT NULL,
	words TEXT NOT NULL,
	answers BIGINT NOT NULL,
	rest BIGINT NOT NULL,
	since_at BIGINT NOT NULL,
	state TEXT NOT NULL,
	form BYTEA,
	decided_at BIGINT NOT NULL DEFAULT 0,
	decided_by TEXT NOT NULL DEFAULT '',
	decided_role TEXT NOT NULL DEFAULT '',
	decided_words TEXT NOT NULL DEFAULT ''
)/*sqlite: WITHOUT ROWID*/;
CREATE INDEX proposal_rest ON proposal (state, unit) WHERE rest > 0;
CREATE INDEX proposal_unit ON proposal (unit, id);
CREATE TABLE proposal_answer (
	proposal BYTEA NOT NULL REFERENCES proposal (id),
	answer BYTEA NOT NULL REFERENCES answer (id),
	open BIGINT NOT NULL,
	PRIMARY KEY (proposal, answer)
)/*sqlite: WITHOUT ROWID*/;
CREATE UNIQUE INDEX proposal_answer_open ON proposal_answer (answer)
WHERE open = 1;
CREATE INDEX proposal_answer_of ON proposal_answer (answer, proposal);
DROP INDEX answer_matter;
CREATE INDEX answer_matter ON answer (unit, matter, day, id) WHERE matter <> 0;
