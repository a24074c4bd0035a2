import { interpreterText, libcText } from './interpreter-text.ts';
import {
  type Builtin,
  COPIED_TYPES,
  type FunctionShape,
  type GuestFunction,
  type LoweredImport,
  MAX_OPERANDS,
  type Topology,
} from './topology.ts';

/** Returns the text of the component of the study. It exports what the host may call of each instance. */
export function componentText(topology: Topology): string {
  const { instances, functions, hostFunctions } = topology;
  const operands = Array.from({ length: 2 + MAX_OPERANDS }, (_, index) => `(param "p${index}" u32)`);
  const host = `
${hostFunctions.map((type, index) => `(export "h${index}" ${functionType(type)})`).join('\n')}
(export "enter" (func ${operands.join(' ')} (result u32)))
(export "next" (func (param "activation" u32) (param "previous" u64)
  (result (tuple ${'u32 '.repeat(1 + MAX_OPERANDS)}))))`;
  const forHost = functions.flatMap((one, index) => (one.forHost ? [index] : []));
  return `(component
(import "host" (instance $host ${host}))
${instances.map((_, index) => childText(topology, index, host)).join('\n')}
${instances
  .map(({ name }, index) => {
    const earlier = instances.slice(0, index).map((one) => `(with "${one.name}" (instance $${one.name}))`);
    return `(instance $${name} (instantiate $C${index} (with "host" (instance $host)) ${earlier.join(' ')}))
(instance $for-host-${name} ${forHost.map((at) => `(export "f${at}" (func $${name} "f${at}"))`).join(' ')})
(export "${name}" (instance $for-host-${name}))`;
  })
  .join('\n')})`;
}

function childText(topology: Topology, index: number, host: string): string {
  const { instances, functions, builtins } = topology;
  const { encoding, texts, lowered } = instances[index]!;
  const options = `(memory $memory) (realloc $realloc) string-encoding=${encoding}`;
  const imports = [
    ...builtins.map((one) => builtinText(one, encoding)),
    ...lowered.map((one) => loweredText(topology, one, options)),
  ];
  return `(component $C${index}
(import "host" (instance $host ${host}))
${instances
  .slice(0, index)
  .map(({ name }, at) => importText(name, at === 0, functions))
  .join('\n')}
${libcText(texts)}
(core instance $libc (instantiate $Libc))
(alias core export $libc "memory" (core memory $memory))
(alias core export $libc "table" (core table $table))
(alias core export $libc "realloc" (core func $realloc))
${index === 0 ? RESOURCE : ''}
(core type $start (func (param i32)))
${COPIED_TYPES.map((type, at) => `(type $t${at} ${named(type)})`).join('\n')}
${imports.map((text, at) => `(core func $i${at} ${text})`).join('\n')}
(core func $enter (canon lower (func $host "enter")))
(core func $next (canon lower (func $host "next") (memory $memory)))
${interpreterText(topology, index)}
(core instance $main (instantiate $Main (with "libc" (instance $libc)) (with "" (instance
${imports.map((_, at) => `(export "i${at}" (func $i${at}))`).join('\n')}
(export "enter" (func $enter)) (export "next" (func $next))))))
${index === 0 ? '(export $named "r" (type $r))' : ''}
${functions.map((one, at) => liftedText(one, at, options, index === 0)).join('\n')})`;
}

/** The text format wants a name for a type inside a stream that is not primitive. */
function named(type: string): string {
  return type.replace(/(?<=.)\(future u16\)/u, `$t${COPIED_TYPES.indexOf('(future u16)')}`);
}

const RESOURCE = `(alias core export $libc "destructor" (core func $destructor))
(type $r (resource (rep i32) (dtor (func $destructor))))`;

/** Imports an earlier instance. The first one exports the resource type, which the functions of all others mention. */
function importText(name: string, definesResource: boolean, functions: readonly GuestFunction[]): string {
  const exports = functions.map((one, index) => `(export "f${index}" ${functionType(one)})`).join('\n');
  if (!definesResource) return `(import "${name}" (instance $${name} ${exports}))`;
  return `(import "${name}" (instance $${name} (export "r" (type $r (sub resource))) ${exports}))
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
  // A function that is exported may only mention the resource type under its exported name.
  return `(func (export "f${index}") ${definesResource ? type.replaceAll('$r', '$named') : type}
  (canon lift (core func $main "f${index}") ${options} ${how}))`;
}

function loweredText(
  { instances }: Topology,
  { callee, index, async }: LoweredImport,
  options: string,
): string {
  const func =
    callee === undefined ? `(func $host "h${index}")` : `(func $${instances[callee]!.name} "f${index}")`;
  return `(canon lower ${func} ${options} ${async ? 'async' : ''})`;
}

/** Returns a built-in with the options that it takes (`Explainer.md`, "Canonical Built-ins"). */
function builtinText({ name, type, async, cancellable, slot }: Builtin, encoding: string): string {
  const withEncoding = `(memory $memory) string-encoding=${encoding}`;
  if (name === 'task.return')
    return `(canon ${name} ${type === undefined ? '' : `(result ${type})`} ${withEncoding})`;
  if (name.startsWith('context')) return `(canon ${name} i32 ${slot})`;
  if (name.startsWith('waitable-set.') && cancellable !== undefined) {
    return `(canon ${name} ${cancellable ? 'cancellable' : ''} (memory $memory))`;
  }
  if (name.startsWith('thread.')) {
    return `(canon ${name} ${cancellable === true ? 'cancellable' : ''} ${name === 'thread.new-indirect' ? '$start (core table $table)' : ''})`;
  }
  if (name === 'error-context.new') return `(canon ${name} ${withEncoding})`;
  if (name === 'error-context.debug-message') return `(canon ${name} ${withEncoding} (realloc $realloc))`;
  if (name.startsWith('resource.')) return `(canon ${name} $r)`;
  if (type === undefined) return `(canon ${name} ${async === true ? 'async' : ''})`;
  const options = name.endsWith('.read') ? `${withEncoding} (realloc $realloc)` : withEncoding;
  const copies = /\.(?:read|write)$/u.test(name);
  return `(canon ${name} $t${COPIED_TYPES.findIndex((one) => one === type)} ${async === true ? 'async' : ''} ${copies ? options : ''})`;
}
