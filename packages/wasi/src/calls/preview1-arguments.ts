import type { CallContext } from '../preview1/call-context.ts';
import { SIZE } from '../preview1/structures.ts';
import { PREVIEW1_CASES, PREVIEW1_FLAGS, type Preview1Parameter, SIGNATURES } from './preview1-signatures.ts';
import { type ShownValue, ValueView } from './shown-value.ts';

/** Lists are read to here only. */
const MOST_BUFFERS = 1024;
const MOST_SUBSCRIPTIONS = 4;

/** What a call of preview 1 was given, read from the memory of the program. Nothing of it is trusted. */
export class Preview1Arguments {
  readonly #name: string;
  readonly #args: readonly unknown[];
  readonly #context: CallContext;
  readonly #nameOf: (fd: number) => string | undefined;
  readonly #view = new ValueView();
  /** The texts as they are. */
  readonly texts: Partial<Record<string, string>> = Object.create(null);
  /** Whether a call of `poll_oneoff` waits for a clock. */
  waitsForClock = false;

  /** @param nameOf says what a descriptor is */
  constructor(
    name: string,
    args: readonly unknown[],
    context: CallContext,
    nameOf: (fd: number) => string | undefined,
  ) {
    this.#name = name;
    this.#args = args;
    this.#context = context;
    this.#nameOf = nameOf;
  }

  /** Returns the arguments that are not results. */
  shown(): Readonly<Record<string, ShownValue>> {
    const entries: (readonly [string, ShownValue])[] = [];
    this.#walk((name, parameter, at) => {
      if (!parameter.startsWith('>')) entries.push([name, this.#read(name, parameter, at)]);
    });
    return Object.fromEntries(entries);
  }

  /** Returns what the call has written; undefined if that is nothing short. */
  results(): ShownValue | undefined {
    const entries: (readonly [string, ShownValue])[] = [];
    this.#walk((name, parameter, at) => {
      if (!parameter.startsWith('>') || parameter === '>skip') return;
      const { memory } = this.#context;
      const pointer = this.#number(at);
      const read = (): ShownValue =>
        this.#view.show(parameter === '>u64' ? memory.u64(pointer) : memory.u32(pointer));
      entries.push([name, orNothing(read)]);
    });
    const [first] = entries;
    return first?.[0] === '' ? first[1] : entries.length === 0 ? undefined : Object.fromEntries(entries);
  }

  #walk(each: (name: string, parameter: Preview1Parameter, at: number) => void): void {
    let at = 0;
    for (const [name, parameter] of SIGNATURES.get(this.#name) ?? []) {
      each(name, parameter, at);
      at += widthOf(parameter);
    }
  }

  #read(name: string, parameter: Preview1Parameter, at: number): ShownValue {
    const number = this.#number(at);
    switch (parameter) {
      case 'fd':
        return this.#descriptor(number >>> 0);
      case 'text':
        return orNothing(() => {
          this.texts[name] = this.#context.memory.text(number, this.#number(at + 1));
          return this.#view.show(this.texts[name]);
        });
      case 'buffer':
        return { bytes: this.#number(at + 1) >>> 0 };
      case 'iovs':
        return orNothing(() => ({ bytes: this.#bytesOf(number, this.#number(at + 1) >>> 0) }));
      case 'subscriptions':
        return orNothing(() => this.#subscriptions(number, this.#number(at + 2) >>> 0));
      case 'u64':
        return this.#view.show(BigInt.asUintN(64, this.#bigint(at)));
      case 's64':
        return this.#view.show(this.#bigint(at));
      case 'rights':
        return `0x${BigInt.asUintN(64, this.#bigint(at)).toString(16)}`;
      case 'clock':
      case 'whence':
      case 'advice':
        return PREVIEW1_CASES[parameter]?.[number >>> 0] ?? number >>> 0;
      case 'lookupflags':
      case 'oflags':
      case 'fdflags':
      case 'fstflags':
      case 'sdflags':
        return flagsOf(PREVIEW1_FLAGS[parameter] ?? [], number >>> 0);
      default:
        return number >>> 0;
    }
  }

  #descriptor(fd: number): ShownValue {
    const text = this.#nameOf(fd);
    return text === undefined ? fd : { resource: this.#view.show(`${fd} ${text}`) };
  }

  #bytesOf(list: number, count: number): number {
    const { memory } = this.#context;
    let sum = 0;
    for (let index = 0; index < Math.min(count, MOST_BUFFERS); index++)
      sum += memory.u32(list + index * SIZE.iovec + 4);
    return sum;
  }

  #subscriptions(list: number, count: number): ShownValue {
    const { memory } = this.#context;
    const shown = Array.from({ length: Math.min(count, MOST_SUBSCRIPTIONS) }, (_, index): ShownValue => {
      const pointer = list + index * SIZE.subscription;
      const type = memory.u8(pointer + 8);
      if (type !== 0)
        return { tag: type === 1 ? 'fd_read' : 'fd_write', val: this.#descriptor(memory.u32(pointer + 16)) };
      this.waitsForClock = true;
      const timeout = this.#view.show(memory.u64(pointer + 24));
      return {
        tag: 'clock',
        val: { id: PREVIEW1_CASES['clock']?.[memory.u32(pointer + 16)] ?? 'unknown', timeout },
      };
    });
    return count > MOST_SUBSCRIPTIONS ? [...shown, `… ${count - MOST_SUBSCRIPTIONS} more`] : shown;
  }

  #number(at: number): number {
    return Number(this.#args[at]);
  }

  #bigint(at: number): bigint {
    const value = this.#args[at];
    return typeof value === 'bigint' ? value : 0n;
  }
}

/** Returns nothing for what is outside of the memory, or not UTF-8: the call itself fails for that. */
function orNothing(read: () => ShownValue): ShownValue {
  try {
    return read();
  } catch {
    return null;
  }
}

/** How many numbers an argument takes. */
function widthOf(parameter: Preview1Parameter): number {
  switch (parameter) {
    case 'text':
    case 'buffer':
    case 'iovs':
      return 2;
    // Where the subscriptions are, where the events go, and how many there are.
    case 'subscriptions':
      return 3;
    default:
      return 1;
  }
}

function flagsOf(names: readonly string[], bits: number): ShownValue {
  return Object.fromEntries(names.filter((_, bit) => (bits & (1 << bit)) !== 0).map((name) => [name, true]));
}
