import type { Type } from '@wit-ts/model';
import type { Plan, PlanOptions } from '@wit-ts/plan';
import type { FlatSpec, MoveSpec } from '@wit-ts/abi';
import { shapeOf } from '@wit-ts/model/layout';
import {
  type FunctionWiring,
  isSameType,
  type TaskBuiltin,
  type TrampolineWiring,
  type Wiring,
} from '@wit-ts/runtime/static-module';
import { entersOne } from './entered-instances.ts';
import { type ExecutedParts, partsText } from './parts-text.ts';
import { unusedIn } from './unused-data.ts';
import { GraphPrinter } from './graph-text.ts';
import type { PrintedFunctions, PrintedValues } from './printed-functions.ts';

/**
 * Prints a component whose functions wait, or whose instances have limits or a trace, as the data that the runtime
 * executes: its plan and its wiring, with the code of each function beside the specification of the function.
 */
export class TasksPrinter {
  readonly #plan: Plan;
  readonly #wiring: Wiring;
  readonly #functions: PrintedFunctions;
  /** The members that an object of the data has for its code, as text. */
  readonly #codes = new Map<object, Record<string, string>>();
  readonly #graph: GraphPrinter;
  /** The types that code of values refers to at run time. */
  readonly #values: { readonly object: object; readonly key: string; readonly printed: PrintedValues }[] = [];

  readonly #executed: ExecutedParts;

  constructor(executed: ExecutedParts, functions: PrintedFunctions) {
    const { plan, wiring, trace } = executed;
    this.#executed = executed;
    this.#plan = plan;
    this.#graph = new GraphPrinter(
      (object) => this.#codes.get(object) ?? {},
      unusedIn([plan.lifts, wiring], trace),
    );
    this.#wiring = wiring;
    this.#functions = functions;
  }

  /** Prints the declarations of `component` and `steps`. */
  print(): string {
    for (const each of this.#wiring.functions) this.#function(each);
    for (const each of this.#wiring.trampolines) this.#trampoline(each);
    this.#classes();
    const copies = this.#copies();
    const { instances, lifts, resources, steps } = this.#plan;
    const data = {
      plan: {
        instances,
        lifts: lifts.map(({ name, type, options, instance }) => ({ name, type, options, instance })),
        resources,
        steps,
      },
      wiring: this.#wiring,
      copies: copies.map(({ from, to }) => [from, to]),
    };
    const types = [...this.#values, ...copies].map(({ printed }) => [printed.resources, printed.waitables]);
    this.#graph.count(data);
    this.#graph.count(types);
    for (const { object, key, printed } of this.#values)
      this.#addCode(object, key, this.#valuesText(printed));
    const pairs = copies.map(
      ({ from, to, printed }) =>
        `[${this.#graph.text(from)}, ${this.#graph.text(to)}, ${this.#valuesText(printed)}]`,
    );
    const plan = this.#graph.text(data.plan);
    const wiring = this.#graph.text(data.wiring);
    const use = (name: string): string => this.#functions.use(name);
    const parts = partsText(this.#executed, this.#waitables(), use);
    return `${this.#graph.declarations}

const component = ${use('staticComponent')}({
  plan: ${plan},
  wiring: ${wiring},
  ${parts},
  copies: [${pairs.join(', ')}],
});
const steps = (modules, found, options) => ${use('staticSteps')}(component, modules, found, options);`;
  }

  /** The streams, futures and error contexts that values contain. */
  #waitables(): ReadonlySet<Type> {
    return new Set(this.#values.flatMap(({ printed }) => printed.waitables));
  }

  #addCode(object: object, key: string, text: string): void {
    let members = this.#codes.get(object);
    if (members === undefined) this.#codes.set(object, (members = {}));
    members[key] = text;
  }

  #function(func: FunctionWiring): void {
    if (func.tag === 'passed-on') {
      this.#addCode(func.type, 'code', this.#functions.passedOn(func.type, func.name));
      return;
    }
    const { spec, task, instance } = func;
    if (task?.values !== undefined) {
      this.#flat(task.values.args, 'lower');
      this.#flat(task.values.result, 'lift');
    }
    if (spec === undefined) return;
    const isOwn = spec.peer !== 'component' && this.#plan.instances[instance]!.parent === undefined;
    this.#addCode(spec, 'code', `{ bind: ${this.#functions.lift(spec, isOwn ? 'own' : 'set').name} }`);
  }

  #trampoline(wiring: TrampolineWiring): void {
    switch (wiring.tag) {
      case 'host-call':
        if (wiring.task === undefined)
          this.#addCode(wiring.spec, 'code', `{ bind: ${this.#functions.lower(wiring.spec).name} }`);
        else {
          this.#flat(wiring.task.args, 'lift');
          this.#flat(wiring.task.result, 'lower');
        }
        break;
      case 'component-call':
        if (wiring.task === undefined)
          this.#addCode(wiring.spec, 'code', `{ bind: ${this.#functions.lower(wiring.spec).name} }`);
        else {
          this.#move(wiring.task.args);
          this.#move(wiring.task.result);
        }
        break;
      case 'fused-call': {
        const { spec, caller, callee } = wiring;
        const entering = entersOne(this.#plan, callee.instance, caller.instance) ? 'callee' : 'set';
        this.#addCode(spec, 'code', `{ bind: ${this.#functions.fuse(spec, entering).name} }`);
        break;
      }
      case 'task-builtin':
        if (wiring.message !== undefined)
          this.#flat(wiring.message, wiring.builtin.canon.tag === 'error-context.new' ? 'lift' : 'lower');
        break;
      default:
    }
  }

  #flat(spec: FlatSpec, direction: 'lift' | 'lower'): void {
    const printed = direction === 'lift' ? this.#functions.liftFlat(spec) : this.#functions.lowerFlat(spec);
    this.#values.push({ object: spec, key: 'code', printed });
  }

  #move(spec: MoveSpec): void {
    this.#values.push({ object: spec, key: 'code', printed: this.#functions.moveFlat(spec) });
  }

  /** Adds the code of elements to the options of the built-ins that pass them. Returns that of copies between two. */
  #copies(): readonly {
    readonly from: PlanOptions;
    readonly to: PlanOptions;
    readonly printed: PrintedValues;
  }[] {
    const places = this.#wiring.trampolines.flatMap((each) =>
      each.tag === 'task-builtin' ? placeOf(each) : [],
    );
    for (const { side, type, options, name } of places) {
      const spec = { type, options: options.canonical, name, peer: 'host' } as const;
      const printed = side === 'read' ? this.#functions.store(spec) : this.#functions.load(spec);
      this.#values.push({ object: options, key: side === 'read' ? 'stores' : 'loads', printed });
    }
    const readers = places.filter(({ side }) => side === 'read');
    return places
      .filter(({ side }) => side === 'write')
      .flatMap((from) =>
        readers
          .filter((to) => isSameType(from.type, to.type))
          .map((to) => ({
            from: from.options,
            to: to.options,
            printed: this.#functions.copy({
              type: from.type,
              name: from.name,
              from: from.options.canonical,
              to: to.options.canonical,
            }),
          })),
      );
  }

  #classes(): void {
    const add = (members: Wiring['exports']): void => {
      for (const member of members) {
        if (member.tag === 'object') add(member.members);
        if (member.tag !== 'class' || this.#wiring.resources[member.resource]!.tag === 'host') continue;
        const { type } = this.#plan.resources[member.resource]!;
        if (!this.#codes.has(type))
          this.#addCode(type, 'code', this.#functions.resourceClass(member.keys[0]).name);
      }
    };
    add(this.#wiring.exports);
  }

  #valuesText({ bind, resources, waitables }: PrintedValues): string {
    return `{ resources: ${this.#graph.text(resources)}, waitables: ${this.#graph.text(waitables)}, bind: ${bind} }`;
  }
}

interface Place {
  readonly side: 'read' | 'write';
  readonly type: Type;
  readonly options: PlanOptions;
  readonly name: string;
}

/** Where a built-in that reads or writes a stream or future has its elements; nothing when there are none. */
function placeOf({ builtin: { canon, type, options } }: TaskBuiltin): readonly Place[] {
  const side = /\.(read|write)$/u.exec(canon.tag)?.[1] as Place['side'] | undefined;
  if (side === undefined || type === undefined || options === undefined) return [];
  const shape = shapeOf(type);
  const payload = typeof shape === 'object' && 'payload' in shape ? shape.payload : undefined;
  return payload === undefined ? [] : [{ side, type: payload, options, name: canon.tag }];
}
