/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files that hold what citizens said, or keys: for their owner alone. */
#ifndef HAILONG_SHARED_PRIVATE_FILE_H
#define HAILONG_SHARED_PRIVATE_FILE_H

/* Takes the rights of all others away from the file at path, whatever the umask
 * was and whatever an earlier version left. Only from a regular file: a device
 * named by mistake stays as it is. A file of another user stays, too. */
void private_file(const char *path);
/* Whatever the program makes from now on is for its own user alone, whatever
 * the umask was. First in main. */
void private_umask(void);
/* What is made to be handed on, a poster, an exported catalogue, is for all to
 * read: a file, or a folder to look into. */
void public_file(const char *path);

#endif
