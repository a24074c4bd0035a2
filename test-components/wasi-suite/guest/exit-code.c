// Ends with the exit code that its first argument states, or with 0.

#include <stdlib.h>

int main(int argc, char **argv) {
  exit(argc < 2 ? 0 : atoi(argv[1]));
}
