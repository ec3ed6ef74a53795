/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a password of staff must be: long enough and not one of those that are
 * tried first (NIST SP 800-63B, 5.1.1.2). No rules of kinds of signs, no forced
 * change: they make passwords worse.
 */
#ifndef HAILONG_SERVER_SECRET_PASSWORD_H
#define HAILONG_SERVER_SECRET_PASSWORD_H

#define PASSWORD_START 20 /* bytes of a start password with its NUL */

enum password_verdict {
	PASSWORD_GOOD,
	PASSWORD_SHORT,  /* fewer than LIMIT_PASSWORD_MIN characters */
	PASSWORD_LONG,   /* more than LIMIT_PASSWORD_MAX */
	PASSWORD_COMMON, /* on the list, a row of keys, one thing repeated */
	PASSWORD_LOGIN,  /* the login and little else */
};

/* Judges a password (UTF-8) for a login. "Mật khẩu 123", "matkhau123" and
 * "M@tkh4u!!!" are the same to it. */
enum password_verdict password_judge(const char *password, const char *login);
/* Makes a start password that can be said on the phone: "kave-tumi-loro-nade",
 * 50 random bits. */
void password_start(char out[PASSWORD_START]);

#endif
