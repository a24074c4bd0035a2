// The content of files, their offsets, sizes and times.
#include "report.h"

static uint8_t buffer[64];

static void show_read(__wasi_fd_t fd, size_t first, size_t second) {
  __wasi_iovec_t parts[] = {{buffer, 0}, {buffer, first}, {buffer + first, second}};
  __wasi_size_t count = 0;
  REPORT(__wasi_fd_read(fd, parts, 3, &count));
  printf("  read %u: %.*s\n", (unsigned)count, (int)count, (char *)buffer);
}

static void show_pread(__wasi_fd_t fd, __wasi_filesize_t offset) {
  __wasi_iovec_t part = {buffer, sizeof buffer};
  __wasi_size_t count = 0;
  REPORT(__wasi_fd_pread(fd, &part, 1, offset, &count));
  printf("  read %u: %.*s\n", (unsigned)count, (int)count, (char *)buffer);
}

static void show_size(__wasi_fd_t fd) {
  __wasi_filestat_t stat = {0};
  REPORT(__wasi_fd_filestat_get(fd, &stat));
  NUMBER(stat.size);
  NUMBER(stat.filetype);
  NUMBER(stat.nlink);
  NUMBER(stat.ino != 0);
}

static __wasi_errno_t pwrite_text(__wasi_fd_t fd, const char *text, __wasi_filesize_t offset) {
  __wasi_ciovec_t part = {(const uint8_t *)text, strlen(text)};
  __wasi_size_t written;
  return __wasi_fd_pwrite(fd, &part, 1, offset, &written);
}

static void offsets(__wasi_fd_t fd) {
  __wasi_filesize_t offset = 0;
  REPORT(write_text(fd, "0123456789"));
  REPORT(__wasi_fd_tell(fd, &offset));
  NUMBER(offset);
  REPORT(__wasi_fd_seek(fd, -4, __WASI_WHENCE_END, &offset));
  NUMBER(offset);
  show_read(fd, 1, 10);
  show_read(fd, 1, 10);
  REPORT(__wasi_fd_seek(fd, -8, __WASI_WHENCE_CUR, &offset));
  NUMBER(offset);
  REPORT(__wasi_fd_seek(fd, -9, __WASI_WHENCE_CUR, &offset));
  REPORT(__wasi_fd_seek(fd, 100, __WASI_WHENCE_SET, &offset));
  show_read(fd, 1, 1);
  REPORT(__wasi_fd_seek(fd, 0, 7, &offset));
  REPORT(pwrite_text(fd, "ABC", 2));
  REPORT(__wasi_fd_tell(fd, &offset));
  NUMBER(offset);
  show_pread(fd, 1);
  show_pread(fd, 1000);
}

static void sizes(__wasi_fd_t fd) {
  REPORT(__wasi_fd_filestat_set_size(fd, 4));
  show_size(fd);
  REPORT(__wasi_fd_allocate(fd, 2, 6));
  show_size(fd);
  REPORT(__wasi_fd_allocate(fd, 0, 2));
  show_size(fd);
  REPORT(__wasi_fd_advise(fd, 0, 8, __WASI_ADVICE_WILLNEED));
  REPORT(__wasi_fd_datasync(fd));
  REPORT(__wasi_fd_sync(fd));
}

static void times(__wasi_fd_t fd) {
  __wasi_filestat_t stat = {0};
  const __wasi_fstflags_t both = __WASI_FSTFLAGS_ATIM | __WASI_FSTFLAGS_MTIM;
  REPORT(__wasi_fd_filestat_set_times(fd, 1000000000, 2000000000, both));
  REPORT(__wasi_fd_filestat_get(fd, &stat));
  NUMBER(stat.atim);
  NUMBER(stat.mtim);
  REPORT(__wasi_fd_filestat_set_times(fd, 0, 0, __WASI_FSTFLAGS_MTIM_NOW));
  REPORT(__wasi_path_filestat_get(DIR, 0, "file", &stat));
  NUMBER(stat.atim);
  NUMBER(stat.mtim > 1500000000000000000);
  REPORT(__wasi_path_filestat_set_times(DIR, 0, "file", 3000000000, 0, __WASI_FSTFLAGS_ATIM));
  REPORT(__wasi_path_filestat_get(DIR, 0, "file", &stat));
  NUMBER(stat.atim);
  REPORT(__wasi_fd_filestat_set_times(fd, 0, 0, __WASI_FSTFLAGS_ATIM | __WASI_FSTFLAGS_ATIM_NOW));
}

static void appending(void) {
  __wasi_fd_t fd;
  __wasi_filesize_t offset = 0;
  REPORT(open_file("file", __WASI_OFLAGS_TRUNC, READ_WRITE, __WASI_FDFLAGS_APPEND, &fd));
  REPORT(write_text(fd, "first "));
  REPORT(__wasi_fd_seek(fd, 0, __WASI_WHENCE_SET, &offset));
  REPORT(write_text(fd, "second"));
  REPORT(__wasi_fd_tell(fd, &offset));
  NUMBER(offset);
  show_pread(fd, 0);
  REPORT(__wasi_fd_fdstat_set_flags(fd, 0));
  REPORT(__wasi_fd_seek(fd, 0, __WASI_WHENCE_SET, &offset));
  REPORT(write_text(fd, "FIRST"));
  show_pread(fd, 0);
  REPORT(__wasi_fd_close(fd));
}

void files(void) {
  __wasi_fd_t fd;
  REPORT(open_file("file", 0, READ_WRITE, 0, &fd));
  REPORT(open_file("file", __WASI_OFLAGS_CREAT | __WASI_OFLAGS_EXCL, READ_WRITE, 0, &fd));
  offsets(fd);
  sizes(fd);
  times(fd);
  REPORT(__wasi_fd_close(fd));
  REPORT(open_file("file", __WASI_OFLAGS_CREAT | __WASI_OFLAGS_EXCL, READ_WRITE, 0, &fd));
  appending();
  REPORT(open_file("file", __WASI_OFLAGS_DIRECTORY, READ, 0, &fd));
  REPORT(__wasi_path_unlink_file(DIR, "file"));
}
