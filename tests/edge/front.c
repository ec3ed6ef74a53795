/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Starts and ends a proxy. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/edge/front.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "tests/kit/own_port.h"

static const char path[] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin";

bool
front_is_there(const char *name)
{
	char command[400];

	snprintf(command, sizeof(command),
	    "PATH=%s:/sbin:/bin command -v %s >/dev/null", path, name);
	if (system(command) == 0)
		return true;
	print_message("%s is missing (shared/packages.sh)\n", name);
	return false;
}

void
front_serve(struct rig *rig)
{
	char listen[100];

	snprintf(listen, sizeof(listen), "unix:%s/http.socket", rig->folder);
	rig_config(rig, listen, "");
	rig_serve(rig);
}

/* The child; it ends with the test, however that ends. */
static void
become(const struct front *f)
{
	char conf[128], log[128];
	int fd;

	snprintf(conf, sizeof(conf), "%s/conf", f->folder);
	snprintf(log, sizeof(log), "%s/log", f->folder);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
	if (fd < 0 || dup2(fd, STDERR_FILENO) < 0 ||
	    dup2(fd, STDOUT_FILENO) < 0 || setenv("PATH", path, 1) != 0)
		_exit(126);
	if (strcmp(f->name, "nginx") == 0)
		execlp("nginx", "nginx", "-p", f->folder, "-e", log, "-c", conf,
		    NULL);
	else
		execlp("haproxy", "haproxy", "-db", "-f", conf, NULL);
	_exit(127);
}

static void
show_log(const struct front *f)
{
	char command[160];

	snprintf(command, sizeof(command), "tail -n 20 %s/log >&2", f->folder);
	if (system(command) != 0)
		print_error("%s left no log\n", f->name);
}

void
front_start(struct front *f, const char *name, const struct rig *rig)
{
	char command[500];

	memset(f, 0, sizeof(*f));
	f->name = name;
	f->port = own_port();
	f->tls = own_port();
	f->far = own_port();
	f->via = *rig;
	f->via.server = 0;
	snprintf(f->via.listen, sizeof(f->via.listen), "127.0.0.1:%d", f->port);
	snprintf(f->folder, sizeof(f->folder), "%.60s/%s", rig->folder, name);
	assert_int_equal(mkdir(f->folder, 0700), 0);
	snprintf(command, sizeof(command), "edge/plain %s %s %d %d %d %s", name,
	    f->folder, f->port, f->tls, f->far, rig->listen + strlen("unix:"));
	assert_int_equal(system(command), 0);
	f->pid = fork();
	assert_true(f->pid >= 0);
	if (f->pid == 0)
		become(f);
	for (int i = 0; i < RIG_PATIENCE * 100; i++) {
		if (get(&f->via, "/healthz")->status == 200)
			return;
		if (waitpid(f->pid, NULL, WNOHANG) == f->pid)
			break;
		usleep(10000);
	}
	show_log(f);
	fail_msg("%s does not start", name);
}

int
front_from(const struct front *f, const char *source, const char *request,
    struct reply *reply)
{
	struct sockaddr_in at = {.sin_family = AF_INET};
	char line[160];
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	at.sin_port = htons((uint16_t)f->far);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	assert_int_equal(connect(fd, (void *)&at, sizeof(at)), 0);
	snprintf(line, sizeof(line), "PROXY %s %s %s 4000 443\r\n",
	    strchr(source, ':') == NULL ? "TCP4" : "TCP6", source,
	    strchr(source, ':') == NULL ? "192.0.2.1" : "2001:db8::1");
	memset(reply, 0, sizeof(*reply));
	if (!rig_send(fd, line, strlen(line)) ||
	    !rig_send(fd, request, strlen(request)) || !rig_read(fd, reply))
		reply->status = 0;
	close(fd);
	return reply->status;
}

void
front_stop(struct front *f)
{
	if (f->pid <= 0)
		return;
	kill(f->pid, SIGTERM);
	waitpid(f->pid, NULL, 0);
	f->pid = 0;
}

int
fronts_setup(void **state)
{
	static const char *const names[] = {"nginx", "haproxy"};
	struct fronts *both = calloc(1, sizeof(*both));

	rig_make(&both->rig, "");
	front_serve(&both->rig);
	for (size_t i = 0; i < 2; i++)
		if (front_is_there(names[i]))
			front_start(
			    &both->fronts[both->count++], names[i], &both->rig);
	*state = both;
	return 0;
}

int
fronts_teardown(void **state)
{
	struct fronts *both = *state;

	for (int i = 0; i < both->count; i++)
		front_stop(&both->fronts[i]);
	rig_remove(&both->rig);
	free(both);
	return 0;
}
