import { generate } from '@wit-ts/bindgen';
import { compileStrictly, type CompileError, type SourceText } from '@wit-ts/dev-support/compile-strictly';
import { Random } from '@wit-ts/dev-support/random';
import { worldOf, type Interface } from '@wit-ts/model';
import { FORMS, type TypeForm } from './forms.ts';
import { LITERAL_DECLARATIONS } from './literals.ts';
import { INTERFACE_NAME, randomContract } from './random-contract.ts';
import { trialsOf, type Trial } from './trials.ts';

const COMPILE_OPTIONS = { target: 'es2024', lib: ['es2024', 'esnext.disposable', 'dom'] };

/** Functions of one world; each has two types. */
const FUNCTIONS = 20;

/** What a run of the law found. */
export interface LawResult {
  readonly types: number;
  /** Values that an engine lifted; all of them are compared with their declarations. */
  readonly lifted: number;
  /** Values in the documented form; all of them are declared, and are lowered. */
  readonly documented: number;
  /** Values in the other forms that a host may give; all of them are declared, and are lowered. */
  readonly accepted: number;
  /** Values that were made to be lowered, and how many of them the compiler and the engines accept. */
  readonly drawn: {
    readonly all: number;
    readonly declaredAndLowered: number;
    readonly loweredOnly: number;
    readonly refusedByBoth: number;
  };
  /** Values that no declaration may allow. */
  readonly wrong: number;
  readonly violations: readonly string[];
}

/** A file of checks: one trial a line, after the lines of its head. */
interface CheckFile {
  readonly path: string;
  readonly head: readonly string[];
  readonly trials: readonly Trial[];
  readonly lines: readonly string[];
}

/**
 * The law of the mapping: every value that the runtime lifts is of the type that its declaration says, and every
 * value of the declared type is lowered to what it stands for, by both engines.
 *
 * Random functions are declared by `generate`, under each choice of the mapping. Their values go through both engines,
 * are written down as expressions beside the declared types, and are compiled in one batch. The compiler is the judge
 * of what a declaration allows.
 *
 * @param types how many random types are tried, at least
 */
export async function checkLaw(types: number, seed: number): Promise<LawResult> {
  const worlds = Math.ceil(types / (2 * FUNCTIONS));
  const files: SourceText[] = [];
  const checks: CheckFile[] = [];
  for (let index = 0; index < worlds; index += 1) {
    const folder = `world-${index}`;
    const { generated, check } = await worldFiles(
      folder,
      new Random(seed * 1_000_003 + index),
      FORMS[index % FORMS.length]!,
    );
    files.push(...generated, { path: check.path, content: [...check.head, ...check.lines, ''].join('\n') });
    checks.push(check);
  }
  return judge(worlds * 2 * FUNCTIONS, checks, await compileStrictly(files, COMPILE_OPTIONS));
}

async function worldFiles(
  folder: string,
  random: Random,
  form: TypeForm,
): Promise<{ readonly generated: readonly SourceText[]; readonly check: CheckFile }> {
  const world = worldOf(randomContract(random, FUNCTIONS));
  const files = await generate({ packages: [], worlds: [world], interfaces: [], types: [] }, world, form);
  const item = world.imports.get(INTERFACE_NAME);
  if (item?.tag !== 'interface') throw new Error('the world imports an interface');
  const trials = functionsOf(item.interface).flatMap((func) => trialsOf(func.name, func, random, form));
  const declared = files.find(({ path }) => path.startsWith('interfaces/'));
  if (declared === undefined) throw new Error('the interface has a file');
  return {
    generated: files.map(({ path, content }) => ({ path: `${folder}/${path}`, content })),
    check: checkFile(folder, declared, trials),
  };
}

function functionsOf(
  iface: Interface,
): Interface['functions'] extends ReadonlyMap<string, infer F> ? F[] : never {
  return [...iface.functions.values()].filter((func) => func.kind.tag === 'freestanding');
}

function checkFile(folder: string, declared: SourceText, trials: readonly Trial[]): CheckFile {
  const lines = trials.map(
    ({ func, position, literal }, index) =>
      `export const v${index}: ${declaredType(declared.content, func, position)} = ${literal};`,
  );
  const used = new Set(
    lines.flatMap((line) => line.slice(0, line.indexOf(' = ')).match(/\b[A-Z]\w*/gu) ?? []),
  );
  const names = [...declared.content.matchAll(/^export (?:interface|type) (\w+)/gmu)].map(
    ([, name]) => name!,
  );
  const imported = ['Handle', ...names.filter((name) => used.has(name) && name !== 'Handle')];
  const helpers = ['Result', 'Option'].filter((name) => used.has(name) && !names.includes(name));
  const head = [
    `import type { ${imported.join(', ')} } from "./${declared.path.replace(/ts$/u, 'js')}";`,
    helpers.length === 0 ? '' : `import type { ${helpers.join(', ')} } from "@wit-ts/runtime/codegen/v1";`,
    ...LITERAL_DECLARATIONS,
  ];
  return { path: `${folder}/check.ts`, head, trials, lines };
}

/** The declared type of a position. What a function throws stands in its documentation. */
function declaredType(content: string, func: string, position: Trial['position']): string {
  if (position === 'argument') return `Parameters<I["${func}"]>[0]`;
  if (position === 'returned') return `ReturnType<I["${func}"]>`;
  const [, payload] =
    new RegExp(`@throws \\{ComponentError<(.*)>\\} \\*/\\s+${func}\\(`, 'u').exec(content) ?? [];
  if (payload === undefined) throw new Error(`${func} does not say what it throws`);
  return payload;
}

function judge(types: number, checks: readonly CheckFile[], errors: readonly CompileError[]): LawResult {
  const violations: string[] = [];
  const messages = new Map<string, string>();
  const byPath = new Map(checks.map((check) => [check.path, check]));
  for (const { path, line, message } of errors) {
    const check = byPath.get(path);
    if (check === undefined || line <= check.head.length) violations.push(`${path}:${line}: ${message}`);
    else messages.set(`${path}:${line - check.head.length - 1}`, message);
  }
  const drawn = { all: 0, declaredAndLowered: 0, loweredOnly: 0, refusedByBoth: 0 };
  let lifted = 0;
  let documented = 0;
  let accepted = 0;
  let wrong = 0;
  for (const { path, trials } of checks) {
    for (const [index, trial] of trials.entries()) {
      const refusal = messages.get(`${path}:${index}`);
      const isDeclared = refusal === undefined;
      const report = (what: string): void => {
        violations.push(
          `${path}, ${trial.func}, ${trial.position}: ${trial.type}\n  ${trial.literal}\n  ${what}`,
        );
      };
      if (trial.kind !== 'wrong' && trial.kind !== 'drawn') {
        if (trial.kind === 'lifted') lifted += 1;
        else if (trial.kind === 'documented') documented += 1;
        else accepted += 1;
        if (!isDeclared) report(`is ${trial.kind}, and not of the declared type: ${refusal}`);
      } else if (trial.kind === 'wrong') {
        wrong += 1;
        if (isDeclared) report('is of the declared type');
      } else {
        drawn.all += 1;
        if (isDeclared && !trial.isLowered) report('is of the declared type, and refused');
        if (isDeclared && trial.isLowered) drawn.declaredAndLowered += 1;
        if (!isDeclared && trial.isLowered) drawn.loweredOnly += 1;
        if (!isDeclared && !trial.isLowered) drawn.refusedByBoth += 1;
      }
      // What a value that is not declared becomes is not promised, but the engines must agree.
      if (trial.problem !== undefined) report(trial.problem);
    }
  }
  return { types, lifted, documented, accepted, drawn, wrong, violations };
}
