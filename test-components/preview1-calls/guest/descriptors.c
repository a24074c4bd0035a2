// Descriptors: what they are, their rights, their numbers.
#include "report.h"

static void show_fdstat(__wasi_fd_t fd) {
  __wasi_fdstat_t stat = {0};
  REPORT(__wasi_fd_fdstat_get(fd, &stat));
  NUMBER(stat.fs_filetype);
  NUMBER(stat.fs_flags);
  NUMBER((stat.fs_rights_base & __WASI_RIGHTS_FD_READ) != 0);
  NUMBER((stat.fs_rights_base & __WASI_RIGHTS_FD_WRITE) != 0);
  NUMBER((stat.fs_rights_base & __WASI_RIGHTS_FD_SEEK) != 0);
}

static void show_preopens(void) {
  __wasi_prestat_t prestat;
  uint8_t name[64] = {0};
  for (__wasi_fd_t fd = 0; fd < 6; fd++) {
    __wasi_errno_t error = __wasi_fd_prestat_get(fd, &prestat);
    printf("preopen %u: %d\n", fd, error);
    if (error != 0) continue;
    size_t length = prestat.u.dir.pr_name_len;
    memset(name, '#', sizeof name);
    REPORT(__wasi_fd_prestat_dir_name(fd, name, length - 1));
    REPORT(__wasi_fd_prestat_dir_name(fd, name, length));
    // The byte after the name is not written.
    printf("  %.*s\n", (int)length + 1, (char *)name);
  }
}

static void renumber(void) {
  __wasi_fd_t a, b;
  __wasi_filesize_t offset;
  REPORT(open_file("renumbered", __WASI_OFLAGS_CREAT, READ_WRITE, 0, &a));
  REPORT(open_file("other", __WASI_OFLAGS_CREAT, READ_WRITE, 0, &b));
  REPORT(write_text(a, "seven b"));
  REPORT(__wasi_fd_renumber(a, a));
  REPORT(__wasi_fd_renumber(a, 99));
  REPORT(__wasi_fd_renumber(99, a));
  REPORT(__wasi_fd_renumber(a, b));
  REPORT(__wasi_fd_tell(a, &offset));
  REPORT(__wasi_fd_tell(b, &offset));
  NUMBER(offset);
  REPORT(__wasi_fd_close(b));
  REPORT(__wasi_fd_close(b));
  REPORT(__wasi_path_unlink_file(DIR, "renumbered"));
  REPORT(__wasi_path_unlink_file(DIR, "other"));
}

void descriptors(void) {
  __wasi_fd_t file, directory;
  __wasi_prestat_t prestat;
  show_fdstat(DIR);
  show_preopens();
  REPORT(open_file("rights", __WASI_OFLAGS_CREAT, WRITE, __WASI_FDFLAGS_APPEND, &file));
  show_fdstat(file);
  REPORT(__wasi_fd_fdstat_set_flags(file, __WASI_FDFLAGS_NONBLOCK));
  show_fdstat(file);
  REPORT(__wasi_fd_fdstat_set_flags(file, __WASI_FDFLAGS_SYNC));
  REPORT(__wasi_fd_close(file));
  REPORT(open_file("rights", 0, 0, 0, &file));
  show_fdstat(file);
  REPORT(write_text(file, "not open for writing"));
  REPORT(__wasi_fd_close(file));
  REPORT(__wasi_path_unlink_file(DIR, "rights"));
  REPORT(__wasi_path_create_directory(DIR, "opened"));
  REPORT(open_file("opened", __WASI_OFLAGS_DIRECTORY, READ, 0, &directory));
  show_fdstat(directory);
  REPORT(__wasi_fd_prestat_get(directory, &prestat));
  REPORT(__wasi_fd_close(directory));
  REPORT(__wasi_path_remove_directory(DIR, "opened"));
  show_fdstat(99);
  renumber();
}
