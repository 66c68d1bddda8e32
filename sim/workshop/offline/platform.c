/* platform.c: what the system gives to a program and a browser does not, for the exported page only */
#include <sys/types.h>
#include <unistd.h>

/* An exported page has one thread, so nobody asks how many processors there are. */
int sched_getaffinity(int process, size_t size, void *set);
int sched_getaffinity(int process, size_t size, void *set)
{
    (void)process, (void)size, (void)set;
    return -1;
}

int __sched_cpucount(size_t size, const void *set);
int __sched_cpucount(size_t size, const void *set)
{
    (void)size, (void)set;
    return 1;
}

/* Of 256 bytes at most, as the caller wants for its tokens. */
ssize_t getrandom(void *buffer, size_t n, unsigned flags);
ssize_t getrandom(void *buffer, size_t n, unsigned flags)
{
    (void)flags;
    return getentropy(buffer, n) ? -1 : (ssize_t)n;
}
