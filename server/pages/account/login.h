/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The two steps of signing in, for each other. */
#ifndef HAILONG_SERVER_PAGES_ACCOUNT_LOGIN_H
#define HAILONG_SERVER_PAGES_ACCOUNT_LOGIN_H

#include "server/http/request.h"

struct staff;

/* Shows the first step again; problem: the key of a sentence, NULL none. */
int login_show(struct ctx *ctx, struct request *req, struct response *res,
    int status, const char *login, const char *problem);
/* Shows the second step to a person whose password was right. */
int login_ask_code(struct ctx *ctx, struct request *req, struct response *res,
    const struct staff *staff);

#endif
