import { dataText } from '@wit-ts/abi/compile';
import type { FusedCall, HostCall, LoweredFunction, TrampolineWiring } from '@wit-ts/runtime/static-module';
import { entersOne } from './entered-instances.ts';
import { bindingText } from './binding-text.ts';
import type { InstancePrinter } from './instance-printer.ts';

/** Prints the core function of a trampoline. */
export function trampolineText(printer: InstancePrinter, wiring: TrampolineWiring): string {
  const { functions } = printer;
  switch (wiring.tag) {
    case 'host-call':
      return lowered(printer, wiring, `found[${wiring.import}]`);
    case 'component-call': {
      const func = printer.wiring.functions[wiring.callee]!;
      if (func.tag !== 'lifted') throw new TypeError('a component calls a lifted function');
      return lowered(printer, wiring, printer.lifted(func, wiring.instance));
    }
    case 'direct-call': {
      const core = printer.core(wiring.core);
      if (wiring.guard === undefined) return core;
      return `guards.guarded(${dataText(wiring.guard)}, ${core}, inst${wiring.guard.instance})`;
    }
    case 'fused-call':
      return fused(printer, wiring);
    case 'resource.new':
    case 'resource.drop':
    case 'resource.rep': {
      const name = {
        'resource.new': 'resourceNew',
        'resource.drop': 'resourceDrop',
        'resource.rep': 'resourceRep',
      };
      return `${functions.use(name[wiring.tag])}(resource${wiring.resource}, inst${wiring.instance})`;
    }
    case 'task-builtin':
      throw new TypeError('built-ins of tasks are not printed here');
  }
}

function lowered(
  printer: InstancePrinter,
  { spec, options, instance, resources }: LoweredFunction | HostCall,
  callee: string,
): string {
  return bindingText(printer.functions.lower(spec), {
    callee,
    ...printer.options(options, instance),
    ...printer.allocating(options, instance, spec.options),
    instance: `inst${instance}`,
    resources: printer.resources(resources),
  });
}

function fused(
  printer: InstancePrinter,
  { spec, core, postReturn, caller, callee, resources }: FusedCall,
): string {
  const factory = printer.functions.fuse(
    spec,
    entersOne(printer.plan, callee.instance, caller.instance) ? 'callee' : 'set',
  );
  const party = ({ instance, options }: FusedCall['caller']): string => {
    const members = Object.entries({ ...printer.options(options, instance), instance: `inst${instance}` });
    return `{ ${members.flatMap(([key, text]) => (text === undefined ? [] : [`${key}: ${text}`])).join(', ')} }`;
  };
  return bindingText(factory, {
    core: printer.liftedCore(core),
    postReturn: postReturn && printer.cleanup(postReturn, callee.instance),
    caller: party(caller),
    callee: party(callee),
    resources: printer.resources(resources),
  });
}
