// Copies its standard input to its standard output, and each line also to its standard error, as it comes.

#include <unistd.h>

static void copy(int to, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t written = write(to, bytes, length);
    if (written <= 0)
      _exit(1);
    bytes += written;
    length -= (size_t)written;
  }
}

int main(void) {
  char buffer[4096];
  for (;;) {
    ssize_t length = read(STDIN_FILENO, buffer, sizeof buffer);
    if (length < 0)
      return 1;
    if (length == 0)
      return 0;
    copy(STDOUT_FILENO, buffer, (size_t)length);
    copy(STDERR_FILENO, buffer, (size_t)length);
  }
}
