// Programs of WASI 0.3 in C, with the Canonical ABI by hand. Every function is lifted without a callback and waits in
// the middle of its code: the built-ins are the synchronous ones, except where several things are waited for.

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define IMPORT(module, name) __attribute__((import_module(module), import_name(name)))
#define EXPORT(name) __attribute__((export_name(name)))

#define CLOCK "wasi:clocks/monotonic-clock@0.3.0"
#define STDIN "wasi:cli/stdin@0.3.0"
#define STDOUT "wasi:cli/stdout@0.3.0"
#define FILES "wasi:filesystem/types@0.3.0"
#define PREOPENS "wasi:filesystem/preopens@0.3.0"
#define SOCKETS "wasi:sockets/types@0.3.0"
#define LOOKUP "wasi:sockets/ip-name-lookup@0.3.0"

typedef int32_t handle;

// A string or a list in memory.
typedef struct {
  char *pointer;
  size_t length;
} slice;

// tuple<stream<…>, future<…>>
typedef struct {
  handle stream, future;
} streaming;

// result<T, error-code>, whose `error-code` is a variant with a text in its last case.
typedef struct {
  uint8_t is_err;
  union {
    struct {
      uint8_t tag;
      slice text;
    } error;
    handle value;
    slice list;
  };
} outcome;

// A stream or future returns the number of elements and in its low bits how the copy has ended.
enum { COMPLETED = 0, DROPPED = 1 };

IMPORT("$root", "[waitable-set-new]") handle set_new(void);
IMPORT("$root", "[waitable-set-wait]") int32_t set_wait(handle set, int32_t payload[2]);
IMPORT("$root", "[waitable-set-drop]") void set_drop(handle set);
IMPORT("$root", "[waitable-join]") void join(handle waitable, handle set);
IMPORT("$root", "[subtask-drop]") void subtask_drop(handle subtask);
IMPORT("$root", "[subtask-cancel]") int32_t subtask_cancel(handle subtask);

// All streams of bytes have one type, so the built-ins of any function serve for all.
IMPORT(STDIN, "read-via-stream") void stdin_read(streaming *result);
IMPORT(STDIN, "[stream-read-0]read-via-stream") uint32_t bytes_read(handle stream, void *to, size_t count);
IMPORT(FILES, "[async-lower][stream-read-0][method]descriptor.read-via-stream")
uint32_t bytes_start_read(handle stream, void *to, size_t count);
IMPORT(STDIN, "[stream-drop-readable-0]read-via-stream") void bytes_drop_readable(handle stream);
IMPORT(STDIN, "[future-read-1]read-via-stream") uint32_t cli_future_read(handle future, uint8_t result[2]);
IMPORT(STDIN, "[future-drop-readable-1]read-via-stream") void cli_future_drop(handle future);
IMPORT(STDOUT, "write-via-stream") handle stdout_write(handle stream);
IMPORT(STDOUT, "[stream-new-0]write-via-stream") uint64_t bytes_new(void);
IMPORT(STDOUT, "[stream-write-0]write-via-stream")
uint32_t bytes_write(handle stream, const void *from, size_t count);
IMPORT(STDOUT, "[stream-drop-writable-0]write-via-stream") void bytes_drop_writable(handle stream);

IMPORT(CLOCK, "[async-lower]wait-for") uint32_t start_wait(uint64_t nanoseconds);

IMPORT(PREOPENS, "get-directories") void get_directories(slice *result);
IMPORT(FILES, "[resource-drop]descriptor") void descriptor_drop(handle self);
IMPORT(FILES, "[method]descriptor.open-at")
void open_at(handle self, int32_t path_flags, const char *path, size_t path_length, int32_t open_flags,
             int32_t flags, outcome *result);
IMPORT(FILES, "[method]descriptor.read-via-stream") void file_read(handle self, uint64_t offset, streaming *result);
IMPORT(FILES, "[method]descriptor.write-via-stream") handle file_write(handle self, handle stream, uint64_t offset);
IMPORT(FILES, "[method]descriptor.append-via-stream") handle file_append(handle self, handle stream);
IMPORT(FILES, "[future-read-1][method]descriptor.read-via-stream")
uint32_t file_future_read(handle future, outcome *result);
IMPORT(FILES, "[future-drop-readable-1][method]descriptor.read-via-stream") void file_future_drop(handle future);
IMPORT(FILES, "[method]descriptor.read-directory") void read_directory(handle self, streaming *result);
IMPORT(FILES, "[stream-read-0][method]descriptor.read-directory")
uint32_t entries_read(handle stream, void *to, size_t count);
IMPORT(FILES, "[stream-drop-readable-0][method]descriptor.read-directory") void entries_drop(handle stream);

// An `ip-socket-address` is flattened to the number of its case and eleven more.
#define ADDRESS(port) 0, port, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0
#define ADDRESS_TYPES int32_t, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t
IMPORT(SOCKETS, "[static]tcp-socket.create") void tcp_create(int32_t family, outcome *result);
IMPORT(SOCKETS, "[resource-drop]tcp-socket") void tcp_drop(handle self);
IMPORT(SOCKETS, "[method]tcp-socket.bind")
void tcp_bind(handle self, int32_t family, ADDRESS_TYPES, outcome *result);
IMPORT(SOCKETS, "[method]tcp-socket.connect")
void tcp_connect(handle self, int32_t family, ADDRESS_TYPES, outcome *result);
IMPORT(SOCKETS, "[method]tcp-socket.listen") void tcp_listen(handle self, outcome *result);
IMPORT(SOCKETS, "[stream-read-0][method]tcp-socket.listen")
uint32_t sockets_read(handle stream, handle *to, size_t count);
IMPORT(SOCKETS, "[method]tcp-socket.send") handle tcp_send(handle self, handle stream);
IMPORT(SOCKETS, "[method]tcp-socket.receive") void tcp_receive(handle self, streaming *result);
IMPORT(SOCKETS, "[future-read-1][method]tcp-socket.receive")
uint32_t tcp_future_read(handle future, outcome *result);
IMPORT(SOCKETS, "[future-drop-readable-1][method]tcp-socket.receive") void tcp_future_drop(handle future);

// result<ip-socket-address, error-code>
typedef struct {
  uint8_t is_err;
  union {
    struct {
      uint8_t tag;
    } error;
    struct {
      uint8_t family, padding[3];
      uint16_t port;
      uint8_t address[4];
      uint32_t rest[6];
    } address;
  };
} address_outcome;
IMPORT(SOCKETS, "[method]tcp-socket.get-local-address")
void tcp_local_address(handle self, address_outcome *result);

// result<tuple<list<u8>, ip-socket-address>, error-code>
typedef struct {
  uint8_t is_err;
  union {
    struct {
      uint8_t tag;
    } error;
    struct {
      slice data;
      uint32_t from[8];
    } datagram;
  };
} datagram_outcome;
IMPORT(SOCKETS, "[static]udp-socket.create") void udp_create(int32_t family, outcome *result);
IMPORT(SOCKETS, "[resource-drop]udp-socket") void udp_drop(handle self);

IMPORT(SOCKETS, "[method]udp-socket.send")
void udp_send(handle self, const char *data, size_t length, int32_t has_address, int32_t family, ADDRESS_TYPES,
              outcome *result);
IMPORT(SOCKETS, "[method]udp-socket.receive") void udp_receive(handle self, datagram_outcome *result);
IMPORT(LOOKUP, "resolve-addresses") void resolve_addresses(const char *name, size_t length, outcome *result);

IMPORT("[export]$root", "[task-return]relay") void return_relay(uint32_t);
IMPORT("[export]$root", "[task-return]copy") void return_copy(uint64_t);
IMPORT("[export]$root", "[task-return]take") void return_take(const char *, size_t);
IMPORT("[export]$root", "[task-return]input-outcome") void return_input_outcome(uint32_t);
IMPORT("[export]$root", "[task-return]say") void return_say(uint32_t);
IMPORT("[export]$root", "[task-return]sleepers") void return_sleepers(uint32_t);
IMPORT("[export]$root", "[task-return]cancel-wait") void return_cancel_wait(uint32_t);
IMPORT("[export]$root", "[task-return]read-file") void return_read_file(int32_t, intptr_t, size_t);
IMPORT("[export]$root", "[task-return]write-file") void return_write_file(int32_t, int32_t);
IMPORT("[export]$root", "[task-return]list-directory") void return_list_directory(const char *, size_t);
IMPORT("[export]$root", "[task-return]listen") void return_listen(int32_t, int32_t);
IMPORT("[export]$root", "[task-return]echo") void return_echo(uint32_t);
IMPORT("[export]$root", "[task-return]ask") void return_ask(int32_t, intptr_t, size_t);
IMPORT("[export]$root", "[task-return]ask-datagram") void return_ask_datagram(int32_t, intptr_t, size_t);
IMPORT("[export]$root", "[task-return]look-up") void return_look_up(int32_t, intptr_t, size_t);

EXPORT("cabi_realloc") void *cabi_realloc(void *old, size_t old_size, size_t alignment, size_t new_size) {
  (void)old_size, (void)alignment;
  return realloc(old, new_size);
}

// A text that grows.
typedef struct {
  char *pointer;
  size_t length, capacity;
} text;

static void add(text *to, const char *from, size_t length) {
  if (to->length + length > to->capacity) {
    to->capacity = 2 * (to->length + length);
    to->pointer = realloc(to->pointer, to->capacity);
  }
  memcpy(to->pointer + to->length, from, length);
  to->length += length;
}

static uint32_t cli_outcome(handle future) {
  uint8_t result[2];
  cli_future_read(future, result);
  cli_future_drop(future);
  return result[0] ? result[1] + 1u : 0;
}

static uint32_t number_of(const outcome *result) { return result->is_err ? result->error.tag + 1u : 0; }

static uint32_t file_outcome(handle future) {
  outcome result;
  file_future_read(future, &result);
  file_future_drop(future);
  return number_of(&result);
}

static uint32_t tcp_outcome(handle future) {
  outcome result;
  tcp_future_read(future, &result);
  tcp_future_drop(future);
  return number_of(&result);
}

// Reads a stream of bytes to its end.
static text read_all(handle stream) {
  text all = {0};
  char buffer[4096];
  for (;;) {
    uint32_t read = bytes_read(stream, buffer, sizeof buffer);
    add(&all, buffer, read >> 4);
    if ((read & 15) == DROPPED) break;
  }
  bytes_drop_readable(stream);
  return all;
}

// Returns false when nobody reads any more.
static bool write_all(handle stream, const char *from, size_t length) {
  while (length > 0) {
    uint32_t wrote = bytes_write(stream, from, length);
    from += wrote >> 4;
    length -= wrote >> 4;
    if ((wrote & 15) == DROPPED) return length == 0;
  }
  return true;
}

static handle readable(uint64_t ends) { return (handle)ends; }
static handle writable(uint64_t ends) { return (handle)(ends >> 32); }

EXPORT("[async-lift-stackful]relay") void relay(void) {
  streaming input;
  stdin_read(&input);
  uint32_t output = cli_outcome(stdout_write(input.stream));
  uint32_t read = cli_outcome(input.future);
  return_relay(output ? output : read);
}

EXPORT("[async-lift-stackful]copy") void copy(void) {
  static char buffer[65536];
  streaming input;
  stdin_read(&input);
  uint64_t ends = bytes_new();
  handle done = stdout_write(readable(ends));
  uint64_t total = 0;
  for (;;) {
    uint32_t read = bytes_read(input.stream, buffer, sizeof buffer);
    if (!write_all(writable(ends), buffer, read >> 4)) break;
    total += read >> 4;
    if ((read & 15) == DROPPED) break;
  }
  bytes_drop_readable(input.stream);
  bytes_drop_writable(writable(ends));
  if (cli_outcome(done) || cli_outcome(input.future)) __builtin_trap();
  return_copy(total);
}

EXPORT("[async-lift-stackful]take") void take(uint32_t count) {
  char *buffer = malloc(count);
  streaming input;
  stdin_read(&input);
  uint32_t read = bytes_read(input.stream, buffer, count);
  bytes_drop_readable(input.stream);
  if (cli_outcome(input.future)) __builtin_trap();
  return_take(buffer, read >> 4);
}

EXPORT("[async-lift-stackful]input-outcome") void input_outcome(void) {
  streaming input;
  stdin_read(&input);
  free(read_all(input.stream).pointer);
  return_input_outcome(cli_outcome(input.future));
}

EXPORT("[async-lift-stackful]say") void say(const char *what, size_t length, uint32_t times) {
  uint64_t ends = bytes_new();
  handle done = stdout_write(readable(ends));
  while (times-- > 0 && write_all(writable(ends), what, length)) continue;
  bytes_drop_writable(writable(ends));
  return_say(cli_outcome(done));
}

EXPORT("[async-lift-stackful]sleepers") void sleepers(uint32_t count, uint64_t nanoseconds) {
  enum { RETURNED = 2 };
  handle set = set_new();
  uint32_t waiting = 0, ended = 0;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t started = start_wait(nanoseconds);
    if ((started & 15) == RETURNED) {
      ended++;
    } else {
      join((handle)(started >> 4), set);
      waiting++;
    }
  }
  while (waiting > 0) {
    int32_t payload[2];
    set_wait(set, payload);
    if (payload[1] != RETURNED) continue;
    subtask_drop(payload[0]);
    waiting--;
    ended++;
  }
  set_drop(set);
  return_sleepers(ended);
}

EXPORT("[async-lift-stackful]cancel-wait") void cancel_wait(uint64_t nanoseconds) {
  uint32_t started = start_wait(nanoseconds);
  uint32_t state = (uint32_t)subtask_cancel((handle)(started >> 4));
  subtask_drop((handle)(started >> 4));
  return_cancel_wait(state);
}

enum { FOLLOW = 1, CREATE = 1, READ = 1, WRITE = 2 };

// Opens a file of the first directory.
static outcome open_file(const char *path, size_t length, int32_t open_flags, int32_t flags) {
  struct {
    handle descriptor;
    slice path;
  } *directories;
  slice list;
  get_directories(&list);
  directories = (void *)list.pointer;
  outcome result = {.is_err = 1, .error = {.tag = 0}};
  if (list.length > 0)
    open_at(directories[0].descriptor, FOLLOW, path, length, open_flags, flags, &result);
  for (size_t i = 0; i < list.length; i++) descriptor_drop(directories[i].descriptor);
  return result;
}

EXPORT("[async-lift-stackful]read-file") void read_file(const char *path, size_t length, uint64_t offset) {
  outcome opened = open_file(path, length, 0, READ);
  if (opened.is_err) {
    return_read_file(1, (intptr_t)number_of(&opened), 0);
    return;
  }
  streaming content;
  file_read(opened.value, offset, &content);
  // The stream goes on without the descriptor.
  descriptor_drop(opened.value);
  text all = read_all(content.stream);
  uint32_t failed = file_outcome(content.future);
  if (failed)
    return_read_file(1, (intptr_t)failed, 0);
  else
    return_read_file(0, (intptr_t)all.pointer, all.length);
}

EXPORT("[async-lift-stackful]write-file")
void write_file(const char *path, size_t path_length, const char *what, size_t length, uint64_t offset,
                int32_t is_append) {
  outcome opened = open_file(path, path_length, CREATE, WRITE);
  if (opened.is_err) {
    return_write_file(1, (int32_t)number_of(&opened));
    return;
  }
  uint64_t ends = bytes_new();
  handle done = is_append ? file_append(opened.value, readable(ends))
                          : file_write(opened.value, readable(ends), offset);
  descriptor_drop(opened.value);
  write_all(writable(ends), what, length);
  bytes_drop_writable(writable(ends));
  uint32_t failed = file_outcome(done);
  return_write_file(failed != 0, (int32_t)failed);
}

EXPORT("[async-lift-stackful]list-directory") void list_directory(void) {
  struct {
    uint8_t type[16];
    slice name;
  } entries[16];
  outcome opened = open_file(".", 1, 0, READ);
  if (opened.is_err) __builtin_trap();
  streaming listing;
  read_directory(opened.value, &listing);
  descriptor_drop(opened.value);
  text names = {0};
  for (;;) {
    uint32_t read = entries_read(listing.stream, entries, 16);
    for (uint32_t i = 0; i < read >> 4; i++) {
      add(&names, entries[i].name.pointer, entries[i].name.length);
      add(&names, "\n", 1);
    }
    if ((read & 15) == DROPPED) break;
  }
  entries_drop(listing.stream);
  if (file_outcome(listing.future)) __builtin_trap();
  return_list_directory(names.pointer, names.length);
}

static handle connections;

// Returns the number of the error, or 0 and the port.
static uint32_t start_listening(uint16_t *port) {
  outcome result;
  tcp_create(0, &result);
  if (result.is_err) return number_of(&result);
  handle socket = result.value;
  tcp_bind(socket, ADDRESS(0), &result);
  if (!result.is_err) {
    tcp_listen(socket, &result);
    connections = result.value;
  }
  if (result.is_err) {
    tcp_drop(socket);
    return number_of(&result);
  }
  address_outcome local;
  tcp_local_address(socket, &local);
  *port = local.address.port;
  // The stream of connections keeps the socket open.
  tcp_drop(socket);
  return 0;
}

EXPORT("[async-lift-stackful]listen") void listen_on_any_port(void) {
  uint16_t port = 0;
  uint32_t failed = start_listening(&port);
  return_listen(failed != 0, failed ? (int32_t)failed : port);
}

EXPORT("[async-lift-stackful]echo") void echo(uint32_t count) {
  while (count-- > 0) {
    handle socket;
    if (sockets_read(connections, &socket, 1) >> 4 == 0) break;
    streaming received;
    tcp_receive(socket, &received);
    handle sent = tcp_send(socket, received.stream);
    tcp_drop(socket);
    uint32_t failed = tcp_outcome(sent);
    if (!failed) failed = tcp_outcome(received.future);
    if (failed) {
      return_echo(failed);
      return;
    }
  }
  return_echo(0);
}

EXPORT("[async-lift-stackful]ask") void ask(uint32_t port, const char *what, size_t length) {
  outcome result;
  tcp_create(0, &result);
  handle socket = result.value;
  if (!result.is_err) {
    tcp_connect(socket, ADDRESS((int32_t)port), &result);
    if (result.is_err) tcp_drop(socket);
  }
  if (result.is_err) {
    return_ask(1, (intptr_t)number_of(&result), 0);
    return;
  }
  uint64_t ends = bytes_new();
  handle sent = tcp_send(socket, readable(ends));
  streaming received;
  tcp_receive(socket, &received);
  tcp_drop(socket);
  write_all(writable(ends), what, length);
  bytes_drop_writable(writable(ends));
  uint32_t failed = tcp_outcome(sent);
  text answer = read_all(received.stream);
  if (!failed) failed = tcp_outcome(received.future);
  if (failed)
    return_ask(1, (intptr_t)failed, 0);
  else
    return_ask(0, (intptr_t)answer.pointer, answer.length);
}

EXPORT("[async-lift-stackful]ask-datagram") void ask_datagram(uint32_t port, const char *what, size_t length) {
  outcome result;
  udp_create(0, &result);
  if (result.is_err) {
    return_ask_datagram(1, (intptr_t)number_of(&result), 0);
    return;
  }
  handle socket = result.value;
  udp_send(socket, what, length, 1, ADDRESS((int32_t)port), &result);
  datagram_outcome answer = {.is_err = 1, .error = {.tag = result.error.tag}};
  if (!result.is_err) udp_receive(socket, &answer);
  udp_drop(socket);
  if (answer.is_err)
    return_ask_datagram(1, answer.error.tag + 1, 0);
  else
    return_ask_datagram(0, (intptr_t)answer.datagram.data.pointer, answer.datagram.data.length);
}

EXPORT("[async-lift-stackful]look-up") void look_up(const char *name, size_t length) {
  outcome result;
  resolve_addresses(name, length, &result);
  if (result.is_err)
    return_look_up(1, (intptr_t)number_of(&result), 0);
  else
    return_look_up(0, (intptr_t)result.list.pointer, 18);
}

EXPORT("[async-lift-stackful]crash") void crash(const char *path, size_t length) {
  static char buffer[16];
  uint16_t port;
  start_listening(&port);
  outcome opened = open_file(path, length, 0, READ);
  streaming content, input;
  file_read(opened.value, 0, &content);
  bytes_start_read(content.stream, buffer, 4);
  stdin_read(&input);
  bytes_start_read(input.stream, buffer + 4, 4);
  __builtin_trap();
}
