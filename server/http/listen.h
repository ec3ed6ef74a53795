/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The socket that the collector listens on. */
#ifndef HAILONG_SERVER_HTTP_LISTEN_H
#define HAILONG_SERVER_HTTP_LISTEN_H

/* Opens a listening socket on "unix:PATH" or ADDRESS:PORT; -1, logged, when it
 * cannot. A socket file left by a killed process is replaced. */
int listen_open(const char *address);
/* Removes the socket's file at the end; nothing for other addresses. */
void listen_remove(const char *address);

#endif
