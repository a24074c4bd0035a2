// Makes the calls of WASI preview 1 that its arguments name, and prints the result of each.
#include "descriptors.c"
#include "directories.c"
#include "files.c"
#include "mistakes.c"
#include "waiting.c"
#include <stdlib.h>

static const struct {
  const char *name;
  void (*run)(void);
} parts[] = {{"descriptors", descriptors},
             {"directories", directories},
             {"files", files},
             {"mistakes", mistakes},
             {"waiting", waiting}};

int main(int argc, char **argv) {
  for (int i = 1; i < argc; i++) {
    for (size_t part = 0; part < sizeof parts / sizeof *parts; part++)
      if (strcmp(argv[i], parts[part].name) == 0) parts[part].run();
  }
  const char *code = getenv("CODE");
  return code == NULL ? 0 : atoi(code);
}
