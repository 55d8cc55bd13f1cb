/* Counts what a program changes on disk, and makes the n-th change go wrong. Loaded before the C library.

   cc -shared -fPIC -o faults.so faults.c -ldl */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

/* Modes: nothing; the program dies; one change fails; no room from then on; not a change, but a file of content/ that
   is to be read has vanished. */
enum { COUNT, KILL, ONCE, FULL, VANISH };

static long armed_at, changes;
static int mode, has_no_exchange, has_no_links;

void faults_arm(long at, int how) { armed_at = at, mode = how, changes = 0; }
void faults_without(int exchange, int links) { has_no_exchange = exchange, has_no_links = links; }
long faults_changes(void) { return changes; }

/* Does this change fail? `takes_room`: a full disk refuses it. */
static int fails(int takes_room) {
    if (mode == VANISH) return 0;
    changes++;
    if (mode == KILL && changes == armed_at) kill(getpid(), SIGKILL);
    if (mode == ONCE && changes == armed_at) return errno = EIO;
    if (mode == FULL && changes >= armed_at && takes_room) return errno = ENOSPC;
    return 0;
}

#define REAL(name) ((__typeof__(name) *)dlsym(RTLD_NEXT, #name))
#define CHANGE(name, takes_room, arguments, ...)                          \
    int name(__VA_ARGS__) {                                               \
        if (fails(takes_room)) return -1;                                 \
        return REAL(name) arguments;                                      \
    }

CHANGE(rename, 0, (a, b), const char *a, const char *b)
CHANGE(renameat, 0, (x, a, y, b), int x, const char *a, int y, const char *b)
CHANGE(mkdir, 1, (a, m), const char *a, mode_t m)
CHANGE(mkdirat, 1, (x, a, m), int x, const char *a, mode_t m)
CHANGE(unlink, 0, (a), const char *a)
CHANGE(unlinkat, 0, (x, a, f), int x, const char *a, int f)
CHANGE(rmdir, 0, (a), const char *a)
CHANGE(ftruncate, 0, (x, n), int x, off_t n)
CHANGE(ftruncate64, 0, (x, n), int x, off64_t n)
CHANGE(fsync, 0, (x), int x)
CHANGE(fdatasync, 0, (x), int x)
CHANGE(chmod, 0, (a, m), const char *a, mode_t m)
CHANGE(utimensat, 0, (x, a, t, f), int x, const char *a, const struct timespec t[2], int f)

int syncfs(int x) { return (void)x, fails(0) ? -1 : 0; } /* not done: the disk is other people's, too */

int renameat2(int x, const char *a, int y, const char *b, unsigned f) {
    if (has_no_exchange) errno = ENOSYS;
    if (has_no_exchange || fails(0)) return -1;
    return REAL(renameat2)(x, a, y, b, f);
}

static int no_links(void) { return has_no_links ? (errno = EPERM) : fails(1); }
int link(const char *a, const char *b) { return no_links() ? -1 : REAL(link)(a, b); }
int linkat(int x, const char *a, int y, const char *b, int f) { return no_links() ? -1 : REAL(linkat)(x, a, y, b, f); }

ssize_t sendfile(int to, int from, off_t *at, size_t n) { return fails(1) ? -1 : REAL(sendfile)(to, from, at, n); }
ssize_t sendfile64(int to, int from, off64_t *at, size_t n) { return fails(1) ? -1 : REAL(sendfile64)(to, from, at, n); }

static int creates(const char *a, int flags) {
    struct stat found;
    return flags & O_TRUNC || (flags & O_CREAT && stat(a, &found));
}

static int vanished(const char *a) {
    if (mode != VANISH || !strstr(a, "/content/") || ++changes != armed_at) return 0;
    return errno = ENOENT;
}

#define OPEN(name)                                                        \
    int name(const char *a, int flags, ...) {                             \
        va_list rest;                                                     \
        va_start(rest, flags);                                            \
        int m = va_arg(rest, int);                                        \
        va_end(rest);                                                     \
        if (vanished(a) || (creates(a, flags) && fails(1))) return -1;    \
        return REAL(name)(a, flags, m);                                   \
    }

OPEN(open)
OPEN(open64)

/* A write that goes wrong has written half. */
#define WRITE(name, arguments, half, ...)                                 \
    ssize_t name(int x, const void *d, size_t n, ##__VA_ARGS__) {         \
        struct stat found;                                                \
        if (fstat(x, &found) || !S_ISREG(found.st_mode)) return REAL(name) arguments; \
        if (mode != VANISH && changes + 1 == armed_at) (void)!REAL(name) half;      \
        if (fails(1)) return -1;                                          \
        return REAL(name) arguments;                                      \
    }

WRITE(write, (x, d, n), (x, d, n / 2))
WRITE(pwrite, (x, d, n, o), (x, d, n / 2, o), off_t o)
WRITE(pwrite64, (x, d, n, o), (x, d, n / 2, o), off64_t o)
