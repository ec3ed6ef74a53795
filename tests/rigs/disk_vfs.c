/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The disk as SQLite asks for it: a VFS with locks and shared memory like the
 * unix one, for connections of one process and one thread. Its manners are
 * those of os_unix.c: 4,096-byte sectors, power-safe overwrite, the folder
 * synced with the first sync of whoever has opened a journal or WAL that it
 * would have made, had it not been there.
 */
#include "tests/rigs/disk_files.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REGION_ROOM 64
#define PRAGMAS     2

struct handle {
	sqlite3_file base;
	struct file *file;
	int level;
	bool sync_folder; /* with the next sync */
	bool mapped;
	uint16_t shared, exclusive; /* locks of the shared memory held */
};

static struct {
	const char *name, *value;
} pragmas[PRAGMAS];

static sqlite3_vfs *system_vfs;
static sqlite3_mem_methods system_memory;

static struct handle *
handle_of(sqlite3_file *f)
{
	return (struct handle *)f;
}

static int
code_of(enum done done, int failed)
{
	switch (done) {
	case DONE:
		return SQLITE_OK;
	case DONE_FULL:
		return SQLITE_FULL;
	case DONE_FAILED:
		return failed;
	default:
		return SQLITE_IOERR; /* dark: the program is not there to see */
	}
}

/* -------------------------------------------------------------------- bytes */

static int
x_read(sqlite3_file *f, void *out, int n, sqlite3_int64 at)
{
	size_t got;

	if (disk_dark() || files_fault(FAULT_READ))
		return SQLITE_IOERR_READ;
	got = files_read(handle_of(f)->file, out, (size_t)n, (size_t)at);
	if (got == (size_t)n)
		return SQLITE_OK;
	memset((char *)out + got, 0, (size_t)n - got);
	return SQLITE_IOERR_SHORT_READ;
}

static int
x_write(sqlite3_file *f, const void *bytes, int n, sqlite3_int64 at)
{
	return code_of(
	    files_write(handle_of(f)->file, bytes, (size_t)n, (size_t)at),
	    SQLITE_IOERR_WRITE);
}

static int
x_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	return code_of(files_truncate(handle_of(f)->file, (size_t)size),
	    SQLITE_IOERR_TRUNCATE);
}

static int
x_sync(sqlite3_file *f, int flags)
{
	struct handle *h = handle_of(f);
	enum done done = files_sync(h->file, h->sync_folder);

	(void)flags;
	if (done == DONE)
		h->sync_folder = false;
	return code_of(done, SQLITE_IOERR_FSYNC);
}

static int
x_size(sqlite3_file *f, sqlite3_int64 *size)
{
	*size = (sqlite3_int64)handle_of(f)->file->now.size;
	return SQLITE_OK;
}

/* -------------------------------------------------------------------- locks */

static int
x_lock(sqlite3_file *f, int level)
{
	struct handle *h = handle_of(f);
	struct file *file = h->file;

	if (h->level >= level)
		return SQLITE_OK;
	if (file->pending != NULL && file->pending != h)
		return SQLITE_BUSY;
	if (h->level == SQLITE_LOCK_NONE) {
		file->shared++;
		h->level = SQLITE_LOCK_SHARED;
	}
	if (level >= SQLITE_LOCK_RESERVED) {
		if (file->reserved != NULL && file->reserved != h)
			return SQLITE_BUSY;
		file->reserved = h;
		h->level = SQLITE_LOCK_RESERVED;
	}
	if (level == SQLITE_LOCK_EXCLUSIVE) {
		file->pending = h;
		h->level = SQLITE_LOCK_PENDING;
		if (file->shared > 1)
			return SQLITE_BUSY;
		h->level = SQLITE_LOCK_EXCLUSIVE;
	}
	return SQLITE_OK;
}

static int
x_unlock(sqlite3_file *f, int level)
{
	struct handle *h = handle_of(f);

	if (h->file->reserved == h)
		h->file->reserved = NULL;
	if (h->file->pending == h)
		h->file->pending = NULL;
	if (level == SQLITE_LOCK_NONE && h->level > SQLITE_LOCK_NONE)
		h->file->shared--;
	if (h->level > level)
		h->level = level;
	return SQLITE_OK;
}

static int
x_reserved(sqlite3_file *f, int *out)
{
	*out = handle_of(f)->file->reserved != NULL;
	return SQLITE_OK;
}

/* ------------------------------------------------------------ shared memory */

static int
x_shm_map(
    sqlite3_file *f, int region, int size, int extend, void volatile **out)
{
	struct handle *h = handle_of(f);
	struct file *file = h->file;

	if (!h->mapped) {
		h->mapped = true;
		file->mapped++;
	}
	*out = NULL;
	if (region >= REGION_ROOM)
		return SQLITE_IOERR_SHMMAP;
	if (file->regions == NULL)
		file->regions = calloc(REGION_ROOM, sizeof(*file->regions));
	if (region >= file->nregions && !extend)
		return SQLITE_OK;
	while (file->nregions <= region)
		file->regions[file->nregions++] = calloc(1, (size_t)size);
	*out = file->regions[region];
	return SQLITE_OK;
}

static void
shm_release(struct handle *h, int i)
{
	uint16_t bit = (uint16_t)(1u << i);

	if (h->shared & bit)
		h->file->locks[i].shared--;
	if (h->exclusive & bit)
		h->file->locks[i].exclusive = NULL;
	h->shared &= (uint16_t)~bit;
	h->exclusive &= (uint16_t)~bit;
}

static bool
shm_free(const struct handle *h, int i, bool exclusive)
{
	int others = h->file->locks[i].shared - ((h->shared >> i) & 1);
	const void *owner = h->file->locks[i].exclusive;

	return (owner == NULL || owner == h) && (!exclusive || others == 0);
}

static void
shm_take(struct handle *h, int i, bool exclusive)
{
	uint16_t bit = (uint16_t)(1u << i);

	if (exclusive) {
		h->file->locks[i].exclusive = h;
		h->exclusive |= bit;
	} else if (!(h->shared & bit)) {
		h->file->locks[i].shared++;
		h->shared |= bit;
	}
}

static int
x_shm_lock(sqlite3_file *f, int first, int n, int flags)
{
	struct handle *h = handle_of(f);
	bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;

	for (int i = first; i < first + n; i++)
		if (flags & SQLITE_SHM_UNLOCK)
			shm_release(h, i);
		else if (!shm_free(h, i, exclusive))
			return SQLITE_BUSY;
	if (flags & SQLITE_SHM_LOCK)
		for (int i = first; i < first + n; i++)
			shm_take(h, i, exclusive);
	return SQLITE_OK;
}

static void
x_shm_barrier(sqlite3_file *f)
{
	(void)f;
}

/* With the last one goes the memory, as a reboot would have it. */
static int
x_shm_unmap(sqlite3_file *f, int remove)
{
	struct handle *h = handle_of(f);
	struct file *file = h->file;

	(void)remove;
	if (!h->mapped)
		return SQLITE_OK;
	for (int i = 0; i < DISK_LOCKS; i++)
		shm_release(h, i);
	h->mapped = false;
	if (--file->mapped > 0)
		return SQLITE_OK;
	for (int i = 0; i < file->nregions; i++)
		free(file->regions[i]);
	free(file->regions);
	file->regions = NULL;
	file->nregions = 0;
	return SQLITE_OK;
}

/* -------------------------------------------------------------------- files */

static int
x_close(sqlite3_file *f)
{
	x_shm_unmap(f, 0);
	x_unlock(f, SQLITE_LOCK_NONE);
	files_close(handle_of(f)->file);
	return SQLITE_OK;
}

/* A pragma that the test has fixed is answered here: it does nothing. */
static int
x_control(sqlite3_file *f, int op, void *arg)
{
	char **words = arg;

	(void)f;
	if (op != SQLITE_FCNTL_PRAGMA || words[2] == NULL)
		return SQLITE_NOTFOUND;
	for (int i = 0; i < PRAGMAS; i++)
		if (pragmas[i].name != NULL &&
		    sqlite3_stricmp(words[1], pragmas[i].name) == 0 &&
		    sqlite3_stricmp(words[2], pragmas[i].value) != 0)
			return SQLITE_OK;
	return SQLITE_NOTFOUND;
}

static int
x_sector(sqlite3_file *f)
{
	(void)f;
	return 4096;
}

static int
x_manners(sqlite3_file *f)
{
	(void)f;
	return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = x_close,
    .xRead = x_read,
    .xWrite = x_write,
    .xTruncate = x_truncate,
    .xSync = x_sync,
    .xFileSize = x_size,
    .xLock = x_lock,
    .xUnlock = x_unlock,
    .xCheckReservedLock = x_reserved,
    .xFileControl = x_control,
    .xSectorSize = x_sector,
    .xDeviceCharacteristics = x_manners,
    .xShmMap = x_shm_map,
    .xShmLock = x_shm_lock,
    .xShmBarrier = x_shm_barrier,
    .xShmUnmap = x_shm_unmap,
};

static int
x_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags,
    int *out_flags)
{
	const int journals = SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL |
			     SQLITE_OPEN_SUPER_JOURNAL;
	struct handle *h = handle_of(f);

	(void)vfs;
	memset(h, 0, sizeof(*h));
	if (name == NULL) {
		h->file = files_nameless();
		h->file->opened++;
	} else {
		h->file = files_open(name, (flags & SQLITE_OPEN_CREATE) != 0);
	}
	if (h->file == NULL)
		return SQLITE_CANTOPEN;
	h->file->database |= (flags & SQLITE_OPEN_MAIN_DB) != 0;
	h->sync_folder =
	    (flags & SQLITE_OPEN_CREATE) != 0 && (flags & journals) != 0;
	h->base.pMethods = &methods;
	if (out_flags != NULL)
		*out_flags = flags;
	return SQLITE_OK;
}

static int
x_delete(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
	enum done done;
	bool found;

	(void)vfs;
	done = files_delete(name, sync_folder != 0, &found);
	return found ? code_of(done, SQLITE_IOERR_DELETE)
		     : SQLITE_IOERR_DELETE_NOENT;
}

static int
x_access(sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
	(void)vfs;
	(void)flags;
	*out = files_exist(name);
	return SQLITE_OK;
}

static int
x_full_name(sqlite3_vfs *vfs, const char *name, int size, char *out)
{
	(void)vfs;
	snprintf(out, (size_t)size, "%s", name);
	return SQLITE_OK;
}

static int
x_random(sqlite3_vfs *vfs, int n, char *out)
{
	(void)vfs;
	for (int i = 0; i < n; i++)
		out[i] = (char)disk_chance(256);
	return n;
}

static int
x_sleep(sqlite3_vfs *vfs, int us)
{
	(void)vfs;
	return us; /* nobody else is there to wait for */
}

static int
x_time(sqlite3_vfs *vfs, sqlite3_int64 *out)
{
	return system_vfs->xCurrentTimeInt64(vfs, out);
}

static int
x_error(sqlite3_vfs *vfs, int n, char *out)
{
	(void)vfs;
	(void)n;
	(void)out;
	return 0;
}

/* ------------------------------------------------------------------- memory */

static void *
m_malloc(int n)
{
	return files_fault(FAULT_MEMORY) ? NULL : system_memory.xMalloc(n);
}

static void *
m_realloc(void *old, int n)
{
	return files_fault(FAULT_MEMORY) ? NULL
					 : system_memory.xRealloc(old, n);
}

/* ------------------------------------------------------------------ pragmas */

void
disk_pragma(const char *name, const char *value)
{
	for (int i = 0; i < PRAGMAS; i++)
		if (name == NULL || pragmas[i].name == NULL) {
			pragmas[i].name = name;
			pragmas[i].value = value;
			if (name != NULL)
				return;
		}
}

/* Of every connection that is opened. */
static int
set_pragmas(sqlite3 *db, char **error, const void *api)
{
	char text[80];

	(void)error;
	(void)api;
	for (int i = 0; i < PRAGMAS; i++) {
		if (pragmas[i].name == NULL)
			continue;
		snprintf(text, sizeof(text), "PRAGMA %s=%s", pragmas[i].name,
		    pragmas[i].value);
		sqlite3_exec(db, text, NULL, NULL, NULL);
	}
	return SQLITE_OK;
}

void
disk_install(void)
{
	static sqlite3_vfs vfs = {
	    .iVersion = 2,
	    .szOsFile = sizeof(struct handle),
	    .mxPathname = DISK_NAME,
	    .zName = "disk",
	    .xOpen = x_open,
	    .xDelete = x_delete,
	    .xAccess = x_access,
	    .xFullPathname = x_full_name,
	    .xRandomness = x_random,
	    .xSleep = x_sleep,
	    .xGetLastError = x_error,
	    .xCurrentTimeInt64 = x_time,
	};
	sqlite3_mem_methods memory;

	sqlite3_config(SQLITE_CONFIG_GETMALLOC, &system_memory);
	memory = system_memory;
	memory.xMalloc = m_malloc;
	memory.xRealloc = m_realloc;
	sqlite3_config(SQLITE_CONFIG_MALLOC, &memory);
	system_vfs = sqlite3_vfs_find(NULL);
	sqlite3_vfs_register(&vfs, 1);
	sqlite3_auto_extension((void (*)(void))set_pragmas);
}
