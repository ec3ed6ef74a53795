-- The schema of hailong, read from top to bottom: what the district is, who may
-- speak to us, what citizens said, and the counts made of it.
--
-- One text for SQLite and PostgreSQL. Words inside /*sqlite: … */ and
-- /*postgres: … */ count on that engine only. Codes are the catalogue's
-- (shared/catalogue/README.md). A day is a number: days since 1970-01-01, local
-- to the district. A time ends in _at: milliseconds since 1970 UTC. A yes/no is
-- 0 or 1. Unknown text in a key is ''.
-- A change of this file comes with sql/upgrade/NNNN-title.sql.

-- Facts about the database itself: schema (number of the last upgrade),
-- generation (raised whenever catalogue, devices or staff change, so that a
-- running collector reads them anew), sms_key and phone_key (secrets of the phone
-- hashes, also of the envelopes of second factors, and of the sealing; or
-- privacy_key, which tells the file that has them: server/store/messages/phone_keys.h), door_key
-- (secret of the cookies of known browsers), settings_key (signs the kiosks'
-- settings), call_key (makes the calls' tokens), all three sealed where there is
-- a key file, recovery (1: an upgrade wants the recovery codes hashed anew;
-- init does it), probe
-- (written after a failure, to see whether the disk works again), recount (1: an
-- upgrade wants the tallies counted anew; init does it), dossiers (empty: its row
-- is locked while dossiers are written), clock and clock_confirmed (until when the
-- machine's clock was right: server/store/timekeeping.c), catalogue_seen (what the
-- catalogue was at the last look: server/store/catalogue/fingerprint.c).
CREATE TABLE meta (
	key TEXT PRIMARY KEY,
	value TEXT NOT NULL
)/*sqlite: WITHOUT ROWID*/;

-- ---------------------------------------------------------------- the district

-- Administrative units: the district, its towns and communes. Past answers keep
-- the unit as it was on their day; a reform adds units, it renames none.
CREATE TABLE unit (
	code TEXT PRIMARY KEY,       -- 22969
	parent TEXT NOT NULL,        -- code of the unit above, '' at the root
	level TEXT NOT NULL,         -- district, town, commune
	name TEXT NOT NULL,          -- Thị trấn Liên Hương
	valid_from BIGINT NOT NULL,  -- first day
	valid_to BIGINT,             -- last day; null: still valid
	place BIGINT NOT NULL        -- order of the catalogue
);

-- What became of a unit at a reform; a unit that was split has several rows.
CREATE TABLE unit_successor (
	unit TEXT NOT NULL REFERENCES unit (code),
	successor TEXT NOT NULL REFERENCES unit (code),
	from_day BIGINT NOT NULL,
	PRIMARY KEY (unit, successor)
);

-- Fields (lĩnh vực) of procedures. Land, construction and investment share the
-- group with the target of 85 %.
CREATE TABLE field (
	code TEXT PRIMARY KEY,       -- dat-dai
	name TEXT NOT NULL,          -- Đất đai
	grp TEXT NOT NULL,           -- land-construction-investment
	place BIGINT NOT NULL
);

-- Targets of the district's plan, dated: the newest from_day not after the
-- period's first day holds.
CREATE TABLE target (
	population TEXT NOT NULL,    -- tthc, tthc-land, agency, health-education
	from_day BIGINT NOT NULL,
	grp TEXT NOT NULL,           -- field group it narrows to, '' for all
	percent4 BIGINT NOT NULL,    -- 90 % is 900000 (four decimals, exact)
	PRIMARY KEY (population, from_day)
);

-- Desks (quầy): where a citizen is served and where a poster hangs.
CREATE TABLE desk (
	code TEXT PRIMARY KEY,       -- LH1, as texted by citizens
	unit TEXT NOT NULL REFERENCES unit (code),
	name TEXT NOT NULL,
	place BIGINT NOT NULL
);

-- The fields served at a desk, in the order they are offered.
CREATE TABLE desk_field (
	desk TEXT NOT NULL REFERENCES desk (code),
	field TEXT NOT NULL REFERENCES field (code),
	place BIGINT NOT NULL,
	PRIMARY KEY (desk, field)
);

-- Forms. A published version never changes: its document is what the citizen
-- saw (questions, criteria, reasons; JSON as in the catalogue's forms folder).
CREATE TABLE form (
	code TEXT NOT NULL,          -- one-stop
	version BIGINT NOT NULL,
	population TEXT NOT NULL,    -- which target's population it feeds
	document TEXT NOT NULL,
	PRIMARY KEY (code, version)
);

-- What administrators set in the house's pages; a key without a row has its
-- default (server/core/catalogue/setting.c).
CREATE TABLE setting (
	key TEXT PRIMARY KEY,        -- session_hours
	value TEXT NOT NULL          -- 12
)/*sqlite: WITHOUT ROWID*/;

-- What staff wrote for reports (server/store/report_texts.h): for the head of
-- all papers (period ''), and the passages of one (period 2026-Q3).
CREATE TABLE report_text (
	unit TEXT NOT NULL,          -- whose report; '' the whole district's
	period TEXT NOT NULL,
	key TEXT NOT NULL,           -- head.agency, text.causes, …
	words TEXT NOT NULL,
	login TEXT NOT NULL,         -- who wrote it last
	at BIGINT NOT NULL,
	PRIMARY KEY (unit, period, key)
)/*sqlite: WITHOUT ROWID*/;

-- ------------------------------------------------------------ who may speak

-- Devices: kiosks, SMS gateways, importing software, viewers. The token itself
-- is shown once and never kept; we keep its hash.
CREATE TABLE device (
	id TEXT PRIMARY KEY,         -- kiosk-LH1-x7k2
	kind TEXT NOT NULL,          -- kiosk, sms, import, viewer
	desk TEXT REFERENCES desk (code), -- a kiosk's own desk
	token_hash BYTEA NOT NULL UNIQUE, -- BLAKE2b-256 of the token
	created_at BIGINT NOT NULL,
	revoked_at BIGINT,
	heard_at BIGINT,             -- last heartbeat
	heartbeat TEXT,              -- its JSON: version, outbox depth, clock
	key BYTEA,                   -- Ed25519, of an enrolled kiosk: it signs
	name TEXT NOT NULL DEFAULT '', -- what people call it, '' nothing
	resend_at BIGINT NOT NULL DEFAULT 0 -- asked to send again what we had
	                             -- refused, last; 0: never
);

-- Desks where a kiosk stood before. Answers that were given there stay there,
-- those too that come after it was moved.
CREATE TABLE device_desk (
	device TEXT NOT NULL,
	desk TEXT NOT NULL,
	until BIGINT NOT NULL,       -- moved away, by our clock
	PRIMARY KEY (device, desk)
)/*sqlite: WITHOUT ROWID*/;

-- District and commune staff who sign in.
CREATE TABLE staff (
	login TEXT PRIMARY KEY,
	role TEXT NOT NULL,          -- viewer, manager, caseworker, admin, auditor
	unit TEXT REFERENCES unit (code), -- null: the whole district
	password TEXT NOT NULL,      -- Argon2id, libsodium's text form
	created_at BIGINT NOT NULL,
	disabled_at BIGINT,
	start BIGINT NOT NULL DEFAULT 0, -- 1: given by an admin, to be changed
	signed_in_at BIGINT NOT NULL DEFAULT 0, -- last; 0: never
	factor TEXT NOT NULL DEFAULT '', -- second factor's secret, in an envelope
	                             -- (secret/envelope.h); '' none
	factor_at BIGINT NOT NULL DEFAULT 0, -- since when
	factor_step BIGINT NOT NULL DEFAULT 0, -- of the last code that was taken
	tries BIGINT NOT NULL DEFAULT 0, -- wrong codes in a row
	tried_at BIGINT NOT NULL DEFAULT 0,
	name TEXT NOT NULL DEFAULT '', -- as others read it; '' none, then the login
	known_tried_at BIGINT NOT NULL DEFAULT 0, -- a wrong code, from a browser
	                             -- that the person was here with
	password_at BIGINT NOT NULL DEFAULT 0 -- since when it is this one
);

-- Posts that people held and gave up: whoever was of a unit when answers were
-- given decides nothing about them later (server/core/cases/proposal.h).
CREATE TABLE staff_post (
	login TEXT NOT NULL REFERENCES staff (login),
	until_at BIGINT NOT NULL,
	role TEXT NOT NULL,
	unit TEXT NOT NULL,          -- '' the whole district
	PRIMARY KEY (login, until_at)
)/*sqlite: WITHOUT ROWID*/;

-- Recovery codes that may still be used, once, in place of a code of the second
-- factor. Their hash is as dear to try as a password's
-- (server/secret/second_factor.h).
CREATE TABLE recovery_code (
	login TEXT NOT NULL REFERENCES staff (login),
	code_hash BYTEA NOT NULL,    -- Argon2id
	PRIMARY KEY (login, code_hash)
);

-- How many codes were tried with one sign-in's password step.
CREATE TABLE sign_in_try (
	envelope BYTEA PRIMARY KEY,  -- its random number
	tries BIGINT NOT NULL,
	until_at BIGINT NOT NULL     -- it opens nothing any more
);

-- Sessions of staff. The cookie's value is not kept, only its hash.
CREATE TABLE session (
	token_hash BYTEA PRIMARY KEY,
	login TEXT NOT NULL REFERENCES staff (login),
	csrf TEXT NOT NULL,          -- goes into every form of this session
	created_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	seen_at BIGINT NOT NULL DEFAULT 0 -- its last request, to a minute
);
CREATE INDEX session_login ON session (login, seen_at);

-- ------------------------------------------------------------ who did what

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

-- The deeds in the order in which they were added, each with a hash of itself
-- and of the hash before (server/store/people/audit_chain.h): what is changed,
-- taken away, added or moved behind our back is found by "check".
CREATE TABLE audit_link (
	seq BIGINT PRIMARY KEY,      -- 1, 2, 3, …
	id BYTEA NOT NULL UNIQUE,    -- the deed
	hash TEXT NOT NULL           -- BLAKE2b-256, hexadecimal
);
-- The last link; one row, for which writers wait in turn.
CREATE TABLE audit_head (
	one BIGINT PRIMARY KEY,      -- 1
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

-- ------------------------------------------------------ what citizens said

-- One answer. Written once and never changed, but for being set aside and for
-- the collector's own flags, where a burst is recognized by what came later.
CREATE TABLE answer (
	id BYTEA PRIMARY KEY,        -- UUID made by the sender
	day BIGINT NOT NULL,         -- local day of answered_at: its period
	unit TEXT NOT NULL,          -- the desk's unit that day
	desk TEXT NOT NULL,
	field TEXT NOT NULL,         -- '': unknown
	channel TEXT NOT NULL,       -- kiosk, web, sms, api, paper
	form TEXT NOT NULL,
	form_version BIGINT NOT NULL,
	scores TEXT NOT NULL,        -- "overall=5 attitude=4 feedback=-" (- n/a)
	reasons TEXT NOT NULL,       -- codes, separated by a blank
	flags TEXT NOT NULL,         -- the sender's and ours (late, unusual_flow)
	lang TEXT NOT NULL,
	assisted TEXT NOT NULL,      -- none, staff, relative
	device TEXT NOT NULL,        -- '' for the web form; of paper, the login
	seq BIGINT NOT NULL,         -- the device's own counter, 0: none
	answered_at BIGINT NOT NULL, -- the sender's clock
	zone BIGINT NOT NULL,        -- minutes east of UTC, as the sender said
	received_at BIGINT NOT NULL, -- our clock
	digest BYTEA NOT NULL,       -- of all the sender said: repeat or conflict
	aside BIGINT NOT NULL,       -- 1: not counted (a person or rule, a reason)
	sample BIGINT NOT NULL,      -- 1: made by the command "sample"
	dossier TEXT NOT NULL DEFAULT '', -- key of the dossier it is tied to
	-- By rule, when it comes in (server/core/cases/needs_person.h):
	matter BIGINT NOT NULL DEFAULT 0, -- 1: a case to act on, 2: done
	doubt BIGINT NOT NULL DEFAULT 0   -- 1: a person must look, 2: did; 3: as
	                             -- 1, with the others of an unusual burst
)/*sqlite: WITHOUT ROWID*/;
CREATE INDEX answer_aside ON answer (day) WHERE aside = 1;
-- Cases and doubts of a unit, oldest first, whatever else there is. With "> 0"
-- SQLite would take that for the range to look in.
CREATE INDEX answer_matter ON answer (unit, matter, day, id) WHERE matter <> 0;
CREATE INDEX answer_doubt ON answer (unit, doubt, aside, day, id, flags)
WHERE doubt <> 0;
CREATE INDEX answer_sample ON answer (sample) WHERE sample = 1;

-- Why an answer is not counted. Kept when it is counted again, until the next
-- time; answer.aside alone decides.
CREATE TABLE aside (
	answer BYTEA PRIMARY KEY REFERENCES answer (id),
	reason TEXT NOT NULL,        -- corrected (by the citizen), or a person's
	login TEXT NOT NULL,         -- who; '' by a rule
	at BIGINT NOT NULL
)/*sqlite: WITHOUT ROWID*/;

-- What people propose about answers where that changes figures: one does, and a
-- second person decides (server/core/cases/proposal.h). A proposal is of one
-- unit. Its words are a justification for years, and speak of no citizen.
CREATE TABLE proposal (
	id BYTEA PRIMARY KEY,        -- UUID of the form that proposed it; its
	                             -- answers' step, once it is confirmed
	at BIGINT NOT NULL,
	login TEXT NOT NULL,         -- who proposed it
	act TEXT NOT NULL,           -- aside, restore, count; undo
	past BYTEA,                  -- of undo: the step that it takes back
	unit TEXT NOT NULL,          -- whose answers
	reason TEXT NOT NULL,        -- of aside and restore: a code
	words TEXT NOT NULL,
	answers BIGINT NOT NULL,     -- how many
	rest BIGINT NOT NULL,        -- that still wait, for a decision or for it
	                             -- to be carried out
	since_at BIGINT NOT NULL,    -- answered_at of the oldest
	state TEXT NOT NULL,         -- proposed, confirmed, refused, withdrawn
	form BYTEA,                  -- UUID of the form that decided it
	decided_at BIGINT NOT NULL DEFAULT 0,
	decided_by TEXT NOT NULL DEFAULT '',
	decided_role TEXT NOT NULL DEFAULT '',
	decided_words TEXT NOT NULL DEFAULT ''
)/*sqlite: WITHOUT ROWID*/;
CREATE INDEX proposal_rest ON proposal (state, unit) WHERE rest > 0;
CREATE INDEX proposal_unit ON proposal (unit, id);

-- Its answers. An answer waits in one proposal at most.
CREATE TABLE proposal_answer (
	proposal BYTEA NOT NULL REFERENCES proposal (id),
	answer BYTEA NOT NULL REFERENCES answer (id),
	open BIGINT NOT NULL,        -- 1: waits, as in proposal.rest
	PRIMARY KEY (proposal, answer)
)/*sqlite: WITHOUT ROWID*/;
CREATE UNIQUE INDEX proposal_answer_open ON proposal_answer (answer)
WHERE open = 1;
CREATE INDEX proposal_answer_of ON proposal_answer (answer, proposal);

-- What a citizen wrote in words; apart, so that it can go while the answer stays.
CREATE TABLE remark (
	answer BYTEA PRIMARY KEY REFERENCES answer (id),
	comment TEXT NOT NULL,
	day BIGINT NOT NULL DEFAULT 0,   -- these three are the answer's own: a page
	unit TEXT NOT NULL DEFAULT '',   -- finds comments without reading answers
	field TEXT NOT NULL DEFAULT '',
	plain TEXT NOT NULL DEFAULT ''   -- lower case, no diacritics: to search in
)/*sqlite: WITHOUT ROWID*/;
CREATE INDEX remark_day ON remark (day, answer);

-- Open cases that a person has in hand, or that have a day of their own. A case
-- is an answer with matter = 1; without a row here it is new. Gone when done.
CREATE TABLE case_work (
	answer BYTEA PRIMARY KEY REFERENCES answer (id),
	unit TEXT NOT NULL,          -- the answer's own
	login TEXT NOT NULL,         -- in whose hands; '': none
	due BIGINT                   -- local day; null: as every case
)/*sqlite: WITHOUT ROWID*/;
CREATE INDEX case_work_unit ON case_work (unit, login);

-- What people did with an answer, step by step; added to, and only "undone" is
-- ever changed. Words may speak of a citizen: they go where the remark goes,
-- and never stand in the audit log.
CREATE TABLE work_step (
	answer BYTEA NOT NULL REFERENCES answer (id),
	id BYTEA NOT NULL,           -- UUID of the form; one for a whole group
	at BIGINT NOT NULL,
	login TEXT NOT NULL,
	act TEXT NOT NULL,           -- take, hand, due, note, done, reopen;
	                             -- aside, restore, count, undo; paper
	unit TEXT NOT NULL,          -- the answer's own
	reason TEXT NOT NULL,        -- of aside and restore: a code
	person TEXT NOT NULL,        -- of hand: to whom; of what was proposed:
	                             -- by whom
	due BIGINT,                  -- of take, hand, due: the new day
	words TEXT NOT NULL,         -- a note
	undone BIGINT NOT NULL,      -- 1: a decision taken back
	PRIMARY KEY (answer, id)
)/*sqlite: WITHOUT ROWID*/;
CREATE INDEX work_step_decision ON work_step (unit, id)
WHERE act IN ('count', 'aside');
CREATE INDEX work_step_id ON work_step (id);
CREATE INDEX work_step_paper ON work_step (login, at) WHERE act = 'paper';

-- Counts by day: scores are read from these and from those by month (below),
-- never from the answers. Raised in the same transaction as the answer; "check"
-- compares them with a recount. One wide row (n1..n5) instead of five narrow
-- ones: 64 times faster to read than answers.
CREATE TABLE tally (
	day BIGINT NOT NULL,
	unit TEXT NOT NULL,
	desk TEXT NOT NULL,
	field TEXT NOT NULL,
	channel TEXT NOT NULL,
	form TEXT NOT NULL,
	criterion TEXT NOT NULL,     -- overall, access, …; "reason.waiting": by
	                             -- general score, who gave this reason;
	                             -- "aside.test.access": what those said
	                             -- who are set aside for this reason
	n1 BIGINT NOT NULL,          -- Rất không hài lòng
	n2 BIGINT NOT NULL,          -- Không hài lòng
	n3 BIGINT NOT NULL,          -- Bình thường
	n4 BIGINT NOT NULL,          -- Hài lòng
	n5 BIGINT NOT NULL,          -- Rất hài lòng
	na BIGINT NOT NULL,          -- not applicable
	aside BIGINT NOT NULL,       -- set aside, in none of the others
	-- Of n1..n5, and of those n4 and n5: in an unusual burst that is not
	-- decided yet (answer.doubt 3); by who can be known to have been served (the
	-- class "verified": kiosk, or tied to a dossier).
	unusual BIGINT NOT NULL DEFAULT 0,
	unusual_good BIGINT NOT NULL DEFAULT 0,
	verified BIGINT NOT NULL DEFAULT 0,
	verified_good BIGINT NOT NULL DEFAULT 0,
	PRIMARY KEY (day, unit, desk, field, channel, form, criterion)
)/*sqlite: WITHOUT ROWID*/;

-- The same by month, raised with the other: a quarter is read from three rows
-- of a kind instead of ninety.
CREATE TABLE tally_month (
	month BIGINT NOT NULL,       -- year * 12 + month - 1, local
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
	unusual BIGINT NOT NULL DEFAULT 0,
	unusual_good BIGINT NOT NULL DEFAULT 0,
	verified BIGINT NOT NULL DEFAULT 0,
	verified_good BIGINT NOT NULL DEFAULT 0,
	PRIMARY KEY (month, unit, desk, field, channel, form, criterion)
)/*sqlite: WITHOUT ROWID*/;

-- -------------------------------------------------------------- the dossiers

-- Dossiers (hồ sơ), as the one-stop software announces them; a repeat brings
-- the newest state. No name and no number of a citizen stands here.
CREATE TABLE dossier (
	key TEXT PRIMARY KEY,        -- its code without dots and hyphens
	code TEXT NOT NULL,          -- H08.35-230411-0004
	unit TEXT NOT NULL,          -- whose procedure it is
	field TEXT NOT NULL,         -- '': not given
	procedure TEXT NOT NULL,     -- 1.002425, or ''
	desk TEXT NOT NULL,          -- where it was handed in, or ''
	authority TEXT NOT NULL,     -- who decides, where that is not the unit
	received_at BIGINT NOT NULL,
	due_at BIGINT,
	finished_at BIGINT,          -- null: not yet
	finished_day BIGINT,         -- its local day
	outcome TEXT NOT NULL,       -- granted, refused, withdrawn, returned, ''
	changed_at BIGINT NOT NULL   -- when we heard of it last
)/*sqlite: WITHOUT ROWID*/;

-- Dossiers finished on a day: the denominator of the scores. Raised and lowered
-- in the same transaction as the dossier; "check" compares with a recount.
CREATE TABLE dossier_tally (
	day BIGINT NOT NULL,
	unit TEXT NOT NULL,
	field TEXT NOT NULL,
	finished BIGINT NOT NULL,    -- with any outcome
	refused BIGINT NOT NULL,     -- of the finished, as all that follow
	withdrawn BIGINT NOT NULL,
	returned BIGINT NOT NULL,
	late BIGINT NOT NULL,
	elsewhere BIGINT NOT NULL,   -- another authority decided
	PRIMARY KEY (day, unit, field)
)/*sqlite: WITHOUT ROWID*/;

-- What the columns of a register mean, as a person said: kept for the next file
-- whose header is the same (server/core/dossier/register.h).
CREATE TABLE dossier_mapping (
	name TEXT PRIMARY KEY,
	head TEXT NOT NULL,          -- names of the columns, folded, one a line
	columns TEXT NOT NULL,       -- code,unit,… in their order, '' left aside
	login TEXT NOT NULL,         -- who kept it, and when
	at BIGINT NOT NULL
);

-- Registers on their way in: a file that was checked as a whole waits here in
-- pieces, and is taken piece by piece, so that no other write waits long for it
-- (server/register/arriving.h). Gone when the last piece is taken.
CREATE TABLE dossier_import (
	id BYTEA PRIMARY KEY,
	file TEXT NOT NULL,          -- its name, not where it lay
	login TEXT NOT NULL,         -- who brought it, in which role, and by what:
	role TEXT NOT NULL,          -- as the deed will say
	place TEXT NOT NULL,
	at BIGINT NOT NULL,
	whole BIGINT NOT NULL,       -- 1: all pieces are here, it will be taken
	dossiers BIGINT NOT NULL,    -- in the pieces
	bad BIGINT NOT NULL,         -- rows left out
	numbers TEXT NOT NULL,       -- JSON: how many were kept, and not, and why
	added BIGINT NOT NULL,       -- of those taken so far: new,
	changed BIGINT NOT NULL,
	same BIGINT NOT NULL
);

CREATE TABLE dossier_piece (
	import BYTEA NOT NULL REFERENCES dossier_import (id),
	number BIGINT NOT NULL,
	body BYTEA NOT NULL,         -- closed: it holds citizens' numbers
	PRIMARY KEY (import, number)
);
-- --------------------------------------------------------------- the periods

-- Periods that the office reports for, from the day on which their reports are
-- prepared, or a person proposes to close them
-- (server/core/period/closing.h). While one is closed its days stay as they
-- were cut off, whatever is set since.
CREATE TABLE period (
	name TEXT PRIMARY KEY,       -- 2026-Q3
	cut TEXT NOT NULL,           -- calendar, nd09
	first_day BIGINT NOT NULL,
	last_day BIGINT NOT NULL,
	state TEXT NOT NULL,         -- open, proposed, closed, reopening, revising
	snapshot BIGINT NOT NULL,    -- whose figures it has; 0: those that move
	revision BIGINT NOT NULL,    -- how often it was frozen
	proposed_by TEXT NOT NULL,   -- of the proposal that waits, '' none
	proposed_at BIGINT NOT NULL,
	reason TEXT NOT NULL
)/*sqlite: WITHOUT ROWID*/;

-- A unit's report for a period, on its way to the district
-- (server/core/period/submission.h).
CREATE TABLE submission (
	period TEXT NOT NULL REFERENCES period (name),
	unit TEXT NOT NULL,
	state TEXT NOT NULL,         -- draft, submitted, returned, accepted
	due BIGINT NOT NULL,         -- local day, by the plan
	words TEXT NOT NULL,         -- what the unit explains (giải trình)
	apologies BIGINT NOT NULL,   -- letters sent for late dossiers; -1: not said
	changed_by TEXT NOT NULL,
	changed_at BIGINT NOT NULL,
	submitted_by TEXT NOT NULL,  -- last; '' never
	submitted_at BIGINT NOT NULL,
	decided_by TEXT NOT NULL,    -- who returned or accepted it
	decided_at BIGINT NOT NULL,
	reason TEXT NOT NULL,        -- why it was returned
	PRIMARY KEY (period, unit)
)/*sqlite: WITHOUT ROWID*/;
CREATE INDEX submission_open ON submission (period, unit)
WHERE state <> 'accepted';

-- What a unit does about a target that it missed: who, until when, and what
-- came of it.
CREATE TABLE measure (
	id BYTEA PRIMARY KEY,
	period TEXT NOT NULL REFERENCES period (name), -- it was promised in
	unit TEXT NOT NULL,
	population TEXT NOT NULL,    -- whose target was missed
	field TEXT NOT NULL,         -- '': all of them
	words TEXT NOT NULL,
	person TEXT NOT NULL,
	due BIGINT NOT NULL,         -- local day
	state TEXT NOT NULL,         -- open, done, dropped
	result TEXT NOT NULL,
	login TEXT NOT NULL,         -- who entered it last
	at BIGINT NOT NULL,
	UNIQUE (period, unit, population, field)
);
CREATE INDEX measure_unit ON measure (unit, due);

-- Days on which offices do not work, or a weekend on which they do, beyond the
-- holidays that have a fixed date (server/core/period/workday.h).
CREATE TABLE day_off (
	day BIGINT PRIMARY KEY,
	off BIGINT NOT NULL,         -- 1: closed, 0: worked
	name TEXT NOT NULL           -- Tết Nguyên đán
)/*sqlite: WITHOUT ROWID*/;

-- What was counted when a period was closed or revised: counts and scores, no
-- words of citizens. Only ever added to, so that a printed figure can be
-- recomputed from these rows for ever.
CREATE TABLE snapshot (
	id BIGINT PRIMARY KEY,       -- 1, 2, 3, …
	period TEXT NOT NULL REFERENCES period (name),
	revision BIGINT NOT NULL,    -- 1: its first closing
	cut TEXT NOT NULL,
	first_day BIGINT NOT NULL,
	last_day BIGINT NOT NULL,
	taken_at BIGINT NOT NULL,
	proposed_by TEXT NOT NULL,
	reason TEXT NOT NULL,        -- of the proposal
	confirmed_by TEXT NOT NULL,
	words TEXT NOT NULL,         -- of who confirmed it
	formula TEXT NOT NULL,       -- name and version: top2 1
	catalogue TEXT NOT NULL,     -- names, targets, desks, forms: JSON
	                             -- (server/core/catalogue/folder.h)
	UNIQUE (period, revision)
)/*sqlite: WITHOUT ROWID*/;

-- Rows of tally, as they were.
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

-- Rows of dossier_tally, as they were, and how many of the dossiers had an
-- answer tied to them.
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

-- Answers set aside, by reason.
CREATE TABLE snapshot_aside (
	snapshot BIGINT NOT NULL REFERENCES snapshot (id),
	reason TEXT NOT NULL,
	unit TEXT NOT NULL,
	field TEXT NOT NULL,
	channel TEXT NOT NULL,
	form TEXT NOT NULL,
	overall BIGINT NOT NULL,     -- the general score, 0: none
	answers BIGINT NOT NULL,
	PRIMARY KEY (snapshot, reason, unit, field, channel, form, overall)
)/*sqlite: WITHOUT ROWID*/;

-- Citizens invited by SMS about a dossier that was finished in the period.
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

-- ------------------------------------------------------------------ the kiosks

-- What a desk's kiosks ask and do (server/core/device/kiosk_setting.h). Desk '' is for
-- all; a desk's own value goes before it.
CREATE TABLE kiosk_setting (
	desk TEXT NOT NULL,
	key TEXT NOT NULL,           -- hours, factors, …; pin: a hash, in an
	                             -- envelope where there is a key file
	value TEXT NOT NULL,
	PRIMARY KEY (desk, key)
)/*sqlite: WITHOUT ROWID*/;

-- New kiosks that wait to be approved, and their tokens until they fetch them.
-- Also the other way round: a code that was approved while its kiosk was
-- crowded out by others; it has device and desk, no token, and for its key a
-- hash of the code, until the kiosk asks.
CREATE TABLE enrolment (
	key BYTEA PRIMARY KEY,       -- Ed25519, made on the device
	code TEXT NOT NULL UNIQUE,   -- eight letters on its screen
	version TEXT NOT NULL,       -- of its program
	expires_at BIGINT NOT NULL,
	device TEXT NOT NULL,        -- '' until approved
	desk TEXT NOT NULL,
	sealed TEXT NOT NULL         -- the token, which only that key opens
);

-- Which of a kiosk's counter values (answer.seq) have arrived: a gap is an
-- answer that is still to come or lost, a value twice a device that was copied
-- or set back.
CREATE TABLE device_seq (
	device TEXT PRIMARY KEY,
	ranges TEXT NOT NULL,        -- "1-812 815-900"
	missing BIGINT NOT NULL,     -- below the highest
	twice BIGINT NOT NULL
)/*sqlite: WITHOUT ROWID*/;

-- When a kiosk was started, by our clock: from it follows the true time of all
-- that was said since, whatever the kiosk's own clock shows.
CREATE TABLE device_boot (
	device TEXT NOT NULL,
	boot TEXT NOT NULL,          -- the system's random id of that start
	began_at BIGINT NOT NULL,
	heard_at BIGINT NOT NULL,
	PRIMARY KEY (device, boot)
)/*sqlite: WITHOUT ROWID*/;

-- What a wrong clock had said of an answer whose time was put right.
CREATE TABLE answer_said (
	answer BYTEA PRIMARY KEY,
	said_at BIGINT NOT NULL
)/*sqlite: WITHOUT ROWID*/;

-- Damaged outboxes as kiosks bring them, in pieces, so that people can look what
-- can be saved ("device wreck").
CREATE TABLE wreck (
	device TEXT NOT NULL,
	name TEXT NOT NULL,          -- damaged-1795140903000
	at BIGINT NOT NULL,          -- of the piece's first byte
	bytes BYTEA NOT NULL,
	received_at BIGINT NOT NULL,
	PRIMARY KEY (device, name, at)
);

-- One-time tokens that tie an answer to a dossier: links for citizens, calls of
-- the desk's software. Only the hash is kept.
CREATE TABLE link (
	token_hash BYTEA PRIMARY KEY, -- BLAKE2b-256
	kind TEXT NOT NULL,          -- link, call
	dossier TEXT NOT NULL,       -- key; '' for a ticket
	ticket TEXT NOT NULL,        -- of the queue, or ''
	desk TEXT NOT NULL,          -- that called; '' for a link
	field TEXT NOT NULL,         -- that the software named, or ''
	created_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL
);
CREATE INDEX link_expires ON link (expires_at);

-- The newest call of each desk: its kiosk asks the citizen just served.
CREATE TABLE desk_call (
	desk TEXT PRIMARY KEY,
	number BIGINT NOT NULL,      -- rises; makes the token, with meta's call_key
	dossier TEXT NOT NULL,       -- key; '' for a ticket
	field TEXT NOT NULL,
	expires_at BIGINT NOT NULL
);

-- A dossier has one answer, whichever way it came: the first, or by SMS the last.
CREATE TABLE dossier_answer (
	dossier TEXT PRIMARY KEY,
	answer BYTEA NOT NULL
)/*sqlite: WITHOUT ROWID*/;

-- What citizens add to an answer on their own phone, by the token of the
-- kiosk's thanks. Comment and answer may come in either order; once both are
-- there the comment is the answer's remark.
CREATE TABLE addition (
	token_hash BYTEA PRIMARY KEY,
	answer BYTEA,                -- null: not here yet
	comment TEXT,                -- null: none yet, or it is the remark now
	used BIGINT NOT NULL,        -- 1: a comment was given
	at BIGINT NOT NULL
);
CREATE INDEX addition_at ON addition (at);

-- ------------------------------------------------------------------ the SMS

-- Numbers are told apart by a keyed hash (BLAKE2b, "sender") and kept sealed
-- (server/secret/phone_seal.h), so that the database alone gives away no number.

-- Dossiers with a citizen's number and consent: whether and when they are asked
-- for an opinion (server/core/dossier/invite.h). Without consent there is no row, and
-- the number is nowhere.
CREATE TABLE invitation (
	dossier TEXT PRIMARY KEY,
	sender BYTEA NOT NULL,       -- the number's keyed hash
	phone TEXT NOT NULL,         -- sealed, '' once erased
	since_at BIGINT NOT NULL,    -- when we heard of the consent
	finished_at BIGINT,          -- of the dossier; null: not yet
	state TEXT NOT NULL,         -- planned, invited, reminded, answered, ended
	why TEXT NOT NULL,           -- of ended: opted_out, lapsed, …
	due_at BIGINT,               -- when to look again; null: no more
	sent_at BIGINT NOT NULL      -- our last message about it; 0: none
)/*sqlite: WITHOUT ROWID*/;
CREATE INDEX invitation_due ON invitation (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX invitation_sender ON invitation (sender, sent_at);

-- Messages that came in, as the gateway handed them over, and what became of
-- them. A person's decision stands beside the reader's, and can be taken back.
CREATE TABLE sms_in (
	id BYTEA PRIMARY KEY,        -- made by the gateway
	device TEXT NOT NULL,
	sender BYTEA NOT NULL,       -- keyed hash, empty once erased
	text TEXT NOT NULL,          -- raw, so that a better reader can read
	                             -- again; '' once erased
	partial BIGINT NOT NULL,     -- 1: a part never came
	received_at BIGINT NOT NULL, -- the gateway's clock
	digest BYTEA NOT NULL,
	kind TEXT NOT NULL,          -- the reading: score, opt_out, ambiguous, …
	answer BYTEA,                -- the answer made of it
	sent_at BIGINT NOT NULL DEFAULT 0, -- the operator's clock, 0 unknown
	zone BIGINT NOT NULL DEFAULT 420, -- minutes, of sent_at
	phone TEXT NOT NULL DEFAULT '', -- sealed; only of those a person reads,
	                             -- so that the decision can be confirmed
	reader BIGINT NOT NULL DEFAULT 1, -- version of the rules that read it
	deed TEXT NOT NULL DEFAULT '', -- what followed (server/core/messages/follow.h)
	desk TEXT NOT NULL DEFAULT '', -- what it is about, as far as known:
	unit TEXT NOT NULL DEFAULT '', -- desk, its unit,
	dossier TEXT NOT NULL DEFAULT '', -- dossier
	replaced BYTEA,              -- the answer that its own took the place of
	person BIGINT NOT NULL DEFAULT 0, -- 1 must read it, 2 has, 3 may (words)
	decided TEXT NOT NULL DEFAULT '', -- by that person: "4", comment, opt_out
	decided_by TEXT NOT NULL DEFAULT '',
	decided_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX sms_in_sender ON sms_in (sender, received_at);
CREATE INDEX sms_in_person ON sms_in (person, received_at) WHERE person > 0;
CREATE INDEX sms_in_received ON sms_in (received_at);

-- Messages that shall go out. The number stands here only until the gateway
-- reports the message's end, then it is blanked.
CREATE TABLE sms_out (
	id BYTEA PRIMARY KEY,
	phone TEXT NOT NULL,         -- sealed, '' once ended
	sender BYTEA NOT NULL,       -- the number's keyed hash
	cause TEXT NOT NULL,         -- key of its words: sms.thanks, sms.help, …
	text TEXT NOT NULL,          -- GSM-7, one part
	state TEXT NOT NULL,         -- queued; sent, failed, unknown, dropped;
	                             -- delivered, undelivered
	created_at BIGINT NOT NULL,
	ended_at BIGINT,
	dossier TEXT NOT NULL DEFAULT '', -- of an invitation: about which
	until_at BIGINT              -- … and too late afterwards
);
CREATE INDEX sms_out_state ON sms_out (state, created_at);
CREATE INDEX sms_out_sender ON sms_out (sender, created_at);

-- People who asked not to be texted; survives every erasure.
CREATE TABLE sms_optout (
	sender BYTEA PRIMARY KEY,
	since_at BIGINT NOT NULL
);
