import type { CoreRef, ModuleRef, Plan, PlanExport } from '@wit-ts/plan';
import type { ComponentContents } from '@wit-ts/component/inspect';
import { callee } from './functions.ts';

/** More labels of one arrow than these are counted. */
const MAX_LABELS = 6;

/**
 * Draws an instance of the component as a Mermaid flowchart: core instances, imports, exports, and the functions that
 * connect them. Thick arrows go through the Canonical ABI.
 */
export function mermaid(plan: Plan, contents: ComponentContents): string {
  return new Flowchart(plan, contents).text();
}

class Flowchart {
  readonly #plan: Plan;
  readonly #names: ReadonlyMap<number, string>;
  readonly #nodes = new Map<string, string>();
  readonly #builtins = new Map<number, Set<string>>();
  readonly #arrows = new Map<
    string,
    { readonly line: string; readonly to: string; readonly labels: string[] }
  >();

  constructor(plan: Plan, contents: ComponentContents) {
    this.#plan = plan;
    this.#names = moduleNames(plan, contents);
  }

  text(): string {
    for (const step of this.#plan.steps) {
      if (step.tag !== 'instantiate-core') continue;
      const to = `c${step.into}`;
      this.#nodes.set(to, this.#moduleLabel(step.module));
      for (const { name, value } of step.args) {
        if (value.tag === 'instance') this.#arrow(`c${value.instance}`, '-->', to, name);
        else for (const item of value.exports) this.#flow(item.value, step.into, item.name);
      }
    }
    for (const [name, item] of this.#plan.exports) this.#export(name, item);
    const nodes = [...this.#nodes].map(([id, label]) => `  ${id}${this.#shape(id, label)}`);
    const arrows = [...this.#arrows].map(([key, { line, to, labels }]) => {
      return `  ${key.split(' ', 1)[0]} ${line}|${quoted(labelText(labels))}| ${to}`;
    });
    return ['flowchart LR', ...nodes, ...arrows].join('\n');
  }

  #flow(ref: CoreRef, into: number, name: string): void {
    const to = `c${into}`;
    if (ref.tag === 'export') return this.#arrow(`c${ref.instance}`, '-->', to, ref.name);
    const trampoline = this.#plan.trampolines[ref.index];
    if (trampoline?.tag !== 'lower') {
      const builtins = this.#builtins.get(into) ?? new Set();
      builtins.add(trampoline?.tag === 'builtin' ? trampoline.canon.tag : (trampoline?.tag ?? name));
      this.#builtins.set(into, builtins);
      return undefined;
    }
    const { func } = trampoline;
    if (func.tag === 'import') {
      const [root = '', ...rest] = this.#plan.imports[func.import]?.path ?? [];
      return this.#arrow(this.#outside('i', root), '==>', to, rest.join(' ') || root);
    }
    return this.#arrow(this.#liftedFrom(func.index), '==>', to, callee(this.#plan, func));
  }

  #export(name: string, item: PlanExport): void {
    if (item.tag === 'instance') {
      for (const [member, inner] of item.exports) {
        if (inner.tag === 'func') this.#exported(name, member, inner);
      }
    } else if (item.tag === 'func') this.#exported(name, name, item);
  }

  #exported(owner: string, label: string, { func }: Extract<PlanExport, { tag: 'func' }>): void {
    const to = this.#outside('e', owner);
    if (func.tag === 'lift') return this.#arrow(this.#liftedFrom(func.index), '==>', to, label);
    const [root = ''] = this.#plan.imports[func.import]?.path ?? [];
    return this.#arrow(this.#outside('i', root), '==>', to, label);
  }

  /** The core instance whose function is lifted. */
  #liftedFrom(lift: number): string {
    const core = this.#plan.lifts[lift]?.core;
    return core?.tag === 'export' ? `c${core.instance}` : this.#outside('i', 'built-ins');
  }

  /** Returns the node of an import or export, and adds it if it is new. */
  #outside(kind: 'i' | 'e', name: string): string {
    for (const [id, label] of this.#nodes) if (id.startsWith(kind) && label === name) return id;
    const id = `${kind}${this.#nodes.size}`;
    this.#nodes.set(id, name);
    return id;
  }

  #arrow(from: string, line: string, to: string, label: string): undefined {
    const key = `${from} ${line} ${to}`;
    const known = this.#arrows.get(key);
    if (known === undefined) this.#arrows.set(key, { line, to, labels: [label] });
    else if (!known.labels.includes(label)) known.labels.push(label);
  }

  #moduleLabel(module: ModuleRef): string {
    if (module.tag === 'import') return `module ${this.#plan.imports[module.import]?.path.join(' ') ?? ''}`;
    const name = this.#names.get(module.index);
    return name === undefined ? `core module ${module.index}` : name;
  }

  #shape(id: string, label: string): string {
    if (id.startsWith('i')) return `>${quoted([label])}]`;
    if (id.startsWith('e')) return `([${quoted([label])}])`;
    const builtins = [...(this.#builtins.get(Number(id.slice(1))) ?? [])];
    return `[${quoted(builtins.length === 0 ? [label] : [label, ...labelText(builtins)])}]`;
  }
}

/** The names of modules, if the binary names them. */
function moduleNames(plan: Plan, contents: ComponentContents): ReadonlyMap<number, string> {
  const bySize = new Map<number, string[]>();
  const visit = ({ modules, components }: ComponentContents): void => {
    for (const { size, name } of modules)
      if (name !== undefined) bySize.set(size, [...(bySize.get(size) ?? []), name]);
    for (const inner of components) visit(inner);
  };
  visit(contents);
  const names = new Map<number, string>();
  for (const [index, bytes] of plan.modules.entries()) {
    const fitting = bySize.get(bytes.length);
    if (fitting?.length === 1) names.set(index, fitting[0]!);
  }
  return names;
}

function labelText(labels: readonly string[]): string[] {
  if (labels.length <= MAX_LABELS) return [...labels];
  return [...labels.slice(0, MAX_LABELS - 1), `… ${labels.length - MAX_LABELS + 1} more`];
}

/** Names come from the component, so nothing in them may be read as Mermaid or HTML. */
function quoted(lines: readonly string[]): string {
  const clean = lines.map((line) =>
    [...line].map((char) => (/[\w .,:/@…·$=-]/u.test(char) ? char : `#${char.codePointAt(0)};`)).join(''),
  );
  return `"${clean.join('<br/>')}"`;
}
