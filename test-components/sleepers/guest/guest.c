// A hundred naps at once. `run` is one task that waits for a hundred calls of the host; every call of `nap` is a task
// with one call of the host, and a host may have a hundred of them. No thread and no stack waits: between two events
// the component does not run.

#include <stdlib.h>

#include "abi.h"

#define NAPS 100
#define MILLISECOND 1000000ull

// ---------------------------------------------------------------------------------------------------------------- nap

struct nap {
  uint32_t set;
  uint32_t milliseconds;
};

EXPORT("[async-lift]nap") uint32_t nap(uint32_t milliseconds) {
  uint32_t status = clock_wait_for(milliseconds * MILLISECOND);
  if (SUBTASK_STATE(status) == RETURNED) {
    nap_return(milliseconds);
    return EXIT;
  }
  struct nap *state = malloc(sizeof *state);
  if (state == NULL)
    abort();
  state->set = waitable_set_new();
  state->milliseconds = milliseconds;
  waitable_join(SUBTASK_HANDLE(status), state->set);
  context_set(state);
  return WAIT(state->set);
}

EXPORT("[callback][async-lift]nap") uint32_t nap_event(uint32_t event, uint32_t subtask, uint32_t subtask_state) {
  struct nap *state = context_get();
  // A subtask also reports that it has started.
  if (event != EVENT_SUBTASK || subtask_state != RETURNED)
    return WAIT(state->set);
  subtask_drop(subtask);
  waitable_set_drop(state->set);
  nap_return(state->milliseconds);
  free(state);
  return EXIT;
}

// ---------------------------------------------------------------------------------------------------------------- run

static struct {
  uint32_t set;
  uint32_t pending;
  uint32_t most;
  uint32_t total;
  uint64_t started;
  uint32_t output;
  char text[128];
  uint32_t length;
  uint32_t written;
} run_state;

static void say(const char *text) {
  while (*text != '\0')
    run_state.text[run_state.length++] = *text++;
}

static void say_number(uint64_t number) {
  char digits[20];
  int count = 0;
  do {
    digits[count++] = (char)('0' + number % 10);
    number /= 10;
  } while (number > 0);
  while (count > 0)
    run_state.text[run_state.length++] = digits[--count];
}

// The reader has dropped its end when the low bits of a count are not 0: the rest cannot be written.
static int accept_written(uint32_t count) {
  run_state.written += count >> 4;
  return (count & 15u) == 0;
}

static uint32_t end_run(void) {
  bytes_drop_writable(run_state.output);
  waitable_set_drop(run_state.set);
  run_return(run_state.written < run_state.length);
  return EXIT;
}

// Writes what is left of the text. Returns what the callback has to return.
static uint32_t write_output(void) {
  while (run_state.written < run_state.length) {
    uint32_t count =
        bytes_write(run_state.output, run_state.text + run_state.written, run_state.length - run_state.written);
    if (count == BLOCKED) {
      waitable_join(run_state.output, run_state.set);
      return WAIT(run_state.set);
    }
    if (!accept_written(count))
      break;
  }
  return end_run();
}

static uint32_t report(void) {
  say_number(NAPS);
  say(" naps, ");
  say_number(run_state.most);
  say(" at once; ");
  say_number(run_state.total);
  say(" ms one after another, ");
  say_number((clock_now() - run_state.started) / MILLISECOND);
  say(" ms together\n");
  uint64_t ends = bytes_new();
  run_state.output = (uint32_t)(ends >> 32);
  written_drop_readable(stdout_write_via_stream((uint32_t)ends));
  return write_output();
}

EXPORT("[async-lift]" RUN "#run") uint32_t run(void) {
  run_state.started = clock_now();
  run_state.set = waitable_set_new();
  for (uint32_t i = 0; i < NAPS; i++) {
    // 37 and 100 have no common divisor: the naps are 1 to 100 ms, each once, in no order.
    uint32_t milliseconds = 1 + i * 37 % NAPS;
    uint32_t status = clock_wait_for(milliseconds * MILLISECOND);
    run_state.total += milliseconds;
    if (SUBTASK_STATE(status) == RETURNED)
      continue;
    waitable_join(SUBTASK_HANDLE(status), run_state.set);
    run_state.pending++;
    if (run_state.pending > run_state.most)
      run_state.most = run_state.pending;
  }
  return run_state.pending == 0 ? report() : WAIT(run_state.set);
}

EXPORT("[callback][async-lift]" RUN "#run") uint32_t run_event(uint32_t event, uint32_t handle, uint32_t result) {
  if (event == EVENT_STREAM_WRITE) {
    waitable_join(run_state.output, 0);
    return accept_written(result) ? write_output() : end_run();
  }
  if (event != EVENT_SUBTASK || result != RETURNED)
    return WAIT(run_state.set);
  subtask_drop(handle);
  return --run_state.pending > 0 ? WAIT(run_state.set) : report();
}
