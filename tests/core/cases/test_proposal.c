/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who may propose, decide and withdraw: a table of attempts, and then every
 * role, post, unit, state and former post against the sentences of the
 * contract, each written down here once more in its own way. The district D
 * has the towns A and B, and A has a part of its own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/cases/proposal.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"

#define GIVEN        1000 /* when the answers were, ms */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct unit units[] = {
    {"D", "", "district", "Huyện", 0, INT32_MAX},
    {"A", "D", "town", "Thị trấn A", 0, INT32_MAX},
    {"A1", "A", "part", "Khu phố", 0, INT32_MAX},
    {"B", "D", "commune", "Xã B", 0, INT32_MAX},
};
static const struct catalogue house = {.units = units, .nunits = COUNT(units)};

/* The reform of 2025: communes, and no district above them. */
static struct unit communes[] = {
    {"A", "", "commune", "Xã A", 0, INT32_MAX},
    {"B", "", "commune", "Xã B", 0, INT32_MAX},
};
static const struct catalogue reformed = {
    .units = communes, .nunits = COUNT(communes)};

/* The district, and a commune of the reform beside it. */
static struct unit both[] = {
    {"D", "", "district", "Huyện", 0, 100},
    {"A", "D", "town", "Thị trấn A", 0, 100},
    {"N", "", "commune", "Xã mới", 101, INT32_MAX},
};
static const struct catalogue mixed = {.units = both, .nunits = COUNT(both)};
static const struct catalogue lone = {.units = communes, .nunits = 1};

static struct proposal_person
person(const char *login, const char *role, const char *unit)
{
	return (struct proposal_person){
	    .login = login, .post = {.role = role, .unit = unit}};
}

/* What was tried, one by one. The proposer is "lan". */
static void
test_attempts(void **state)
{
	static const struct {
		const char *tried;
		const struct catalogue *c;
		const char *login, *role, *unit; /* who decides */
		const char *judged;
		struct proposal_post former;
		enum proposal_state state;
		enum proposal_right right;
	} rows[] = {
	    {"the district's manager, about a town", &house, "binh", "manager",
		NULL, "A", {0}, PROPOSAL_PROPOSED, PROPOSAL_MAY},
	    {"… bound to the district by its code", &house, "binh", "manager",
		"D", "A", {0}, PROPOSAL_PROPOSED, PROPOSAL_MAY},
	    {"the district's auditor, about a town", &house, "binh", "auditor",
		NULL, "A", {0}, PROPOSAL_PROPOSED, PROPOSAL_MAY},
	    {"… about the district itself", &house, "binh", "auditor", NULL,
		"D", {0}, PROPOSAL_PROPOSED, PROPOSAL_MAY},
	    {"… bound to the district by its code", &house, "binh", "auditor",
		"D", "D", {0}, PROPOSAL_PROPOSED, PROPOSAL_MAY},
	    {"the district's manager, about the district", &house, "binh",
		"manager", NULL, "D", {0}, PROPOSAL_PROPOSED, PROPOSAL_AUDITOR},
	    {"… bound to it by its code", &house, "binh", "manager", "D", "D",
		{0}, PROPOSAL_PROPOSED, PROPOSAL_AUDITOR},
	    {"the town's own manager", &house, "binh", "manager", "A", "A", {0},
		PROPOSAL_PROPOSED, PROPOSAL_OWN},
	    {"the town's own auditor", &house, "binh", "auditor", "A", "A", {0},
		PROPOSAL_PROPOSED, PROPOSAL_OWN},
	    {"the town, about its part", &house, "binh", "manager", "A", "A1",
		{0}, PROPOSAL_PROPOSED, PROPOSAL_OWN},
	    {"the part, about its town", &house, "binh", "manager", "A1", "A",
		{0}, PROPOSAL_PROPOSED, PROPOSAL_UNSEEN},
	    {"another town", &house, "binh", "manager", "B", "A", {0},
		PROPOSAL_PROPOSED, PROPOSAL_UNSEEN},
	    {"another town's auditor", &house, "binh", "auditor", "B", "A", {0},
		PROPOSAL_PROPOSED, PROPOSAL_UNSEEN},
	    {"a town, about the district", &house, "binh", "auditor", "A", "D",
		{0}, PROPOSAL_PROPOSED, PROPOSAL_UNSEEN},
	    {"the proposer himself", &house, "lan", "manager", NULL, "A", {0},
		PROPOSAL_PROPOSED, PROPOSAL_SAME},
	    {"… made an auditor since", &house, "lan", "auditor", NULL, "A",
		{.role = "manager", .until_at = GIVEN + 1}, PROPOSAL_PROPOSED,
		PROPOSAL_SAME},
	    {"moved from the town to the district since", &house, "binh",
		"manager", NULL, "A",
		{.role = "manager", .unit = "A", .until_at = GIVEN + 1},
		PROPOSAL_PROPOSED, PROPOSAL_OWN},
	    {"… and made its auditor", &house, "binh", "auditor", NULL, "A",
		{.role = "viewer", .unit = "A", .until_at = GIVEN + 1},
		PROPOSAL_PROPOSED, PROPOSAL_OWN},
	    {"moved from the town, about its part", &house, "binh", "manager",
		NULL, "A1",
		{.role = "manager", .unit = "A", .until_at = GIVEN + 1},
		PROPOSAL_PROPOSED, PROPOSAL_OWN},
	    {"moved before the answers were given", &house, "binh", "manager",
		NULL, "A", {.role = "manager", .unit = "A", .until_at = GIVEN},
		PROPOSAL_PROPOSED, PROPOSAL_MAY},
	    {"moved from another town", &house, "binh", "manager", NULL, "A",
		{.role = "manager", .unit = "B", .until_at = GIVEN + 1},
		PROPOSAL_PROPOSED, PROPOSAL_MAY},
	    {"the district's manager made its auditor", &house, "binh",
		"auditor", NULL, "D",
		{.role = "manager", .until_at = GIVEN + 1}, PROPOSAL_PROPOSED,
		PROPOSAL_OWN},
	    {"… about a town", &house, "binh", "auditor", NULL, "A",
		{.role = "manager", .until_at = GIVEN + 1}, PROPOSAL_PROPOSED,
		PROPOSAL_MAY},
	    {"a caseworker of the district", &house, "binh", "caseworker", NULL,
		"A", {0}, PROPOSAL_PROPOSED, PROPOSAL_ROLE},
	    {"an admin of the district", &house, "binh", "admin", NULL, "A",
		{0}, PROPOSAL_PROPOSED, PROPOSAL_ROLE},
	    {"a reader of the district", &house, "binh", "viewer", NULL, "A",
		{0}, PROPOSAL_PROPOSED, PROPOSAL_ROLE},
	    {"once more", &house, "binh", "manager", NULL, "A", {0},
		PROPOSAL_CONFIRMED, PROPOSAL_OVER},
	    {"after a refusal", &house, "binh", "manager", NULL, "A", {0},
		PROPOSAL_REFUSED, PROPOSAL_OVER},
	    {"after it was withdrawn", &house, "binh", "manager", NULL, "A",
		{0}, PROPOSAL_WITHDRAWN, PROPOSAL_OVER},
	    {"about a unit that is no more", &house, "binh", "manager", NULL,
		"X", {0}, PROPOSAL_PROPOSED, PROPOSAL_MAY},
	    {"a town, about a unit that is no more", &house, "binh", "manager",
		"A", "X", {0}, PROPOSAL_PROPOSED, PROPOSAL_UNSEEN},
	    {"the district by its code, about a unit of the reform", &mixed,
		"binh", "manager", "D", "N", {0}, PROPOSAL_PROPOSED,
		PROPOSAL_UNSEEN},
	    {"the whole house, about it", &mixed, "binh", "manager", NULL, "N",
		{0}, PROPOSAL_PROPOSED, PROPOSAL_MAY},
	    {"the whole house, about the district beside it", &mixed, "binh",
		"manager", NULL, "D", {0}, PROPOSAL_PROPOSED, PROPOSAL_AUDITOR},
	    {"its auditor", &mixed, "binh", "auditor", NULL, "D", {0},
		PROPOSAL_PROPOSED, PROPOSAL_MAY},
	    {"a house of one commune, its manager", &lone, "binh", "manager",
		NULL, "A", {0}, PROPOSAL_PROPOSED, PROPOSAL_AUDITOR},
	    {"a house of one commune, its auditor", &lone, "binh", "auditor",
		NULL, "A", {0}, PROPOSAL_PROPOSED, PROPOSAL_MAY},
	    {"without a district, the office above", &reformed, "binh",
		"manager", NULL, "A", {0}, PROPOSAL_PROPOSED, PROPOSAL_MAY},
	    {"without a district, the commune", &reformed, "binh", "manager",
		"A", "A", {0}, PROPOSAL_PROPOSED, PROPOSAL_OWN},
	    {"without a district, its neighbour", &reformed, "binh", "auditor",
		"B", "A", {0}, PROPOSAL_PROPOSED, PROPOSAL_UNSEEN},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct proposal_person who =
		    person(rows[i].login, rows[i].role, rows[i].unit);
		struct proposal_about about;
		enum proposal_right right;

		who.former = &rows[i].former;
		who.nformer = rows[i].former.role != NULL;
		about = (struct proposal_about){
		    rows[i].judged, "lan", rows[i].state, GIVEN};
		right = proposal_may_decide(rows[i].c, &who, &about);
		if (right != rows[i].right)
			fail_msg("%s: %d, not %d", rows[i].tried, (int)right,
			    (int)rows[i].right);
	}
}

/* Above or at: written without the catalogue's own function. */
static bool
lies_in(const char *unit, const char *above)
{
	return strcmp(unit, above) == 0 || strcmp(above, "D") == 0 ||
	       (strcmp(unit, "A1") == 0 && strcmp(above, "A") == 0);
}

static bool
smaller(const struct proposal_post *post)
{
	return post->unit != NULL && strcmp(post->unit, "D") != 0;
}

/* The sentences of the contract about one who may decide. */
static void
assert_lawful(const struct proposal_person *who, const char *unit,
    enum proposal_state state)
{
	const struct proposal_post *posts[2] = {&who->post, who->former};

	assert_int_equal(state, PROPOSAL_PROPOSED);
	assert_string_not_equal(who->login, "lan"); /* a second person */
	assert_true(strcmp(who->post.role, "manager") == 0 ||
		    strcmp(who->post.role, "auditor") == 0);
	for (size_t i = 0; i < 1 + who->nformer; i++) {
		if (smaller(posts[i])) /* outside the unit it judges */
			assert_false(strcmp(unit, "D") != 0 &&
				     lies_in(unit, posts[i]->unit));
		else if (strcmp(unit, "D") == 0) /* the district itself */
			assert_string_equal(posts[i]->role, "auditor");
	}
	assert_false(smaller(&who->post));
}

static const char *const roles[] = {
    "viewer", "manager", "caseworker", "admin", "auditor"};
static const char *const places[] = {NULL, "D", "A", "A1", "B"};
static const char *const logins[] = {"lan", "binh"};
static const struct proposal_post posts_before[] = {{"", "", 0},
    {"manager", NULL, GIVEN + 1}, {"auditor", NULL, GIVEN + 1},
    {"manager", "D", GIVEN + 1}, {"manager", "A", GIVEN + 1},
    {"caseworker", "A1", GIVEN + 1}, {"auditor", "B", GIVEN + 1}};

/* The next of a number's digits in a base. */
static size_t
digit(size_t *number, size_t base)
{
	size_t d = *number % base;

	*number /= base;
	return d;
}

/* Every combination: the n-th. True when it may decide; then it is lawful. */
static bool
try_combination(size_t n)
{
	size_t former = digit(&n, COUNT(posts_before));
	struct proposal_person who = person(logins[digit(&n, COUNT(logins))],
	    roles[digit(&n, COUNT(roles))], places[digit(&n, COUNT(places))]);
	struct proposal_about about = {.proposer = "lan", .since_at = GIVEN};

	who.former = &posts_before[former];
	who.nformer = former > 0;
	about.state = (enum proposal_state)digit(&n, PROPOSAL_STATES);
	about.unit = places[1 + digit(&n, COUNT(places) - 1)];
	if (proposal_may_decide(&house, &who, &about) != PROPOSAL_MAY)
		return false;
	assert_lawful(&who, about.unit, about.state);
	return true;
}

static void
test_all(void **state)
{
	const size_t all = COUNT(posts_before) * COUNT(logins) * COUNT(roles) *
			   COUNT(places) * PROPOSAL_STATES *
			   (COUNT(places) - 1);
	size_t allowed = 0;

	(void)state;
	for (size_t n = 0; n < all; n++)
		allowed += try_combination(n);
	assert_int_equal(all, 5600);
	/* of both posts of the district: managers about A, A1, B; auditors
	 * about D, too; less what a former post forbids */
	assert_int_equal(allowed, 2 * (3 * 7 - 4 + 4 * 7 - 6));
}

static void
test_proposing(void **state)
{
	static const struct {
		const char *role, *unit, *judged, *typed;
		enum proposal_right right;
	} rows[] = {
	    {"manager", NULL, "A", "", PROPOSAL_MAY},
	    {"manager", NULL, "D", "", PROPOSAL_MAY},
	    {"manager", "D", "A1", "", PROPOSAL_MAY},
	    {"manager", "A", "A", "", PROPOSAL_MAY},
	    {"manager", "A", "A1", "", PROPOSAL_MAY},
	    {"manager", "A1", "A", "", PROPOSAL_UNSEEN},
	    {"manager", "B", "A", "", PROPOSAL_UNSEEN},
	    {"manager", "B", "A", "lan", PROPOSAL_UNSEEN},
	    {"caseworker", "A", "A", "", PROPOSAL_ROLE},
	    {"caseworker", "A", "A", "binh", PROPOSAL_ROLE},
	    {"caseworker", "A", "A", "lan", PROPOSAL_MAY},
	    {"auditor", NULL, "A", "", PROPOSAL_ROLE},
	    {"admin", NULL, "A", "", PROPOSAL_ROLE},
	    {"viewer", NULL, "A", "", PROPOSAL_ROLE},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct proposal_person who =
		    person("lan", rows[i].role, rows[i].unit);

		assert_int_equal(proposal_may_propose(&house, &who,
				     rows[i].judged, rows[i].typed),
		    rows[i].right);
	}
}

static void
test_withdrawing(void **state)
{
	const struct proposal_person lan = person("lan", "caseworker", "A");

	(void)state;
	for (int s = 0; s < PROPOSAL_STATES; s++) {
		enum proposal_state at = (enum proposal_state)s;
		bool open = at == PROPOSAL_PROPOSED;
		const struct proposal_about own = {"A", "lan", at, GIVEN};
		const struct proposal_about other = {"A", "binh", at, GIVEN};

		assert_int_equal(proposal_may_withdraw(&lan, &own),
		    open ? PROPOSAL_MAY : PROPOSAL_OVER);
		assert_int_equal(proposal_may_withdraw(&lan, &other),
		    open ? PROPOSAL_OTHERS : PROPOSAL_OVER);
		assert_int_equal(
		    proposal_state_find(proposal_state_name(at)), s);
	}
	assert_int_equal(proposal_state_find("other"), PROPOSAL_STATES);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_attempts),
	    cmocka_unit_test(test_all),
	    cmocka_unit_test(test_proposing),
	    cmocka_unit_test(test_withdrawing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
