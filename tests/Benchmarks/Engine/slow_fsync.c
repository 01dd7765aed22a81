/* Preloaded into a PostgreSQL server: a disk that takes one millisecond longer to make writes durable. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <time.h>

typedef int (*sync_call)(int);

static int slowly(const char *name, int file)
{
    sync_call real = (sync_call)dlsym(RTLD_NEXT, name);
    int result = real(file);
    int error = errno;
    struct timespec left = {0, 1000000};
    while (nanosleep(&left, &left) != 0 && errno == EINTR) {
    }
    errno = error;
    return result;
}

int fsync(int file) { return slowly("fsync", file); }

int fdatasync(int file) { return slowly("fdatasync", file); }
