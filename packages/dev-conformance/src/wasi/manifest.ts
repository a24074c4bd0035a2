import { eachOf, jsonObject, number, oneOf, text, textList, type Fields } from './json-fields.ts';
import { readServers, type WasiServer } from './manifest-servers.ts';
import { runStep, stepOf, type OutputName, type WasiStep } from './manifest-steps.ts';

/**
 * What a test of WebAssembly/wasi-testsuite wants: the JSON file beside the program. The suite describes it in
 * `doc/specification.md`; its own runner also has `write`, `request`, `kill` and `servers`.
 */
export interface WasiManifest {
  /** A service is called for each request; a command runs once. */
  readonly world: 'command' | 'service';
  /** The parts of WASI beyond files and streams that the guest may use. */
  readonly proposals: readonly ('http' | 'sockets')[];
  readonly servers: readonly WasiServer[];
  /** The operations, in order. */
  readonly steps: readonly WasiStep[];
}

const OLDER_FIELDS = ['args', 'root', 'env', 'exit_code', 'stdout', 'stderr'];
const FIELDS = ['operations', 'proposals', 'servers', 'world'];

/**
 * Reads a manifest in either form: with `operations`, or the older one, which states arguments, environment, root
 * directory, exit code and output. A test without a manifest runs and must end with the exit code 0.
 *
 * Throws an Error that says which value is wrong, because a test that is run differently shows nothing.
 */
export function readManifest(json: string | undefined): WasiManifest {
  const manifest = jsonObject(json === undefined ? {} : JSON.parse(json), 'the manifest');
  const older = OLDER_FIELDS.find((name) => manifest[name] !== undefined);
  const newer = FIELDS.find((name) => manifest[name] !== undefined);
  if (older !== undefined && newer !== undefined)
    throw new Error(`the manifest has \`${older}\` of the older form beside \`${newer}\``);
  const names = ['wasi:cli/command', 'wasi:http/service'] as const;
  const world = oneOf(manifest, 'world', names, 'wasi:cli/command');
  const operations = eachOf(manifest, 'operations', 'operation').map(stepOf);
  const steps = manifest['operations'] === undefined ? olderForm(manifest) : operations;
  checkOrder(steps);
  // A test that only runs the guest means that the guest must end well.
  if (steps.at(-1)?.type !== 'wait') steps.push({ type: 'wait', exitCode: 0, output: {} });
  return {
    world: world === 'wasi:http/service' ? 'service' : 'command',
    proposals: textList(manifest, 'proposals').map(proposalOf),
    servers: readServers(manifest),
    steps,
  };
}

function olderForm(manifest: Fields): WasiStep[] {
  // Output that the manifest does not state is not compared: a test may print what it does.
  const output: { [Stream in OutputName]?: string } = {};
  for (const stream of ['stdout', 'stderr'] as const)
    if ((manifest[stream] ?? undefined) !== undefined) output[stream] = text(manifest, stream);
  return [runStep(manifest), { type: 'wait', exitCode: number(manifest, 'exit_code', 0), output }];
}

function proposalOf(name: string): 'http' | 'sockets' {
  if (name === 'http' || name === 'sockets') return name;
  throw new Error(`\`proposals\` has ${JSON.stringify(name)}, not http or sockets`);
}

/** Checks that everything happens while a guest runs, and that connections have their own names. */
function checkOrder(steps: readonly WasiStep[]): void {
  let runs = false;
  const connected = new Set<string>();
  for (const [at, step] of steps.entries()) {
    if (step.type === 'run' && runs) throw new Error(`operation ${at} runs the guest before \`wait\``);
    if (step.type !== 'run' && !runs)
      throw new Error(
        at === 0
          ? 'the first operation is not `run`'
          : `operation ${at} is \`${step.type}\`, and the guest does not run`,
      );
    if (step.type === 'connect' && connected.has(step.id))
      throw new Error(`operation ${at} connects \`${step.id}\` again`);
    if ((step.type === 'send' || step.type === 'recv') && !connected.has(step.id))
      throw new Error(`operation ${at} uses \`${step.id}\`, which no operation connects`);
    if (step.type === 'connect') connected.add(step.id);
    runs = step.type !== 'wait';
    if (!runs) connected.clear();
  }
  if (steps.length === 0) throw new Error('the first operation is not `run`');
}
