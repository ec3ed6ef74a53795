/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A settings file in, settings or a sentence out. The settings are written as
 * one line, modems after it, so that a row of the table is a file and a text.
 */
#include "shared/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

struct modem {
	char name[16], device[32];
	int baud;
};

struct settings {
	char listen[24], url[2048];
	bool proxy;
	int port;
	struct modem modems[2];
	int nmodems;
};

static const struct config_key keys[] = {
    {"server", "listen", CONFIG_TEXT, offsetof(struct settings, listen),
	sizeof(((struct settings *)0)->listen), 0, 0},
    {"server", "behind_proxy", CONFIG_BOOL, offsetof(struct settings, proxy), 0,
	0, 0},
    {"server", "port", CONFIG_INT, offsetof(struct settings, port), 0, -5,
	65535},
    {"database", "url", CONFIG_TEXT, offsetof(struct settings, url),
	sizeof(((struct settings *)0)->url), 0, 0},
    {"modem *", "device", CONFIG_TEXT, offsetof(struct modem, device),
	sizeof(((struct modem *)0)->device), 0, 0},
    {"modem *", "baud", CONFIG_INT, offsetof(struct modem, baud), 0, 1,
	1000000},
    {NULL, NULL, CONFIG_TEXT, 0, 0, 0, 0},
};

static void *
modem_section(void *settings, const char *kind, const char *name, char *error,
    size_t error_size)
{
	struct settings *s = settings;
	struct modem *m;

	assert_string_equal(kind, "modem");
	for (int i = 0; i < s->nmodems; i++)
		if (strcmp(s->modems[i].name, name) == 0)
			return &s->modems[i];
	if (s->nmodems == 2) {
		snprintf(error, error_size, "more than 2 modems");
		return NULL;
	}
	m = &s->modems[s->nmodems++];
	snprintf(m->name, sizeof(m->name), "%s", name);
	return m;
}

/* "want" is the settings, or, after "!", the sentence behind the path. */
static const struct {
	const char *file, *want;
} cases[] = {
    {"", "|0|80|"},
    {"\n\n# remark\n; remark\n  # remark\n", "|0|80|"},
    {"[server]\nlisten = 127.0.0.1:8080\nbehind_proxy = yes\nport = 81\n",
	"127.0.0.1:8080|1|81|"},
    {"\xef\xbb\xbf[server]\r\nlisten=a\r\n", "a|0|80|"},
    {"[server]\nlisten = a", "a|0|80|"},
    {"[server]\n  listen = a\n\tport = 7\n", "a|0|7|"},
    {"  [server] ; remark\nlisten = a ; remark\nport : 7\n", "a|0|7|"},
    {"[server]\nlisten = a;b#c = d\n", "a;b#c = d|0|80|"},
    {"[server]\nlisten =\n", "|0|80|"},
    {"[server]\nlisten = ; remark ; more\nport=7\t;\n", "|0|7|"},
    {"[server]\nlisten =;a\n", ";a|0|80|"},
    {"[server]\nlisten = a = b : c\n", "a = b : c|0|80|"},
    {"[server]\nlisten ; = a\n",
	"!:2: neither \"key = value\" nor a [section]"},
    {"[server]\nlisten = Liên Hương\n", "Liên Hương|0|80|"},
    {"[server]\nport = -5\n[database]\nurl = sqlite:/x\n[server]\nlisten=b",
	"b|0|-5|sqlite:/x"},
    {"[server]\nbehind_proxy = TRUE", "|1|80|"},
    {"[server]\nbehind_proxy = on", "|1|80|"},
    {"[server]\nbehind_proxy = 1", "|1|80|"},
    {"[server]\nbehind_proxy = Off", "|0|80|"},
    {"[modem gsm1]\ndevice = /dev/ttyUSB0\n[modem gsm2]\nbaud = 9600\n"
     "[modem gsm1]\nbaud = 115200",
	"|0|80| gsm1:/dev/ttyUSB0:115200 gsm2::9600"},
    {"[modem gsm1]\n", "|0|80| gsm1::0"},
    {"[server]\nlistn = a\n", "!:2: [server] listn: unknown key"},
    {"[server]\nListen = a\n", "!:2: [server] Listen: unknown key"},
    {"[database]\nlisten = a\n", "!:2: [database] listen: unknown key"},
    {"[sever]\nlisten = a\n", "!:1: [sever]: unknown section"},
    {"\n[sever]\n", "!:2: [sever]: unknown section"},
    {"[ server]\n", "!:1: [ server]: unknown section"},
    {"[]\n", "!:1: []: unknown section"},
    {"[server\nlisten = a\n", "!:1: a section without its ]"},
    {"[server] listen = a\n", "!:1: words after the ] of a section"},
    {"listen = a\n", "!:1: listen: a key before the first [section]"},
    {"[server]\nlisten\n", "!:2: neither \"key = value\" nor a [section]"},
    {"[server]\nlisten\nport = x\n",
	"!:2: neither \"key = value\" nor a [section]"},
    {"[server]\nport = x\nlisten\n",
	"!:2: [server] port: must be a whole number from -5 to 65535"},
    {"[server]\nlisten = a\n\nlisten = b\n",
	"!:4: [server] listen: set a second time"},
    {"[modem a]\nbaud = 1\n[modem a]\nbaud = 2\n",
	"!:4: [modem a] baud: set a second time"},
    {"[modem a]\n[modem b]\n[modem c]\n", "!:3: [modem c]: more than 2 modems"},
    {"[modem ]\n", "!:1: [modem ]: unknown section"},
    {"[modem]\n", "!:1: [modem]: unknown section"},
    {"[modem *]\n", "!:1: [modem *]: a name is letters, digits, - and _"},
    {"[modem a b]\n", "!:1: [modem a b]: a name is letters, digits, - and _"},
    {"[modem ../a]\n", "!:1: [modem ../a]: a name is letters, digits, - and _"},
    {"[server]\nlisten = 123456789012345678901234\n",
	"!:2: [server] listen: longer than 23 bytes"},
    {"[server]\nlisten = 12345678901234567890123\n",
	"12345678901234567890123|0|80|"},
    {"[server]\nport = 65536\n",
	"!:2: [server] port: must be a whole number from -5 to 65535"},
    {"[server]\nport = -6\n",
	"!:2: [server] port: must be a whole number from -5 to 65535"},
    {"[server]\nport = 8 0\n",
	"!:2: [server] port: must be a whole number from -5 to 65535"},
    {"[server]\nport = 0x50\n",
	"!:2: [server] port: must be a whole number from -5 to 65535"},
    {"[server]\nport =\n",
	"!:2: [server] port: must be a whole number from -5 to 65535"},
    {"[server]\nport = 99999999999999999999\n",
	"!:2: [server] port: must be a whole number from -5 to 65535"},
    {"[server]\nport = 80.0\n",
	"!:2: [server] port: must be a whole number from -5 to 65535"},
    {"[server]\nbehind_proxy = ja\n",
	"!:2: [server] behind_proxy: must be yes or no"},
    {"[server]\nbehind_proxy =\n",
	"!:2: [server] behind_proxy: must be yes or no"},
    {"[server]\nlisten = \xff\n",
	"!:2: not UTF-8 text, or a control character"},
    {"[server]\nlisten = a\x1b[0m\n",
	"!:2: not UTF-8 text, or a control character"},
    {"= a\n", "!:1: : a key before the first [section]"},
    {"[server]\n= a\n", "!:2: [server] : unknown key"},
};

static char path[] = "/tmp/hailong-test-XXXXXX";

static void
write_file(const char *bytes, size_t n)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, n, file), n);
	assert_int_equal(fclose(file), 0);
}

static void
show(const struct settings *s, char *out, size_t size)
{
	int n = snprintf(
	    out, size, "%s|%d|%d|%s", s->listen, s->proxy, s->port, s->url);

	for (int i = 0; i < s->nmodems; i++)
		n += snprintf(out + n, size - (size_t)n, " %s:%s:%d",
		    s->modems[i].name, s->modems[i].device, s->modems[i].baud);
}

/* Reads the file and gives the settings, or "!" and the sentence. */
static void
outcome(char *out, size_t size)
{
	struct settings s = {.port = 80};
	char error[256] = "";

	if (config_read(path, keys, modem_section, &s, error, sizeof(error))) {
		assert_string_equal(error, "");
		show(&s, out, size);
		return;
	}
	assert_int_equal(strncmp(error, path, strlen(path)), 0);
	snprintf(out, size, "!%s", error + strlen(path));
}

static void
reads_files(void **state)
{
	char got[4096];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		write_file(cases[i].file, strlen(cases[i].file));
		outcome(got, sizeof(got));
		if (strcmp(got, cases[i].want) != 0)
			fail_msg("%s\nwanted %s\ngot    %s", cases[i].file,
			    cases[i].want, got);
	}
}

/* A line as long as may be, and one byte more; never a silent cut. */
static void
long_lines(void **state)
{
	char file[4096], got[4096], want[4096] = "|0|80|";
	size_t head = strlen("[database]\nurl = ");

	(void)state;
	strcpy(file, "[database]\nurl = ");
	memset(file + head, 'x', 2047 - 6);
	file[head + 2041] = '\0';
	memcpy(want + 6, file + head, 2042);
	write_file(file, head + 2041);
	outcome(got, sizeof(got));
	assert_string_equal(got, want);
	file[head + 2041] = 'x';
	write_file(file, head + 2042);
	outcome(got, sizeof(got));
	assert_string_equal(got, "!:2: a line of more than 2047 bytes");
	memset(file, '#', sizeof(file));
	write_file(file, sizeof(file));
	outcome(got, sizeof(got));
	assert_string_equal(got, "!:1: a line of more than 2047 bytes");
	memset(file, 's', 300);
	memcpy(file, "[modem ", 7);
	memcpy(file + 300, "]\n", 2);
	write_file(file, 302);
	outcome(got, sizeof(got));
	assert_int_equal(strncmp(got, "!:1: [modem sss", 15), 0);
}

static void
odd_files(void **state)
{
	struct settings s = {.port = 80};
	char got[256], error[256] = "";

	(void)state;
	write_file("[server]\nlisten = a\0b\n", 22);
	outcome(got, sizeof(got));
	assert_string_equal(got, "!:2: not UTF-8 text, or a control character");
	assert_false(config_read("/nonexistent/server.ini", keys, modem_section,
	    &s, error, sizeof(error)));
	assert_string_equal(
	    error, "/nonexistent/server.ini: No such file or directory");
	assert_false(
	    config_read("/tmp", keys, modem_section, &s, error, sizeof(error)));
	assert_string_equal(error, "/tmp: Is a directory");
	write_file("[modem a]\n", 10);
	assert_false(config_read(path, keys, NULL, &s, error, sizeof(error)));
	assert_non_null(strstr(error, ":1: [modem a]: unknown section"));
	/* a short place for the sentence is filled and closed */
	assert_false(config_read(path, keys, NULL, &s, error, 9));
	assert_string_equal(error, "/tmp/hai");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_files),
	    cmocka_unit_test(long_lines),
	    cmocka_unit_test(odd_files),
	};
	int fd = mkstemp(path), failed;

	if (fd < 0)
		return 1;
	close(fd);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	unlink(path);
	return failed;
}
