/* Makes one call to the system fail, once or from then on, where it is about a path that holds "/record". */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long left = -1, calls = 0;
static int for_ever, error_number;

void faults_arm(long at, int ever, int error) { left = at; for_ever = ever; error_number = error; calls = 0; }
long faults_calls(void) { return calls; }

static int is_ours(const char *path) { return path && strstr(path, "/record") != NULL; }

static int is_ours_fd(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n < 0) return 0;
    path[n] = 0;
    return is_ours(path);
}

static int fails(int ours) {
    if (left < 0 || !ours) return 0;
    calls++;
    if (calls < left || (calls > left && !for_ever)) return 0;
    if (error_number == 0) kill(getpid(), SIGKILL);
    errno = error_number;
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define OPEN(name)                                                                                   \
    int name(const char *path, int flags, ...) {                                                     \
        mode_t mode = 0;                                                                             \
        if (flags & O_CREAT) { va_list v; va_start(v, flags); mode = va_arg(v, mode_t); va_end(v); } \
        if (fails(is_ours(path))) return -1;                                                         \
        return REAL(name)(path, flags, mode);                                                        \
    }
OPEN(open)
OPEN(open64)
#define ON_FD(type, name, signature, ...)                \
    type name signature {                                \
        if (fails(is_ours_fd(fd))) return -1;            \
        return REAL(name)(__VA_ARGS__);                  \
    }
ON_FD(ssize_t, read, (int fd, void *b, size_t n), fd, b, n)
ON_FD(ssize_t, write, (int fd, const void *b, size_t n), fd, b, n)
ON_FD(ssize_t, pread, (int fd, void *b, size_t n, off_t at), fd, b, n, at)
ON_FD(ssize_t, pread64, (int fd, void *b, size_t n, off64_t at), fd, b, n, at)
ON_FD(ssize_t, pwrite, (int fd, const void *b, size_t n, off_t at), fd, b, n, at)
ON_FD(ssize_t, pwrite64, (int fd, const void *b, size_t n, off64_t at), fd, b, n, at)
ON_FD(int, ftruncate, (int fd, off_t n), fd, n)
ON_FD(int, ftruncate64, (int fd, off64_t n), fd, n)
ON_FD(int, fsync, (int fd), fd)
ON_FD(int, fdatasync, (int fd), fd)
int unlink(const char *path) { return fails(is_ours(path)) ? -1 : REAL(unlink)(path); }
