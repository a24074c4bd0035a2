import type { CommandOption } from '../commands/command-table.ts';

/** What a static module can do with its instances, if it is written for it. */
export const INSTANCE_OPTIONS: readonly CommandOption[] = [
  {
    flags: '--max-memory <size>',
    description: 'the most memory of an instance: 64MiB (default: no limit)',
  },
  {
    flags: '--fuel <operators>',
    description: 'the work that an instance may do, in operators of WebAssembly; the module exports Fuel',
  },
  { flags: '--trace', description: 'let instances have the option trace' },
];
