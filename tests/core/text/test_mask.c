/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What staff may read of a comment, as a table. */
#include "server/core/text/mask.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define M "\u2022\u2022\u2022"

static const struct {
	const char *text, *shown;
} cases[] = {
    {"", ""},
    {"Cán bộ nhiệt tình, cảm ơn!", "Cán bộ nhiệt tình, cảm ơn!"},
    /* telephone numbers */
    /* a PDU that no program reads, as the gateway shows it */
    {"[PDU 07:..:..:04:..:..:00:20:62:11:03:02:11:01:00:05:4C:64:0C]",
	"[PDU 07:..:..:04:..:..:00:20:62:11:03:02:11:01:00:05:4C:64:0C]"},
    {"gọi 0912345678 nhé", "gọi " M " nhé"},
    {"gọi 0912 345 678 nhé", "gọi " M " nhé"},
    {"0912.345.678", M},
    {"0912-345-678.", M "."},
    {"(0252) 3850 123", M},
    {"Số (0252) 3850 123, chị Lan", "Số " M ", chị Lan"},
    {"+84 912 345 678", M},
    {"sđt:0912345678,gọi sau 5h", "sđt:" M ",gọi sau 5h"},
    {"sdt0912345678", M},
    {"0912345678/0987654321", M "/" M},
    {"máy bàn 3850123", "máy bàn " M},
    {"số ０９１２３４５６７８ ạ", "số " M " ạ"},
    {"0912\xC2\xA0"
     "345\xC2\xA0"
     "678",
	M},
    {"0912 - 345 - 678", M},
    {"0912\u2013345\u2014678", M},
    {"0912\u200b345\u00ad678", M},
    {"0912\r\n345\r\n678", M},
    {"0912/345/678 hoặc 0912,345,678", M " hoặc " M},
    {"0912_345_678", M},
    /* identity cards */
    {"CCCD 079123456789", "CCCD " M},
    {"cmnd 261 123 456", "cmnd " M},
    /* addresses */
    {"thư a.b@example.vn, xin cảm ơn", "thư " M " xin cảm ơn"},
    {"https://example.vn/a?b=1", M},
    {"xem www.example.vn", "xem " M},
    {"@ quầy 1", "@ quầy 1"},
    /* codes */
    {"hồ sơ H08.35-230411-0004 trễ", "hồ sơ " M " trễ"},
    {"hồ sơ 000.00.BD.H08-230411-0004", "hồ sơ " M},
    {"h0835 2304110004", M},
    {"xe 86B1-123.45", "xe " M},
    {"xe 86B1 123.45 đậu", "xe " M " đậu"},
    {"mã 2304110004H08", "mã " M},
    /* what stays */
    {"quầy LH1, ngày 15/11/2026", "quầy LH1, ngày 15/11/2026"},
    {"ngày 15-11-2026 hẹn 22.11.2026", "ngày 15-11-2026 hẹn 22.11.2026"},
    {"chờ từ 8h30 đến 11h, 2 lần", "chờ từ 8h30 đến 11h, 2 lần"},
    {"7h30-11h30", "7h30-11h30"},
    {"phí 1.500.000 đồng", "phí 1.500.000 đồng"},
    {"giá 10.000.000đ", "giá 10.000.000đ"},
    {"giá 10,000,000đ", "giá 10,000,000đ"},
    {"500.000, 100.000", "500.000, 100.000"},
    {"25/11/2026 08:30, 2026/11/25", "25/11/2026 08:30, 2026/11/25"},
    {"thửa 123, 124; tờ 45/46", "thửa 123, 124; tờ 45/46"},
    {"mất 50000d, 20000vnd", "mất 50000d, 20000vnd"},
    {"5 sao, 100%", "5 sao, 100%"},
    {"năm 2025-2026", "năm " M}, /* in doubt it masks */
    {"dòng một\ndòng hai\t3", "dòng một\ndòng hai\t3"},
};

static void
test_cases(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(
		    mask_text(&a, cases[i].text), cases[i].shown);
	assert_string_equal(mask_text(&a, NULL), "");
	arena_finish(&a);
}

/* What was masked once stays as it is. */
static void
test_again(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(
		    mask_text(&a, cases[i].shown), cases[i].shown);
	arena_finish(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_cases),
	    cmocka_unit_test(test_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
