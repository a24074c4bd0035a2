// A plugin that does what a host must survive. The text says what.

#include <errno.h>
#include <stdio.h>

#include "abi.h"

static struct answer read_file(const char *path) {
  FILE *file = fopen(path, "r");
  if (file == NULL)
    return answer(true, strdup(strerror(errno)));
  char text[256];
  size_t length = fread(text, 1, sizeof text - 1, file);
  text[length] = '\0';
  fclose(file);
  return answer(false, strdup(text));
}

// Takes memory, and uses it, until there is no more. Returns how many blocks of 64 KiB it got.
static struct answer memory_bomb(void) {
  char *last = NULL;
  unsigned blocks = 0;
  for (char *block = malloc(65536); block != NULL; block = malloc(65536)) {
    memset(block, 1, 65536);
    last = block;
    blocks++;
  }
  // The answer needs some.
  free(last);
  char text[32];
  snprintf(text, sizeof text, "%u blocks", blocks);
  return answer(false, strdup(text));
}

static struct answer call(const char *text) {
  if (strcmp(text, "loop") == 0)
    for (volatile unsigned turns = 0;; turns++) {
    }
  if (strcmp(text, "memory") == 0)
    return memory_bomb();
  if (strcmp(text, "trap") == 0)
    __builtin_trap();
  if (strcmp(text, "exit") == 0)
    exit(0);
  if (strncmp(text, "read ", 5) == 0)
    return read_file(text + 5);
  return answer(false, strdup("harmless"));
}
