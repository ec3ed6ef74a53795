/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Regular files become their owner's; what is no file keeps its mode; locks
 * that the process holds stay. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include "shared/private_file.h"

static mode_t
mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 07777;
}

static void
test_files(void **state)
{
	static const mode_t before[] = {0600, 0644, 0666, 0640, 0777};
	char path[] = "/tmp/hailong-private-XXXXXX";
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++) {
		assert_int_equal(fchmod(fd, before[i]), 0);
		private_file(path);
		assert_int_equal(mode_of(path), 0600);
	}
	close(fd);
	unlink(path);
	private_file(path); /* there is none: nothing happens */
}

static void
test_no_files(void **state)
{
	static const char *const paths[] = {"/dev/null", "/dev/zero", "/tmp"};

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		mode_t was = mode_of(paths[i]);

		private_file(paths[i]);
		assert_int_equal(mode_of(paths[i]), was);
	}
}

/* As another process sees it: 0 when the file's lock is still held. */
static int
lock_is_free(const char *path)
{
	pid_t child = fork();
	int status = 0;

	if (child == 0) {
		struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
		int fd = open(path, O_RDWR);

		_exit(fd < 0 ? 2 : fcntl(fd, F_SETLK, &lock) == 0);
	}
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	return WEXITSTATUS(status);
}

static void
test_locks_stay(void **state)
{
	char path[] = "/tmp/hailong-private-XXXXXX";
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(fcntl(fd, F_SETLK, &lock), 0);
	private_file(path);
	assert_int_equal(lock_is_free(path), 0);
	close(fd);
	assert_int_equal(lock_is_free(path), 1);
	unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_files),
	    cmocka_unit_test(test_no_files), cmocka_unit_test(test_locks_stay)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
