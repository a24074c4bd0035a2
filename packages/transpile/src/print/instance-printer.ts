import { Code, dataText, literal, objectKey, property } from '@wit-ts/abi/compile';
import type { CanonicalOptions } from '@wit-ts/abi';
import type { CoreArg, CoreRef, Plan, PlanStep } from '@wit-ts/plan';
import type {
  CleanupFunction,
  LiftedCore,
  LiftedFunction,
  OptionsWiring,
  Wiring,
} from '@wit-ts/runtime/static-module';
import { type BindingMembers, bindingText } from './binding-text.ts';
import { ExportsPrinter } from './exports-printer.ts';
import { moduleText } from './module-text.ts';
import type { PrintedFactory, PrintedFunctions } from './printed-functions.ts';
import { trampolineText } from './trampoline-text.ts';

/**
 * Prints the steps of a plan, with the wiring of its functions, as a generator function. It asks for each core instance
 * with `yield`, and returns the exports.
 */
export class InstancePrinter {
  readonly plan: Plan;
  readonly wiring: Wiring;
  readonly functions: PrintedFunctions;
  /** The core instances whose module the host gives: only these may lack an export. */
  readonly #foreign = new Set<number>();
  readonly #code = new Code();
  /** The functions that allocate, by the text that makes them. */
  readonly #allocating = new Map<string, string>();

  /** The imports of core modules whose types are printed. */
  readonly #typed: ReadonlySet<number>;

  constructor(plan: Plan, wiring: Wiring, functions: PrintedFunctions, typed: ReadonlySet<number>) {
    this.#typed = typed;
    this.plan = plan;
    this.wiring = wiring;
    this.functions = functions;
  }

  print(): Code {
    const code = this.#code;
    // No call of such a component is a task, so nothing can wait for ever or fail unnoticed.
    const options = "{ name = 'the component', deadlock, onError, ...others }";
    code.block(`function* steps(modules, found, ${options})`, () => {
      code.line(`${this.functions.use('refuseOthers')}(others);`);
      this.#componentInstances(code);
      // Start functions may call the host, which may call nothing inside before it has the exports.
      code.line('inst0.mayEnter = false;');
      for (const step of this.plan.steps) code.line(this.#step(step));
      const exports = new ExportsPrinter(this, code).text();
      code.line(`const exported = ${exports};`);
      code.line('inst0.mayEnter = true;');
      code.line('return exported;');
    });
    return code;
  }

  #componentInstances(code: Code): void {
    for (const [index, { parent, name }] of this.plan.instances.entries()) {
      const text = parent === undefined ? 'name' : `\`\${inst${parent}.name} › \${${literal(name)}}\``;
      code.line(`const inst${index} = ${this.#componentInstance(text, parent)};`);
    }
    if (this.wiring.flagged.length > 0) {
      const guards = this.functions.use('CallGuards');
      code.line(`const guards = new ${guards}(${dataText({ flagged: this.wiring.flagged })});`);
    }
  }

  /** An instance has a table if there are resources. */
  #componentInstance(name: string, parent: number | undefined): string {
    const around = parent === undefined ? 'undefined' : `inst${parent}`;
    return this.wiring.resources.length > 0
      ? `new ${this.functions.use('ComponentInstance')}(${name}, ${around})`
      : `{ name: ${name}, parent: ${around}, mayEnter: true, mayLeave: true, failure: undefined }`;
  }

  #step(step: PlanStep): string {
    switch (step.tag) {
      case 'instantiate-core': {
        if (step.module.tag === 'import') this.#foreign.add(step.into);
        const request = `[${moduleText(step.module)}, ${this.#coreImports(step.args)}, inst${step.instance}]`;
        const { module } = step;
        const made =
          module.tag === 'import' && this.#typed.has(module.import)
            ? `yield* ${this.functions.use('instanceOfGiven')}(moduleType${module.import}, ${request})`
            : `yield ${request}`;
        return `const core${step.into} = ${made};`;
      }
      case 'trampoline':
        return `const trampoline${step.index} = ${trampolineText(this, this.wiring.trampolines[step.index]!)};`;
      case 'resource':
        return `const resource${step.index} = ${this.#resourceType(step.index)};`;
    }
  }

  #resourceType(index: number): string {
    const resource = this.wiring.resources[index]!;
    const type = this.functions.use('ResourceType');
    const name = literal(resource.name);
    if (resource.tag === 'host') return `${type}.ofHost(${name}, found[${resource.import}])`;
    const destructor =
      resource.destructor === undefined ? '' : `, ${this.cleanup(resource.destructor, resource.instance)}`;
    return `${type}.ofGuest(${name}, inst${resource.instance}${destructor})`;
  }

  /** Names come from the component. In objects without a prototype they cannot mean anything else. */
  #coreImports(args: readonly CoreArg[]): string {
    const members = args.map(({ name, value }) => {
      const object =
        value.tag === 'instance'
          ? `core${value.instance}`
          : nameless(value.exports.map((item) => `${objectKey(item.name)}: ${this.core(item.value)}`));
      return `${objectKey(name)}: ${object}`;
    });
    return nameless(members);
  }

  /** Prints a core function, table, memory, global or tag. */
  core(ref: CoreRef): string {
    if (ref.tag === 'trampoline') return `trampoline${ref.index}`;
    const { instance, name } = ref;
    return this.#foreign.has(instance)
      ? `${this.functions.use('exportedCore')}(core${instance}, ${instance}, ${literal(name)})`
      : property(`core${instance}`, name);
  }

  /** Prints a realloc, a post-return function or a destructor inside the functions that must surround it. */
  cleanup({ core, flagged }: CleanupFunction, instance: number): string {
    const text = this.core(core);
    return flagged === undefined ? text : `guards.flagging(${instance}, ${text}, ${dataText(flagged)})`;
  }

  /** Prints the core function that a lift calls. */
  liftedCore({ core, through }: LiftedCore): string {
    const text = this.core(core);
    return through === undefined
      ? text
      : `${this.functions.use('throughCore')}(${text}, ${dataText(through)})`;
  }

  /** The members of a binding for canonical options, by name. */
  options(
    { memory, realloc }: OptionsWiring,
    instance: number,
  ): Readonly<Record<string, string | undefined>> {
    return {
      memory: memory && this.core(memory),
      realloc: realloc && this.cleanup(realloc, instance),
    };
  }

  /** The members of a binding for the functions that allocate. Those of all functions with the same options are one. */
  allocating(wiring: OptionsWiring, instance: number, options: CanonicalOptions): BindingMembers {
    const members = { ...this.options(wiring, instance), instance: `inst${instance}` };
    const alloc = (): string => this.#allocate(this.functions.allocation(options), members);
    return {
      alloc,
      lowerString: () => this.#allocate(this.functions.lowerString(options), { ...members, alloc }),
    };
  }

  #allocate(factory: PrintedFactory, members: BindingMembers): string {
    const text = bindingText(factory, members);
    let name = this.#allocating.get(text);
    if (name === undefined) {
      name = `allocating${this.#allocating.size}`;
      this.#allocating.set(text, name);
      this.#code.line(`const ${name} = ${text};`);
    }
    return name;
  }

  resources(indices: readonly number[]): string {
    return `[${indices.map((index) => `resource${index}`).join(', ')}]`;
  }

  /** Prints a component function. @param caller the component instance that calls; absent when the host calls */
  lifted(func: LiftedFunction, caller?: number): string {
    const { core, options, postReturn, instance, resources } = func;
    const isOwn = caller === undefined && this.plan.instances[instance]!.parent === undefined;
    const factory = this.functions.lift(func.spec!, isOwn ? 'own' : 'set');
    return bindingText(factory, {
      core: this.liftedCore(core),
      scope: '{ borrows: 0 }',
      ...this.options(options, instance),
      ...this.allocating(options, instance, func.spec!.options),
      postReturn: postReturn && this.cleanup(postReturn, instance),
      instance: `inst${instance}`,
      caller: caller === undefined ? undefined : `inst${caller}`,
      resources: this.resources(resources),
    });
  }
}

function nameless(members: readonly string[]): string {
  return members.length === 0 ? '{}' : `{ __proto__: null, ${members.join(', ')} }`;
}
