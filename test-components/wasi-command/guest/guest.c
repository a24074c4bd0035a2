/* A command of WASI that looks at all that it is granted, and says what it found. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>

static void say_arguments(int count, char **arguments) {
  for (int i = 0; i < count; i++) printf("argument %d: %s\n", i, arguments[i]);
  const char *greeting = getenv("GREETING");
  printf("GREETING: %s\n", greeting == NULL ? "nothing" : greeting);
}

static void say_input(void) {
  char line[256];
  while (fgets(line, sizeof line, stdin) != NULL) printf("input: %s", line);
}

static void say_file(const char *path) {
  char text[256];
  struct stat found;
  if (stat(path, &found) != 0) {
    printf("%s: %s\n", path, strerror(errno));
    return;
  }
  printf("%s: %lld bytes\n", path, (long long)found.st_size);
  FILE *file = fopen(path, "r");
  if (file == NULL) {
    printf("%s: %s\n", path, strerror(errno));
    return;
  }
  size_t length = fread(text, 1, sizeof text - 1, file);
  text[length] = '\0';
  printf("%s: %s\n", path, text);
  fclose(file);
}

static void write_file(const char *path, const char *text) {
  FILE *file = fopen(path, "w");
  if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0) printf("%s: %s\n", path, strerror(errno));
}

static int by_name(const void *left, const void *right) { return strcmp(*(char *const *)left, *(char *const *)right); }

static void say_directory(const char *path) {
  char *names[16];
  size_t count = 0;
  DIR *directory = opendir(path);
  if (directory == NULL) {
    printf("%s: %s\n", path, strerror(errno));
    return;
  }
  for (struct dirent *entry; count < 16 && (entry = readdir(directory)) != NULL;) {
    if (entry->d_name[0] != '.') names[count++] = strdup(entry->d_name);
  }
  closedir(directory);
  qsort(names, count, sizeof *names, by_name);
  for (size_t i = 0; i < count; i++) printf("%s/%s\n", path, names[i]);
}

static void say_platform(void) {
  unsigned char bytes[64] = {0};
  struct timespec early, late;
  clock_gettime(CLOCK_MONOTONIC, &early);
  int zeros = 0;
  if (getentropy(bytes, sizeof bytes) != 0) puts("no randomness");
  for (size_t i = 0; i < sizeof bytes; i++) zeros += bytes[i] == 0;
  clock_gettime(CLOCK_MONOTONIC, &late);
  long long passed = (late.tv_sec - early.tv_sec) * 1000000000LL + (late.tv_nsec - early.tv_nsec);
  printf("random: %s, clock: %s, year: %s\n", zeros < 16 ? "yes" : "no", passed >= 0 ? "forward" : "backward",
         time(NULL) > 1700000000 ? "present" : "past");
}

int main(int count, char **arguments) {
  say_arguments(count, arguments);
  say_input();
  say_file("/data/hello.txt");
  say_file("/data/none.txt");
  say_file("/elsewhere.txt");
  write_file("/data/written.txt", "Grüße aus dem Gast");
  say_file("/data/written.txt");
  remove("/data/written.txt");
  say_file("/data/written.txt");
  mkdir("/data/inner", 0777);
  write_file("/data/inner/b", "b");
  write_file("/data/inner/a", "a");
  say_directory("/data/inner");
  say_directory("/data/none");
  say_platform();
  fputs("this is an error\n", stderr);
  fflush(stdout);
  return count > 1 && strcmp(arguments[1], "fail") == 0 ? 1 : 0;
}
