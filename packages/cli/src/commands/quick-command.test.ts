import type { Command } from 'commander';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { processIo } from '../io.ts';
import { programOf } from '../program.ts';
import { COMMANDS } from './command-table.ts';
import { quickCommand } from './quick-command.ts';

interface Parsed {
  readonly name: string;
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** What commander reads in a command line; undefined when it refuses it. */
function parsedByCommander(argv: readonly string[]): Parsed | undefined {
  const program = programOf(processIo(), () => undefined);
  let parsed: Parsed | undefined;
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
    if (command !== program)
      command.action(function (this: Command) {
        parsed = { name: this.name(), args: this.args, options: this.opts() };
      });
  }
  try {
    program.parse([...argv], { from: 'user' });
    return parsed;
  } catch {
    return undefined;
  }
}

function parsedQuickly(argv: readonly string[]): Parsed | undefined {
  const quick = quickCommand(argv);
  return quick && { name: quick.entry.name, args: quick.args, options: quick.options };
}

const WORDS = COMMANDS.flatMap(({ options = [] }) =>
  options.flatMap(({ flags }) => flags.split(/[ ,]+/u).filter((each) => each.startsWith('-'))),
);

const argument = fc.oneof(
  fc.constantFrom(
    ...WORDS,
    '--json',
    '--lines',
    '--color',
    '--no-color',
    '-q',
    '-w',
    '--features',
    '--',
    '-',
  ),
  fc.constantFrom(
    'a',
    'a,b',
    '',
    '-5',
    '--unknown',
    '--no-json',
    '-h',
    '--help',
    '-qa',
    '--timeout=5',
    '--json=x',
    '--dir=',
  ),
  fc.constantFrom('--world=x', '--dir=a::/b', '-wx', '-w=x', '--tim', 'x'),
);
const commandLines = fc.tuple(
  fc.constantFrom(...COMMANDS.map(({ name }) => name)),
  fc.array(argument, { maxLength: 6 }),
);

describe('a command line that is read without commander', () => {
  it('is what commander reads, whenever it is read', () => {
    let read = 0;
    fc.assert(
      fc.property(commandLines, ([name, rest]) => {
        const quick = parsedQuickly([name, ...rest]);
        if (quick === undefined) return;
        read += 1;
        expect(quick).toEqual(parsedByCommander([name, ...rest]));
      }),
      { numRuns: 2000 },
    );
    expect(read).toBeGreaterThan(50);
  });

  it.each([
    'run app.wasm',
    'run app.wasm --dir ./data::/data:ro --env LANG --env A=b --timeout 5 x y -- --verbose -1',
    'run --deny stdin,stdout --seed=7 app.wasm --trace --no-color',
    'serve app.wasm --addr 127.0.0.1:0 --watch',
    'gen wit -w a -w b --features x,y --all-features -o -',
    'check app.wasm --wit world.wit --json',
    'fmt',
    'fmt a b - --check',
  ])('is %s', (line) => {
    const argv = line.replace(' -o -', ' -o out').split(' ');
    const quick = parsedQuickly(argv);
    expect(quick).toBeDefined();
    expect(quick).toEqual(parsedByCommander(argv));
  });

  it.each([
    '',
    'run',
    'run --help',
    'run a --unknown',
    'run a --dir',
    'run a -qh',
    'validate a b',
    'frobnicate a',
    'run a --timeout 5 --invoke f()',
    'run a --json --lines',
  ])('is not %s', (line) => {
    expect(quickCommand(line.split(' '))).toBeUndefined();
  });
});
