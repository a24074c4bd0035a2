// A handler of wasi:http 0.2 that shows what it was granted. The functions of the Canonical ABI are declared by hand;
// results larger than one number are written to `answer`.

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef int32_t handle;

#define IMPORT(interface, name) __attribute__((import_module(interface "@0.2.12"), import_name(name)))
#define HTTP(name) IMPORT("wasi:http/types", name)
#define FILES(name) IMPORT("wasi:filesystem/types", name)

HTTP("[constructor]fields") handle new_fields(void);
HTTP("[method]incoming-request.method") void request_method(handle, void *);
HTTP("[method]incoming-request.path-with-query") void request_path(handle, void *);
HTTP("[resource-drop]incoming-request") void drop_request(handle);
HTTP("[constructor]outgoing-response") handle new_response(handle);
HTTP("[method]outgoing-response.set-status-code") int32_t response_set_status(handle, int32_t);
HTTP("[method]outgoing-response.body") void response_body(handle, void *);
HTTP("[method]outgoing-body.write") void body_write(handle, void *);
HTTP("[static]outgoing-body.finish") void body_end(handle, int32_t, handle, void *);
HTTP("[static]response-outparam.set")
void outparam_set(handle, int32_t, int32_t, int32_t, int64_t, int32_t, int32_t, int32_t, int32_t);

IMPORT("wasi:io/streams", "[method]output-stream.blocking-write-and-flush")
void stream_write_and_flush(handle, const void *, size_t, void *);
IMPORT("wasi:io/streams", "[resource-drop]output-stream") void drop_output(handle);

IMPORT("wasi:cli/environment", "get-environment") void get_environment(void *);

IMPORT("wasi:filesystem/preopens", "get-directories") void get_directories(void *);
FILES("[method]descriptor.open-at")
void open_at(handle, int32_t, const char *, size_t, int32_t, int32_t, void *);
FILES("[method]descriptor.read") void descriptor_read(handle, int64_t, int64_t, void *);
FILES("[resource-drop]descriptor") void drop_descriptor(handle);

// The flags of `open-at`.
enum { CREATE = 1, READ = 1, WRITE = 2 };

// Large enough for every result; the widest has an error-code inside an option and two results.
static _Alignas(8) uint8_t answer[64];

static int32_t answer_i32(size_t at) { return *(int32_t *)(answer + at); }

// A string as it lies in memory.
typedef struct {
  const char *text;
  size_t length;
} string;

__attribute__((export_name("cabi_realloc"))) void *cabi_realloc(void *old, size_t old_size, size_t align, size_t size) {
  (void)old_size, (void)align;
  void *block = realloc(old, size);
  if (block == NULL && size > 0) __builtin_trap();
  return block;
}

static void respond(handle out, int32_t status, const void *bytes, size_t length) {
  handle response = new_response(new_fields());
  if (response_set_status(response, status) != 0) __builtin_trap();
  response_body(response, answer);
  handle body = answer_i32(4);
  outparam_set(out, 0, response, 0, 0, 0, 0, 0, 0);
  body_write(body, answer);
  handle stream = answer_i32(4);
  // The function takes at most so many bytes.
  for (size_t at = 0; at < length; at += 4096) {
    size_t count = length - at < 4096 ? length - at : 4096;
    stream_write_and_flush(stream, (const char *)bytes + at, count, answer);
    if (answer[0] != 0) break;
  }
  drop_output(stream);
  body_end(body, 0, 0, answer);
}

static void fail(handle out, int32_t status, int code) {
  char text[] = "error-code 00\n";
  text[11] += code / 10;
  text[12] += code % 10;
  respond(out, status, text, sizeof text - 1);
}

static void environment(handle out) {
  get_environment(answer);
  const string *pairs = (const string *)(uintptr_t)answer_i32(0);
  size_t count = (size_t)answer_i32(4), size = 0, at = 0;
  for (size_t i = 0; i < 2 * count; i += 1) size += pairs[i].length + 1;
  char *text = malloc(size + 1);
  for (size_t i = 0; i < 2 * count; i += 1) {
    memcpy(text + at, pairs[i].text, pairs[i].length);
    at += pairs[i].length;
    text[at++] = i % 2 == 0 ? '=' : '\n';
  }
  respond(out, 200, text, at);
}

static void file(handle out, bool makes, const char *path, size_t length) {
  get_directories(answer);
  if (answer_i32(4) == 0) return respond(out, 404, "no directory\n", 13);
  handle directory = *(const handle *)(uintptr_t)answer_i32(0);
  open_at(directory, 0, path, length, makes ? CREATE : 0, makes ? READ | WRITE : READ, answer);
  if (answer[0] != 0) return fail(out, makes ? 403 : 404, answer[4]);
  handle opened = answer_i32(4);
  if (makes) return respond(out, 201, "made\n", 5);
  descriptor_read(opened, 65536, 0, answer);
  if (answer[0] != 0) return fail(out, 500, answer[4]);
  respond(out, 200, (const void *)(uintptr_t)answer_i32(4), (size_t)answer_i32(8));
}

__attribute__((export_name("wasi:http/incoming-handler@0.2.12#handle"))) void handle_request(handle request, handle out) {
  request_method(request, answer);
  bool puts = answer[0] == 3;
  request_path(request, answer);
  const char *path = (const char *)(uintptr_t)answer_i32(4);
  size_t length = (size_t)answer_i32(8);
  if (answer[0] == 0) __builtin_trap();
  if (length == 4 && memcmp(path, "/env", 4) == 0) environment(out);
  else if (length > 7 && memcmp(path, "/files/", 7) == 0) file(out, puts, path + 7, length - 7);
  else respond(out, 404, "not found\n", 10);
  drop_request(request);
}
