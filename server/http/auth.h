/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who asks: a device by its bearer token, a person by the session cookie. */
#ifndef HAILONG_SERVER_HTTP_AUTH_H
#define HAILONG_SERVER_HTTP_AUTH_H

#include "server/http/request.h"

struct settings;

#define SESSION_COOKIE "hailong"
#define KNOWN_COOKIE   "hailong_known" /* server/http/login_queue.h */

/* Where a person sees to the own account; open also to one who owes it
 * something: a password of his own, a second factor. */
#define ACCOUNT_PATH "/staff/account"

/* Fills req->caller for a route that admits `admitted` (bits of enum who).
 * Returns 0 when the caller may go on, else the status: 401 unknown, 403
 * known but not admitted or without the form's csrf value, 503 the database did
 * not answer, 303 with a location for a page that wants a login. */
int auth_check(struct ctx *ctx, struct request *req, struct response *res,
    unsigned admitted);

/* The name that one of our cookies bears, of the arena: where the way to us is
 * TLS (settings_secure) it begins with "__Host-", so that no other host of the
 * domain can set it (RFC 6265bis, section 4.1.3.2). */
const char *auth_cookie_name(
    struct arena *a, const struct settings *settings, const char *name);
/* Reads the request's session and known browser from its cookies. */
void auth_cookies(const struct settings *settings, struct request *req);

/* Whether the request comes from a device or a person that we know; asked when
 * only its headers are there. */
bool auth_known(struct ctx *ctx, struct request *req);

/* Whether admins and auditors must have a second factor (setting
 * second_factor). */
bool auth_factor_required(const struct ctx *ctx);
/* The secret of envelopes (secret/envelope.h): a key made of that of the
 * numbers' hashes, so that it leaves the database with it
 * (server/store/messages/phone_keys.h). */
const char *auth_secret(const struct ctx *ctx);

/* The bit of a role's word ("manager"); WHO_ANYONE for a word that is none. */
enum who auth_role(const char *role);

#endif
