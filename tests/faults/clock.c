/* A computer whose clock is moved: preloaded into a process, CLOCK_REALTIME is off by the seconds that stand in the file
 * CLOCK_OFFSET names. Counters that only grow are left alone, as setting a computer's clock leaves them. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static long offset(void)
{
    char words[32] = {0};
    const char *path = getenv("CLOCK_OFFSET");
    int file = path ? syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0) : -1;
    if (file < 0)
        return 0;
    if (syscall(SYS_read, file, words, sizeof words - 1) < 0)
        words[0] = 0;
    syscall(SYS_close, file);
    return atol(words);
}

int clock_gettime(clockid_t which, struct timespec *now)
{
    int done = syscall(SYS_clock_gettime, which, now);
    if (!done && which == CLOCK_REALTIME)
        now->tv_sec += offset();
    return done;
}
