// The edge handler in C, with the Canonical ABI by hand: no generated bindings.

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

// A string in memory: where it begins and how many bytes it has.
typedef struct {
  char *pointer;
  size_t length;
} slice;

// result<string, string> in memory: a discriminant, then the payload at the alignment of its widest case.
typedef struct {
  uint8_t is_err;
  slice text;
} process_result;

// process-data: func(input: string, meta: metadata) -> result<string, string>
__attribute__((import_module("example:service/processor"), import_name("process-data")))
void process_data(const char *input, size_t input_length, uint64_t id, const slice *tags, size_t tag_count,
                  process_result *result);

// One for each byte that begins a character of UTF-8.
static uint64_t count_characters(const char *text, size_t length) {
  uint64_t count = 0;
  for (size_t i = 0; i < length; i++) count += (text[i] & 0xc0) != 0x80;
  return count;
}

// The words point into the request. There are at most half as many of them, and one, as there are bytes.
static size_t split_words(char *text, size_t length, slice *words) {
  size_t count = 0;
  bool in_word = false;
  for (size_t i = 0; i < length; i++) {
    if (text[i] == ' ') {
      in_word = false;
      continue;
    }
    if (!in_word) words[count++] = (slice){text + i, 0};
    words[count - 1].length++;
    in_word = true;
  }
  return count;
}

// handle-request: func(req: string) -> string
__attribute__((export_name("handle-request")))
slice *handle_request(char *request, size_t length) {
  slice *tags = malloc((length / 2 + 1) * sizeof(slice));
  size_t tag_count = split_words(request, length, tags);
  process_result result;
  process_data(request, length, count_characters(request, length), tags, tag_count, &result);

  const char *label = result.is_err ? "err: " : "ok: ";
  size_t label_length = strlen(label);
  slice *answer = malloc(sizeof(slice));
  answer->length = label_length + result.text.length;
  answer->pointer = malloc(answer->length);
  memcpy(answer->pointer, label, label_length);
  memcpy(answer->pointer + label_length, result.text.pointer, result.text.length);

  if (result.text.length) free(result.text.pointer);
  if (length) free(request);
  free(tags);
  return answer;
}

// Called by the host when it has read the answer.
__attribute__((export_name("cabi_post_handle-request")))
void free_answer(slice *answer) {
  free(answer->pointer);
  free(answer);
}

// Called by the host to put a string into this memory. malloc aligns to 16, enough for every type.
__attribute__((export_name("cabi_realloc")))
void *cabi_realloc(void *old, size_t old_size, size_t align, size_t new_size) {
  if (new_size == 0) return (void *)align;
  void *place = realloc(old_size ? old : NULL, new_size);
  if (!place) __builtin_trap();
  return place;
}
