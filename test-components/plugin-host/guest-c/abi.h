// The Canonical ABI of `call: func(text: string) -> result<string, string>`, written by hand.

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT(name) __attribute__((export_name(name)))

// `result<string, string>` in memory.
struct answer {
  uint8_t is_error;
  char *text;
  size_t length;
};

// Implemented by each plugin. The text ends with NUL, and so do the answers, which the host frees.
static struct answer call(const char *text);

static struct answer answer(bool is_error, char *text) {
  if (text == NULL)
    abort();
  return (struct answer){is_error, text, strlen(text)};
}

EXPORT("cabi_realloc") void *cabi_realloc(void *old, size_t old_size, size_t align, size_t new_size) {
  (void)old_size, (void)align;
  if (new_size == 0)
    return (void *)align;
  // One byte more, for the NUL behind a string.
  void *memory = realloc(old, new_size + 1);
  if (memory == NULL)
    abort();
  return memory;
}

EXPORT("call") struct answer *call_export(char *text, size_t length) {
  static struct answer result;
  // An empty string has no memory of its own.
  if (length > 0)
    text[length] = '\0';
  result = call(length > 0 ? text : "");
  if (length > 0)
    free(text);
  return &result;
}

EXPORT("cabi_post_call") void call_end(struct answer *result) {
  free(result->text);
}
