import type {
  CopyValues,
  FlatBinding,
  LiftFlat,
  LoadValues,
  LowerFlat,
  MoveBinding,
  MoveFlat,
  StoreValues,
  ValuesBinding,
} from '../value-engine.ts';

type Bind<Binding, Result> = (binding: Binding) => Result;

/** Chooses how values pass: between two instances, or from an instance to itself. */
export function passing<Result>(
  between: Bind<MoveBinding, Result>,
  within: Bind<MoveBinding, Result>,
): Bind<MoveBinding, Result> {
  return (binding) => (binding.from.instance === binding.to.instance ? within(binding) : between(binding));
}

/*
 * Values that an instance passes to itself. Its realloc may change the memory that they are in, so all of them become
 * JavaScript values before the first is lowered.
 */

/** `ValueEngine.moveFlat` within one instance. */
export function moveThrough(
  lift: Bind<FlatBinding, LiftFlat>,
  lower: Bind<FlatBinding, LowerFlat>,
): Bind<MoveBinding, MoveFlat> {
  return ({ from, to, resources }) => {
    const lifting = lift({ ...from, resources });
    const lowering = lower({ ...to, resources });
    return (flat, lent, scope, into) => lowering(lifting(flat, lent), scope, into);
  };
}

/** `ValueEngine.copy` within one instance. The ranges may overlap. */
export function copyThrough(
  load: Bind<ValuesBinding, LoadValues>,
  store: Bind<ValuesBinding, StoreValues>,
): Bind<MoveBinding, CopyValues> {
  return ({ from, to, resources }) => {
    const loading = load({ ...from, memory: from.memory!, resources });
    const storing = store({ ...to, memory: to.memory!, resources });
    return (ptr, into, count) => storing(loading(ptr, count), into);
  };
}

/** `ValueEngine.copy` within one instance, for elements that are any bytes. @param size the size of one in bytes */
export function copyBytesWithin(size: number): Bind<MoveBinding, CopyValues> {
  return ({ from, to }) => {
    const [source, target] = [from.memory!, to.memory!];
    return (ptr, into, count) =>
      new Uint8Array(target.buffer).set(new Uint8Array(source.buffer, ptr, count * size), into);
  };
}
