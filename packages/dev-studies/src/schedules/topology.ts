/**
 * What the programs of the study run in: four component instances with the same functions, and functions of the host.
 * The specification's side reads it as JSON; the component under test is written from it.
 */
export interface Topology {
  readonly instances: readonly GuestInstance[];
  /** The functions that every instance exports. */
  readonly functions: readonly GuestFunction[];
  readonly hostFunctions: readonly FunctionShape[];
  readonly builtins: readonly Builtin[];
}

/**
 * A component instance. Those of the root component may call the functions of the instances before them, and those of
 * the host. An instance inside another one and that other one may call each other.
 */
interface GuestInstance {
  readonly name: string;
  /**
   * The index of the instance around it; absent when that is the root component. Its functions do not mention the
   * resource type of the first instance, because it defines another one.
   */
  readonly parent?: number;
  readonly encoding: 'utf8' | 'utf16' | 'latin1+utf16';
  /** The strings that lie in the memory of the instance from the start. */
  readonly texts: readonly GuestText[];
  /** The functions that its core module imports, after the built-ins. */
  readonly lowered: readonly LoweredImport[];
}

/** A function that an instance imports, lowered in one way. */
export interface LoweredImport {
  /** The index of the instance that exports it; absent for a function of the host. */
  readonly callee?: number;
  /** The index among `functions` or `hostFunctions`. */
  readonly index: number;
  readonly async: boolean;
}

/** A string in the memory of an instance: its address and what the Canonical ABI calls its tagged code units. */
interface GuestText {
  readonly text: string;
  readonly address: number;
  readonly units: number;
  readonly bytes: readonly number[];
}

/** Types are written as in the text format; `$r` is the resource type that the first instance defines. */
export interface FunctionShape {
  readonly async: boolean;
  readonly params: readonly string[];
  readonly result?: string;
}

export interface GuestFunction extends FunctionShape {
  readonly abi: 'sync' | 'callback' | 'stackful';
  readonly postReturn: boolean;
  /** Whether the host calls it. */
  readonly forHost: boolean;
}

/** A built-in of the Canonical ABI, as it is imported by the core module of each instance. */
export interface Builtin {
  /** The name in the text format without options, for example `stream.read`. */
  readonly name: string;
  readonly type?: string;
  readonly async?: boolean;
  readonly cancellable?: boolean;
  readonly slot?: number;
  /** Whether the core function has `i32` parameters (how many), and its result. */
  readonly params: number;
  readonly result: 'none' | 'i32' | 'i64';
}

/** The types of the streams and futures. */
export const COPIED_TYPES = [
  '(stream u8)',
  '(stream u32)',
  '(stream string)',
  '(stream)',
  '(future u16)',
  '(stream (future u16))',
  '(future string)',
  '(future)',
] as const;

const RESULT_TYPES = [
  undefined,
  'u32',
  'string',
  '(stream u8)',
  '(future string)',
  '(own $r)',
  '(tuple u32 u32)',
] as const;

const TEXTS = ['', 'a', 'plain text', 'h\u00e9llo', '\u65e5\u672c\u8a9e', 'x\u{1f600}y'];

/** The bit that says that a string in `latin1+utf16` is UTF-16. */
const UTF16_TAG = 2 ** 31;

/** The addresses of the memory that the parts of an instance share. */
export const LAYOUT = {
  /** Where the host writes the next operation: seven words. */
  operation: 8,
  texts: 64,
  /** Memory that operations read and write. */
  scratch: 1024,
  scratchEnd: 8192,
  /** Where realloc takes its memory: slots of one size, used one after the other. */
  slots: 32_768,
  slotSize: 256,
  size: 65_536,
} as const;

/** How many core parameters an asynchronously lowered function has at most; more are passed in memory. */
export const MAX_ASYNC_PARAMS = 4;

/** How many `i32` operands an operation has at most. */
export const MAX_OPERANDS = 6;

/** The operations of the interpreter that are not imports, by their number. */
export const OWN_OPERATIONS = ['return', 'poke', 'peek', 'arm'] as const;

const functions: readonly GuestFunction[] = [
  ...lifted({ async: true, params: [] }, 'stackful', 'callback', 'sync'),
  ...lifted({ async: true, params: ['u32'], result: 'u32' }, 'stackful', 'callback', 'sync'),
  ...lifted({ async: true, params: ['string'], result: 'string' }, 'callback', 'post-return'),
  ...lifted({ async: true, params: ['(stream u8)'], result: '(stream u8)' }, 'callback', 'stackful'),
  ...lifted(
    { async: true, params: ['(future u16)', '(stream string)'], result: '(future string)' },
    'stackful',
    'callback',
    'sync',
  ),
  ...lifted({ async: true, params: ['(borrow $r)', '(own $r)'], result: '(own $r)' }, 'callback', 'stackful'),
  ...lifted({ async: true, params: ['(borrow $r)'], result: 'u32' }, 'stackful', 'callback'),
  ...lifted(
    { async: true, params: ['u32', 'u32', 'u32', 'u32', 'u32'], result: '(tuple u32 u32)' },
    'callback',
    'stackful',
  ),
  ...lifted({ async: false, params: [] }, 'sync'),
  ...lifted({ async: false, params: ['u32'], result: 'u32' }, 'sync'),
  ...lifted({ async: false, params: ['(stream u32)'], result: '(future u16)' }, 'sync'),
  ...lifted({ async: false, params: ['string', '(borrow $r)'], result: 'string' }, 'post-return'),
  ...lifted({ async: false, params: ['u32'], result: '(own $r)' }, 'sync'),
];

const hostFunctions: readonly FunctionShape[] = [
  { async: true, params: [] },
  { async: true, params: ['u32'], result: 'u32' },
  { async: true, params: ['string'], result: 'string' },
  { async: true, params: ['(stream u8)'], result: '(stream u8)' },
  { async: false, params: ['u32'], result: 'u32' },
];

export const topology: Topology = {
  instances: [
    { name: 'a', encoding: 'utf8', texts: textsIn('utf8'), lowered: lowered(hostFunctions) },
    {
      name: 'b',
      encoding: 'utf16',
      texts: textsIn('utf16'),
      lowered: [...lowered(hostFunctions), ...lowered(functions, 0)],
    },
    {
      name: 'c',
      encoding: 'latin1+utf16',
      texts: textsIn('latin1+utf16'),
      lowered: [
        ...lowered(hostFunctions),
        ...lowered(functions, 0),
        ...lowered(functions, 1),
        ...lowered(functions, 3, false),
      ],
    },
    {
      name: 'd',
      parent: 2,
      encoding: 'utf8',
      texts: textsIn('utf8'),
      lowered: [...lowered(hostFunctions), ...lowered(functions, 2, false)],
    },
  ],
  functions,
  hostFunctions,
  builtins: [...taskBuiltins(), ...COPIED_TYPES.flatMap((type) => copyBuiltins(type))],
};

function lifted(
  type: FunctionShape,
  ...ways: readonly (GuestFunction['abi'] | 'post-return')[]
): GuestFunction[] {
  const types = [...type.params, type.result ?? ''].join(' ');
  const forHost = !/\$r|future|stream (?!u8)/u.test(types);
  return ways.map((way) => ({
    ...type,
    abi: way === 'post-return' ? 'sync' : way,
    postReturn: way === 'post-return',
    forHost,
  }));
}

/**
 * Lowers each function synchronously and, when its type is asynchronous, asynchronously too.
 *
 * @param callee the index of the instance that exports them; absent for the host
 */
function lowered(types: readonly FunctionShape[], callee?: number, withResources = true): LoweredImport[] {
  return types.flatMap((type, index) => {
    if (!withResources && mentionsResource(type)) return [];
    const where = { ...(callee !== undefined && { callee }), index };
    return type.async ? [false, true].map((async) => ({ ...where, async })) : [{ ...where, async: false }];
  });
}

/** Whether a function takes or returns a handle of the resource type of the first instance. */
export function mentionsResource({ params, result = '' }: FunctionShape): boolean {
  return [...params, result].some((type) => type.includes('$r'));
}

function taskBuiltins(): Builtin[] {
  return [
    ...RESULT_TYPES.map((type): Builtin => ({
      name: 'task.return',
      ...(type !== undefined && { type }),
      params: type === undefined ? 0 : coreParams([type]),
      result: 'none',
    })),
    none('task.cancel'),
    none('backpressure.inc'),
    none('backpressure.dec'),
    { name: 'context.get', slot: 0, params: 0, result: 'i32' },
    { name: 'context.get', slot: 1, params: 0, result: 'i32' },
    { ...none('context.set', 1), slot: 0 },
    { ...none('context.set', 1), slot: 1 },
    { name: 'waitable-set.new', params: 0, result: 'i32' },
    ...both('waitable-set.wait', 2),
    ...both('waitable-set.poll', 2),
    none('waitable-set.drop', 1),
    none('waitable.join', 2),
    { name: 'subtask.cancel', async: false, params: 1, result: 'i32' },
    { name: 'subtask.cancel', async: true, params: 1, result: 'i32' },
    none('subtask.drop', 1),
    { name: 'thread.index', params: 0, result: 'i32' },
    { name: 'thread.new-indirect', params: 2, result: 'i32' },
    none('thread.resume-later', 1),
    ...both('thread.suspend', 0),
    ...both('thread.yield', 0),
    ...both('thread.suspend-then-resume', 1),
    ...both('thread.yield-then-resume', 1),
    ...both('thread.suspend-then-promote', 1),
    ...both('thread.yield-then-promote', 1),
    { name: 'error-context.new', params: 2, result: 'i32' },
    none('error-context.debug-message', 2),
    none('error-context.drop', 1),
    { name: 'resource.new', params: 1, result: 'i32' },
    none('resource.drop', 1),
    { name: 'resource.rep', params: 1, result: 'i32' },
  ];
}

/** Returns both forms of a built-in that can be cancellable. */
function both(name: string, params: number): Builtin[] {
  return [false, true].map((cancellable) => ({ name, cancellable, params, result: 'i32' }));
}

function none(name: string, params = 0): Builtin {
  return { name, params, result: 'none' };
}

function copyBuiltins(type: string): Builtin[] {
  const kind = type.startsWith('(stream') ? 'stream' : 'future';
  const params = kind === 'stream' ? 3 : 2;
  const waiting = (name: string, count: number): Builtin[] =>
    [false, true].map((async) => ({ name: `${kind}.${name}`, type, async, params: count, result: 'i32' }));
  return [
    { name: `${kind}.new`, type, params: 0, result: 'i64' },
    ...waiting('read', params),
    ...waiting('write', params),
    ...waiting('cancel-read', 1),
    ...waiting('cancel-write', 1),
    { name: `${kind}.drop-readable`, type, params: 1, result: 'none' },
    { name: `${kind}.drop-writable`, type, params: 1, result: 'none' },
  ];
}

/** Returns how many core values the types have. All of them are `i32`. */
export function coreParams(types: readonly string[]): number {
  return types.reduce((sum, type) => sum + (type === 'string' || type.startsWith('(tuple') ? 2 : 1), 0);
}

function textsIn(encoding: GuestInstance['encoding']): GuestText[] {
  let address: number = LAYOUT.texts;
  return TEXTS.map((text) => {
    const { bytes, units } = encoded(text, encoding);
    const one = { text, address, units, bytes };
    address += Math.ceil(bytes.length / 2) * 2;
    return one;
  });
}

function encoded(text: string, encoding: GuestInstance['encoding']): Pick<GuestText, 'bytes' | 'units'> {
  if (encoding === 'utf8') {
    const bytes = [...new TextEncoder().encode(text)];
    return { bytes, units: bytes.length };
  }
  const codeUnits = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  if (encoding === 'latin1+utf16' && codeUnits.every((unit) => unit < 256)) {
    return { bytes: codeUnits, units: codeUnits.length };
  }
  const bytes = codeUnits.flatMap((unit) => [unit & 0xff, unit >> 8]);
  return { bytes, units: codeUnits.length + (encoding === 'utf16' ? 0 : UTF16_TAG) };
}
