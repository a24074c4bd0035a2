// Tries to get out of a directory by each path of its arguments, with every function of libc that takes a path. The
// first argument is the directory that it opens for this; with `.` it leaves it to libc to find one, as most programs
// do. Later functions may find what earlier ones have changed, so that a fresh directory for each path is best.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report.h"

static int base = AT_FDCWD;

static void read_file(const char *path) {
  int file = openat(base, path, O_RDONLY);
  if (file == -1) return failed("read");
  char text[1000];
  ssize_t length = read(file, text, sizeof text);
  if (length == -1) failed("read");
  else found("read", text, length);
  close(file);
}

static void list_directory(const char *path) {
  int file = openat(base, path, O_RDONLY | O_DIRECTORY);
  DIR *directory = file == -1 ? NULL : fdopendir(file);
  if (directory == NULL) return failed("list");
  char names[1000] = "";
  for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
    strncat(names, entry->d_name, sizeof names - strlen(names) - 2);
    strcat(names, " ");
  }
  closedir(directory);
  // Their order is that of the file system.
  if (strstr(names, "outside") != NULL || strstr(names, "secret") != NULL) found("list", names, strlen(names));
  else fine("list");
}

static void write_file(const char *path) {
  int file = openat(base, path, O_WRONLY);
  if (file == -1) return failed("write");
  if (write(file, "inside", 6) == -1) failed("write");
  else fine("write");
  close(file);
}

static void create_file(const char *name, const char *path, int flags) {
  int file = openat(base, path, O_WRONLY | O_CREAT | flags, 0666);
  if (file == -1) return failed(name);
  fine(name);
  close(file);
}

static void look(const char *path) {
  struct stat seen;
  char target[100];
  result("stat", fstatat(base, path, &seen, 0));
  result("lstat", fstatat(base, path, &seen, AT_SYMLINK_NOFOLLOW));
  result("access", faccessat(base, path, R_OK, 0));
  ssize_t length = readlinkat(base, path, target, sizeof target);
  if (length == -1) failed("readlink");
  else found("readlink", target, length);
}

static void change_times(const char *path) {
  const struct timespec times[2] = {{1000000000, 0}, {1000000000, 0}};
  result("utimens", utimensat(base, path, times, 0));
  result("lutimens", utimensat(base, path, times, AT_SYMLINK_NOFOLLOW));
}

// Reads through a link of the program's own.
static void aim_link(const char *path) {
  if (symlinkat(path, base, "aimed") == -1) return failed("aim");
  int file = openat(base, "aimed", O_RDONLY);
  char text[1000];
  ssize_t length = file == -1 ? -1 : read(file, text, sizeof text);
  // A directory can be opened, and not be read.
  if (file == -1) failed("aim");
  else if (length == -1) fine("aim");
  else found("aim", text, length);
  if (file != -1) close(file);
  unlinkat(base, "aimed", 0);
}

// Whatever succeeds is undone, so that the next function finds what this one has found.
static void add_names(const char *path) {
  if (result("mkdir", mkdirat(base, path, 0777))) unlinkat(base, path, AT_REMOVEDIR);
  if (result("symlink to", symlinkat("file.txt", base, path))) unlinkat(base, path, 0);
  if (result("link from", linkat(base, path, base, "taken", AT_SYMLINK_FOLLOW))) unlinkat(base, "taken", 0);
  if (result("link to", linkat(base, "file.txt", base, path, 0))) unlinkat(base, path, 0);
  if (result("rename from", renameat(base, path, base, "taken"))) renameat(base, "taken", base, path);
}

int main(int argc, char **argv) {
  if (argc < 2) return 2;
  if (strcmp(argv[1], ".") != 0) base = open(argv[1], O_RDONLY | O_DIRECTORY);
  if (base == -1) {
    perror(argv[1]);
    return 1;
  }
  for (int i = 2; i < argc; i++) {
    const char *path = argv[i];
    read_file(path);
    list_directory(path);
    write_file(path);
    look(path);
    change_times(path);
    aim_link(path);
    create_file("truncate", path, O_TRUNC);
    create_file("create", path, O_EXCL);
    add_names(path);
    result("rmdir", unlinkat(base, path, AT_REMOVEDIR));
    result("unlink", unlinkat(base, path, 0));
    result("rename to", renameat(base, "file.txt", base, path));
    print_results(path);
  }
  return 0;
}
