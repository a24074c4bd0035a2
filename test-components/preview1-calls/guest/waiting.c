// Clocks, waiting, random bytes and sockets.
#include "report.h"

static __wasi_subscription_t clock_of(__wasi_userdata_t userdata, __wasi_clockid_t id, __wasi_timestamp_t timeout,
                                      __wasi_subclockflags_t flags) {
  __wasi_subscription_t subscription = {.userdata = userdata};
  subscription.u.tag = __WASI_EVENTTYPE_CLOCK;
  subscription.u.u.clock.id = id;
  subscription.u.u.clock.timeout = timeout;
  subscription.u.u.clock.flags = flags;
  return subscription;
}

static __wasi_subscription_t descriptor_of(__wasi_userdata_t userdata, __wasi_eventtype_t type, __wasi_fd_t fd) {
  __wasi_subscription_t subscription = {.userdata = userdata};
  subscription.u.tag = type;
  subscription.u.u.fd_read.file_descriptor = fd;
  return subscription;
}

static void poll(const char *what, __wasi_subscription_t *subscriptions, size_t count) {
  __wasi_event_t events[4] = {0};
  __wasi_size_t ready = 77;
  printf("poll %s: %d\n", what, __wasi_poll_oneoff(subscriptions, events, count, &ready));
  if (ready > 4) return;
  for (uint32_t i = 0; i < ready; i++) {
    printf("  event %lld, error %d, type %d", (long long)events[i].userdata, events[i].error, events[i].type);
    if (events[i].type == __WASI_EVENTTYPE_FD_READ)
      printf(", %lld bytes, flags %d", (long long)events[i].fd_readwrite.nbytes, events[i].fd_readwrite.flags);
    printf("\n");
  }
}

static void clocks(void) {
  __wasi_timestamp_t before = 0, after = 0, resolution = 0;
  for (__wasi_clockid_t id = 0; id < 2; id++) {
    REPORT(__wasi_clock_res_get(id, &resolution));
    NUMBER(resolution > 0);
    REPORT(__wasi_clock_time_get(id, 1, &before));
    __wasi_subscription_t sleep = clock_of(5, id, 2000000, 0);
    poll("relative clock", &sleep, 1);
    REPORT(__wasi_clock_time_get(id, 1, &after));
    NUMBER(after - before >= 1000000);
    sleep = clock_of(6, id, after + 2000000, __WASI_SUBCLOCKFLAGS_SUBSCRIPTION_CLOCK_ABSTIME);
    poll("absolute clock", &sleep, 1);
    REPORT(__wasi_clock_time_get(id, 1, &before));
    NUMBER(before - after >= 1000000);
    sleep = clock_of(7, id, 1, __WASI_SUBCLOCKFLAGS_SUBSCRIPTION_CLOCK_ABSTIME);
    poll("absolute clock in the past", &sleep, 1);
  }
}

void waiting(void) {
  __wasi_fd_t fd;
  uint8_t random[2][40] = {{0}};
  clocks();
  REPORT(open_file("polled", __WASI_OFLAGS_CREAT, READ_WRITE, 0, &fd));
  __wasi_subscription_t sleep = clock_of(1, __WASI_CLOCKID_MONOTONIC, 60000000000, 0);
  __wasi_subscription_t ready[] = {sleep, descriptor_of(2, __WASI_EVENTTYPE_FD_READ, fd),
                                   descriptor_of(3, __WASI_EVENTTYPE_FD_WRITE, fd)};
  poll("file", ready, 3);
  __wasi_subscription_t bad[] = {sleep, descriptor_of(4, __WASI_EVENTTYPE_FD_READ, 99)};
  poll("bad descriptor", bad, 2);
  poll("nothing", bad, 0);
  REPORT(__wasi_fd_close(fd));
  REPORT(__wasi_path_unlink_file(DIR, "polled"));
  REPORT(__wasi_random_get(random[0], 40));
  REPORT(__wasi_random_get(random[1], 40));
  NUMBER(memcmp(random[0], random[1], 40) != 0);
  REPORT(__wasi_random_get(random[0], 0));
  REPORT(__wasi_sched_yield());
}
