import { loweredType, coreTypeText } from './interpreter-text.ts';
import type { LoweredImport, Topology } from './topology.ts';

/**
 * A component is instantiated before the components inside it, so its core module imports their functions from a module
 * with a table, which is filled later.
 */
export function lateModuleText(topology: Topology, index: number): string {
  const late = lateCalls(topology, index);
  if (late.length === 0) return '';
  const functions = late.map(({ position, type }, slot) => {
    const params = Array.from({ length: type.params }, (_, param) => `(local.get ${param})`);
    return `(type $t${slot} (func ${coreTypeText(type)}))
(func (export "${position}") ${coreTypeText(type)}
  (call_indirect (type $t${slot}) ${params.join(' ')} (i32.const ${slot})))`;
  });
  return `(core module $Late (table (export "table") ${late.length} funcref)
${functions.join('\n')})
(core instance $late (instantiate $Late))`;
}

/** @param lowering returns the function of an instance inside this one, with the options to lower it */
export function lateFillText(
  topology: Topology,
  index: number,
  lowering: (callee: number) => string,
): string {
  const late = lateCalls(topology, index);
  return `${late
    .map(
      ({ lowered }, slot) =>
        `(core func $late${slot} (canon lower ${lowering(lowered.index)} ${lowered.async ? 'async' : ''}))`,
    )
    .join('\n')}
(core module $Fill (import "late" "table" (table ${late.length} funcref))
${late.map(({ type }, slot) => `(import "" "${slot}" (func $f${slot} ${coreTypeText(type)}))`).join('\n')}
(elem (i32.const 0) func ${late.map((_, slot) => `$f${slot}`).join(' ')}))
(core instance (instantiate $Fill (with "late" (instance $late)) (with "" (instance
${late.map((_, slot) => `(export "${slot}" (func $late${slot}))`).join('\n')}))))`;
}

interface LateCall {
  readonly lowered: LoweredImport;
  /** The position among the lowered functions of the instance. */
  readonly position: number;
  readonly type: ReturnType<typeof loweredType>;
}

function lateCalls({ instances, functions }: Topology, index: number): readonly LateCall[] {
  return instances[index]!.lowered.flatMap((lowered, position) => {
    const { callee, index: at, async } = lowered;
    if (callee === undefined || instances[callee]!.parent !== index) return [];
    return [{ lowered, position, type: loweredType(functions[at]!, async) }];
  });
}
