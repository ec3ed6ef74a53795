-- Acting on what citizens say: answers that call for a person (matter) and those
-- that a person must look at (doubt), by the rules of server/core/cases/needs_person.h; what
-- people did with them. Statuses of the answers there are already, once.
ALTER TABLE answer ADD COLUMN matter BIGINT NOT NULL DEFAULT 0;
ALTER TABLE answer ADD COLUMN doubt BIGINT NOT NULL DEFAULT 0;
UPDATE answer SET matter = 1
WHERE (scores LIKE 'overall=1%' OR scores LIKE 'overall=2%')
	AND (reasons <> ''
		OR EXISTS (SELECT 1 FROM remark WHERE remark.answer = answer.id));
UPDATE answer SET doubt = 1 WHERE flags <> '' AND flags <> 'sample';
CREATE INDEX answer_matter ON answer (unit, matter, aside, day, id)
WHERE matter <> 0;
CREATE INDEX answer_doubt ON answer (unit, doubt, aside, day, id, flags)
WHERE doubt <> 0;

CREATE TABLE case_work (
	answer BYTEA PRIMARY KEY REFERENCES answer (id),
	unit TEXT NOT NULL,
	login TEXT NOT NULL,
	due BIGINT
)/*sqlite: WITHOUT ROWID*/;
CREATE INDEX case_work_unit ON case_work (unit, login);

CREATE TABLE work_step (
	answer BYTEA NOT NULL REFERENCES answer (id),
	id BYTEA NOT NULL,
	at BIGINT NOT NULL,
	login TEXT NOT NULL,
	act TEXT NOT NULL,
	unit TEXT NOT NULL,
	reason TEXT NOT NULL,
	person TEXT NOT NULL,
	due BIGINT,
	words TEXT NOT NULL,
	undone BIGINT NOT NULL,
	PRIMARY KEY (answer, id)
)/*sqlite: WITHOUT ROWID*/;
CREATE INDEX work_step_decision ON work_step (unit, id)
WHERE act IN ('count', 'aside');
CREATE INDEX work_step_id ON work_step (id);
CREATE INDEX work_step_paper ON work_step (login, at) WHERE act = 'paper';
