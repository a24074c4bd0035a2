import type { CommandOption } from '../commands/command-table.ts';

/** The flags that grant something to a program, for all commands that run one. */
export const GRANT_OPTIONS: readonly CommandOption[] = [
  {
    flags: '--dir <host::guest>',
    description: 'a directory, and its path in the program; with :ro at the end for reading only; repeatable',
    isRepeatable: true,
  },
  {
    flags: '--env <name=value>',
    description: 'a variable; --env NAME takes its value from the environment; repeatable',
    isRepeatable: true,
  },
  { flags: '--inherit-env', description: 'all variables of the environment' },
  {
    flags: '--net <host:port>',
    description: 'an address to connect or send to: example.org:443, *:53; repeatable',
    isRepeatable: true,
    excludes: ['inheritNetwork'],
  },
  {
    flags: '--listen <host:port>',
    description: 'an address to listen on: 127.0.0.1:8080, localhost:*; repeatable',
    isRepeatable: true,
    excludes: ['inheritNetwork'],
  },
  {
    flags: '--http <origin>',
    description: 'an origin for outgoing requests: https://example.org; repeatable',
    isRepeatable: true,
    excludes: ['inheritNetwork'],
  },
  { flags: '--inherit-network', description: 'all addresses and origins' },
  {
    flags: '--deny <names>',
    description: 'what is granted by default: stdin, stdout, stderr, clocks, random, exit',
    isList: true,
  },
  { flags: '--seed <number>', description: 'the same random bytes in every run' },
  {
    flags: '--trace',
    description:
      'print each call of WASI on standard error: arguments, result, time, and the grant that allowed it or is missing',
  },
];
