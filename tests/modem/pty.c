/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Raw mode, no echo by the kernel: the modem itself must echo. */
#include "tests/modem/pty.h"

#include <fcntl.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

bool
pty_plug(struct pty *p)
{
	char name[64];
	struct termios t;

	p->slave = -1;
	p->master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (p->master < 0 || grantpt(p->master) != 0 ||
	    unlockpt(p->master) != 0 ||
	    ptsname_r(p->master, name, sizeof(name)) != 0)
		return false;
	p->slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (p->slave < 0 || tcgetattr(p->slave, &t) != 0)
		return false;
	cfmakeraw(&t);
	tcsetattr(p->slave, TCSANOW, &t);
	unlink(p->link);
	return symlink(name, p->link) == 0;
}

void
pty_unplug(struct pty *p)
{
	unlink(p->link);
	if (p->slave >= 0)
		close(p->slave);
	if (p->master >= 0)
		close(p->master);
	p->slave = p->master = -1;
}
