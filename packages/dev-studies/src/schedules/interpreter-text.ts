import {
  type Builtin,
  coreParams,
  type FunctionShape,
  type GuestFunction,
  LAYOUT,
  MAX_ASYNC_PARAMS,
  MAX_OPERANDS,
  OWN_OPERATIONS,
  type Topology,
} from './topology.ts';

/**
 * The numbers by which the interpreter tells the host which of its functions was entered: a lifted function has its
 * index, its callback that plus `callback`.
 */
const ENTRY = { callback: 1000, thread: 2000, destructor: 3000 } as const;

/** The slots of the table: what realloc and post-return call, what threads start with, the destructor. */
const TABLE = { armed: 0, thread: 1, otherThread: 2, empty: 3, destructor: 4, size: 5 } as const;

/**
 * Returns the text of the core module that holds the memory of an instance. Its realloc first runs what was armed, and
 * returns slots of one size, so that the addresses do not depend on sizes.
 */
export function libcText(
  data: readonly { readonly address: number; readonly bytes: readonly number[] }[],
): string {
  const { slots, slotSize, size } = LAYOUT;
  return `(core module $Libc
(type $run (func))
(type $destructor (func (param i32)))
(memory (export "memory") ${size / 65_536})
(table (export "table") ${TABLE.size} funcref)
(global $next (mut i32) (i32.const ${slots}))
(func (export "realloc") (param $old i32) (param i32 i32 i32) (result i32)
  (call_indirect (type $run) (i32.const ${TABLE.armed}))
  (if (local.get $old) (then (return (local.get $old))))
  (local.set $old (global.get $next))
  (global.set $next (i32.add (global.get $next) (i32.const ${slotSize})))
  (if (i32.eq (global.get $next) (i32.const ${size})) (then (global.set $next (i32.const ${slots}))))
  (local.get $old))
(func (export "destructor") (param i32)
  (call_indirect (type $destructor) (local.get 0) (i32.const ${TABLE.destructor})))
${data.map(({ address, bytes }) => `(data (i32.const ${address}) "${bytes.map(hex).join('')}")`).join('\n')})`;
}

function hex(byte: number): string {
  return `\\${byte.toString(16).padStart(2, '0')}`;
}

/**
 * Returns the text of the core module that runs the operations. It asks the host for each operation with the result of
 * the one before, so that no JavaScript frame is on the stack while a built-in blocks.
 */
export function interpreterText(
  { instances, functions, hostFunctions, builtins }: Topology,
  instance: number,
): string {
  const lowered = instances[instance]!.lowered.map(({ callee, index, async }) =>
    loweredType((callee === undefined ? hostFunctions : functions)[index]!, async),
  );
  const imports = [...builtins.map(builtinType), ...lowered];
  return `(core module $Main
(import "libc" "memory" (memory 1))
(import "libc" "table" (table $table ${TABLE.size} funcref))
${imports.map((type, index) => `(import "" "i${index}" (func $i${index} ${coreTypeText(type)}))`).join('\n')}
(import "" "enter" (func $enter ${coreTypeText({ params: 2 + MAX_OPERANDS, result: 'i32' })}))
(import "" "next" (func $next (param i32 i64 i32)))
${OPERATIONS_TEXT}
${dispatchText(imports)}
(func $thread (param i32) ${entered(instance, ENTRY.thread, 1)} drop)
(func $destructor (param i32) ${entered(instance, ENTRY.destructor, 1)} drop)
(elem (table $table) (i32.const ${TABLE.armed}) func $run_armed $thread $thread)
(elem (table $table) (i32.const ${TABLE.destructor}) func $destructor)
${functions.map((one, index) => functionText(one, index, instance)).join('\n')})`;
}

interface CoreSignature {
  readonly params: number;
  readonly result: Builtin['result'];
}

function builtinType({ params, result }: Builtin): CoreSignature {
  return { params, result };
}

/** The type of a lowered function (`CanonicalABI.md`, "Flattening"). All core values are `i32`. */
export function loweredType({ params, result }: FunctionShape, async: boolean): CoreSignature {
  const flat = coreParams(params);
  const results = result === undefined ? 0 : coreParams([result]);
  if (!async) return { params: flat + (results > 1 ? 1 : 0), result: results === 1 ? 'i32' : 'none' };
  return { params: (flat > MAX_ASYNC_PARAMS ? 1 : flat) + (results > 0 ? 1 : 0), result: 'i32' };
}

export function coreTypeText({ params, result }: CoreSignature): string {
  return `(param ${'i32 '.repeat(params)})${result === 'none' ? '' : ` (result ${result})`}`;
}

const OPERANDS = Array.from({ length: MAX_OPERANDS }, (_, index) => `$${index}`);
const [RETURN, POKE, PEEK, ARM] = OWN_OPERATIONS.keys();

/** \`$run\` runs operations until one returns. \`$run_armed\` runs the operation that was armed, once. */
const OPERATIONS_TEXT = `(global $armed (mut i32) (i32.const 0))
${OPERANDS.map((operand) => `(global ${operand} (mut i32) (i32.const 0))`).join('\n')}
(func $run (param $activation i32) (result i32)
  (local $previous i64)
  (loop $loop
    (call $next (local.get $activation) (local.get $previous) (i32.const ${LAYOUT.operation}))
    (if (i32.eq ${operationWord(0)} (i32.const ${RETURN})) (then (return ${operationWord(1)})))
    (local.set $previous (call $dispatch ${OPERANDS.map((_, index) => operationWord(index + 1)).join(' ')} ${operationWord(0)}))
    (br $loop))
  unreachable)
(func $run_armed (local $operation i32)
  (local.set $operation (global.get $armed))
  (global.set $armed (i32.const 0))
  (drop (call $dispatch ${OPERANDS.map((operand) => `(global.get ${operand})`).join(' ')} (local.get $operation))))`;

function operationWord(index: number): string {
  return `(i32.load offset=${LAYOUT.operation + 4 * index} (i32.const 0))`;
}

function dispatchText(imports: readonly CoreSignature[]): string {
  const first = OWN_OPERATIONS.length;
  const cases = [
    { operation: POKE!, text: '(i32.store (local.get $0) (local.get $1)) (return (i64.const 0))' },
    { operation: PEEK!, text: '(return (i64.extend_i32_u (i32.load (local.get $0))))' },
    {
      operation: ARM!,
      text: `(global.set $armed (local.get $0)) ${OPERANDS.slice(1)
        .map((operand, index) => `(global.set $${index} (local.get ${operand}))`)
        .join(' ')} (return (i64.const 0))`,
    },
    ...imports.map((type, index) => ({ operation: first + index, text: callText(type, index) })),
  ];
  const labels = cases.map(({ operation }) => `$case${operation}`);
  return `(func $dispatch ${OPERANDS.map((operand) => `(param ${operand} i32)`).join(' ')} (param $operation i32) (result i64)
(block $none ${labels
    .toReversed()
    .map((label) => `(block ${label}`)
    .join(' ')}
(br_table $none ${labels.join(' ')} $none (local.get $operation))
${cases.map(({ text }) => `) ${text}`).join('\n')})
(i64.const 0))`;
}

function callText({ params, result }: CoreSignature, index: number): string {
  const call = `(call $i${index} ${OPERANDS.slice(0, params)
    .map((operand) => `(local.get ${operand})`)
    .join(' ')})`;
  if (result === 'none') return `${call} (return (i64.const 0))`;
  return `(return ${result === 'i32' ? `(i64.extend_i32_u ${call})` : call})`;
}

function functionText(one: GuestFunction, index: number, instance: number): string {
  const { abi, params, result, postReturn } = one;
  const count = coreParams(params);
  const results = result === undefined ? 0 : 1;
  const hasResult = abi === 'callback' || (abi === 'sync' && results === 1);
  return `(func (export "f${index}") ${coreTypeText({ params: count, result: hasResult ? 'i32' : 'none' })}
  ${entered(instance, index, count)} ${hasResult ? '' : 'drop'})
${abi === 'callback' ? `(func (export "cb${index}") (param i32 i32 i32) (result i32) ${entered(instance, ENTRY.callback + index, 3)})` : ''}
${postReturn ? `(func (export "pr${index}") (param ${'i32 '.repeat(results)}) (call $run_armed))` : ''}`;
}

/** Returns the body of a function that tells the host its arguments and then runs operations. */
function entered(instance: number, entry: number, params: number): string {
  const operands = OPERANDS.map((_, index) => (index < params ? `(local.get ${index})` : '(i32.const 0)'));
  return `(call $run (call $enter (i32.const ${instance}) (i32.const ${entry}) ${operands.join(' ')}))`;
}
