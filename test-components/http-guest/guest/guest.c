// A handler of wasi:http 0.2 with one path for each thing that a server has to bear. The functions of the Canonical ABI
// are declared by hand; results larger than one number are written to `answer`.

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef int32_t handle;

#define HTTP(name) __attribute__((import_module("wasi:http/types@0.2.12"), import_name(name)))
#define IO(interface, name) __attribute__((import_module("wasi:io/" interface "@0.2.12"), import_name(name)))

HTTP("[constructor]fields") handle new_fields(void);
HTTP("[method]fields.get") void fields_get(handle, const char *, size_t, void *);
HTTP("[method]fields.append") void fields_append(handle, const char *, size_t, const void *, size_t, void *);
HTTP("[method]fields.clone") handle fields_clone(handle);
HTTP("[resource-drop]fields") void drop_fields(handle);

HTTP("[method]incoming-request.path-with-query") void request_path(handle, void *);
HTTP("[method]incoming-request.headers") handle request_headers(handle);
HTTP("[method]incoming-request.consume") void request_consume(handle, void *);
HTTP("[resource-drop]incoming-request") void drop_request(handle);

HTTP("[method]incoming-body.stream") void body_stream(handle, void *);
HTTP("[static]incoming-body.finish") handle body_finish(handle);
HTTP("[method]future-trailers.subscribe") handle trailers_subscribe(handle);
HTTP("[method]future-trailers.get") void trailers_get(handle, void *);
HTTP("[resource-drop]future-trailers") void drop_trailers(handle);

HTTP("[constructor]outgoing-response") handle new_response(handle);
HTTP("[method]outgoing-response.set-status-code") int32_t response_set_status(handle, int32_t);
HTTP("[method]outgoing-response.body") void response_body(handle, void *);
HTTP("[method]outgoing-body.write") void body_write(handle, void *);
HTTP("[static]outgoing-body.finish") void body_end(handle, int32_t, handle, void *);
HTTP("[resource-drop]outgoing-body") void drop_body(handle);
HTTP("[static]response-outparam.set")
void outparam_set(handle, int32_t, int32_t, int32_t, int64_t, int32_t, int32_t, int32_t, int32_t);

HTTP("[constructor]outgoing-request") handle new_request(handle);
HTTP("[method]outgoing-request.set-path-with-query") int32_t request_set_path(handle, int32_t, const char *, size_t);
HTTP("[method]outgoing-request.set-scheme") int32_t request_set_scheme(handle, int32_t, int32_t, const char *, size_t);
HTTP("[method]outgoing-request.set-authority") int32_t request_set_authority(handle, int32_t, const char *, size_t);
HTTP("[method]outgoing-request.set-method") int32_t request_set_method(handle, int32_t, const char *, size_t);
HTTP("[method]outgoing-request.body") void request_body(handle, void *);
HTTP("[method]future-incoming-response.subscribe") handle future_subscribe(handle);
HTTP("[method]future-incoming-response.get") void future_get(handle, void *);
HTTP("[resource-drop]future-incoming-response") void drop_future(handle);
HTTP("[method]incoming-response.status") int32_t incoming_status(handle);
HTTP("[method]incoming-response.headers") handle incoming_headers(handle);
HTTP("[method]incoming-response.consume") void incoming_consume(handle, void *);
HTTP("[resource-drop]incoming-response") void drop_response(handle);
__attribute__((import_module("wasi:http/outgoing-handler@0.2.12"), import_name("handle"))) void
send_request(handle, int32_t, handle, void *);

IO("streams", "[method]input-stream.blocking-read") void stream_read(handle, int64_t, void *);
IO("streams", "[resource-drop]input-stream") void drop_input(handle);
IO("streams", "[method]output-stream.check-write") void stream_check(handle, void *);
IO("streams", "[method]output-stream.write") void stream_write(handle, const void *, size_t, void *);
IO("streams", "[method]output-stream.blocking-write-and-flush")
void stream_write_and_flush(handle, const void *, size_t, void *);
IO("streams", "[method]output-stream.subscribe") handle stream_subscribe(handle);
IO("streams", "[resource-drop]output-stream") void drop_output(handle);
IO("poll", "[method]pollable.block") void pollable_block(handle);
IO("poll", "[resource-drop]pollable") void drop_pollable(handle);

__attribute__((import_module("wasi:cli/stdout@0.2.12"), import_name("get-stdout"))) handle get_stdout(void);

// Large enough for every result; the widest has an error-code inside an option and two results.
static _Alignas(8) uint8_t answer[64];

static int32_t answer_i32(size_t at) { return *(int32_t *)(answer + at); }

__attribute__((export_name("cabi_realloc"))) void *cabi_realloc(void *old, size_t old_size, size_t align, size_t size) {
  (void)old_size, (void)align;
  void *block = realloc(old, size);
  if (block == NULL) __builtin_trap();
  return block;
}

// Returns the handle of a `result<own<T>>` in `answer`, which must be ok.
static handle expect(void) {
  if (answer[0] != 0) __builtin_trap();
  return answer_i32(4);
}

static void append(handle fields, const char *name, const void *value, size_t length) {
  fields_append(fields, name, strlen(name), value, length, answer);
  if (answer[0] != 0) __builtin_trap();
}

static void block_on(handle pollable) {
  pollable_block(pollable);
  drop_pollable(pollable);
}

// Sends the head of a response and returns its body.
static handle respond(handle out, int32_t status, handle headers) {
  handle response = new_response(headers);
  if (response_set_status(response, status) != 0) __builtin_trap();
  response_body(response, answer);
  handle body = expect();
  outparam_set(out, 0, response, 0, 0, 0, 0, 0, 0);
  return body;
}

static void finish(handle body, handle trailers) {
  body_end(body, trailers != 0, trailers, answer);
}

// Writes everything as fast as the reader takes it. Returns false when nobody reads.
static bool write_all(handle stream, const uint8_t *bytes, size_t length) {
  while (length > 0) {
    stream_check(stream, answer);
    if (answer[0] != 0) return false;
    uint64_t permit = *(uint64_t *)(answer + 8);
    if (permit == 0) {
      block_on(stream_subscribe(stream));
      continue;
    }
    size_t count = permit < length ? (size_t)permit : length;
    stream_write(stream, bytes, count, answer);
    if (answer[0] != 0) return false;
    bytes += count;
    length -= count;
  }
  return true;
}

static void write_text(handle body, const char *text) {
  body_write(body, answer);
  handle stream = expect();
  stream_write_and_flush(stream, text, strlen(text), answer);
  drop_output(stream);
}

static void text(handle out, int32_t status, const char *message) {
  handle headers = new_fields();
  append(headers, "content-type", "text/plain", 10);
  handle body = respond(out, status, headers);
  write_text(body, message);
  finish(body, 0);
}

// Copies a body with its trailers.
static void copy(handle from, handle to) {
  body_stream(from, answer);
  handle input = expect();
  body_write(to, answer);
  handle output = expect();
  bool is_read = true;
  for (;;) {
    stream_read(input, 65536, answer);
    if (answer[0] != 0) {
      is_read = answer[4] == 1; // closed
      break;
    }
    uint8_t *bytes = (uint8_t *)(uintptr_t)answer_i32(4);
    bool is_written = write_all(output, bytes, (size_t)answer_i32(8) * is_read);
    free(bytes);
    if (!is_written) break;
  }
  drop_input(input);
  drop_output(output);
  if (!is_read) {
    drop_body(to);
    drop_trailers(body_finish(from));
    return;
  }
  handle future = body_finish(from);
  block_on(trailers_subscribe(future));
  trailers_get(future, answer);
  handle trailers = 0;
  if (answer[0] == 1 && answer[8] == 0 && answer[16] == 0 && answer[24] == 1) {
    handle received = answer_i32(28);
    trailers = fields_clone(received);
    drop_fields(received);
  }
  drop_trailers(future);
  finish(to, trailers);
}

static void echo(handle request, handle out) {
  request_consume(request, answer);
  handle incoming = expect();
  copy(incoming, respond(out, 200, new_fields()));
}

// Writes megabytes.
static void produce(handle out, long megabytes) {
  static uint8_t block[1 << 16];
  handle body = respond(out, 200, new_fields());
  body_write(body, answer);
  handle stream = expect();
  for (long count = megabytes * 16; count > 0; count -= 1)
    if (!write_all(stream, block, sizeof block)) break;
  drop_output(stream);
  finish(body, 0);
}

// Reads the whole body and answers with its length.
static void count(handle request, handle out) {
  request_consume(request, answer);
  handle body = expect();
  body_stream(body, answer);
  handle input = expect();
  uint64_t total = 0;
  for (;;) {
    stream_read(input, 65536, answer);
    if (answer[0] != 0) break;
    total += (uint32_t)answer_i32(8);
    free((void *)(uintptr_t)answer_i32(4));
  }
  drop_input(input);
  drop_trailers(body_finish(body));
  char digits[24], *at = digits + sizeof digits;
  *--at = 0;
  do *--at = (char)('0' + total % 10);
  while ((total /= 10) > 0);
  text(out, 200, at);
}

// Sends a request to the authority in the header `x-to`, and passes its response on.
static void proxy(handle request, handle out, const char *path) {
  handle headers = request_headers(request);
  fields_get(headers, "x-to", 4, answer);
  if (answer_i32(4) != 1) __builtin_trap();
  char **to = (char **)(uintptr_t)answer_i32(0);
  handle outgoing = new_request(new_fields());
  request_set_method(outgoing, 2, NULL, 0); // post
  request_set_scheme(outgoing, 1, 0, NULL, 0); // HTTP
  int32_t wrong = request_set_authority(outgoing, 1, to[0], (size_t)to[1]);
  wrong |= request_set_path(outgoing, 1, path, strlen(path));
  drop_fields(headers);
  if (wrong != 0) return text(out, 400, "a part of the URL is wrong");
  request_body(outgoing, answer);
  handle sent = expect();
  send_request(outgoing, 0, 0, answer);
  if (answer[0] != 0) {
    char message[] = "error-code 00";
    message[11] += answer[8] / 10;
    message[12] += answer[8] % 10;
    drop_body(sent);
    return text(out, 502, message);
  }
  handle future = answer_i32(8);
  request_consume(request, answer);
  copy(expect(), sent);
  block_on(future_subscribe(future));
  future_get(future, answer);
  if (answer[16] != 0) {
    char message[] = "error-code 00";
    message[11] += answer[24] / 10;
    message[12] += answer[24] % 10;
    drop_future(future);
    return text(out, 502, message);
  }
  handle response = answer_i32(24);
  handle received = incoming_headers(response);
  handle body = respond(out, incoming_status(response), fields_clone(received));
  drop_fields(received);
  incoming_consume(response, answer);
  copy(expect(), body);
  drop_response(response);
  drop_future(future);
}

static int answered;

__attribute__((export_name("wasi:http/incoming-handler@0.2.12#handle"))) void handle_request(handle request, handle out) {
  char path[256];
  request_path(request, answer);
  size_t length = (size_t)answer_i32(8);
  if (answer[0] == 0 || length >= sizeof path) __builtin_trap();
  char *given = (char *)(uintptr_t)answer_i32(4);
  memcpy(path, given, length);
  path[length] = 0;
  if (length > 0) free(given);
  answered += 1;

  if (strcmp(path, "/hello") == 0) {
    text(out, 200, "hello\n");
  } else if (strcmp(path, "/answered") == 0) {
    char digits[] = "0";
    digits[0] += answered;
    text(out, 200, digits);
  } else if (strcmp(path, "/echo") == 0) {
    echo(request, out);
  } else if (strcmp(path, "/count") == 0) {
    count(request, out);
  } else if (strncmp(path, "/megabytes/", 11) == 0) {
    produce(out, atol(path + 11));
  } else if (strncmp(path, "/proxy/", 7) == 0) {
    proxy(request, out, path + 6);
  } else if (strcmp(path, "/cookies") == 0) {
    handle headers = new_fields();
    append(headers, "set-cookie", "a=1", 3);
    append(headers, "set-cookie", "b=2", 3);
    finish(respond(out, 204, headers), 0);
  } else if (strcmp(path, "/trap") == 0) {
    __builtin_trap();
  } else if (strcmp(path, "/trap-late") == 0) {
    write_text(respond(out, 200, new_fields()), "the beginning");
    __builtin_trap();
  } else if (strcmp(path, "/loop") == 0) {
    for (volatile int forever = 1; forever;) {}
  } else if (strcmp(path, "/hoard") == 0) {
    for (;;) new_fields();
  } else if (strcmp(path, "/print") == 0) {
    handle output = get_stdout();
    stream_write_and_flush(output, "printed\n", 8, answer);
    drop_output(output);
    text(out, 200, "hello\n");
  } else if (strcmp(path, "/no-response") == 0) {
    // The outparam is dropped with the instance or kept: both are no response.
  } else if (strcmp(path, "/error") == 0) {
    outparam_set(out, 1, 36, 0, 0, 0, 0, 0, 0); // loop-detected
  } else if (strcmp(path, "/too-short") == 0) {
    handle headers = new_fields();
    append(headers, "content-length", "10", 2);
    handle body = respond(out, 200, headers);
    write_text(body, "short");
    finish(body, 0);
  } else if (strcmp(path, "/unfinished") == 0) {
    handle body = respond(out, 200, new_fields());
    write_text(body, "the beginning");
    drop_body(body);
  } else {
    text(out, 404, "not found\n");
  }
  drop_request(request);
}
