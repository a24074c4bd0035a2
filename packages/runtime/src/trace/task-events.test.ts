import { beforeAll, describe, expect, it, vi } from 'vitest';
import { built } from '../fixtures/components.ts';
import { compile, type Component, type Imports, instantiate, type TraceEvent, Trap } from '../index.ts';

interface Options {
  readonly signal?: AbortSignal;
}

interface Builtins {
  setNew(): number;
  prepare(set: number, action: number): void;
  work(n: number, options?: Options): Promise<number>;
  ask(n: number, at: number): number;
  askSync(n: number): Promise<number>;
  bytesNew(): bigint;
  takeBytes(data: unknown): number;
  bytesRead(end: number, at: number, count: number): number;
  bytesDropWritable(end: number): void;
  join(waitable: number, set: number): void;
  subtaskCancel(subtask: number): number;
}

interface Guest {
  readonly a: Builtins;
  readonly b: Builtins;
}

const WAIT = 0;
const RETURN = 1;
const CANCEL = 2;

/** Prints an event on one line, with the number of its call or task. */
function line(event: TraceEvent): string {
  const start = `${'  '.repeat(event.depth)}`;
  if (event.tag !== 'task') {
    const place = `${event.boundary} ${event.instance.replace('the component › ', '')}.${event.name} #${event.call}`;
    if (event.tag === 'call') return `${start}> ${place} (${event.args.map(String).join(', ')})`;
    return event.tag === 'return'
      ? `${start}< ${place} = ${String(event.value)}`
      : `${start}! ${place}: ${String(event.error)}`;
  }
  const about = `${start}task ${event.task} (${event.name}${event.call === undefined ? '' : ` #${event.call}`})`;
  switch (event.happened) {
    case 'waiting':
      return `${about} waits for ${event.waitsFor}`;
    case 'resumed':
      return `${about} resumed${event.isCancelled ? ' to cancel' : ''}`;
    case 'failed':
      return `${about} failed: ${event.error.message}`;
    default:
      return `${about} ${event.happened}`;
  }
}

class Thing {
  readonly name = 'thing';
}

function imports(ask: (n: number) => unknown): Imports {
  const unused = { tomorrow: nothing, dayAfter: nothing, source: nothing, pair: nothing, choose: nothing };
  return { Thing, ask, sink: nothing, ...unused };
}

function nothing(): void {
  // No test calls it.
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

async function traced(
  component: Component,
  ask: (n: number) => unknown = (n) => n,
): Promise<{ readonly guest: Guest; readonly lines: string[] }> {
  const lines: string[] = [];
  const guest = await instantiate<Guest>(component, imports(ask), {
    trace: (event) => lines.push(line(event)),
  });
  return { guest, lines };
}

/** Lets `work` wait for the end of a stream, and returns a function that ends it. */
function waiting(of: Builtins): () => void {
  const set = of.setNew();
  const ends = of.bytesNew();
  const readable = Number(ends & 0xffff_ffffn);
  of.bytesRead(readable, 64, 1);
  of.join(readable, set);
  of.prepare(set, WAIT);
  return () => {
    of.prepare(set, RETURN);
    of.bytesDropWritable(Number(ends >> 32n));
  };
}

/** Calls what waits for events, for other components and for the host. @throws what a call rejects with */
async function scenario(guest: Guest): Promise<void> {
  const end = waiting(guest.b);
  const calls = Promise.allSettled([guest.a.askSync(2), guest.b.askSync(3)]);
  end();
  const settled = await calls;
  for (const each of settled) if (each.status === 'rejected') throw each.reason;
}

describe.each(['compile', 'reference'] as const)('a trace of tasks (%s)', (engine) => {
  let component: Component;
  beforeAll(async () => {
    component = await compile(await built('async-faults'), { engine });
  });

  it('follows a call from its start over its waiting to its result', async () => {
    const { guest, lines } = await traced(component);
    const first = waiting(guest.b);
    const one = guest.b.work(1);
    const second = waiting(guest.b);
    const two = guest.b.work(2);
    second();
    first();
    expect(await Promise.all([one, two])).toEqual([42, 42]);
    expect(lines.filter((each) => /work/u.test(each))).toEqual([
      '> export b.b#work #6 (1)',
      '  task 1 (b#work #6) started',
      '  task 1 (b#work #6) waits for an event of the readable end of a stream',
      '> export b.b#work #12 (2)',
      '  task 2 (b#work #12) started',
      '  task 2 (b#work #12) waits for an event of the readable end of a stream',
      'task 2 (b#work #12) resumed',
      'task 2 (b#work #12) returned',
      'task 1 (b#work #6) resumed',
      'task 1 (b#work #6) returned',
      '< export b.b#work #12 = 42',
      '< export b.b#work #6 = 42',
    ]);
  });

  it('reports the value of a promise that the host returns when it settles', async () => {
    const { guest, lines } = await traced(component, async (n) => n + 1);
    expect(await guest.b.askSync(1)).toBe(2);
    expect(lines).toEqual([
      '> export b.b#ask-sync #1 (1)',
      '  task 1 (b#ask-sync #1) started',
      '  > import b.ask #2 (1)',
      '  task 1 (b#ask-sync #1) waits for the result of `ask`',
      '  < import b.ask #2 = 2',
      'task 1 (b#ask-sync #1) resumed',
      'task 1 (b#ask-sync #1) returned',
      '< export b.b#ask-sync #1 = 2',
    ]);
  });

  it('reports a call inside when its task returns, and not when it is started', async () => {
    const { guest, lines } = await traced(component);
    const end = waiting(guest.b);
    lines.length = 0;
    expect(guest.a.ask(5, 64) & 15).toBe(1);
    end();
    await nextTurn();
    expect(lines.filter((each) => /work|ask/u.test(each))).toEqual([
      '> export a.a#ask #6 (5, 64)',
      '  > inside b.work #7 (5)',
      '    task 1 (work #7) started',
      '    task 1 (work #7) waits for an event of the readable end of a stream',
      '< export a.a#ask #6 = 17',
      'task 1 (work #7) resumed',
      '  < inside b.work #7 = 42',
      'task 1 (work #7) returned',
    ]);
  });

  it('reports a call inside for which the caller waits on a suspended stack', async () => {
    const { guest, lines } = await traced(component);
    const end = waiting(guest.b);
    const call = guest.a.askSync(5);
    end();
    expect(await call).toBe(42);
    expect(lines.filter((each) => /work|ask/u.test(each))).toEqual([
      '> export a.a#ask-sync #6 (5)',
      '  task 1 (a#ask-sync #6) started',
      '  > inside b.work #7 (5)',
      '    task 2 (work #7) started',
      '    task 2 (work #7) waits for an event of the readable end of a stream',
      '  task 1 (a#ask-sync #6) waits for the result of `work`',
      'task 2 (work #7) resumed',
      '  < inside b.work #7 = 42',
      'task 2 (work #7) returned',
      'task 1 (a#ask-sync #6) resumed',
      'task 1 (a#ask-sync #6) returned',
      '< export a.a#ask-sync #6 = 42',
    ]);
  });

  it('reports that a call is told to cancel, and that it is cancelled', async () => {
    const { guest, lines } = await traced(component);
    waiting(guest.b);
    const controller = new AbortController();
    const call = guest.b.work(1, { signal: controller.signal });
    guest.b.prepare(0, CANCEL);
    lines.length = 0;
    controller.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
    expect(lines).toEqual([
      'task 1 (b#work #6) told-to-cancel',
      'task 1 (b#work #6) resumed to cancel',
      'task 1 (b#work #6) cancelled',
      '! export b.b#work #6: Error: enough',
    ]);
  });

  it('names the task that trapped, and ends the calls that waited', async () => {
    const { guest, lines } = await traced(component);
    waiting(guest.b);
    const other = guest.b.work(1);
    const end = waiting(guest.b);
    expect(guest.a.ask(2, 64) & 15).toBe(1);
    end();
    guest.b.prepare(0, CANCEL);
    lines.length = 0;
    const why =
      '`task.cancel` was called by a task that was not told to cancel (running `task.cancel` of the component › b)';
    await expect(other).rejects.toThrow(Trap);
    expect(lines).toEqual([
      'task 2 (work #13) resumed',
      `task 2 (work #13) failed: ${why}`,
      `  ! inside b.work #13: Trap: ${why}`,
      `! export b.b#work #6: Trap: ${why}`,
    ]);
  });

  it('ends the component if it throws, at whatever event, and leaves no call unsettled', async () => {
    const events = await traced(component, (n) => n);
    await scenario(events.guest);
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    for (let at = 1; at <= events.lines.length; at += 1) {
      let seen = 0;
      const trace = (): void => {
        seen += 1;
        if (seen === at) throw new RangeError('full');
      };
      const guest = await instantiate<Guest>(
        component,
        imports((n) => n),
        { trace, onError: nothing },
      );
      await expect(scenario(guest), `event ${at}: ${events.lines[at - 1] ?? ''}`).rejects.toThrow('full');
    }
    await nextTurn();
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});
