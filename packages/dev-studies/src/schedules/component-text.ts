import { interpreterText, libcText } from './interpreter-text.ts';
import { lateFillText, lateModuleText } from './late-calls-text.ts';
import {
  type Builtin,
  COPIED_TYPES,
  type FunctionShape,
  type GuestFunction,
  type LoweredImport,
  MAX_OPERANDS,
  mentionsResource,
  type Topology,
} from './topology.ts';

/** Returns the text of the component of the study. It exports what the host may call of each instance. */
export function componentText(topology: Topology): string {
  const { instances } = topology;
  const host = hostText(topology);
  const inRoot = instances.flatMap((one, index) => (one.parent === undefined ? [index] : []));
  return `(component
(import "host" (instance $host ${host}))
${inRoot.map((index) => guestText(topology, index, host)).join('\n')}
${inRoot.map((index) => instantiationText(topology, index)).join('\n')}
${instances.map((_, index) => forHostText(topology, index)).join('\n')})`;
}

function hostText({ hostFunctions }: Topology): string {
  const operands = Array.from({ length: 2 + MAX_OPERANDS }, (_, index) => `(param "p${index}" u32)`);
  return `
${hostFunctions.map((type, index) => `(export "h${index}" ${functionType(type)})`).join('\n')}
(export "enter" (func ${operands.join(' ')} (result u32)))
(export "next" (func (param "activation" u32) (param "previous" u64)
  (result (tuple ${'u32 '.repeat(1 + MAX_OPERANDS)}))))`;
}

/** Instantiates a component of an instance with those instances that it may call. */
function instantiationText(topology: Topology, index: number): string {
  const { instances } = topology;
  const arguments_ = importedBy(topology, index).map(
    (at) => `(with "${instances[at]!.name}" (instance $${instances[at]!.name}))`,
  );
  return `(instance $${instances[index]!.name} (instantiate $C${index} (with "host" (instance $host))
  ${arguments_.join(' ')}))`;
}

/** The indexes of the instances that are arguments of an instance. */
function importedBy({ instances }: Topology, index: number): readonly number[] {
  const { parent } = instances[index]!;
  if (parent !== undefined) return [parent];
  return instances.flatMap((one, at) => (at < index && one.parent === undefined ? [at] : []));
}

function forHostText({ instances, functions }: Topology, index: number): string {
  const { name, parent } = instances[index]!;
  const inner =
    parent === undefined ? '' : `(alias export $${instances[parent]!.name} "${name}" (instance $${name}))`;
  const exports = functions.flatMap(({ forHost }, at) =>
    forHost ? [`(export "f${at}" (func $${name} "f${at}"))`] : [],
  );
  return `${inner}
(instance $for-host-${name} ${exports.join(' ')})
(export "${name}" (instance $for-host-${name}))`;
}

/** Returns the component of an instance. */
function guestText(topology: Topology, index: number, host: string): string {
  const { instances, builtins } = topology;
  const { encoding, texts, lowered, parent } = instances[index]!;
  const options = `(memory $memory) (realloc $realloc) string-encoding=${encoding}`;
  const definesResource = index === 0 || parent !== undefined;
  const imports = [
    ...builtins.map((one) => `(core func (canon ${builtinText(one, encoding)}))`),
    ...lowered.map((one, at) => loweredText(topology, index, one, at, options)),
  ];
  return `(component $C${index}
(import "host" (instance $host ${host}))
${importedBy(topology, index)
  .map((at) => importText(topology, at, parent !== undefined))
  .join('\n')}
${libcText(texts)}
(core instance $libc (instantiate $Libc))
(alias core export $libc "memory" (core memory $memory))
(alias core export $libc "table" (core table $table))
(alias core export $libc "realloc" (core func $realloc))
${definesResource ? RESOURCE : ''}
(core type $start (func (param i32)))
${COPIED_TYPES.map((type, at) => `(type $t${at} ${named(type)})`).join('\n')}
${lateModuleText(topology, index)}
${imports.map((text, at) => text.replace('(core func', `(core func $i${at}`)).join('\n')}
(core func $enter (canon lower (func $host "enter")))
(core func $next (canon lower (func $host "next") (memory $memory)))
${interpreterText(topology, index)}
(core instance $main (instantiate $Main (with "libc" (instance $libc)) (with "" (instance
${imports.map((_, at) => `(export "i${at}" (func $i${at}))`).join('\n')}
(export "enter" (func $enter)) (export "next" (func $next))))))
${liftsText(topology, index, options)}
${innerText(topology, index, host, options)})`;
}

/** Lifts the functions of an instance, and exports them. */
function liftsText({ instances, functions }: Topology, index: number, options: string): string {
  const isInner = instances[index]!.parent !== undefined;
  // A function that is exported may only mention a resource type that the component defines under its exported name.
  const exported = index === 0 ? '(export $named "r" (type $r))' : '';
  const lifts = functions.map((one, at) =>
    isInner && mentionsResource(one) ? '' : liftedText(one, at, options, index === 0),
  );
  return `${exported}\n${lifts.join('\n')}`;
}

/** Instantiates the components inside an instance, and gives the instance their functions. */
function innerText(topology: Topology, index: number, host: string, options: string): string {
  const { instances, functions } = topology;
  const shared = functions.flatMap((one, at) =>
    mentionsResource(one) ? [] : [`(export "f${at}" (func $f${at}))`],
  );
  return instances
    .flatMap((one, at) => (one.parent === index ? [{ name: one.name, at }] : []))
    .map(
      ({ name, at }) => `${guestText(topology, at, host)}
(instance $${instances[index]!.name} ${shared.join(' ')})
${instantiationText(topology, at)}
(export "${name}" (instance $${name}))
${lateFillText(topology, index, (callee) => `(func $${name} "f${callee}") ${options}`)}`,
    )
    .join('\n');
}

/** The text format wants a name for a type inside a stream that is not primitive. */
function named(type: string): string {
  return type.replace(/(?<=.)\(future u16\)/u, `$t${COPIED_TYPES.indexOf('(future u16)')}`);
}

const RESOURCE = `(alias core export $libc "destructor" (core func $destructor))
(type $r (resource (rep i32) (dtor (func $destructor))))`;

/** Imports an instance. The first one exports the resource type, which the functions of all others mention. */
function importText({ instances, functions }: Topology, index: number, withoutResources: boolean): string {
  const { name } = instances[index]!;
  const exports = functions.map((one, at) =>
    withoutResources && mentionsResource(one) ? '' : `(export "f${at}" ${functionType(one)})`,
  );
  if (index > 0) return `(import "${name}" (instance $${name} ${exports.join('\n')}))`;
  return `(import "${name}" (instance $${name} (export "r" (type $r (sub resource))) ${exports.join('\n')}))
(alias export $${name} "r" (type $r))`;
}

function functionType({ async, params, result }: FunctionShape): string {
  const types = params.map((type, index) => `(param "p${index}" ${type})`).join(' ');
  return `(func ${async ? 'async' : ''} ${types} ${result === undefined ? '' : `(result ${result})`})`;
}

function liftedText(one: GuestFunction, index: number, options: string, definesResource: boolean): string {
  const { abi, postReturn } = one;
  const type = functionType(one).slice('(func'.length, -1);
  const how = {
    sync: postReturn ? `(post-return (func $main "pr${index}"))` : '',
    callback: `async (callback (func $main "cb${index}"))`,
    stackful: 'async',
  }[abi];
  return `(func $f${index} ${definesResource ? type.replaceAll('$r', '$named') : type}
  (canon lift (core func $main "f${index}") ${options} ${how}))
(export "f${index}" (func $f${index}))`;
}

function loweredText(
  { instances }: Topology,
  index: number,
  { callee, index: at, async }: LoweredImport,
  position: number,
  options: string,
): string {
  if (callee === undefined)
    return `(core func (canon lower (func $host "h${at}") ${options} ${async ? 'async' : ''}))`;
  const { name, parent } = instances[callee]!;
  if (parent === index) return `(alias core export $late "${position}" (core func))`;
  return `(core func (canon lower (func $${name} "f${at}") ${options} ${async ? 'async' : ''}))`;
}

/** Returns a built-in with the options that it takes (`Explainer.md`, "Canonical Built-ins"). */
function builtinText({ name, type, async, cancellable, slot }: Builtin, encoding: string): string {
  const withEncoding = `(memory $memory) string-encoding=${encoding}`;
  if (name === 'task.return')
    return `${name} ${type === undefined ? '' : `(result ${type})`} ${withEncoding}`;
  if (name.startsWith('context')) return `${name} i32 ${slot}`;
  if (name.startsWith('waitable-set.') && cancellable !== undefined) {
    return `${name} ${cancellable ? 'cancellable' : ''} (memory $memory)`;
  }
  if (name.startsWith('thread.')) {
    return `${name} ${cancellable === true ? 'cancellable' : ''} ${name === 'thread.new-indirect' ? '$start (core table $table)' : ''}`;
  }
  if (name === 'error-context.new') return `${name} ${withEncoding}`;
  if (name === 'error-context.debug-message') return `${name} ${withEncoding} (realloc $realloc)`;
  if (name.startsWith('resource.')) return `${name} $r`;
  if (type === undefined) return `${name} ${async === true ? 'async' : ''}`;
  const options = name.endsWith('.read') ? `${withEncoding} (realloc $realloc)` : withEncoding;
  const copies = /\.(?:read|write)$/u.test(name);
  return `${name} $t${COPIED_TYPES.findIndex((one) => one === type)} ${async === true ? 'async' : ''} ${copies ? options : ''}`;
}
