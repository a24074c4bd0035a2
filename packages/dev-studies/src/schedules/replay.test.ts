import { readFileSync } from 'node:fs';
import { compile } from '@wit-ts/runtime';
import { beforeAll, describe, expect, it } from 'vitest';
import { schedulesComponent } from './component.ts';
import type { LogEvent, ProgramLog } from './log.ts';
import { replay } from './replay.ts';

/** Programs that the runtime once ran otherwise than the specification, with what the specification does. */
const programs: readonly { readonly name: string; readonly log: ProgramLog }[] = JSON.parse(
  readFileSync(new URL('fixtures/programs.json', import.meta.url), 'utf8'),
);

let component: Awaited<ReturnType<typeof compile>>;

beforeAll(async () => {
  component = await compile(await schedulesComponent());
});

/** Without it, the guests of the programs cannot block. */
const suspends = 'Suspending' in WebAssembly;

describe.skipIf(!suspends)('the runtime', () => {
  it.each(programs)('does what the specification does: $name', async ({ log }) => {
    expect(await replay(component, log)).toBeUndefined();
  });
});

describe.skipIf(!suspends)('the comparison', () => {
  const { log } = programs[0]!;

  /** Returns the log with one part of the last event of a kind changed, and the index of the event. */
  function changed(kind: LogEvent[0], part: number, value: unknown): readonly [at: number, log: ProgramLog] {
    const at = log.findLastIndex((event) => event[0] === kind);
    const parts: readonly unknown[] = log[at]!;
    const event = parts.with(part, value) as unknown as LogEvent;
    return [at, log.with(at, event)];
  }

  it('finds another result of an operation', async () => {
    const [at, other] = changed('next', 2, 123_456);
    expect(await replay(component, other)).toMatchObject({ at });
  });

  it('finds another number of ready threads', async () => {
    const [at, other] = changed('tick', 1, 3);
    expect(await replay(component, other)).toMatchObject({ at });
  });

  it('finds that a component does not trap', async () => {
    const [, other] = changed('end', 0, 'trap');
    expect((await replay(component, other))?.message).toContain('the runtime does not trap');
  });

  it('finds that a call has not returned', async () => {
    const call = log.find((event) => event[0] === 'call')!;
    const others = log.filter((event) => event[0] !== 'resolved');
    const found = await replay(component, [...others, ['resolved', call[1], [5]]]);
    expect(found?.message).toContain('and not [5]');
  });
});
