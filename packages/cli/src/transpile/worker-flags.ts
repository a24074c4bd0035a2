import type { CommandOption } from '../commands/command-table.ts';
import { GRANT_OPTIONS } from '../grants/grant-options.ts';

/** The flags of `run` and `serve` that grant what a worker can have: it has no sockets and no standard input. */
const GRANTS = new Set(['--dir', '--env', '--inherit-env', '--http', '--deny', '--seed']);

/** Those that mean something else here: a worker has copies of files, and its environment is its bindings. */
const DESCRIPTIONS: ReadonlyMap<string, string> = new Map([
  [
    '--dir',
    'the files of a directory, which become a part of it, and their path: ./pages::/pages:ro; repeatable',
  ],
  ['--env', 'a variable; --env NAME takes its value from the binding NAME; repeatable'],
  ['--inherit-env', 'all bindings that are text, as variables'],
]);

/** The flags of `transpile` for workers. */
export const WORKER_OPTIONS: readonly CommandOption[] = [
  {
    flags: '--no-worker',
    description: 'for workerd: write a module, also of a component that handles requests',
  },
  {
    flags: '--grants <file>',
    description: 'for a worker: what it may use, as JSON (docs/serving.md), in place of the defaults',
  },
  ...GRANT_OPTIONS.filter(({ flags }) => GRANTS.has(flags.split(' ', 1)[0]!)).map((option) => ({
    ...option,
    description: `for a worker: ${DESCRIPTIONS.get(option.flags.split(' ', 1)[0]!) ?? option.description}`,
  })),
];
