// Directories, links and names.
#include "report.h"

// Prints the names in a directory. Some hosts leave out `.` and `..`.
static void list(__wasi_fd_t fd) {
  static uint8_t buffer[256];
  __wasi_size_t used = 0;
  REPORT(__wasi_fd_readdir(fd, buffer, sizeof buffer, 0, &used));
  for (uint32_t at = 0; at + sizeof(__wasi_dirent_t) <= used;) {
    __wasi_dirent_t entry;
    memcpy(&entry, buffer + at, sizeof entry);
    at += sizeof entry;
    if (at + entry.d_namlen > used) break;
    if (buffer[at] != '.') printf("  %d %.*s\n", entry.d_type, (int)entry.d_namlen, (char *)buffer + at);
    at += entry.d_namlen;
  }
}

static void listing(void) {
  __wasi_fd_t fd, file;
  uint8_t buffer[26];
  __wasi_size_t used = 0;
  REPORT(__wasi_path_create_directory(DIR, "listed"));
  REPORT(__wasi_path_create_directory(DIR, "listed"));
  REPORT(open_file("listed/name", __WASI_OFLAGS_CREAT, READ_WRITE, 0, &file));
  REPORT(__wasi_fd_close(file));
  REPORT(open_file("listed", __WASI_OFLAGS_DIRECTORY, READ, 0, &fd));
  list(fd);
  // The buffer has no room for the whole list, and is filled all the same.
  REPORT(__wasi_fd_readdir(fd, buffer, sizeof buffer, 0, &used));
  NUMBER(used);
  REPORT(__wasi_path_remove_directory(DIR, "listed"));
  REPORT(__wasi_path_unlink_file(fd, "name"));
  REPORT(__wasi_fd_close(fd));
  REPORT(__wasi_path_remove_directory(DIR, "listed"));
  REPORT(__wasi_path_remove_directory(DIR, "listed"));
}

static void links(void) {
  __wasi_fd_t fd;
  __wasi_filestat_t stat = {0};
  uint8_t target[16] = {0};
  __wasi_size_t used = 0;
  REPORT(open_file("target", __WASI_OFLAGS_CREAT, READ_WRITE, 0, &fd));
  REPORT(__wasi_fd_close(fd));
  REPORT(__wasi_path_symlink("target", DIR, "link"));
  REPORT(__wasi_path_symlink("target", DIR, "link"));
  REPORT(__wasi_path_readlink(DIR, "link", target, sizeof target, &used));
  printf("  %.*s\n", (int)used, (char *)target);
  REPORT(__wasi_path_filestat_get(DIR, 0, "link", &stat));
  NUMBER(stat.filetype);
  NUMBER(stat.size);
  REPORT(__wasi_path_filestat_get(DIR, FOLLOW, "link", &stat));
  NUMBER(stat.filetype);
  REPORT(__wasi_path_open(DIR, 0, "link", 0, READ, 0, 0, &fd));
  REPORT(__wasi_path_open(DIR, FOLLOW, "link", 0, READ, 0, 0, &fd));
  REPORT(__wasi_fd_close(fd));
  REPORT(__wasi_path_link(DIR, 0, "target", DIR, "second"));
  REPORT(__wasi_path_filestat_get(DIR, 0, "second", &stat));
  NUMBER(stat.nlink);
  REPORT(__wasi_path_rename(DIR, "second", DIR, "third"));
  REPORT(__wasi_path_filestat_get(DIR, 0, "second", &stat));
  REPORT(__wasi_path_rename(DIR, "missing", DIR, "third"));
  for (int i = 0; i < 3; i++)
    printf("unlink: %d\n", __wasi_path_unlink_file(DIR, (const char *[]){"link", "target", "third"}[i]));
}

void directories(void) {
  listing();
  links();
}
