-- Every statement of the collector, called by name (enum query in C). The same
-- text runs on SQLite and PostgreSQL: parameters $1, $2, … bound by name; sums
-- cast to BIGINT (PostgreSQL makes them numeric); time, randomness and language
-- come in as parameters.

-- =========================================================== the database

-- name: meta_get
SELECT value FROM meta WHERE key = $1;

-- name: meta_put
INSERT INTO meta (key, value) VALUES ($1, $2)
ON CONFLICT (key) DO UPDATE SET value = excluded.value;

-- name: meta_new
INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING;

-- name: generation_raise
UPDATE meta SET value = CAST(CAST(value AS BIGINT) + 1 AS TEXT)
WHERE key = 'generation';

-- ========================================================== the catalogue

-- name: unit_put
INSERT INTO unit (code, parent, level, name, valid_from, valid_to, place)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (code) DO UPDATE SET parent = excluded.parent,
	level = excluded.level, name = excluded.name,
	valid_from = excluded.valid_from, valid_to = excluded.valid_to,
	place = excluded.place;

-- name: unit_list
SELECT code, parent, level, name, valid_from, valid_to FROM unit
ORDER BY place, code;

-- name: successor_put
INSERT INTO unit_successor (unit, successor, from_day) VALUES ($1, $2, $3)
ON CONFLICT (unit, successor) DO UPDATE SET from_day = excluded.from_day;

-- name: successor_list
SELECT unit, successor, from_day FROM unit_successor
ORDER BY unit, successor;

-- name: field_put
INSERT INTO field (code, name, grp, place) VALUES ($1, $2, $3, $4)
ON CONFLICT (code) DO UPDATE SET name = excluded.name, grp = excluded.grp,
	place = excluded.place;

-- name: field_list
SELECT code, name, grp FROM field ORDER BY place, code;

-- name: target_put
INSERT INTO target (population, from_day, grp, percent4)
VALUES ($1, $2, $3, $4)
ON CONFLICT (population, from_day) DO UPDATE SET grp = excluded.grp,
	percent4 = excluded.percent4;

-- name: target_list
SELECT population, from_day, grp, percent4 FROM target
ORDER BY population, from_day;

-- name: desk_put
INSERT INTO desk (code, unit, name, place) VALUES ($1, $2, $3, $4)
ON CONFLICT (code) DO UPDATE SET unit = excluded.unit, name = excluded.name,
	place = excluded.place;

-- name: desk_list
SELECT code, unit, name FROM desk ORDER BY place, code;

-- name: desk_field_clear
DELETE FROM desk_field WHERE desk = $1;

-- name: desk_field_put
INSERT INTO desk_field (desk, field, place) VALUES ($1, $2, $3)
ON CONFLICT (desk, field) DO UPDATE SET place = excluded.place;

-- name: desk_field_list
SELECT desk, field FROM desk_field ORDER BY desk, place;

-- name: form_put
INSERT INTO form (code, version, population, document)
VALUES ($1, $2, $3, $4) ON CONFLICT (code, version) DO NOTHING;

-- name: unit_remove
DELETE FROM unit WHERE code = $1;

-- name: successor_remove
DELETE FROM unit_successor WHERE unit = $1 AND successor = $2;

-- name: field_remove
DELETE FROM field WHERE code = $1;

-- name: target_remove
DELETE FROM target WHERE population = $1 AND from_day = $2;

-- name: desk_remove
DELETE FROM desk WHERE code = $1;

-- Does anything refer to a code? Of answers the counts by month know it.
-- name: unit_used
SELECT CASE WHEN EXISTS (SELECT 1 FROM tally_month WHERE unit = $1)
	OR EXISTS (SELECT 1 FROM dossier WHERE unit = $1)
	OR EXISTS (SELECT 1 FROM staff WHERE unit = $1) THEN 1 ELSE 0 END;

-- name: field_used
SELECT CASE WHEN EXISTS (SELECT 1 FROM tally_month WHERE field = $1)
	OR EXISTS (SELECT 1 FROM dossier WHERE field = $1) THEN 1 ELSE 0 END;

-- name: desk_used
SELECT CASE WHEN EXISTS (SELECT 1 FROM tally_month WHERE desk = $1)
	OR EXISTS (SELECT 1 FROM dossier WHERE desk = $1)
	OR EXISTS (SELECT 1 FROM device WHERE desk = $1) THEN 1 ELSE 0 END;

-- name: form_list
SELECT code, version, population, document FROM form ORDER BY code, version;

-- name: setting_list
SELECT key, value FROM setting;

-- name: setting_put
INSERT INTO setting (key, value) VALUES ($1, $2)
ON CONFLICT (key) DO UPDATE SET value = excluded.value;

-- ===================================================== devices and staff

-- name: device_add
INSERT INTO device (id, kind, desk, token_hash, created_at)
VALUES ($1, $2, $3, $4, $5);

-- name: device_known
SELECT token_hash, id, kind, desk, key FROM device WHERE revoked_at IS NULL
ORDER BY token_hash;

-- name: device_list
SELECT id, kind, desk, created_at, revoked_at, heard_at FROM device
ORDER BY created_at, id;

-- name: device_heartbeats
SELECT id, heard_at, heartbeat FROM device
WHERE kind = $1 AND revoked_at IS NULL ORDER BY created_at, id;

-- name: device_revoke
UPDATE device SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL;

-- From the name, or desk, that it is known to have.
-- name: device_rename
UPDATE device SET name = $2
WHERE id = $1 AND name = $3 AND revoked_at IS NULL;

-- name: device_move
UPDATE device SET desk = $2
WHERE id = $1 AND desk = $3 AND revoked_at IS NULL;

-- name: device_left
INSERT INTO device_desk (device, desk, until) VALUES ($1, $2, $3)
ON CONFLICT (device, desk) DO UPDATE SET until = excluded.until;

-- name: device_desk_list
SELECT device, desk, until FROM device_desk ORDER BY device, until;

-- name: device_resend
UPDATE device SET resend_at = $2 WHERE id = $1 AND revoked_at IS NULL;

-- name: device_resend_asked
SELECT resend_at FROM device WHERE id = $1;

-- name: device_heard
UPDATE device SET heard_at = $2, heartbeat = $3 WHERE id = $1;

-- name: staff_add
INSERT INTO staff (login, role, unit, password, start, created_at, password_at,
	name)
VALUES ($1, $2, $3, $4, $5, $6, $6, $7) ON CONFLICT (login) DO NOTHING;

-- name: staff_get
SELECT role, unit, password, start, created_at, disabled_at, signed_in_at,
	factor, factor_at, name, password_at FROM staff WHERE login = $1;

-- name: staff_list
SELECT login, role, unit, start, created_at, disabled_at, signed_in_at,
	factor_at, name, password_at FROM staff ORDER BY login;

-- name: staff_names
SELECT login, name, password FROM staff ORDER BY login;

-- Who else may do everything everywhere.
-- name: staff_other_admins
SELECT count(*) FROM staff
WHERE role = 'admin' AND unit IS NULL AND disabled_at IS NULL AND login <> $1;

-- A post that a person gives up at $2 for role $3 and unit $4.
-- name: staff_post_keep
INSERT INTO staff_post (login, until_at, role, unit)
SELECT login, $2, role, coalesce(unit, '') FROM staff
WHERE login = $1 AND (role <> $3 OR coalesce(unit, '') <> $4)
ON CONFLICT (login, until_at) DO NOTHING;

-- Posts that a person gave up.
-- name: staff_posts
SELECT role, unit, until_at FROM staff_post WHERE login = $1 ORDER BY until_at;

-- name: staff_change
UPDATE staff SET role = $2, unit = $3, name = $4 WHERE login = $1;

-- name: staff_disable
UPDATE staff SET disabled_at = $2 WHERE login = $1 AND disabled_at IS NULL;

-- name: staff_enable
UPDATE staff SET disabled_at = NULL
WHERE login = $1 AND disabled_at IS NOT NULL;

-- name: staff_password
UPDATE staff SET password = $2, start = $3, password_at = $4 WHERE login = $1;

-- name: staff_signed_in
UPDATE staff SET signed_in_at = $2 WHERE login = $1;

-- A code may be tried: of the first $3 wrong ones in a row each, then one in $4
-- ms, and once there were $5, one in $6 ms. All tries are counted together; but
-- the browsers that are known wait for their own kind only, so that whoever
-- tries from elsewhere does not keep them waiting.
-- name: factor_try
UPDATE staff SET tries = tries + 1, tried_at = $2
WHERE login = $1 AND (tries < CAST($3 AS BIGINT)
	OR tried_at <= CAST($2 AS BIGINT) - CASE WHEN tries < CAST($5 AS BIGINT)
		THEN CAST($4 AS BIGINT) ELSE CAST($6 AS BIGINT) END);

-- name: factor_try_known
UPDATE staff SET tries = tries + 1, tried_at = $2, known_tried_at = $2
WHERE login = $1 AND (tries < CAST($3 AS BIGINT)
	OR known_tried_at <= CAST($2 AS BIGINT)
		- CASE WHEN tries < CAST($5 AS BIGINT)
		THEN CAST($4 AS BIGINT) ELSE CAST($6 AS BIGINT) END);

-- One more with this password step; none when there were $3.
-- name: sign_in_try
INSERT INTO sign_in_try (envelope, tries, until_at) VALUES ($1, 1, $2)
ON CONFLICT (envelope) DO UPDATE SET tries = sign_in_try.tries + 1
WHERE sign_in_try.tries < CAST($3 AS BIGINT);

-- name: sign_in_try_expire
DELETE FROM sign_in_try WHERE until_at <= $1;

-- A code was right: none of its step or before will be again.
-- name: factor_step
UPDATE staff SET factor_step = $2, tries = 0
WHERE login = $1 AND factor_step < $2;

-- name: factor_set
UPDATE staff SET factor = $2, factor_at = $3, factor_step = $4, tries = 0
WHERE login = $1;

-- name: factor_tries_clear
UPDATE staff SET tries = 0 WHERE login = $1;

-- name: recovery_add
INSERT INTO recovery_code (login, code_hash) VALUES ($1, $2)
ON CONFLICT (login, code_hash) DO NOTHING;

-- name: recovery_use
DELETE FROM recovery_code WHERE login = $1 AND code_hash = $2;

-- name: recovery_clear
DELETE FROM recovery_code WHERE login = $1;

-- name: recovery_list
SELECT login, code_hash FROM recovery_code;

-- name: recovery_count
SELECT count(*) FROM recovery_code WHERE login = $1;

-- name: session_add
INSERT INTO session (token_hash, login, csrf, created_at, expires_at, seen_at)
VALUES ($1, $2, $3, $4, $5, $4) ON CONFLICT (token_hash) DO NOTHING;

-- name: session_get
SELECT s.login, s.csrf, u.role, u.unit, s.seen_at, u.start,
	CAST(CASE WHEN u.factor = '' THEN 0 ELSE 1 END AS BIGINT)
FROM session s JOIN staff u ON u.login = s.login
WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.seen_at > $3
	AND u.disabled_at IS NULL;

-- name: session_list
SELECT token_hash, created_at, seen_at FROM session
WHERE login = $1 AND expires_at > $2 AND seen_at > $3
ORDER BY seen_at DESC, created_at DESC;

-- name: session_seen
UPDATE session SET seen_at = $2 WHERE token_hash = $1 AND seen_at < $2;

-- name: session_end
DELETE FROM session WHERE token_hash = $1;

-- Of a person, all but one.
-- name: session_end_others
DELETE FROM session WHERE login = $1 AND token_hash <> $2;

-- name: session_end_all
DELETE FROM session WHERE login = $1;

-- name: session_expire
DELETE FROM session WHERE expires_at <= $1 OR seen_at <= $2;

-- Of a person, the $2 that were used last stay.
-- name: session_keep
DELETE FROM session WHERE login = $1 AND token_hash NOT IN (
	SELECT token_hash FROM session WHERE login = $1
	ORDER BY seen_at DESC, created_at DESC LIMIT CAST($2 AS BIGINT));

-- ================================================================== audit

-- name: audit_add
INSERT INTO audit (id, at, login, role, place, act, unit, object, before, after,
	reason)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (id) DO NOTHING;

-- The next link's number: whoever takes it keeps other writers waiting until the
-- commit.
-- name: audit_head_next
INSERT INTO audit_head (one, seq, hash) VALUES (1, 1, '')
ON CONFLICT (one) DO UPDATE SET seq = audit_head.seq + 1;

-- name: audit_head
SELECT seq, hash FROM audit_head WHERE one = 1;

-- name: audit_head_set
UPDATE audit_head SET hash = $1 WHERE one = 1;

-- name: audit_link_add
INSERT INTO audit_link (seq, id, hash) VALUES ($1, $2, $3);

-- What stands behind one number, up to another.
-- name: audit_between
SELECT l.seq, l.hash, a.place, a.act FROM audit_link l JOIN audit a ON a.id = l.id
WHERE l.seq > $1 AND l.seq <= $2 ORDER BY l.seq;

-- name: audit_link_at
SELECT hash FROM audit_link WHERE seq = $1;

-- In the order of the chain; a deed that is gone is all null.
-- name: audit_chain
SELECT l.seq, l.hash, a.id, a.at, a.login, a.role, a.place, a.act, a.unit,
	a.object, a.before, a.after, a.reason
FROM audit_link l LEFT JOIN audit a ON a.id = l.id
ORDER BY l.seq;

-- name: audit_unlinked
SELECT a.id, a.at, a.login, a.role, a.place, a.act, a.unit, a.object, a.before,
	a.after, a.reason
FROM audit a
WHERE NOT EXISTS (SELECT 1 FROM audit_link l WHERE l.id = a.id)
ORDER BY a.id;

-- Deeds, and those of them that no link has.
-- name: audit_count
SELECT count(*), CAST(COALESCE(sum(CASE WHEN l.id IS NULL THEN 1 ELSE 0 END), 0)
	AS BIGINT)
FROM audit a LEFT JOIN audit_link l ON l.id = a.id;

-- Newest first; ids below $1 and not below $2, of these times, and what is '' is
-- not asked; of a unit ($8) and those below it.
-- name: audit_list
SELECT id, at, login, role, place, act, unit, object, before, after, reason
FROM audit
WHERE id < $1 AND id >= $2 AND at BETWEEN $3 AND $4
	AND ($5 = '' OR login = $5)
	AND ($6 = '' OR object = $6) AND ($7 = '' OR act LIKE $7)
	AND ($8 = '' OR unit IN (
		WITH RECURSIVE below (code) AS (
			SELECT CAST($8 AS TEXT) UNION
			SELECT u.code FROM unit u JOIN below b ON u.parent = b.code)
		SELECT code FROM below))
ORDER BY id DESC LIMIT $9;

-- ================================================================ answers

-- name: answer_add
INSERT INTO answer (id, day, unit, desk, field, channel, form, form_version,
	scores, reasons, flags, lang, assisted, device, seq, answered_at, zone,
	received_at, digest, aside, sample, dossier, matter, doubt)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
	$17, $18, $19, $20, $21, $22, $23, $24)
ON CONFLICT (id) DO NOTHING;

-- A row when this very content stands under the id.
-- name: answer_same
SELECT 1 FROM answer WHERE id = $1 AND digest = $2;

-- name: answer_digest
SELECT digest FROM answer WHERE id = $1;

-- By our clock.
-- name: answer_newest
SELECT coalesce(max(received_at), 0) FROM answer;

-- What its sender said, as a digest, and the defaults that were taken.
-- name: answer_said
SELECT digest, form, CAST(form_version AS text), desk, field FROM answer
WHERE id = $1;

-- name: answer_get
SELECT day, unit, desk, field, channel, form, scores, reasons, aside, doubt,
	dossier, (SELECT w.reason FROM aside w WHERE w.answer = answer.id)
FROM answer WHERE id = $1;

-- An answer that turned out to be of a burst, unless a person has looked at it.
-- name: answer_unusual
UPDATE answer SET doubt = $3,
	flags = CASE WHEN flags = '' THEN $2 ELSE flags || ' ' || $2 END
WHERE id = $1 AND aside = 0 AND doubt IN (0, 1);

-- Into a burst or out of it: to $2, where one of old and new is $3.
-- name: answer_turn_doubt
UPDATE answer SET doubt = $2
WHERE id = $1 AND doubt <> 0 AND doubt <> $2 AND (doubt = $3 OR $2 = $3);

-- What desks got by day, without undecided bursts, from $1 to $2.
-- name: burst_usual
SELECT desk, channel, day, CAST(sum(n1 + n2 + n3 + n4 + n5 - unusual) AS BIGINT)
FROM tally
WHERE day BETWEEN $1 AND $2 AND criterion = 'overall'
	AND channel IN ('kiosk', 'web')
GROUP BY desk, channel, day ORDER BY desk, channel, day;

-- name: answer_set_aside
UPDATE answer SET aside = $2 WHERE id = $1 AND aside <> $2;

-- name: aside_put
INSERT INTO aside (answer, reason, login, at) VALUES ($1, $2, $3, $4)
ON CONFLICT (answer) DO UPDATE SET reason = excluded.reason,
	login = excluded.login, at = excluded.at;

-- Answers of the days $1 to $2 that are set aside, and why.
-- name: aside_range
SELECT w.reason, a.unit, a.field, a.channel, a.form, a.scores, count(*)
FROM answer a JOIN aside w ON w.answer = a.id
WHERE a.aside = 1 AND a.day BETWEEN $1 AND $2
GROUP BY w.reason, a.unit, a.field, a.channel, a.form, a.scores
ORDER BY w.reason;

-- name: aside_sample_clear
DELETE FROM aside WHERE answer IN (SELECT id FROM answer WHERE sample = 1);

-- name: answer_recount
SELECT day, unit, desk, field, channel, form, scores, reasons, aside, doubt,
	dossier, CASE WHEN aside = 1
		THEN (SELECT w.reason FROM aside w WHERE w.answer = answer.id)
		END
FROM answer;

-- name: answer_count
SELECT count(*), CAST(coalesce(sum(sample), 0) AS BIGINT) FROM answer;

-- name: answer_sample_any
SELECT id FROM answer WHERE sample = 1 LIMIT 1;

-- name: remark_add
INSERT INTO remark (answer, comment, day, unit, field, plain)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (answer) DO NOTHING;

-- name: step_sample_clear
DELETE FROM work_step WHERE answer IN (SELECT id FROM answer WHERE sample = 1);

-- name: case_sample_clear
DELETE FROM case_work WHERE answer IN (SELECT id FROM answer WHERE sample = 1);

-- name: remark_sample_clear
DELETE FROM remark WHERE answer IN (SELECT id FROM answer WHERE sample = 1);

-- Snapshots up to this one were taken over samples (which are refused beside
-- real answers) and say so also when the samples are gone.
-- name: snapshot_sample_mark
INSERT INTO meta (key, value)
SELECT 'sample_snapshots', CAST(max(id) AS TEXT) FROM snapshot HAVING count(*) > 0
ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value;

-- name: answer_sample_clear
DELETE FROM answer WHERE sample = 1;

-- name: answer_unknown_desk
SELECT count(*) FROM answer WHERE NOT EXISTS
	(SELECT 1 FROM desk WHERE desk.code = answer.desk);

-- name: remark_orphan
SELECT count(*) FROM remark WHERE NOT EXISTS
	(SELECT 1 FROM answer WHERE answer.id = remark.answer);

-- Answers that call for a person, by the rules of server/core/cases/needs_person.h, and
-- stand in no list.
-- name: answer_overlooked
SELECT count(*) FROM answer a
WHERE (a.doubt = 0 AND a.flags NOT IN ('', 'sample', 'cleaned'))
	OR (a.matter = 0
		AND (a.scores LIKE 'overall=1%' OR a.scores LIKE 'overall=2%')
		AND (a.reasons <> ''
			OR EXISTS (SELECT 1 FROM remark r WHERE r.answer = a.id)));

-- The comment at which a page stops looking: the $4-th of those that
-- remark_page goes through.
-- name: remark_end
SELECT day, answer FROM remark WHERE day >= $1 AND (day, answer) < ($2, $3)
ORDER BY day DESC, answer DESC LIMIT 1 OFFSET $4;

-- Comments of the days from $1, newest first, behind day $2 and id $3 down to
-- day $10 and id $11; of a unit ($4, '' any; $5 = 1: and of those below), field,
-- channel and general score, each '' for any. Answers set aside are not
-- counted, and what they say is not shown. Words are sought by who reads.
-- name: remark_page
SELECT r.answer, r.day, r.unit, r.field, a.desk, a.channel, a.scores, r.comment,
	r.plain
FROM remark r JOIN answer a ON a.id = r.answer
WHERE r.day >= $1 AND (r.day, r.answer) < ($2, $3)
	AND (r.day, r.answer) >= ($10, $11)
	AND ($4 = '' OR r.unit = $4 OR ($5 = 1 AND r.unit IN (
		WITH RECURSIVE below (code) AS (
			SELECT CAST($4 AS TEXT) UNION
			SELECT u.code FROM unit u JOIN below b ON u.parent = b.code)
		SELECT code FROM below)))
	AND ($6 = '' OR r.field = $6) AND ($7 = '' OR a.channel = $7)
	AND ($8 = '' OR a.scores = $8 OR a.scores LIKE $8 || ' %')
	AND a.aside = 0
ORDER BY r.day DESC, r.answer DESC LIMIT $9;

-- Comments whose plain text is missing: of a former schema.
-- name: remark_unfolded
SELECT answer, comment FROM remark WHERE plain = '' AND comment <> '';

-- name: remark_fold
UPDATE remark SET plain = $2 WHERE answer = $1;

-- =================================================== work on the answers

-- name: work_answer
SELECT a.day, a.unit, a.desk, a.field, a.channel, a.form, a.form_version,
	a.scores, a.reasons, a.flags, a.device, a.answered_at, a.received_at,
	a.aside, a.matter, a.doubt, r.comment, w.login, w.due, s.reason, s.login,
	s.at
FROM answer a LEFT JOIN remark r ON r.answer = a.id
LEFT JOIN case_work w ON w.answer = a.id
LEFT JOIN aside s ON s.answer = a.id
WHERE a.id = $1;

-- Cases stay open when people set their answer aside, but not when a rule does,
-- which puts another answer in its place (the condition on "aside" below).
-- A unit's cases (matter $2) from day $3 behind id $4, oldest first. $5 = 1: only
-- those without a person; $6 > 0: only those due before that day, where
-- nothing was agreed $7 days after the answer.
-- name: case_page
SELECT a.id, a.day, a.unit, a.desk, a.field, a.channel, a.scores, a.reasons,
	r.comment, w.login, w.due
FROM answer a LEFT JOIN case_work w ON w.answer = a.id
LEFT JOIN remark r ON r.answer = a.id
WHERE a.matter <> 0 AND a.unit = $1 AND a.matter = $2 AND (a.aside = 0 OR EXISTS (SELECT 1 FROM aside s
		WHERE s.answer = a.id AND s.login <> ''))
	AND a.day >= $3 AND (a.day, a.id) > ($3, $4)
	AND ($5 = 0 OR w.login IS NULL OR w.login = '')
	AND ($6 = 0 OR coalesce(w.due, a.day + $7) < $6)
ORDER BY a.day, a.id LIMIT $8;

-- A unit's cases that are done, newest first, before day $2 and id $3.
-- name: case_page_done
SELECT a.id, a.day, a.unit, a.desk, a.field, a.channel, a.scores, a.reasons,
	r.comment, '', 0
FROM answer a LEFT JOIN remark r ON r.answer = a.id
WHERE a.matter <> 0 AND a.unit = $1 AND a.matter = 2 AND (a.aside = 0 OR EXISTS (SELECT 1 FROM aside s
		WHERE s.answer = a.id AND s.login <> ''))
	AND a.day <= $2 AND (a.day, a.id) < ($2, $3)
ORDER BY a.day DESC, a.id DESC LIMIT $4;

-- A unit's cases in a person's hands ($2, '': any person's): few, for they are
-- what people do at a time. Behind day $3 and id $4; $5 and $6 as in case_page.
-- name: case_page_hand
SELECT a.id, a.day, a.unit, a.desk, a.field, a.channel, a.scores, a.reasons,
	r.comment, w.login, w.due
FROM case_work w JOIN answer a ON a.id = w.answer
LEFT JOIN remark r ON r.answer = a.id
WHERE w.unit = $1 AND w.login <> '' AND ($2 = '' OR w.login = $2)
	AND a.matter = 1 AND (a.aside = 0 OR EXISTS (SELECT 1 FROM aside s
		WHERE s.answer = a.id AND s.login <> '')) AND (a.day, a.id) > ($3, $4)
	AND ($5 = 0 OR coalesce(w.due, a.day + $6) < $5)
ORDER BY a.day, a.id LIMIT $7;

-- How many open cases a unit has, $2 at most, and of those how many were due
-- before day $3.
-- name: case_count
SELECT count(*), CAST(coalesce(sum(late), 0) AS BIGINT) FROM (
	SELECT CASE WHEN coalesce(w.due, a.day + $4) < $3 THEN 1 ELSE 0 END
		AS late
	FROM answer a LEFT JOIN case_work w ON w.answer = a.id
	WHERE a.matter <> 0 AND a.unit = $1 AND a.matter = 1 AND (a.aside = 0 OR EXISTS (SELECT 1 FROM aside s
		WHERE s.answer = a.id AND s.login <> ''))
	ORDER BY a.day, a.id LIMIT $2) AS oldest;

-- name: case_put
INSERT INTO case_work (answer, unit, login, due) VALUES ($1, $2, $3, $4)
ON CONFLICT (answer) DO UPDATE SET login = excluded.login, due = excluded.due;

-- name: case_drop
DELETE FROM case_work WHERE answer = $1;

-- Keeps other collectors from the answer until this transaction is over.
-- name: answer_lock
UPDATE answer SET doubt = doubt WHERE id = $1;

-- name: answer_set_matter
UPDATE answer SET matter = $2 WHERE id = $1 AND matter <> 0 AND matter <> $2;

-- name: answer_set_doubt
UPDATE answer SET doubt = $2 WHERE id = $1 AND doubt <> 0 AND doubt <> $2;

-- A unit's answers that wait for a person to look at them (doubt $4), oldest
-- first; flags like $2. Those are looked for in the index alone, and only then read.
-- name: doubt_page
SELECT a.id, a.day, a.unit, a.desk, a.field, a.channel, a.form, a.scores,
	a.reasons, a.flags, a.answered_at, a.received_at
FROM (SELECT d.id FROM answer d
	WHERE d.doubt <> 0 AND d.unit = $1 AND d.doubt = $4 AND d.aside = 0
		AND ($2 = '' OR ' ' || d.flags || ' ' LIKE $2)
		AND NOT EXISTS (SELECT 1 FROM proposal_answer p
			WHERE p.answer = d.id AND p.open = 1)
	ORDER BY d.day, d.id LIMIT $3) AS oldest
JOIN answer a ON a.id = oldest.id
ORDER BY a.day, a.id;

-- Of a unit's unusual burst ($2 doubt 3) on a day, at a desk, by a channel:
-- what had come by $6.
-- name: burst_answers
SELECT id FROM answer
WHERE doubt <> 0 AND unit = $1 AND doubt = $2 AND aside = 0 AND day = $3
	AND desk = $4 AND channel = $5 AND received_at <= $6
	AND NOT EXISTS (SELECT 1 FROM proposal_answer p
		WHERE p.answer = answer.id AND p.open = 1)
ORDER BY id LIMIT $7;

-- The answers of a unit ('' all) that are set aside, newest first, before day $2
-- and id $3: all of them stand in an index by day, and they are few.
-- name: aside_page
SELECT a.id, a.day, a.unit, a.desk, a.field, a.channel, a.scores, r.comment,
	s.reason, s.login, s.at
FROM answer a JOIN aside s ON s.answer = a.id
LEFT JOIN remark r ON r.answer = a.id
WHERE a.aside = 1 AND ($1 = '' OR a.unit = $1) AND a.day <= $2 AND (a.day, a.id) < ($2, $3)
ORDER BY a.day DESC, a.id DESC LIMIT $4;

-- --------------------------------------------------------------- proposals

-- name: proposal_add
INSERT INTO proposal (id, at, login, act, past, unit, reason, words, answers,
	rest, since_at, state)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0, 'proposed')
ON CONFLICT (id) DO NOTHING;

-- Puts an answer $2 of the proposal's unit into it, if the act ($3, and $4 the
-- step to be undone) would change it and no proposal has it yet.
-- name: proposal_take
INSERT INTO proposal_answer (proposal, answer, open)
SELECT q.id, a.id, 1 FROM proposal q JOIN answer a ON a.unit = q.unit
WHERE q.id = $1 AND a.id = $2
	AND (($3 = 'aside' AND a.aside = 0)
		OR ($3 = 'restore' AND a.aside = 1)
		OR ($3 = 'count' AND a.aside = 0 AND a.doubt = 3)
		OR ($3 = 'undo' AND EXISTS (SELECT 1 FROM work_step s
			WHERE s.answer = a.id AND s.id = $4 AND s.undone = 0)))
ON CONFLICT DO NOTHING;

-- Counts its answers, all of which wait.
-- name: proposal_count
UPDATE proposal SET
	answers = (SELECT count(*) FROM proposal_answer p WHERE p.proposal = $1),
	rest = (SELECT count(*) FROM proposal_answer p WHERE p.proposal = $1),
	since_at = (SELECT coalesce(min(a.answered_at), 0)
		FROM proposal_answer p JOIN answer a ON a.id = p.answer
		WHERE p.proposal = $1)
WHERE id = $1;

-- One that has no answers.
-- name: proposal_drop_empty
DELETE FROM proposal WHERE id = $1 AND answers = 0;

-- Whether an answer waits in one, and in which.
-- name: proposal_of_answer
SELECT proposal FROM proposal_answer WHERE answer = $1 AND open = 1;

-- name: proposal_get
SELECT id, at, login, act, past, unit, reason, words, answers, rest, since_at,
	state, form, decided_at, decided_by, decided_role, decided_words
FROM proposal WHERE id = $1;

-- Keeps other collectors from it until the transaction is over.
-- name: proposal_lock
UPDATE proposal SET rest = rest WHERE id = $1;

-- All that wait for a decision, oldest first.
-- name: proposal_waiting
SELECT id, at, login, act, past, unit, reason, words, answers, rest, since_at,
	state, form, decided_at, decided_by, decided_role, decided_words
FROM proposal WHERE rest > 0 AND state = 'proposed' ORDER BY at, id LIMIT $1;

-- A unit's last ones that are decided, newest first.
-- name: proposal_past
SELECT id, at, login, act, past, unit, reason, words, answers, rest, since_at,
	state, form, decided_at, decided_by, decided_role, decided_words
FROM proposal WHERE unit = $1 AND state <> 'proposed'
ORDER BY id DESC LIMIT $2;

-- An answer's, oldest first.
-- name: proposal_history
SELECT q.id, q.at, q.login, q.act, q.past, q.unit, q.reason, q.words, q.answers,
	q.rest, q.since_at, q.state, q.form, q.decided_at, q.decided_by,
	q.decided_role, q.decided_words
FROM proposal_answer p JOIN proposal q ON q.id = p.proposal
WHERE p.answer = $1 ORDER BY q.at, q.id;

-- Confirmed ones that are not carried out whole.
-- name: proposal_unfinished
SELECT id FROM proposal WHERE rest > 0 AND state = 'confirmed' ORDER BY id;

-- Decides it: from "proposed" to state $2.
-- name: proposal_decide
UPDATE proposal SET state = $2, form = $3, decided_at = $4, decided_by = $5,
	decided_role = $6, decided_words = $7,
	rest = CASE WHEN $2 = 'confirmed' THEN rest ELSE 0 END
WHERE id = $1 AND state = 'proposed';

-- Its answers wait no more.
-- name: proposal_let_go
UPDATE proposal_answer SET open = 0 WHERE proposal = $1 AND open = 1;

-- The next ones to be carried out.
-- name: proposal_next
SELECT answer FROM proposal_answer WHERE proposal = $1 AND open = 1
ORDER BY answer LIMIT $2;

-- name: proposal_done
UPDATE proposal_answer SET open = 0
WHERE proposal = $1 AND answer = $2 AND open = 1;

-- name: proposal_less
UPDATE proposal SET rest = rest - $2 WHERE id = $1;

-- Its answers as the pages show them, up to $2.
-- name: proposal_answers
SELECT a.id, a.day, a.unit, a.desk, a.field, a.channel, a.form, a.scores,
	a.reasons, a.flags, a.answered_at, a.received_at
FROM proposal_answer p JOIN answer a ON a.id = p.answer
WHERE p.proposal = $1 ORDER BY a.day, a.id LIMIT $2;

-- Samples that wait in one.
-- name: proposal_sample_clear
DELETE FROM proposal_answer
WHERE answer IN (SELECT id FROM answer WHERE sample = 1);

-- Counts what waits in each anew, once samples are out of them.
-- name: proposal_rest_anew
UPDATE proposal SET
	rest = (SELECT count(*) FROM proposal_answer p
		WHERE p.proposal = proposal.id AND p.open = 1)
WHERE rest > 0;

-- name: step_add
INSERT INTO work_step (answer, id, at, login, act, unit, reason, person, due,
	words, undone)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)
ON CONFLICT (answer, id) DO NOTHING;

-- name: step_list
SELECT id, at, login, act, reason, person, due, words, undone FROM work_step
WHERE answer = $1 ORDER BY at, id;

-- name: step_last
SELECT id FROM work_step WHERE answer = $1 ORDER BY at DESC, id DESC LIMIT 1;

-- name: step_undo
UPDATE work_step SET undone = 1 WHERE answer = $1 AND id = $2 AND undone = 0;

-- A unit's last $2 decisions on what was doubtful, each with the first $3 of its
-- answers and the number of all, newest first.
-- name: step_decisions
WITH latest AS (
	SELECT DISTINCT id FROM work_step
	WHERE act IN ('count', 'aside') AND unit = $1
	ORDER BY id DESC LIMIT $2
), placed AS (
	SELECT s.answer, s.id,
		row_number() OVER (PARTITION BY s.id ORDER BY s.answer) AS place,
		count(*) OVER (PARTITION BY s.id) AS whole
	FROM work_step s JOIN latest ON latest.id = s.id
	WHERE s.act IN ('count', 'aside') AND s.unit = $1
)
SELECT s.id, s.at, s.login, s.act, s.reason, s.words, s.undone, a.id, a.day,
	a.unit, a.desk, a.field, a.channel, a.form, a.scores, a.flags,
	p.whole, s.person
FROM placed p JOIN work_step s ON s.answer = p.answer AND s.id = p.id
JOIN answer a ON a.id = s.answer
WHERE p.place <= $3 ORDER BY s.id DESC;

-- Decisions that hold about bursts of a desk's form, whose answers have words.
-- name: burst_words
SELECT s.id, min(s.at), min(s.login), min(s.act), min(a.unit), min(a.desk),
	min(a.day), max(a.day), count(*), count(r.answer),
	CAST(sum(CASE WHEN r.answer IS NULL THEN 0
		ELSE length(r.comment) END) AS BIGINT)
FROM work_step s JOIN answer a ON a.id = s.answer
LEFT JOIN remark r ON r.answer = a.id
WHERE s.act IN ('count', 'aside') AND s.undone = 0 AND a.channel = 'web'
	AND a.dossier = '' AND a.flags LIKE '%unusual_%'
GROUP BY s.id HAVING count(r.answer) > 0
ORDER BY s.id DESC LIMIT $1;

-- name: burst_words_remove
DELETE FROM remark WHERE answer IN (SELECT a.id
	FROM work_step s JOIN answer a ON a.id = s.answer
	WHERE s.id = $1 AND s.act IN ('count', 'aside') AND s.undone = 0
		AND a.channel = 'web' AND a.dossier = ''
		AND a.flags LIKE '%unusual_%');

-- Words that could still be added to them.
-- name: burst_additions_remove
DELETE FROM addition WHERE answer IN (SELECT a.id
	FROM work_step s JOIN answer a ON a.id = s.answer
	WHERE s.id = $1 AND s.act IN ('count', 'aside') AND s.undone = 0
		AND a.channel = 'web' AND a.dossier = ''
		AND a.flags LIKE '%unusual_%');

-- The answers that one step was about.
-- name: step_answers
SELECT s.answer, s.unit, s.act, s.undone, s.login, s.at FROM work_step s
WHERE s.id = $1 ORDER BY s.answer;

-- Paper forms that a person entered since a time: how many, and the last ones.
-- name: paper_count
SELECT count(*) FROM work_step WHERE act = 'paper' AND login = $1 AND at >= $2;

-- name: paper_list
SELECT a.id, a.day, a.desk, a.field, a.scores, a.reasons, a.aside, s.at
FROM work_step s JOIN answer a ON a.id = s.answer
WHERE s.act = 'paper' AND s.login = $1 AND s.at >= $2
ORDER BY s.at DESC LIMIT $3;

-- ================================================================ tallies

-- name: tally_add
INSERT INTO tally (day, unit, desk, field, channel, form, criterion,
	n1, n2, n3, n4, n5, na, aside, unusual, unusual_good, verified,
	verified_good)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
	$17, $18)
ON CONFLICT (day, unit, desk, field, channel, form, criterion) DO UPDATE SET
	n1 = tally.n1 + excluded.n1, n2 = tally.n2 + excluded.n2,
	n3 = tally.n3 + excluded.n3, n4 = tally.n4 + excluded.n4,
	n5 = tally.n5 + excluded.n5, na = tally.na + excluded.na,
	aside = tally.aside + excluded.aside,
	unusual = tally.unusual + excluded.unusual,
	unusual_good = tally.unusual_good + excluded.unusual_good,
	verified = tally.verified + excluded.verified,
	verified_good = tally.verified_good + excluded.verified_good;

-- name: tally_month_add
INSERT INTO tally_month (month, unit, desk, field, channel, form, criterion,
	n1, n2, n3, n4, n5, na, aside, unusual, unusual_good, verified,
	verified_good)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
	$17, $18)
ON CONFLICT (month, unit, desk, field, channel, form, criterion) DO UPDATE SET
	n1 = tally_month.n1 + excluded.n1, n2 = tally_month.n2 + excluded.n2,
	n3 = tally_month.n3 + excluded.n3, n4 = tally_month.n4 + excluded.n4,
	n5 = tally_month.n5 + excluded.n5, na = tally_month.na + excluded.na,
	aside = tally_month.aside + excluded.aside,
	unusual = tally_month.unusual + excluded.unusual,
	unusual_good = tally_month.unusual_good + excluded.unusual_good,
	verified = tally_month.verified + excluded.verified,
	verified_good = tally_month.verified_good + excluded.verified_good;

-- name: tally_clear
DELETE FROM tally;

-- name: tally_month_clear
DELETE FROM tally_month;

-- name: tally_range
SELECT day, unit, desk, field, channel, form, criterion,
	n1, n2, n3, n4, n5, na, aside, unusual, unusual_good, verified,
	verified_good
FROM tally WHERE day BETWEEN $1 AND $2;

-- name: tally_month_range
SELECT month, unit, desk, field, channel, form, criterion,
	n1, n2, n3, n4, n5, na, aside, unusual, unusual_good, verified,
	verified_good
FROM tally_month WHERE month BETWEEN $1 AND $2;

-- name: tally_month_first
SELECT month FROM tally_month ORDER BY month LIMIT 1;

-- ================================================================ periods

-- name: period_list
SELECT name, cut, first_day, last_day, state, snapshot, revision, proposed_by,
	proposed_at, reason
FROM period ORDER BY last_day DESC, first_day, name;

-- name: period_get
SELECT name, cut, first_day, last_day, state, snapshot, revision, proposed_by,
	proposed_at, reason
FROM period WHERE name = $1;

-- name: period_add
INSERT INTO period (name, cut, first_day, last_day, state, snapshot, revision,
	proposed_by, proposed_at, reason)
VALUES ($1, $2, $3, $4, 'open', 0, 0, '', 0, '')
ON CONFLICT (name) DO NOTHING;

-- Only from the state and the proposal that it was decided from.
-- name: period_move
UPDATE period SET state = $5, proposed_by = $6, proposed_at = $7, reason = $8,
	cut = $9, first_day = $10, last_day = $11
WHERE name = $1 AND state = $2 AND proposed_by = $3 AND proposed_at = $4;

-- name: period_freeze
UPDATE period SET snapshot = $2, revision = $3 WHERE name = $1;

-- name: period_frozen
SELECT p.name, p.cut, p.first_day, p.last_day, p.snapshot, p.revision, s.taken_at
FROM period p JOIN snapshot s ON s.id = p.snapshot ORDER BY p.name;

-- name: submission_list
SELECT period, unit, state, due, words, apologies, changed_by, changed_at,
	submitted_by, submitted_at, decided_by, decided_at, reason
FROM submission WHERE period = $1 ORDER BY unit;

-- name: submission_open
SELECT period, unit, state, due, words, apologies, changed_by, changed_at,
	submitted_by, submitted_at, decided_by, decided_at, reason
FROM submission WHERE state <> 'accepted' ORDER BY period, unit;

-- name: submission_get
SELECT period, unit, state, due, words, apologies, changed_by, changed_at,
	submitted_by, submitted_at, decided_by, decided_at, reason
FROM submission WHERE period = $1 AND unit = $2;

-- name: submission_add
INSERT INTO submission (period, unit, state, due, words, apologies, changed_by,
	changed_at, submitted_by, submitted_at, decided_by, decided_at, reason)
VALUES ($1, $2, 'draft', $3, '', -1, '', 0, '', 0, '', 0, '')
ON CONFLICT (period, unit) DO NOTHING;

-- name: submission_change
UPDATE submission SET state = $5, words = $6, apologies = $7, changed_by = $8,
	changed_at = $9, submitted_by = $10, submitted_at = $11,
	decided_by = $12, decided_at = $13, reason = $14
WHERE period = $1 AND unit = $2 AND state = $3 AND changed_at = $4;

-- name: measure_list
SELECT id, period, unit, population, field, words, person, due, state, result,
	login, at
FROM measure WHERE $1 = '' OR unit = $1 ORDER BY due DESC, id;

-- name: measure_put
INSERT INTO measure (id, period, unit, population, field, words, person, due,
	state, result, login, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open', '', $9, $10)
ON CONFLICT (period, unit, population, field) DO UPDATE SET
	words = excluded.words, person = excluded.person, due = excluded.due,
	login = excluded.login, at = excluded.at;

-- name: measure_state
UPDATE measure SET state = $3, result = $4, login = $5, at = $6
WHERE id = $1 AND unit = $2;

-- name: day_off_list
SELECT day, off, name FROM day_off ORDER BY day;

-- name: day_off_put
INSERT INTO day_off (day, off, name) VALUES ($1, $2, $3)
ON CONFLICT (day) DO UPDATE SET off = excluded.off, name = excluded.name;

-- name: day_off_remove
DELETE FROM day_off WHERE day = $1;

-- name: snapshot_next
SELECT CAST(coalesce(max(id), 0) + 1 AS BIGINT) FROM snapshot;

-- name: snapshot_add
INSERT INTO snapshot (id, period, revision, cut, first_day, last_day, taken_at,
	proposed_by, reason, confirmed_by, words, formula, catalogue)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: snapshot_tally_take
INSERT INTO snapshot_tally (snapshot, day, unit, desk, field, channel, form,
	criterion, n1, n2, n3, n4, n5, na, aside, unusual, unusual_good,
	verified, verified_good)
SELECT CAST($1 AS BIGINT), day, unit, desk, field, channel, form, criterion,
	n1, n2, n3, n4, n5, na, aside, unusual, unusual_good, verified,
	verified_good
FROM tally WHERE day BETWEEN $2 AND $3;

-- name: snapshot_dossier_take
INSERT INTO snapshot_dossier (snapshot, day, unit, field, finished, refused,
	withdrawn, returned, late, elsewhere, tied)
SELECT CAST($1 AS BIGINT), t.day, t.unit, t.field, t.finished, t.refused,
	t.withdrawn, t.returned, t.late, t.elsewhere,
	CAST(coalesce(n.tied, 0) AS BIGINT)
FROM dossier_tally t LEFT JOIN (
	SELECT d.finished_day, d.unit, d.field, COUNT(*) AS tied
	FROM dossier_answer a JOIN dossier d ON d.key = a.dossier
	WHERE d.finished_day BETWEEN $2 AND $3
	GROUP BY d.finished_day, d.unit, d.field
) n ON n.finished_day = t.day AND n.unit = t.unit AND n.field = t.field
WHERE t.day BETWEEN $2 AND $3;

-- name: snapshot_aside_add
INSERT INTO snapshot_aside (snapshot, reason, unit, field, channel, form,
	overall, answers)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: snapshot_asked_take
INSERT INTO snapshot_asked (snapshot, unit, field, invited)
SELECT CAST($1 AS BIGINT), d.unit, d.field, COUNT(*)
FROM invitation i JOIN dossier d ON d.key = i.dossier
WHERE i.sent_at > 0 AND d.finished_day BETWEEN $2 AND $3
GROUP BY d.unit, d.field;

-- name: snapshot_tally_range
SELECT day, unit, desk, field, channel, form, criterion,
	n1, n2, n3, n4, n5, na, aside, unusual, unusual_good, verified,
	verified_good
FROM snapshot_tally WHERE snapshot = $1 AND day BETWEEN $2 AND $3;

-- name: snapshot_dossier_range
SELECT day, unit, field, finished, refused, withdrawn, returned, late,
	elsewhere, tied
FROM snapshot_dossier WHERE snapshot = $1 AND day BETWEEN $2 AND $3;

-- name: snapshot_aside_list
SELECT reason, unit, field, channel, form, overall, answers
FROM snapshot_aside WHERE snapshot = $1
ORDER BY reason, unit, field, channel, form, overall;

-- name: snapshot_asked_list
SELECT unit, field, invited FROM snapshot_asked WHERE snapshot = $1
ORDER BY unit, field;

-- name: snapshot_list
SELECT id, revision, cut, first_day, last_day, taken_at, proposed_by, reason,
	confirmed_by, words, formula
FROM snapshot WHERE period = $1 ORDER BY revision;

-- How many more set aside the frozen counts say than the frozen reasons.
-- name: snapshot_differs
SELECT CAST((SELECT coalesce(sum(aside), 0) FROM snapshot_tally
		WHERE snapshot = $1 AND criterion = 'overall')
	- (SELECT coalesce(sum(answers), 0) FROM snapshot_aside
		WHERE snapshot = $1) AS BIGINT);

-- name: snapshot_catalogue
SELECT catalogue FROM snapshot WHERE id = $1;

-- ==================================================================== SMS

-- name: sms_in_add
INSERT INTO sms_in (id, device, sender, text, partial, received_at, digest,
	kind, sent_at, zone, reader)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (id) DO NOTHING;

-- What followed from a message.
-- name: sms_in_deed
UPDATE sms_in SET deed = $2, desk = $3, unit = $4, dossier = $5, person = $6,
	phone = $7
WHERE id = $1;

-- name: sms_in_answer
UPDATE sms_in SET answer = $2, replaced = $3 WHERE id = $1;

-- name: sms_in_reading
UPDATE sms_in SET kind = $2, reader = $3, deed = $4, person = $5 WHERE id = $1;

-- name: sms_in_decide
UPDATE sms_in SET person = $2, decided = $3, decided_by = $4, decided_at = $5,
	desk = $6, unit = $7 WHERE id = $1;

-- name: sms_in_digest
SELECT digest FROM sms_in WHERE id = $1;

-- The sender's last counted answer since $2.
-- name: sms_last_answer
SELECT s.answer, a.desk, a.dossier, s.received_at, a.scores, a.reasons,
	r.comment, a.day
FROM sms_in s JOIN answer a ON a.id = s.answer
LEFT JOIN remark r ON r.answer = a.id
WHERE s.sender = $1 AND s.received_at >= $2 AND a.aside = 0
ORDER BY s.received_at DESC, s.id DESC LIMIT 1;

-- name: sms_day_answer
SELECT a.id, a.answered_at FROM sms_in s JOIN answer a ON a.id = s.answer
WHERE s.sender = $1 AND a.aside = 0 AND a.desk = $2 AND a.day = $3
	AND a.dossier = ''
ORDER BY a.answered_at DESC LIMIT 1;

-- name: sms_last_text
SELECT text, received_at FROM sms_in
WHERE sender = $1 AND received_at >= $2 AND id <> $3
ORDER BY received_at DESC, id DESC LIMIT 1;

-- Whether the sender's last thanks asked for a reason, and when.
-- name: sms_last_thanks
SELECT cause, created_at FROM sms_out
WHERE sender = $1 AND cause IN ('sms.thanks', 'sms.followup',
	'sms.thanks.dossier', 'sms.followup.dossier')
ORDER BY created_at DESC, id DESC LIMIT 1;

-- name: sms_out_add
INSERT INTO sms_out (id, phone, sender, cause, text, state, created_at, dossier,
	until_at)
VALUES ($1, $2, $3, $4, $5, 'queued', $6, $7, $8);

-- name: sms_out_queued
SELECT id, phone, text, until_at FROM sms_out
WHERE state = 'queued' AND (until_at IS NULL OR until_at > $2)
ORDER BY created_at, id LIMIT $1;

-- How a sending ended; later the network may say whether it arrived.
-- name: sms_out_end
UPDATE sms_out SET state = $2, ended_at = coalesce(ended_at, $3), phone = ''
WHERE id = $1 AND (state = 'queued'
	OR (state IN ('sent', 'unknown') AND $2 IN ('delivered', 'undelivered')));

-- Invitations to a citizen who wants no more of them.
-- name: sms_out_drop
UPDATE sms_out SET state = 'dropped', ended_at = $2, phone = ''
WHERE sender = $1 AND state = 'queued' AND dossier <> '';

-- name: sms_out_state
SELECT state FROM sms_out WHERE id = $1;

-- Replies, not invitations.
-- name: sms_out_recent
SELECT count(*) FROM sms_out
WHERE sender = $1 AND created_at >= $2 AND dossier = '';

-- name: sms_out_cause_recent
SELECT count(*) FROM sms_out
WHERE sender = $1 AND cause = $2 AND created_at >= $3;

-- name: sms_optout_add
INSERT INTO sms_optout (sender, since_at) VALUES ($1, $2)
ON CONFLICT (sender) DO NOTHING;

-- name: sms_optout_remove
DELETE FROM sms_optout WHERE sender = $1;

-- The one that was noted at $2.
-- name: sms_optout_undo
DELETE FROM sms_optout WHERE sender = $1 AND since_at = $2;

-- Messages a person reads: of state $1, older than (or at) $2 and id $3, of unit
-- $4 and those below ('' all), newest first.
-- name: sms_desk_page
SELECT id FROM sms_in
WHERE person = $1 AND (received_at, id) < ($2, $3)
	AND ($4 = '' OR unit IN (
		WITH RECURSIVE below (code) AS (
			SELECT CAST($4 AS TEXT) UNION
			SELECT u.code FROM unit u JOIN below b ON u.parent = b.code)
		SELECT code FROM below))
ORDER BY received_at DESC, id DESC LIMIT $5;

-- name: sms_desk_count
SELECT count(*) FROM sms_in
WHERE person = $1 AND ($2 = '' OR unit IN (
	WITH RECURSIVE below (code) AS (
		SELECT CAST($2 AS TEXT) UNION
		SELECT u.code FROM unit u JOIN below b ON u.parent = b.code)
	SELECT code FROM below));

-- name: sms_desk_get
SELECT m.text, m.kind, m.partial, m.received_at, m.sent_at, m.zone, m.reader,
	m.deed, m.desk, m.unit, m.dossier, m.person, m.decided, m.decided_by,
	m.decided_at, m.sender, m.answer, m.replaced, m.device, a.aside, a.scores, m.phone
FROM sms_in m LEFT JOIN answer a ON a.id = m.answer WHERE m.id = $1;

-- A counted answer of the same sender to a later message about the same.
-- name: sms_desk_later
SELECT a.scores FROM sms_in s JOIN answer a ON a.id = s.answer
WHERE s.sender = $1 AND (s.received_at, s.id) > ($2, $3) AND a.aside = 0
	AND a.dossier = $4 AND ($4 <> '' OR (a.desk = $5 AND a.day = $6))
ORDER BY s.received_at DESC LIMIT 1;

-- What older rules than $1 have read, after id $2, oldest first.
-- name: sms_reread
SELECT id FROM sms_in WHERE reader < $1 AND id > $2 AND text <> ''
	AND person <> 2 ORDER BY id LIMIT $3;

-- Erasure: texts and senders of messages before $1, once no person must read them.
-- name: sms_in_erase
UPDATE sms_in SET text = '', sender = $2
WHERE received_at < $1 AND length(sender) > 0;

-- name: sms_in_forget
UPDATE sms_in SET phone = '' WHERE received_at < $1 AND phone <> '';

-- name: sms_out_erase
UPDATE sms_out SET phone = '', sender = $2, ended_at = coalesce(ended_at, $1),
	state = CASE state WHEN 'queued' THEN 'dropped' ELSE state END
WHERE created_at < $1 AND sender <> $2;

-- ============================================================ invitations

-- name: invitation_get
SELECT sender, phone, since_at, finished_at, state, why, due_at, sent_at
FROM invitation WHERE dossier = $1;

-- name: invitation_put
INSERT INTO invitation (dossier, sender, phone, since_at, finished_at, state,
	why, due_at, sent_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (dossier) DO UPDATE SET sender = excluded.sender,
	phone = excluded.phone, since_at = excluded.since_at,
	finished_at = excluded.finished_at, state = excluded.state,
	why = excluded.why, due_at = excluded.due_at, sent_at = excluded.sent_at;

-- name: invitation_step
UPDATE invitation SET state = $2, why = $3, due_at = $4, sent_at = $5
WHERE dossier = $1;

-- The consent is withdrawn, or the number wrong: nothing of it stays.
-- name: invitation_end
UPDATE invitation SET state = 'ended', why = $2, due_at = NULL, phone = ''
WHERE dossier = $1;

-- The number wants no more, or is another person's: all its dossiers.
-- name: invitation_end_number
UPDATE invitation SET due_at = NULL, phone = '', why = $2,
	state = CASE state WHEN 'answered' THEN state ELSE 'ended' END
WHERE sender = $1 AND phone <> '';

-- name: invitation_answered
UPDATE invitation SET state = 'answered', due_at = NULL
WHERE dossier = $1 AND state <> 'ended';

-- Those due at $1, after dossier $2, with what the rules ask: the dossier's
-- outcome, opt-out, a likely wish of the number that waits for a person, answer.
-- name: invitation_due
SELECT i.dossier, i.sender, i.phone, i.state, i.sent_at, d.finished_at,
	d.outcome, d.unit,
	CASE WHEN EXISTS (SELECT 1 FROM sms_optout o WHERE o.sender = i.sender)
		THEN 1 ELSE 0 END,
	CASE WHEN EXISTS (SELECT 1 FROM dossier_answer a
		WHERE a.dossier = i.dossier) THEN 1 ELSE 0 END,
	CASE WHEN EXISTS (SELECT 1 FROM sms_in s WHERE s.sender = i.sender
		AND s.person = 1 AND s.deed = 'perhaps_opt_out')
		THEN 1 ELSE 0 END
FROM invitation i JOIN dossier d ON d.key = i.dossier
WHERE i.due_at <= $1 AND i.dossier > $2
ORDER BY i.dossier LIMIT $3;

-- How many invitations a number got since $2.
-- name: invitation_recent
SELECT count(*) FROM sms_out
WHERE sender = $1 AND created_at >= $2 AND dossier <> '';

-- When another dossier's invitation went to the number last, unanswered.
-- name: invitation_other
SELECT CAST(coalesce(max(sent_at), 0) AS BIGINT) FROM invitation
WHERE sender = $1 AND dossier <> $2 AND state IN ('invited', 'reminded');

-- When a number was reminded last.
-- name: invitation_reminded
SELECT CAST(coalesce(max(created_at), 0) AS BIGINT) FROM sms_out
WHERE sender = $1 AND cause = 'sms.remind';

-- How many other dossiers than $2 a number has been asked about since $3, or
-- will be.
-- name: invitation_others
SELECT count(*) FROM invitation
WHERE sender = $1 AND dossier <> $2 AND (state = 'planned'
	OR (state <> 'ended' AND sent_at >= $3));

-- The number's last invitation, for the conversation.
-- name: invitation_last
SELECT i.dossier, i.sent_at, d.unit, d.field, d.desk, i.state
FROM invitation i JOIN dossier d ON d.key = i.dossier
WHERE i.sender = $1 AND i.sent_at > 0 AND i.state <> 'ended'
ORDER BY i.sent_at DESC LIMIT 1;

-- Numbers that were kept long enough: finished before $1, or never finished and
-- heard of before $2.
-- name: invitation_erase
UPDATE invitation SET phone = '', due_at = NULL,
	state = CASE WHEN state = 'answered' THEN state ELSE 'ended' END,
	why = CASE WHEN why = '' AND state <> 'answered' THEN 'erased' ELSE why END
WHERE phone <> '' AND (finished_at < $1
	OR (finished_at IS NULL AND since_at < $2));

-- name: dossier_answer_put
INSERT INTO dossier_answer (dossier, answer) VALUES ($1, $2)
ON CONFLICT (dossier) DO UPDATE SET answer = excluded.answer;

-- name: dossier_answer_get
SELECT a.id, a.answered_at FROM dossier_answer d
JOIN answer a ON a.id = d.answer WHERE d.dossier = $1 AND a.aside = 0;

-- name: dossier_answer_remove
DELETE FROM dossier_answer WHERE dossier = $1 AND answer = $2;

-- =============================================================== dossiers

-- name: dossier_get
SELECT unit, field, procedure, desk, authority, received_at, due_at,
	finished_at, finished_day, outcome, code FROM dossier WHERE key = $1;

-- name: dossier_put
INSERT INTO dossier (key, code, unit, field, procedure, desk, authority,
	received_at, due_at, finished_at, finished_day, outcome, changed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
ON CONFLICT (key) DO UPDATE SET code = excluded.code, unit = excluded.unit,
	field = excluded.field, procedure = excluded.procedure,
	desk = excluded.desk, authority = excluded.authority,
	received_at = excluded.received_at, due_at = excluded.due_at,
	finished_at = excluded.finished_at,
	finished_day = excluded.finished_day, outcome = excluded.outcome,
	changed_at = excluded.changed_at;

-- name: mapping_list
SELECT name, head, columns FROM dossier_mapping ORDER BY at DESC, name;

-- name: mapping_put
INSERT INTO dossier_mapping (name, head, columns, login, at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (name) DO UPDATE SET head = excluded.head,
	columns = excluded.columns, login = excluded.login, at = excluded.at;

-- name: import_add
INSERT INTO dossier_import (id, file, login, role, place, at, whole, dossiers,
	bad, numbers, added, changed, same)
VALUES ($1, $2, $3, $4, $5, $6, 0, 0, 0, '', 0, 0, 0);

-- name: import_piece_add
INSERT INTO dossier_piece (import, number, body) VALUES ($1, $2, $3);

-- name: import_whole
UPDATE dossier_import SET whole = 1, dossiers = $2, bad = $3, numbers = $4
WHERE id = $1 AND whole = 0;

-- The oldest that will be taken.
-- name: import_next
SELECT id, file, login, role, place, at, dossiers, bad, numbers, added, changed,
	same
FROM dossier_import WHERE whole = 1 ORDER BY at, id LIMIT 1;

-- name: import_get
SELECT id, file, login, role, place, at, dossiers, bad, numbers, added, changed,
	same
FROM dossier_import WHERE id = $1 AND whole = 1;

-- name: import_piece_next
SELECT number, body FROM dossier_piece WHERE import = $1
ORDER BY number LIMIT 1;

-- name: import_piece_remove
DELETE FROM dossier_piece WHERE import = $1 AND number = $2;

-- name: import_taken
UPDATE dossier_import SET added = added + $2, changed = changed + $3,
	same = same + $4
WHERE id = $1;

-- name: import_pieces_remove
DELETE FROM dossier_piece WHERE import = $1;

-- name: import_remove
DELETE FROM dossier_import WHERE id = $1;

-- Those begun before $1 that never became whole.
-- name: import_halves
SELECT id FROM dossier_import WHERE whole = 0 AND at < $1;

-- name: dossier_recount
SELECT finished_day, unit, field, outcome, authority, due_at, finished_at
FROM dossier WHERE finished_day IS NOT NULL;

-- name: dossier_tally_add
INSERT INTO dossier_tally (day, unit, field, finished, refused, withdrawn,
	returned, late, elsewhere)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (day, unit, field) DO UPDATE SET
	finished = dossier_tally.finished + excluded.finished,
	refused = dossier_tally.refused + excluded.refused,
	withdrawn = dossier_tally.withdrawn + excluded.withdrawn,
	returned = dossier_tally.returned + excluded.returned,
	late = dossier_tally.late + excluded.late,
	elsewhere = dossier_tally.elsewhere + excluded.elsewhere;

-- name: dossier_tally_range
SELECT day, unit, field, finished, refused, withdrawn, returned, late, elsewhere
FROM dossier_tally WHERE day BETWEEN $1 AND $2;

-- Dossiers finished on the days $1..$2 that have an answer tied to them.
-- name: dossiers_tied
SELECT dossier.unit, dossier.field, COUNT(*)
FROM dossier_answer JOIN dossier ON dossier.key = dossier_answer.dossier
WHERE dossier.finished_day BETWEEN $1 AND $2
GROUP BY dossier.unit, dossier.field;

-- ================================================================= reports

-- Answers of the days $1..$2 without what could tell whose they are, in an
-- order that does not tell when they came.
-- name: answers_export
SELECT answer.day, answer.unit, answer.desk, answer.field, answer.channel,
	answer.form, answer.form_version, answer.scores, answer.reasons,
	answer.assisted,
	CASE WHEN answer.aside = 1 THEN COALESCE(aside.reason, 'other')
		ELSE '' END
FROM answer LEFT JOIN aside ON answer.aside = 1 AND aside.answer = answer.id
WHERE answer.day BETWEEN $1 AND $2
ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11;

-- name: report_texts
SELECT key, words FROM report_text
WHERE unit = $1 AND period IN ('', $2) ORDER BY key;

-- name: report_text_put
INSERT INTO report_text (unit, period, key, words, login, at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (unit, period, key) DO UPDATE SET words = excluded.words,
	login = excluded.login, at = excluded.at;

-- name: report_text_clear
DELETE FROM report_text WHERE unit = $1 AND period = $2 AND key = $3;

-- Citizens invited by SMS about a dossier finished on the days $1..$2.
-- name: report_asked
SELECT dossier.unit, dossier.field, COUNT(*)
FROM invitation JOIN dossier ON dossier.key = invitation.dossier
WHERE invitation.sent_at > 0 AND dossier.finished_day BETWEEN $1 AND $2
GROUP BY dossier.unit, dossier.field;

-- ================================================================= kiosks

-- name: kiosk_setting_put
INSERT INTO kiosk_setting (desk, key, value) VALUES ($1, $2, $3)
ON CONFLICT (desk, key) DO UPDATE SET value = excluded.value;

-- name: kiosk_setting_clear
DELETE FROM kiosk_setting WHERE desk = $1 AND key = $2;

-- name: kiosk_setting_list
SELECT desk, key, value FROM kiosk_setting ORDER BY desk, key;

-- The fields that were rated at a unit's desk in a month (tally_month.month), the
-- commonest first.
-- name: kiosk_fields
SELECT field FROM tally_month
WHERE month = $1 AND unit = $2 AND desk = $3 AND criterion = 'overall'
	AND field <> ''
GROUP BY field ORDER BY sum(n1 + n2 + n3 + n4 + n5 + aside) DESC, field;

-- name: enrolment_expire
DELETE FROM enrolment WHERE expires_at <= $1;

-- Whoever waits longest, when so many wait already; one that has been approved
-- stays.
-- name: enrolment_make_room
DELETE FROM enrolment WHERE key = (
	SELECT key FROM enrolment
	WHERE device = '' AND (SELECT count(*) FROM enrolment) >= $1
	ORDER BY expires_at, key LIMIT 1);

-- The same device asks again: its code may be a new one.
-- name: enrolment_put
INSERT INTO enrolment (key, code, version, expires_at, device, desk, sealed)
VALUES ($1, $2, $3, $4, '', '', '')
ON CONFLICT (key) DO UPDATE SET code = excluded.code,
	version = excluded.version, expires_at = excluded.expires_at
WHERE enrolment.device = '' AND enrolment.code <> excluded.code;

-- name: enrolment_code
SELECT key, device, desk, sealed FROM enrolment WHERE code = $1;

-- A code is awaited, and no longer.
-- name: enrolment_await
INSERT INTO enrolment (key, code, version, expires_at, device, desk, sealed)
VALUES ($1, $2, '', $3, $4, $5, '')
ON CONFLICT (code) DO UPDATE SET expires_at = excluded.expires_at,
	device = excluded.device, desk = excluded.desk
WHERE enrolment.device <> '' AND enrolment.sealed = '';

-- name: enrolment_arrived
DELETE FROM enrolment WHERE code = $1 AND device <> '' AND sealed = '';

-- name: enrolment_open
SELECT count(*) FROM enrolment;

-- name: enrolment_get
SELECT device, desk, sealed, expires_at FROM enrolment WHERE key = $1;

-- name: enrolment_waiting
SELECT key, version FROM enrolment
WHERE code = $1 AND device = '' AND expires_at > $2;

-- name: enrolment_approve
UPDATE enrolment SET device = $2, desk = $3, sealed = $4, expires_at = $5
WHERE key = $1 AND device = '';

-- name: device_key_set
UPDATE device SET key = $2 WHERE id = $1;

-- name: device_state
SELECT d.id, d.desk, d.heard_at, d.heartbeat, d.key IS NOT NULL, s.missing,
	s.twice, d.kind, d.name, d.created_at, d.resend_at
FROM device d LEFT JOIN device_seq s ON s.device = d.id
WHERE d.revoked_at IS NULL AND (d.id = $1 OR $1 = '')
ORDER BY d.kind, d.desk, d.id;

-- Takes the row's lock, where the engine has such, until the commit.
-- name: device_seq_hold
UPDATE device_seq SET twice = twice WHERE device = $1;

-- name: device_seq_get
SELECT ranges, twice FROM device_seq WHERE device = $1;

-- name: device_seq_put
INSERT INTO device_seq (device, ranges, missing, twice) VALUES ($1, $2, $3, $4)
ON CONFLICT (device) DO UPDATE SET ranges = excluded.ranges,
	missing = excluded.missing, twice = excluded.twice;

-- name: device_boot_get
SELECT began_at FROM device_boot WHERE device = $1 AND boot = $2;

-- name: device_boot_put
INSERT INTO device_boot (device, boot, began_at, heard_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (device, boot) DO UPDATE SET began_at = excluded.began_at,
	heard_at = excluded.heard_at;

-- name: answer_said_put
INSERT INTO answer_said (answer, said_at) VALUES ($1, $2)
ON CONFLICT (answer) DO NOTHING;

-- name: wreck_size
SELECT CAST(coalesce(max(at + length(bytes)), 0) AS BIGINT) FROM wreck
WHERE device = $1 AND name = $2;

-- name: wreck_total
SELECT CAST(coalesce(sum(length(bytes)), 0) AS BIGINT) FROM wreck
WHERE device = $1;

-- name: wreck_put
INSERT INTO wreck (device, name, at, bytes, received_at)
VALUES ($1, $2, $3, $4, $5) ON CONFLICT (device, name, at) DO NOTHING;

-- name: wreck_names
SELECT name, CAST(sum(length(bytes)) AS BIGINT) FROM wreck WHERE device = $1
GROUP BY name ORDER BY name;

-- name: wreck_pieces
SELECT bytes FROM wreck WHERE device = $1 AND name = $2 ORDER BY at;

-- ========================================================= links and calls

-- name: link_add
INSERT INTO link (token_hash, kind, dossier, ticket, desk, field, created_at,
	expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (token_hash) DO NOTHING;

-- name: link_get
SELECT l.kind, l.dossier, l.desk, l.field, l.created_at, l.expires_at,
	d.unit, d.field, a.answer
FROM link l LEFT JOIN dossier d ON d.key = l.dossier
LEFT JOIN dossier_answer a ON a.dossier = l.dossier
WHERE l.token_hash = $1;

-- A call's token is of use as long as an outbox may keep its answer.
-- name: link_expire
DELETE FROM link WHERE expires_at < $1;

-- name: call_put
INSERT INTO desk_call (desk, number, dossier, field, expires_at)
VALUES ($1, 1, $2, $3, $4)
ON CONFLICT (desk) DO UPDATE SET number = desk_call.number + 1,
	dossier = excluded.dossier, field = excluded.field,
	expires_at = excluded.expires_at;

-- name: call_get
SELECT number, dossier, field, expires_at FROM desk_call WHERE desk = $1;

-- Rises with every call of any desk.
-- name: call_total
SELECT CAST(coalesce(sum(number), 0) AS BIGINT) FROM desk_call;

-- Whether an answer is another dossier's, or none's.
-- name: dossier_foreign
SELECT 1 FROM answer WHERE id = $1 AND dossier <> $2;

-- name: dossier_claim
INSERT INTO dossier_answer (dossier, answer) VALUES ($1, $2)
ON CONFLICT (dossier) DO NOTHING;

-- name: dossier_claimed
SELECT answer FROM dossier_answer WHERE dossier = $1;

-- name: dossier_rated
SELECT a.answer, d.unit, d.field FROM dossier d
LEFT JOIN dossier_answer a ON a.dossier = d.key
WHERE d.key = $1;

-- name: addition_answer
INSERT INTO addition (token_hash, answer, comment, used, at)
VALUES ($1, $2, NULL, 0, $3)
ON CONFLICT (token_hash) DO UPDATE SET answer = excluded.answer
WHERE addition.answer IS NULL;

-- name: addition_comment
INSERT INTO addition (token_hash, answer, comment, used, at)
VALUES ($1, NULL, $2, 1, $3)
ON CONFLICT (token_hash) DO UPDATE SET comment = excluded.comment, used = 1
WHERE addition.used = 0;

-- Words may be added to an answer that is here and has none.
-- name: addition_offer
INSERT INTO addition (token_hash, answer, comment, used, at)
SELECT $1, a.id, NULL, 0, $3 FROM answer a
WHERE a.id = $2 AND NOT EXISTS (SELECT 1 FROM remark r WHERE r.answer = a.id)
ON CONFLICT (token_hash) DO NOTHING;

-- name: addition_get
SELECT used FROM addition WHERE token_hash = $1;

-- The comment that was given by this token is this one.
-- name: addition_is
SELECT 1 FROM addition x LEFT JOIN remark r ON r.answer = x.answer
WHERE x.token_hash = $1 AND COALESCE(x.comment, r.comment) = $2;

-- Both are there: what the remark is made of.
-- name: addition_whole
SELECT a.id, a.day, a.unit, a.field, x.comment, a.scores, a.reasons
FROM addition x JOIN answer a ON a.id = x.answer
WHERE x.token_hash = $1 AND x.comment IS NOT NULL;

-- What a comment makes of an answer that called for no person.
-- name: answer_now_matters
UPDATE answer SET matter = $2 WHERE id = $1 AND matter = 0;

-- name: addition_done
UPDATE addition SET comment = NULL WHERE token_hash = $1;

-- name: addition_expire
DELETE FROM addition WHERE at < $1;
