import type { Func } from '@wit-ts/model';

/** What a script is run on. Tests give a small one of their own; `toolchain.ts` is the real one. */
export interface Engine {
  /** Rejects with a refusal (see `verdict`) where the bytes are no valid component. */
  compile(bytes: Uint8Array): Promise<Compiled>;
}

export interface Compiled {
  /** Fresh each time: its own memories, tables and resource types. */
  instantiate(imports: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>>;
  /** The type of a function that the component itself exports. */
  exportedFunc(name: string): Func | undefined;
}

export type Verdict = 'refused' | 'trap' | 'unlinkable' | 'payload' | 'fault';

/** By name, because a script's own errors come from other realms and workers. */
const VERDICTS: ReadonlyMap<string, Verdict> = new Map<string, Verdict>([
  ['WatError', 'refused'],
  ['DecodeError', 'refused'],
  ['WitError', 'refused'],
  ['CompileError', 'refused'],
  ['Trap', 'trap'],
  ['LinkError', 'unlinkable'],
  ['ComponentError', 'payload'],
]);

/** Which of the promised errors this is; anything else is a fault of the toolchain. */
export function verdict(error: unknown): Verdict {
  return (error instanceof Error ? VERDICTS.get(error.name) : undefined) ?? 'fault';
}
