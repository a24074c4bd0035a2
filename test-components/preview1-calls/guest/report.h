// Prints the result of each call of WASI preview 1, so that hosts can be compared line by line.
#pragma once
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <wasi/api.h>

// Prints a call as it is written here, and its error number.
#define REPORT(call) printf("%s: %d\n", #call, (int)(call))
#define NUMBER(expression) printf("  %s: %lld\n", #expression, (long long)(expression))

// The first preopened directory.
#define DIR 3
#define FOLLOW __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW
// Some hosts check every right at each call, so that programs ask for all of them. Those to change a file make such a
// host open it for writing.
#define RIGHTS ((__wasi_rights_t)0x0fffffff)
#define CHANGES \
  (__WASI_RIGHTS_FD_WRITE | __WASI_RIGHTS_FD_DATASYNC | __WASI_RIGHTS_FD_ALLOCATE | __WASI_RIGHTS_FD_FILESTAT_SET_SIZE)
#define READ_WRITE RIGHTS
#define READ (RIGHTS & ~CHANGES)
#define WRITE (RIGHTS & ~__WASI_RIGHTS_FD_READ)

static inline __wasi_errno_t open_file(const char *path, int oflags, __wasi_rights_t rights, int fdflags,
                                       __wasi_fd_t *fd) {
  *fd = 98;
  return __wasi_path_open(DIR, FOLLOW, path, oflags, rights, RIGHTS, fdflags, fd);
}

static inline __wasi_errno_t write_text(__wasi_fd_t fd, const char *text) {
  __wasi_ciovec_t part = {(const uint8_t *)text, strlen(text)};
  __wasi_size_t written;
  return __wasi_fd_write(fd, &part, 1, &written);
}
