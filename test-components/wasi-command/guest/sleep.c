/* A command of WASI that sleeps as long as its argument says, in milliseconds. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int main(int count, char **arguments) {
  long milliseconds = count > 1 ? strtol(arguments[1], NULL, 10) : 0;
  struct timespec early, late, length = {milliseconds / 1000, milliseconds % 1000 * 1000000};
  clock_gettime(CLOCK_MONOTONIC, &early);
  if (nanosleep(&length, NULL) != 0) perror("nanosleep");
  clock_gettime(CLOCK_MONOTONIC, &late);
  long long passed = (late.tv_sec - early.tv_sec) * 1000LL + (late.tv_nsec - early.tv_nsec) / 1000000;
  printf("slept: %s\n", passed + 1 >= milliseconds ? "long enough" : "too short");
  return 0;
}
