/* Preloaded into a server whose disk is to forget: keeps what each write to the files of UNDO_OF
 * has replaced in UNDO_FILE, and marks each sync there. Whoever kills the server puts back what was
 * replaced after the last sync, as a power cut might. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

struct record {
    uint32_t kind; /* 0: replaced, 1: synced */
    uint32_t path_length;
    uint64_t offset;
    uint64_t size;
    uint64_t old_size; /* of the file */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void* real(const char* name) {
    return dlsym(RTLD_NEXT, name);
}

static int path_of(int fd, char* path, size_t size) {
    char link[64];
    const char* of = getenv("UNDO_OF");
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, size - 1);
    if (length < 0 || !of)
        return 0;
    path[length] = '\0';
    size_t prefix = strlen(of);
    if (strncmp(path, of, prefix) != 0)
        return 0;
    return path[prefix] == '\0' || strcmp(path + prefix, "-wal") == 0;
}

static void keep(uint32_t kind, int fd, uint64_t offset, size_t count) {
    char path[4096];
    static int out = -1;
    if (!path_of(fd, path, sizeof path))
        return;
    if (out < 0)
        out = open(getenv("UNDO_FILE"), O_WRONLY | O_APPEND | O_CLOEXEC);
    struct stat info;
    fstat(fd, &info);
    char* old = malloc(count + 1);
    ssize_t have = 0;
    if (kind == 0)
        have = ((ssize_t(*)(int, void*, size_t, off_t))real("pread64"))(fd, old, count, (off_t)offset);
    struct record record = {kind, (uint32_t)strlen(path), offset, have > 0 ? (uint64_t)have : 0,
                            (uint64_t)info.st_size};
    struct iovec parts[] = {{&record, sizeof record}, {path, record.path_length}, {old, record.size}};
    if (writev(out, parts, 3) < 0)
        abort();
    free(old);
}

ssize_t pwrite64(int fd, const void* bytes, size_t count, off64_t offset) {
    ssize_t (*call)(int, const void*, size_t, off64_t) = real("pwrite64");
    pthread_mutex_lock(&lock);
    keep(0, fd, (uint64_t)offset, count);
    ssize_t result = call(fd, bytes, count, offset);
    pthread_mutex_unlock(&lock);
    return result;
}

ssize_t pwrite(int fd, const void* bytes, size_t count, off_t offset) {
    return pwrite64(fd, bytes, count, offset);
}

int ftruncate64(int fd, off64_t size) {
    int (*call)(int, off64_t) = real("ftruncate64");
    struct stat info;
    fstat(fd, &info);
    pthread_mutex_lock(&lock);
    if (info.st_size > size)
        keep(0, fd, (uint64_t)size, (size_t)(info.st_size - size));
    int result = call(fd, size);
    pthread_mutex_unlock(&lock);
    return result;
}

static int sync_with(const char* name, int fd) {
    int (*call)(int) = real(name);
    int result = call(fd);
    pthread_mutex_lock(&lock);
    keep(1, fd, 0, 0);
    pthread_mutex_unlock(&lock);
    return result;
}

int fsync(int fd) {
    return sync_with("fsync", fd);
}

int fdatasync(int fd) {
    return sync_with("fdatasync", fd);
}
