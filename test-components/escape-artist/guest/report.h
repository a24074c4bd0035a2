// Collects what the functions gave for one path, and prints it by results.
#pragma once
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { MOST_CALLS = 40, MOST_TEXT = 80 };

static struct {
  const char *call;
  char outcome[MOST_TEXT];
} calls[MOST_CALLS];
static int count = 0;

static const struct {
  int number;
  const char *name;
} errors[] = {
    {EACCES, "EACCES"},       {EBADF, "EBADF"},     {EBUSY, "EBUSY"},           {EEXIST, "EEXIST"},
    {EILSEQ, "EILSEQ"},       {EINVAL, "EINVAL"},   {EIO, "EIO"},               {EISDIR, "EISDIR"},
    {ELOOP, "ELOOP"},         {ENOENT, "ENOENT"},   {ENAMETOOLONG, "ENAMETOOLONG"},
    {ENOTCAPABLE, "ENOTCAPABLE"}, {ENOTDIR, "ENOTDIR"}, {ENOTEMPTY, "ENOTEMPTY"}, {EPERM, "EPERM"},
    {EROFS, "EROFS"},
};

static inline void report(const char *call, const char *outcome) {
  if (count == MOST_CALLS) return;
  calls[count].call = call;
  snprintf(calls[count].outcome, MOST_TEXT, "%s", outcome);
  count++;
}

static inline void failed(const char *call) {
  for (size_t each = 0; each < sizeof errors / sizeof *errors; each++)
    if (errors[each].number == errno) return report(call, errors[each].name);
  char number[20];
  snprintf(number, sizeof number, "error %d", errno);
  report(call, number);
}

static inline void fine(const char *call) { report(call, "succeeds"); }

// What a function has found, which must not be what lies outside.
static inline void found(const char *call, const char *text, size_t length) {
  char quoted[MOST_TEXT];
  snprintf(quoted, sizeof quoted, "finds \"%.*s\"", (int)(length < 60 ? length : 60), text);
  report(call, quoted);
}

static inline bool result(const char *call, int returned) {
  if (returned == -1) failed(call);
  else fine(call);
  return returned != -1;
}

// Prints each outcome once, with all functions that had it.
static inline void print_results(const char *path) {
  printf("%.40s\n", path);
  for (int first = 0; first < count; first++) {
    if (calls[first].call == NULL) continue;
    printf("  %s:", calls[first].outcome);
    for (int other = first; other < count; other++) {
      if (calls[other].call == NULL || strcmp(calls[other].outcome, calls[first].outcome) != 0) continue;
      printf("%s %s", other == first ? "" : ",", calls[other].call);
      if (other != first) calls[other].call = NULL;
    }
    printf("\n");
  }
  count = 0;
}
