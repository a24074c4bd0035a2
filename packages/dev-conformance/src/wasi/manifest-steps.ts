import { constants } from 'node:os';
import { jsonObject, number, oneOf, text, textList, texts, type Fields } from './json-fields.ts';

/** One operation of a test. */
export type WasiStep =
  | RunStep
  | WaitStep
  | { readonly type: 'read'; readonly id: OutputName; readonly payload: string }
  | { readonly type: 'write'; readonly payload: string }
  | { readonly type: 'connect'; readonly id: string; readonly protocol: 'tcp' | 'udp' | 'http' }
  | { readonly type: 'send' | 'recv'; readonly id: string; readonly payload: string }
  | RequestStep
  | { readonly type: 'kill'; readonly signal: NodeJS.Signals };

export type OutputName = 'stdout' | 'stderr';

/** Starts the guest. */
export interface RunStep {
  readonly type: 'run';
  /** The arguments after the name of the program. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** A directory beside the manifest, which the guest sees as `/`. */
  readonly root?: string;
}

/** Waits until the guest ends. */
export interface WaitStep {
  readonly type: 'wait';
  readonly exitCode: number;
  /** The whole output, when the manifest states it. */
  readonly output: { readonly [Stream in OutputName]?: string };
}

/** A request to the guest's HTTP service, and what must come back. */
export interface RequestStep {
  readonly type: 'request';
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly response: {
    readonly status: number;
    /** Headers that the response must have. It may have more. */
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
}

/** Reads one operation. Throws an Error that says which value is wrong. */
export function stepOf(operation: Fields): WasiStep {
  const type = text(operation, 'type');
  switch (type) {
    case 'run':
      return runStep(operation);
    case 'wait':
      return { type, exitCode: number(operation, 'exit_code', 0), output: {} };
    case 'read': {
      const id = oneOf(operation, 'id', ['stdout', 'stderr'], 'stdout');
      return { type, id, payload: text(operation, 'payload', '') };
    }
    case 'write':
      oneOf(operation, 'id', ['stdin'], 'stdin');
      return { type, payload: text(operation, 'payload', '') };
    case 'connect': {
      const protocol = oneOf(operation, 'protocol_type', ['tcp', 'udp', 'http'], 'tcp');
      return { type, id: text(operation, 'id', 'server'), protocol };
    }
    case 'send':
    case 'recv':
      return { type, id: text(operation, 'id'), payload: text(operation, 'payload', '') };
    case 'request':
      return requestStep(operation);
    case 'kill':
      return { type, signal: signalOf(text(operation, 'signal', 'SIGTERM')) };
    default:
      throw new Error(`no operation is named ${JSON.stringify(type)}`);
  }
}

export function runStep(operation: Fields): RunStep {
  const root = operation['root'] ?? undefined;
  return {
    type: 'run',
    args: textList(operation, 'args'),
    env: texts(operation, 'env'),
    ...(root === undefined ? {} : { root: text(operation, 'root') }),
  };
}

function requestStep(operation: Fields): RequestStep {
  const response = jsonObject(operation['response'] ?? {}, '`response`');
  return {
    type: 'request',
    method: text(operation, 'method', 'GET'),
    path: text(operation, 'path', '/'),
    headers: texts(operation, 'headers'),
    body: text(operation, 'body', ''),
    response: {
      status: number(response, 'status', 200),
      headers: texts(response, 'headers'),
      body: text(response, 'body', ''),
    },
  };
}

function signalOf(name: string): NodeJS.Signals {
  if (!Object.hasOwn(constants.signals, name)) throw new Error(`\`signal\` is ${JSON.stringify(name)}`);
  return name as NodeJS.Signals;
}
