// Prints its arguments, without the name of the program, and two variables of its environment.

#include <stdio.h>
#include <stdlib.h>

static void variable(const char *name) {
  const char *value = getenv(name);
  if (value == NULL)
    printf("%s is not set\n", name);
  else
    printf("%s=%s\n", name, value);
}

int main(int argc, char **argv) {
  for (int i = 1; i < argc; i++)
    printf("%d: %s\n", i, argv[i]);
  variable("GREETING");
  variable("PATH");
  return 0;
}
