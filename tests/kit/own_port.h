/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ports for what a test starts. cmocka.h must be included before this. */
#ifndef HAILONG_TESTS_KIT_OWN_PORT_H
#define HAILONG_TESTS_KIT_OWN_PORT_H

/*
 * A TCP port of 127.0.0.1 on which nothing listens and which no other call,
 * of this test or of one that runs beside it, is given while this process
 * lives. Fails the test when there is none.
 */
int own_port(void);

#endif
