/* Makes one call to the system fail, once or from then on, or kills the process before or after it, where it is
   about a path within the folder that was named. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { KILL_BEFORE = 0, KILL_AFTER = -1 };

static long left = -1, calls = 0;
static char folder[4096];
static int for_ever, error_number;

void faults_arm(long at, int ever, int error) { left = at; for_ever = ever; error_number = error; calls = 0; }
void faults_about(const char *path) { snprintf(folder, sizeof folder, "%s/", path); }
long faults_calls(void) { return calls; }

static int is_ours(const char *path) { return path && *folder && strncmp(path, folder, strlen(folder)) == 0; }

static int is_ours_fd(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n < 0) return 0;
    path[n] = 0;
    return is_ours(path);
}

/* Returns 0 where the call is to be made, 1 where it fails, 2 where the process dies after it. */
static int fails(int ours) {
    if (left < 0 || !ours) return 0;
    calls++;
    if (calls < left || (calls > left && !for_ever)) return 0;
    if (error_number == KILL_BEFORE) kill(getpid(), SIGKILL);
    if (error_number == KILL_AFTER) return 2;
    errno = error_number;
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define CALL(type, ours, call)                    \
    int fate = fails(ours);                       \
    if (fate == 1) return -1;                     \
    type result = call;                           \
    if (fate == 2) kill(getpid(), SIGKILL);       \
    return result;
#define OPEN(name)                                                                                   \
    int name(const char *path, int flags, ...) {                                                     \
        mode_t mode = 0;                                                                             \
        if (flags & O_CREAT) { va_list v; va_start(v, flags); mode = va_arg(v, mode_t); va_end(v); } \
        CALL(int, is_ours(path), REAL(name)(path, flags, mode))                                      \
    }
OPEN(open)
OPEN(open64)
#define ON_FD(type, name, signature, ...) \
    type name signature { CALL(type, is_ours_fd(fd), REAL(name)(__VA_ARGS__)) }
#define ON_PATH(name, signature, ...) \
    int name signature { CALL(int, is_ours(path), REAL(name)(__VA_ARGS__)) }
ON_FD(ssize_t, read, (int fd, void *b, size_t n), fd, b, n)
ON_FD(ssize_t, write, (int fd, const void *b, size_t n), fd, b, n)
ON_FD(ssize_t, pread, (int fd, void *b, size_t n, off_t at), fd, b, n, at)
ON_FD(ssize_t, pread64, (int fd, void *b, size_t n, off64_t at), fd, b, n, at)
ON_FD(ssize_t, pwrite, (int fd, const void *b, size_t n, off_t at), fd, b, n, at)
ON_FD(ssize_t, pwrite64, (int fd, const void *b, size_t n, off64_t at), fd, b, n, at)
ON_FD(ssize_t, sendfile, (int fd, int from, off_t *at, size_t n), fd, from, at, n)
ON_FD(int, ftruncate, (int fd, off_t n), fd, n)
ON_FD(int, ftruncate64, (int fd, off64_t n), fd, n)
ON_FD(int, fsync, (int fd), fd)
ON_FD(int, fdatasync, (int fd), fd)
ON_PATH(unlink, (const char *path), path)
ON_PATH(rename, (const char *path, const char *to), path, to)
ON_PATH(link, (const char *path, const char *to), path, to)
ON_PATH(mkdir, (const char *path, mode_t mode), path, mode)
ON_PATH(chmod, (const char *path, mode_t mode), path, mode)
