// The Canonical ABI of the world, written by hand: asynchronous exports with callbacks, and the built-ins they need.

#include <stdint.h>

#define IMPORT(module, name) __attribute__((import_module(module), import_name(name))) extern
#define EXPORT(name) __attribute__((export_name(name)))

// What a callback returns: the task has ended, or it waits for an event of a waitable set.
#define EXIT 0u
#define WAIT(set) (2u | (set) << 4)

// The events that a callback of this component receives.
enum event { EVENT_SUBTASK = 1, EVENT_STREAM_WRITE = 3 };

// The low four bits of what starts a subtask. The other bits are its handle, if it has not returned yet.
#define SUBTASK_STATE(status) ((status)&15u)
#define SUBTASK_HANDLE(status) ((status) >> 4)
#define RETURNED 2u

// What a read or a write gives that has to wait.
#define BLOCKED UINT32_MAX

#define CLOCK "wasi:clocks/monotonic-clock@0.3.0"
#define STDOUT "wasi:cli/stdout@0.3.0"
#define RUN "wasi:cli/run@0.3.0"

IMPORT("$root", "[waitable-set-new]") uint32_t waitable_set_new(void);
IMPORT("$root", "[waitable-set-drop]") void waitable_set_drop(uint32_t set);
IMPORT("$root", "[waitable-join]") void waitable_join(uint32_t waitable, uint32_t set);
IMPORT("$root", "[subtask-drop]") void subtask_drop(uint32_t subtask);
IMPORT("$root", "[context-get-0]") void *context_get(void);
IMPORT("$root", "[context-set-0]") void context_set(void *state);

IMPORT(CLOCK, "now") uint64_t clock_now(void);
IMPORT(CLOCK, "[async-lower]wait-for") uint32_t clock_wait_for(uint64_t nanoseconds);

// The readable end is in the low half, the writable end in the high half.
IMPORT(STDOUT, "[stream-new-0]write-via-stream") uint64_t bytes_new(void);
IMPORT(STDOUT, "[async-lower][stream-write-0]write-via-stream")
uint32_t bytes_write(uint32_t writable, const char *from, uint32_t length);
IMPORT(STDOUT, "[stream-drop-writable-0]write-via-stream") void bytes_drop_writable(uint32_t writable);
IMPORT(STDOUT, "[future-drop-readable-1]write-via-stream") void written_drop_readable(uint32_t future);
IMPORT(STDOUT, "write-via-stream") uint32_t stdout_write_via_stream(uint32_t readable);

IMPORT("[export]" RUN, "[task-return]run") void run_return(uint32_t is_error);
IMPORT("[export]$root", "[task-return]nap") void nap_return(uint32_t milliseconds);
