/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A deed that is nobody's transaction: an errand for the writer. */
#ifndef HAILONG_SERVER_STORE_PEOPLE_AUDIT_JOB_H
#define HAILONG_SERVER_STORE_PEOPLE_AUDIT_JOB_H

struct deed;
struct job;

/* An errand (store/writer.h) that adds a copy of the deed to the audit log;
 * words longer than a login or an address of ours are cut. NULL when there is
 * no memory: the deed is then missing in the log, nothing else. */
struct job *audit_job(const struct deed *deed);
/* One that has the collector tell what commands did (audit_chain_look); NULL
 * likewise. */
struct job *audit_look_job(void);

#endif
