/**
 * What a test of WebAssembly/wasi-testsuite wants: the steps of the JSON file beside the component, in order. The suite
 * describes them in `doc/specification.md`; `write`, `request` and `kill` are used by its files, and explain
 * themselves.
 */
export type WasiStep =
  | {
      readonly type: 'run';
      readonly args: readonly string[];
      readonly env: Readonly<Record<string, string>>;
      /** A directory beside the manifest, which the guest sees as `/`. */
      readonly root?: string;
    }
  | {
      readonly type: 'wait';
      readonly exitCode: number;
      /** The whole output, when the manifest states it. */
      readonly output: { readonly [Stream in OutputName]?: string };
    }
  | { readonly type: 'read'; readonly id: OutputName; readonly payload: string }
  | { readonly type: 'write'; readonly payload: string }
  | { readonly type: 'connect'; readonly id: string; readonly protocol: 'tcp' | 'udp' | 'http' }
  | { readonly type: 'send' | 'recv'; readonly id: string; readonly payload: string }
  | WasiRequest
  | { readonly type: 'kill'; readonly signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL' };

export type OutputName = 'stdout' | 'stderr';

/** A request to the guest's HTTP service, and what must come back. */
export interface WasiRequest {
  readonly type: 'request';
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly response: {
    readonly status?: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
  };
}

export interface WasiManifest {
  /** A service is called for each request; a command runs once. */
  readonly world: 'command' | 'service';
  readonly steps: readonly WasiStep[];
}

/**
 * Reads a manifest in either form: with `operations`, or the older one, which states arguments, environment, root
 * directory, exit code and output. A test without a manifest runs and must end with the exit code 0.
 *
 * Throws an Error that says which value is wrong, because a test that is run differently shows nothing.
 */
export function readManifest(json: string | undefined): WasiManifest {
  const manifest = fields(json === undefined ? {} : JSON.parse(json), 'the manifest');
  const world = manifest['world'] ?? 'wasi:cli/command';
  if (world !== 'wasi:cli/command' && world !== 'wasi:http/service')
    throw new Error(`\`world\` is ${JSON.stringify(world)}, but only commands and HTTP services can be run`);
  const operations = manifest['operations'];
  if (operations !== undefined && !Array.isArray(operations)) throw new Error('`operations` is not a list');
  const steps =
    operations === undefined
      ? olderForm(manifest)
      : operations.map((each, index) => stepOf(fields(each, `operation ${index}`)));
  if (steps[0]?.type !== 'run') throw new Error('the first operation is not `run`');
  // The suite's documentation allows `run` without `wait`, and means that the test must end well.
  if (!steps.some(({ type }) => type === 'wait')) steps.push({ type: 'wait', exitCode: 0, output: {} });
  return { world: world === 'wasi:http/service' ? 'service' : 'command', steps };
}

type Fields = Readonly<Record<string, unknown>>;

function olderForm(manifest: Fields): WasiStep[] {
  // Output that the manifest does not state is not compared: a test may print what it does.
  const output: { [Stream in OutputName]?: string } = {};
  for (const stream of ['stdout', 'stderr'] as const)
    if (manifest[stream] !== undefined) output[stream] = text(manifest, stream);
  return [runStep(manifest), { type: 'wait', exitCode: number(manifest, 'exit_code', 0), output }];
}

function stepOf(operation: Fields): WasiStep {
  const type = text(operation, 'type');
  switch (type) {
    case 'run':
      return runStep(operation);
    case 'wait':
      return { type, exitCode: number(operation, 'exit_code', 0), output: {} };
    case 'read':
      return {
        type,
        id: oneOf(operation, 'id', ['stdout', 'stderr'], 'stdout'),
        payload: text(operation, 'payload', ''),
      };
    case 'write':
      oneOf(operation, 'id', ['stdin'], 'stdin');
      return { type, payload: text(operation, 'payload', '') };
    case 'connect':
      return {
        type,
        id: text(operation, 'id', 'server'),
        protocol: oneOf(operation, 'protocol_type', ['tcp', 'udp', 'http'], 'tcp'),
      };
    case 'send':
    case 'recv':
      return { type, id: text(operation, 'id'), payload: text(operation, 'payload', '') };
    case 'request':
      return requestStep(operation);
    case 'kill':
      return { type, signal: oneOf(operation, 'signal', ['SIGINT', 'SIGTERM', 'SIGKILL'], 'SIGTERM') };
    default:
      throw new Error(`no operation is named ${JSON.stringify(type)}`);
  }
}

function runStep(operation: Fields): WasiStep & { readonly type: 'run' } {
  const args = operation['args'] ?? [];
  if (!Array.isArray(args) || !args.every((each) => typeof each === 'string'))
    throw new Error('`args` is not a list of strings');
  const root = operation['root'] ?? undefined;
  if (root !== undefined && typeof root !== 'string') throw new Error('`root` is not a string');
  return {
    type: 'run',
    args,
    env: texts(operation, 'env'),
    ...(root === undefined ? {} : { root }),
  };
}

function requestStep(operation: Fields): WasiRequest {
  const response = fields(operation['response'] ?? {}, '`response`');
  return {
    type: 'request',
    method: text(operation, 'method', 'GET'),
    path: text(operation, 'path', '/'),
    headers: texts(operation, 'headers'),
    ...(operation['body'] === undefined ? {} : { body: text(operation, 'body') }),
    response: {
      ...(response['status'] === undefined ? {} : { status: number(response, 'status', 200) }),
      headers: texts(response, 'headers'),
      ...(response['body'] === undefined ? {} : { body: text(response, 'body') }),
    },
  };
}

function fields(value: unknown, name: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${name} is not an object`);
  return { ...value };
}

function text(from: Fields, name: string, absent?: string): string {
  const value = from[name] ?? absent;
  if (typeof value !== 'string') throw new Error(`\`${name}\` is not a string`);
  return value;
}

function number(from: Fields, name: string, absent: number): number {
  const value = from[name] ?? absent;
  if (typeof value !== 'number') throw new Error(`\`${name}\` is not a number`);
  return value;
}

function texts(from: Fields, name: string): Readonly<Record<string, string>> {
  const entries = Object.entries(fields(from[name] ?? {}, `\`${name}\``));
  for (const [key, value] of entries)
    if (typeof value !== 'string') throw new Error(`\`${name}.${key}\` is not a string`);
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]));
}

function oneOf<Name extends string>(from: Fields, name: string, names: readonly Name[], absent: Name): Name {
  const value = text(from, name, absent);
  const found = names.find((each) => each === value);
  if (found === undefined)
    throw new Error(`\`${name}\` is ${JSON.stringify(value)}, not ${names.join(', ')}`);
  return found;
}
