/* A disk that can be watched and can fail: preloaded into a process, it records what that process does to the files of one
 * folder, and fails calls when it is told to.
 *
 * DISK_FOLDER   the folder (absolute, without a slash at its end)
 * DISK_LOG      where records go: time, operation, offset, lengths, name, bytes (see tests/faults/disk.py); none if unset
 * DISK_FAULT    a file; while it exists it holds "sync N", "write N" or "open N": such calls fail with errno N ("open": for
 *               writing)
 *
 * One lock orders the calls, so that the log tells the order in which the kernel saw them. mmap is not seen: SQLite maps
 * its shared-memory index only, which it makes anew after a crash.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define FILES 4096
#define NAME 512

static char names[FILES][NAME]; /* by descriptor: the name within the folder, empty when it is none of ours */
static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;
static int log_file = -1;

struct record {
    double time;
    int64_t offset;
    int32_t length;
    int16_t name_length;
    char operation;
    char unused;
};

__attribute__((constructor)) static void begin(void)
{
    const char *path = getenv("DISK_LOG");
    if (path)
        log_file = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static const char *within(const char *path)
{
    const char *folder = getenv("DISK_FOLDER");
    size_t length = folder ? strlen(folder) : 0;
    if (!length || !path || strncmp(path, folder, length) || path[length] != '/')
        return NULL;
    return path + length + 1;
}

static const char *name_of(int file)
{
    return file >= 0 && file < FILES && names[file][0] ? names[file] : NULL;
}

static void note(char operation, const char *name, int64_t offset, const void *bytes, size_t length)
{
    struct timespec now;
    struct record head = {0};
    if (log_file < 0)
        return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    head.time = now.tv_sec + now.tv_nsec / 1e9;
    head.offset = offset;
    head.length = bytes ? (int32_t)length : 0;
    head.name_length = (int16_t)strlen(name);
    head.operation = operation;
    syscall(SYS_write, log_file, &head, sizeof head);
    syscall(SYS_write, log_file, name, (size_t)head.name_length);
    if (bytes)
        syscall(SYS_write, log_file, bytes, length);
}

/* The errno that calls of a kind are to fail with; 0 for none. */
static int told_to_fail(const char *kind)
{
    char words[64] = {0};
    const char *path = getenv("DISK_FAULT");
    int file, number = 0;
    if (!path || (file = syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0)) < 0)
        return 0;
    if (syscall(SYS_read, file, words, sizeof words - 1) > 0 && !strncmp(words, kind, strlen(kind)))
        number = atoi(words + strlen(kind));
    syscall(SYS_close, file);
    return number;
}

static int opened(int file, const char *path, int flags)
{
    if (file >= 0 && file < FILES) {
        const char *name = within(path);
        names[file][0] = 0;
        if (name)
            snprintf(names[file], NAME, "%s", name);
        if (name && flags & O_TRUNC)
            note('t', name, 0, NULL, 0);
    }
    return file;
}

#define OPEN(call)                                                                   \
    int call(const char *path, int flags, ...)                                       \
    {                                                                                \
        va_list more;                                                                \
        va_start(more, flags);                                                       \
        int mode = va_arg(more, int);                                                \
        va_end(more);                                                                \
        int fault = within(path) && flags & (O_WRONLY | O_RDWR) ? told_to_fail("open") : 0; \
        if (fault) {                                                                 \
            errno = fault;                                                           \
            return -1;                                                               \
        }                                                                            \
        return opened(syscall(SYS_openat, AT_FDCWD, path, flags, mode), path, flags); \
    }
OPEN(open)
OPEN(open64)

int close(int file)
{
    if (file >= 0 && file < FILES)
        names[file][0] = 0;
    return syscall(SYS_close, file);
}

static ssize_t stored(int file, const void *bytes, size_t length, int64_t offset, int placed)
{
    const char *name = name_of(file);
    if (!name)
        return placed ? syscall(SYS_pwrite64, file, bytes, length, offset) : syscall(SYS_write, file, bytes, length);
    int fault = told_to_fail("write");
    if (fault) {
        errno = fault;
        return -1;
    }
    pthread_mutex_lock(&order);
    if (!placed)
        offset = syscall(SYS_lseek, file, 0, SEEK_CUR);
    ssize_t done = placed ? syscall(SYS_pwrite64, file, bytes, length, offset) : syscall(SYS_write, file, bytes, length);
    if (done > 0)
        note('w', name, offset, bytes, (size_t)done);
    pthread_mutex_unlock(&order);
    return done;
}

ssize_t write(int file, const void *bytes, size_t length) { return stored(file, bytes, length, 0, 0); }
ssize_t pwrite(int file, const void *bytes, size_t length, off_t offset) { return stored(file, bytes, length, offset, 1); }
ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t offset) { return stored(file, bytes, length, offset, 1); }

/* Noted before the call with the time it began ('b') and after it returned ('s'): what is written meanwhile may be lost. */
static int synced(int file, long call)
{
    const char *name = name_of(file);
    char kept[NAME];
    if (!name)
        return syscall(call, file);
    int fault = told_to_fail("sync");
    if (fault) {
        errno = fault;
        return -1;
    }
    snprintf(kept, NAME, "%s", name);
    pthread_mutex_lock(&order);
    note('b', kept, 0, NULL, 0);
    pthread_mutex_unlock(&order);
    int done = syscall(call, file);
    pthread_mutex_lock(&order);
    if (!done)
        note('s', kept, 0, NULL, 0);
    pthread_mutex_unlock(&order);
    return done;
}

int fsync(int file) { return synced(file, SYS_fsync); }
int fdatasync(int file) { return synced(file, SYS_fdatasync); }

static int cut(int file, int64_t length)
{
    const char *name = name_of(file);
    pthread_mutex_lock(&order);
    int done = syscall(SYS_ftruncate, file, length);
    if (!done && name)
        note('t', name, length, NULL, 0);
    pthread_mutex_unlock(&order);
    return done;
}

int ftruncate(int file, off_t length) { return cut(file, length); }
int ftruncate64(int file, off64_t length) { return cut(file, length); }

int unlink(const char *path)
{
    const char *name = within(path);
    pthread_mutex_lock(&order);
    int done = syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    if (!done && name)
        note('u', name, 0, NULL, 0);
    pthread_mutex_unlock(&order);
    return done;
}
