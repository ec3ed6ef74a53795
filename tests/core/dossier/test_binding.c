/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What tokens tie answers to, and when they are over. */
#include "server/core/dossier/binding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define THEN   1795140903000LL
#define SECOND 1000LL

static const struct uuid first = {{1}}, second = {{2}};

static void
test_calls(void **state)
{
	struct binding b = {.is_call = true,
	    .dossier = "H1135",
	    .desk = "LH1",
	    .created_at = THEN,
	    .expires_at = THEN + 90 * SECOND};

	(void)state;
	assert_int_equal(
	    binding_decide(&b, &first, "LH1", THEN + 40 * SECOND), TIE_NEW);
	assert_int_equal(
	    binding_decide(&b, &first, "TP1", THEN + 40 * SECOND), TIE_NONE);
	assert_int_equal(
	    binding_decide(&b, &first, "LH1", THEN + 150 * SECOND), TIE_NEW);
	assert_int_equal(
	    binding_decide(&b, &first, "LH1", THEN + 151 * SECOND), TIE_NONE);
	assert_int_equal(
	    binding_decide(&b, &first, "LH1", THEN - 61 * SECOND), TIE_NONE);
	b.answered = true;
	b.answer = first;
	assert_int_equal(binding_decide(&b, &first, "LH1", THEN), TIE_NEW);
	assert_int_equal(binding_decide(&b, &second, "LH1", THEN), TIE_MORE);
	b.dossier = "";
	assert_int_equal(binding_decide(&b, &second, "LH1", THEN), TIE_FREE);
	assert_false(binding_open(&b, THEN));
}

static void
test_links(void **state)
{
	struct binding b = {.dossier = "H1135",
	    .desk = "",
	    .created_at = THEN,
	    .expires_at = THEN + 90 * SECOND};

	(void)state;
	assert_true(binding_open(&b, THEN + 90 * SECOND));
	assert_false(binding_open(&b, THEN + 91 * SECOND));
	assert_int_equal(binding_decide(&b, &first, "anywhere", THEN), TIE_NEW);
	assert_int_equal(
	    binding_decide(&b, &first, "", THEN + 91 * SECOND), TIE_NONE);
	b.answered = true;
	b.answer = second;
	assert_false(binding_open(&b, THEN));
	assert_int_equal(binding_decide(&b, &first, "", THEN), TIE_MORE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_calls),
	    cmocka_unit_test(test_links),
	};

	return cmocka_run_group_tests_name("binding", tests, NULL, NULL);
}
