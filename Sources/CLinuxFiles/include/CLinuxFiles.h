#ifndef CLINUXFILES_H
#define CLINUXFILES_H

#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

// The C library declares these only under _GNU_SOURCE, which a module cannot set for its imports.

/// Writes everything of the descriptor's file system to the disk, as syncfs(2).
static inline int sudp_syncfs(int descriptor) {
    return (int)syscall(SYS_syncfs, descriptor);
}

/// Renames as renameat2(2) with RENAME_NOREPLACE: EEXIST where the new name is taken.
static inline int sudp_rename_exclusively(int old_directory, const char *old_name,
                                          int new_directory, const char *new_name) {
    return (int)syscall(SYS_renameat2, old_directory, old_name, new_directory, new_name, 1u);
}

/// The next offset with data at or behind `offset`, as lseek(2) with SEEK_DATA; -1: none or error.
static inline off_t sudp_seek_data(int descriptor, off_t offset) {
    return lseek(descriptor, offset, 3);
}

/// Begins to write a range of a file to the disk and does not wait, as sync_file_range(2).
static inline int sudp_start_writing(int descriptor, off_t offset, off_t count) {
    return (int)syscall(SYS_sync_file_range, descriptor, offset, count, 2u);
}

/// Waits until a range of a file is written to the disk, and lets its memory go.
static inline void sudp_let_go(int descriptor, off_t offset, off_t count) {
    syscall(SYS_sync_file_range, descriptor, offset, count, 7u);
    posix_fadvise(descriptor, offset, count, POSIX_FADV_DONTNEED);
}

#endif
