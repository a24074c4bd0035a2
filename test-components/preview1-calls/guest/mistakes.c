// Calls that a host must refuse.
#include "report.h"

#define OUTSIDE ((void *)0xfffffff0)

static void paths(void) {
  __wasi_fd_t fd;
  __wasi_filestat_t stat;
  REPORT(open_file("/etc/passwd", 0, READ, 0, &fd));
  REPORT(open_file("../outside", 0, READ, 0, &fd));
  REPORT(open_file("a/../../outside", 0, READ, 0, &fd));
  REPORT(open_file("", 0, READ, 0, &fd));
  REPORT(open_file("missing/file", 0, READ, 0, &fd));
  REPORT(open_file("\xff\xfe", 0, READ, 0, &fd));
  REPORT(__wasi_path_filestat_get(DIR, 0, "missing", &stat));
  REPORT(__wasi_path_filestat_get(1, 0, "missing", &stat));
  REPORT(__wasi_path_filestat_get(99, 0, "missing", &stat));
  REPORT(__wasi_path_symlink("/etc", DIR, "absolute"));
  REPORT(__wasi_path_remove_directory(DIR, "missing"));
  REPORT(__wasi_path_unlink_file(DIR, "missing"));
}

static void pointers(void) {
  __wasi_size_t size;
  __wasi_fd_t fd;
  __wasi_iovec_t outside = {OUTSIDE, 32};
  __wasi_ciovec_t outside_too = {OUTSIDE, 32};
  REPORT(__wasi_clock_time_get(0, 1, OUTSIDE));
  REPORT(__wasi_random_get(OUTSIDE, 17));
  REPORT(__wasi_fd_write(1, &outside_too, 1, &size));
  REPORT(__wasi_fd_write(1, OUTSIDE, 1, &size));
  REPORT(__wasi_fd_read(0, &outside, 1, &size));
  REPORT(__wasi_args_sizes_get(OUTSIDE, &size));
  REPORT(__wasi_fd_fdstat_get(1, OUTSIDE));
  REPORT(__wasi_path_open(DIR, 0, "never", __WASI_OFLAGS_CREAT, READ_WRITE, 0, 0, OUTSIDE));
  // The call above has opened nothing, so that the next number is free.
  REPORT(open_file(".", __WASI_OFLAGS_DIRECTORY, READ, 0, &fd));
  NUMBER(fd);
  REPORT(__wasi_fd_close(fd));
  REPORT(__wasi_path_unlink_file(DIR, "never"));
}

void mistakes(void) {
  __wasi_filesize_t offset;
  __wasi_timestamp_t time;
  __wasi_size_t size;
  __wasi_roflags_t flags;
  uint8_t byte;
  __wasi_iovec_t part = {&byte, 1};
  __wasi_ciovec_t constant = {&byte, 1};
  __wasi_fd_t accepted;
  REPORT(__wasi_clock_time_get(2, 1, &time));
  REPORT(__wasi_clock_time_get(77, 1, &time));
  REPORT(__wasi_fd_read(99, &part, 1, &size));
  REPORT(__wasi_fd_read(1, &part, 1, &size));
  REPORT(__wasi_fd_read(DIR, &part, 1, &size));
  REPORT(__wasi_fd_write(0, &constant, 1, &size));
  REPORT(__wasi_fd_write(DIR, &constant, 1, &size));
  REPORT(__wasi_fd_seek(DIR, 0, __WASI_WHENCE_SET, &offset));
  REPORT(__wasi_fd_advise(DIR, 0, 0, __WASI_ADVICE_NORMAL));
  REPORT(__wasi_fd_readdir(1, &byte, 1, 0, &size));
  REPORT(__wasi_sock_shutdown(99, __WASI_SDFLAGS_RD));
  REPORT(__wasi_sock_shutdown(DIR, __WASI_SDFLAGS_RD));
  REPORT(__wasi_sock_recv(DIR, &part, 1, 0, &size, &flags));
  REPORT(__wasi_sock_send(DIR, &constant, 1, 0, &size));
  REPORT(__wasi_sock_accept(DIR, 0, &accepted));
  paths();
  pointers();
}
