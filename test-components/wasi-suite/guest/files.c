// Prints a file of its root directory, and appends a line to another one. It fails when the second file is there before
// the first run: a test must not see what another test has written. With an argument it expects that file.

#include <stdio.h>

static int copy(const char *path) {
  FILE *file = fopen(path, "r");
  if (file == NULL)
    return 0;
  for (int c = getc(file); c != EOF; c = getc(file))
    putchar(c);
  fclose(file);
  return 1;
}

int main(int argc, char **argv) {
  (void)argv;
  int is_second_run = argc > 1;
  if (!copy("/greeting.txt"))
    return 2;
  if (copy("/written.txt") != is_second_run)
    return 3;
  FILE *file = fopen("/written.txt", "a");
  if (file == NULL)
    return 4;
  fputs("written\n", file);
  return fclose(file) == 0 ? 0 : 5;
}
