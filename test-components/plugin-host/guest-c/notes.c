// Keeps notes in its directory: appends the text as a line to `/notes.txt`, and returns all lines.

#include <errno.h>
#include <stdio.h>

#include "abi.h"

static char *read_all(FILE *file) {
  if (fseek(file, 0, SEEK_END) != 0)
    return NULL;
  long size = ftell(file);
  if (size < 0)
    return NULL;
  rewind(file);
  char *text = malloc((size_t)size + 1);
  if (text == NULL)
    return NULL;
  text[fread(text, 1, (size_t)size, file)] = '\0';
  return text;
}

static struct answer call(const char *text) {
  FILE *file = fopen("/notes.txt", "a+");
  if (file == NULL)
    return answer(true, strdup(strerror(errno)));
  if (text[0] != '\0')
    fprintf(file, "%s\n", text);
  char *notes = read_all(file);
  if (fclose(file) != 0 || notes == NULL) {
    free(notes);
    return answer(true, strdup(strerror(errno)));
  }
  return answer(false, notes);
}
