/* file.c: whole files, folders, and files that appear complete or not at all */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/memory.h"

static int fail_errno(struct orgsim_where *where, const char *path, const char *verb, int code)
{
    char reason[128];
    if (code == EEXIST) snprintf(reason, sizeof reason, "a file of that name is in the way");
    else if (strerror_r(code, reason, sizeof reason)) snprintf(reason, sizeof reason, "error %d", code);
    const char *todo = code == ENOENT   ? "check the path"
                       : code == EACCES ? "check its permissions"
                       : code == ENOSPC ? "free some space or choose another folder"
                                        : "choose another path";
    return error_set(where, ORGSIM_ERROR_IO, path, 0, 0, todo, "cannot %s: %s", verb, reason);
}

static int fail_memory(struct orgsim_where *where, const char *path)
{
    return error_set(where, ORGSIM_ERROR_MEMORY, path, 0, 0, "close other programs or make the scenario smaller", "out of memory");
}

static int fail_size(struct orgsim_where *where, const char *path, size_t limit)
{
    const char *todo = "give a smaller one";
    if (limit >= 1 << 20) return error_set(where, ORGSIM_ERROR_IO, path, 0, 0, todo, "the file is larger than %zu MB", limit >> 20);
    return error_set(where, ORGSIM_ERROR_IO, path, 0, 0, todo, "the file is larger than %zu bytes", limit);
}

/* Reads until the end: the size at opening is only a first guess, a file may grow. */
static int read_all(int handle, const char *path, size_t limit, char **data, size_t *n, struct orgsim_where *where)
{
    size_t capacity = 0, length = 0;
    void *bytes = NULL;
    for (;;) {
        int error = memory_grow(&bytes, &capacity, length + 4096 + 1, 1);
        if (error) {
            memory_free(bytes);
            return fail_memory(where, path);
        }
        ssize_t got = read(handle, (char *)bytes + length, capacity - length - 1);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            error = fail_errno(where, path, "read", errno);
            memory_free(bytes);
            return error;
        }
        length += (size_t)got;
        if (length > limit) {
            memory_free(bytes);
            return fail_size(where, path, limit);
        }
        if (got == 0) break;
    }
    ((char *)bytes)[length] = '\0';
    *data = bytes;
    *n = length;
    return 0;
}

int file_read(const char *path, size_t limit, char **data, size_t *n, struct orgsim_where *where)
{
    struct stat about;
    *data = NULL;
    *n = 0;
    int handle = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe must not make us wait before it is refused */
    if (handle < 0) return fail_errno(where, path, "open", errno);
    int error;
    if (fstat(handle, &about)) error = fail_errno(where, path, "read", errno);
    else if (!S_ISREG(about.st_mode)) error = error_set(where, ORGSIM_ERROR_IO, path, 0, 0, "put a plain file there", "is a folder, a pipe or a device");
    else if ((uintmax_t)about.st_size > limit) error = fail_size(where, path, limit);
    else error = read_all(handle, path, limit, data, n, where);
    close(handle);
    return error;
}

bool file_exists(const char *path)
{
    struct stat about;
    return lstat(path, &about) == 0;
}

bool file_is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

char *file_join(const char *folder, const char *name)
{
    size_t n = strlen(folder), m = strlen(name);
    bool slash = n > 0 && folder[n - 1] != '/';
    char *path = memory_array(n + m + 2, 1);
    if (!path) return NULL;
    memcpy(path, folder, n);
    if (slash) path[n] = '/';
    memcpy(path + n + slash, name, m);
    return path;
}

/* Opens a name beside writer->path that nothing else uses. Unlike mkstemp() it leaves the permissions to the umask. */
static int open_temporary(struct file_writer *writer, struct orgsim_where *where)
{
    size_t size = strlen(writer->path) + 48;
    writer->temporary = memory_array(size, 1);
    if (!writer->temporary) return fail_memory(where, writer->path);
    for (unsigned attempt = 0;; attempt++) {
        snprintf(writer->temporary, size, "%s.%ld.%u.part", writer->path, (long)getpid(), attempt);
        int handle = open(writer->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (handle < 0 && errno == EEXIST && attempt < 1000) continue;
        if (handle < 0) {
            int code = errno;
            memory_free(writer->temporary);
            writer->temporary = NULL; /* not ours to remove */
            return fail_errno(where, writer->path, "create", code);
        }
        writer->stream = fdopen(handle, "w");
        if (writer->stream) return 0;
        close(handle);
        return fail_memory(where, writer->path);
    }
}

int file_create(struct file_writer *writer, const char *path, struct orgsim_where *where)
{
    *writer = (struct file_writer){0};
    writer->path = memory_string(path);
    int error = writer->path ? open_temporary(writer, where) : fail_memory(where, path);
    if (error) file_abandon(writer);
    return error;
}

void file_abandon(struct file_writer *writer)
{
    if (writer->stream) fclose(writer->stream);
    if (writer->temporary) unlink(writer->temporary);
    memory_free(writer->path);
    memory_free(writer->temporary);
    *writer = (struct file_writer){0};
}

/* Makes the new name survive a crash. File systems that cannot do this refuse, which harms nothing. */
static void sync_folder_of(char *path)
{
    char *slash = strrchr(path, '/');
    if (slash) slash[slash == path] = '\0';
    int folder = open(slash ? path : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return;
    (void)fsync(folder);
    close(folder);
}

int file_commit(struct file_writer *writer, struct orgsim_where *where)
{
    int error = 0;
    errno = 0;
    bool failed = fflush(writer->stream) != 0 || ferror(writer->stream);
    if (!failed) failed = fsync(fileno(writer->stream)) != 0 && errno != EINVAL && errno != ENOTSUP;
    int code = errno;
    if (fclose(writer->stream) && !failed) {
        failed = true;
        code = errno;
    }
    writer->stream = NULL;
    if (failed) error = fail_errno(where, writer->path, "write", code ? code : EIO);
    else if (rename(writer->temporary, writer->path)) error = fail_errno(where, writer->path, "write", errno);
    if (!error) {
        memory_free(writer->temporary);
        writer->temporary = NULL;
        sync_folder_of(writer->path);
    }
    file_abandon(writer);
    return error;
}

int file_write(const char *path, const char *data, size_t n, struct orgsim_where *where)
{
    struct file_writer writer;
    int error = file_create(&writer, path, where);
    if (error) return error;
    fwrite(data, 1, n, writer.stream); /* file_commit() sees a failure */
    return file_commit(&writer, where);
}

/* The open stream of this process that a name like /dev/stdout stands for, when it does: opened again, a plain file behind it would be begun anew. */
static int own_stream(const struct stat *about)
{
    struct stat own;
    for (int stream = STDOUT_FILENO; stream <= STDERR_FILENO; stream++)
        if (!fstat(stream, &own) && own.st_dev == about->st_dev && own.st_ino == about->st_ino) return stream;
    return -1;
}

/* Into what cannot be renamed over. */
static int write_straight(const char *path, const struct stat *about, const char *data, size_t n, struct orgsim_where *where)
{
    int own = own_stream(about), handle = own >= 0 ? fcntl(own, F_DUPFD_CLOEXEC, 3) : open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (handle < 0) return fail_errno(where, path, "open", errno);
    int code = 0;
    for (size_t done = 0; !code && done < n;) {
        ssize_t wrote = write(handle, data + done, n - done);
        if (wrote >= 0) done += (size_t)wrote;
        else if (errno != EINTR) code = errno;
    }
    if (close(handle) && !code) code = errno;
    return code ? fail_errno(where, path, "write", code) : 0;
}

/* Where a chain of links ends, also when nothing is there yet; *target is the caller's. */
static int follow_links(char **target, const char *path, struct orgsim_where *where)
{
    enum { LINKS_MOST = 40, NAME_MOST = 4096 };
    char to[NAME_MOST];
    *target = memory_string(path);
    for (int k = 0; *target && k < LINKS_MOST; k++) {
        ssize_t n = readlink(*target, to, sizeof to - 1);
        if (n < 0) return 0; /* no link */
        to[n] = '\0';
        char *slash = to[0] == '/' ? NULL : strrchr(*target, '/');
        if (slash) slash[1] = '\0';
        char *next = slash ? file_join(*target, to) : memory_string(to);
        memory_free(*target);
        *target = next;
    }
    return *target ? fail_errno(where, path, "follow the link", ELOOP) : fail_memory(where, path);
}

int file_write_named(const char *path, const char *data, size_t n, struct orgsim_where *where)
{
    struct stat about;
    char *target;
    if (!stat(path, &about) && (!S_ISREG(about.st_mode) || own_stream(&about) >= 0)) return write_straight(path, &about, data, n, where);
    int error = follow_links(&target, path, where);
    if (!error) error = file_write(target, data, n, where);
    memory_free(target);
    return error;
}

int file_make_folder(const char *path, struct orgsim_where *where)
{
    char *part = memory_string(path);
    if (!part) return fail_memory(where, path);
    int error = 0;
    for (char *c = part + (*part != '\0'); !error; c++) {
        if (*c != '/' && *c != '\0') continue;
        char end = *c;
        *c = '\0';
        if (mkdir(part, 0777) && !(errno == EEXIST && file_is_folder(part))) error = fail_errno(where, part, "make the folder", errno);
        *c = end;
        if (end == '\0') break;
    }
    memory_free(part);
    return error;
}

/* Without its last name. */
static size_t shorten(char *path, size_t n)
{
    while (n > 0 && path[n - 1] != '/') n--;
    while (n > 0 && path[n - 1] == '/') n--;
    path[n] = '\0';
    return n;
}

int file_try_folder(const char *path, struct orgsim_where *where)
{
    struct file_writer writer;
    size_t size = strlen(path) + 1, there = size - 1;
    char *part = memory_string(path), *probe = file_join(path, "orgsim");
    int error = part && probe ? 0 : fail_memory(where, path);
    while (!error && there > 0 && !file_exists(part)) there = shorten(part, there);
    if (!error) error = file_make_folder(path, where);
    if (!error) error = file_create(&writer, probe, where);
    if (!error) file_abandon(&writer);
    if (part) memcpy(part, path, size);
    for (size_t n = size - 1; part && n > there; n = shorten(part, n)) rmdir(part); /* which fails where it was not made */
    memory_free(part);
    memory_free(probe);
    return error;
}

int file_lock_folder(const char *path, int *handle, struct orgsim_where *where)
{
    struct stat here, there;
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (folder < 0) return fail_errno(where, path, "open", errno);
    bool busy = flock(folder, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK;
    if (!busy) busy = fstat(folder, &here) || stat(path, &there) || here.st_ino != there.st_ino; /* renamed meanwhile by who held it */
    if (!busy) {
        *handle = folder;
        return 0;
    }
    close(folder);
    return error_set(where, ORGSIM_ERROR_USAGE, path, 0, 0, "wait until it has ended, or name another folder with -o",
                     "another orgsim is writing there at this moment");
}

static int remove_entries(int folder, const char *path, struct orgsim_where *where);

/* Removes one entry of an open folder: a link itself, never what it points to. */
static int remove_entry(int folder, const char *name, const char *path, struct orgsim_where *where)
{
    struct stat about;
    if (fstatat(folder, name, &about, AT_SYMLINK_NOFOLLOW)) return fail_errno(where, path, "remove", errno);
    if (S_ISDIR(about.st_mode)) {
        int inner = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (inner < 0) return fail_errno(where, path, "remove", errno);
        int error = remove_entries(inner, path, where);
        if (error) return error;
    }
    return unlinkat(folder, name, S_ISDIR(about.st_mode) ? AT_REMOVEDIR : 0) ? fail_errno(where, path, "remove", errno) : 0;
}

/* Takes over `folder` and closes it. */
static int remove_entries(int folder, const char *path, struct orgsim_where *where)
{
    DIR *entries = fdopendir(folder);
    if (!entries) {
        close(folder);
        return fail_memory(where, path);
    }
    int error = 0;
    const struct dirent *entry;
    while (!error && (entry = readdir(entries)))
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            error = remove_entry(dirfd(entries), entry->d_name, path, where);
    closedir(entries);
    return error;
}

int file_remove_tree(const char *path, struct orgsim_where *where)
{
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0) return fail_errno(where, path, "remove", errno);
    int error = remove_entries(folder, path, where);
    if (!error && rmdir(path)) error = fail_errno(where, path, "remove", errno);
    return error;
}
