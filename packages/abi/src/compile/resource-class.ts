import { NO_TYPES } from '../helpers/describe.ts';
import type { TypeDef } from '@wit-ts/model';
import { CALLING } from '../helpers/traps.ts';
import { hostHelpers } from '../helpers/host-helpers.ts';
import { resourceHelpers } from '../helpers/resource-helpers.ts';
import type { GuestClass } from '../resource-class.ts';
import type { ResourceType } from '../resource-type.ts';
import type { EmittedFactory } from './emitted-factory.ts';
import { instantiateSource } from './evaluate.ts';
import { literal } from './source-text.ts';
import type { HelperName } from './factory-source.ts';

type ClassFactory = (type: ResourceType) => GuestClass;

const factories = new WeakMap<TypeDef, ClassFactory>();

const NAMES: readonly HelperName[] = [
  'HANDLE',
  'adopt',
  'cannotEnter',
  'dispose',
  'disposeOf',
  'droppedOf',
  'failed',
  'forget',
  'noConstructor',
];

/**
 * Does what `resourceClass` does, as emitted text: the JavaScript engine then specialises each class for its
 * constructor and destructor.
 */
export function compiledResourceClass(definition: TypeDef, type: ResourceType, name: string): GuestClass {
  let factory = factories.get(definition);
  if (factory === undefined) {
    factory = instantiateSource<ClassFactory>(emitResourceClass(name), {
      ...hostHelpers,
      ...resourceHelpers,
    });
    factories.set(definition, factory);
  }
  return factory(type);
}

/** Emits a factory of the class of a resource from its `ResourceType`. @param name the name of the class */
export function emitResourceClass(name: string): EmittedFactory {
  return { helpers: NAMES, source: source(name), types: () => NO_TYPES, resources: [] };
}

/** In the text, the last `try` is for frozen objects, which keep the handle that they have. */
function source(name: string): string {
  return `(type) => {
  const inst = type.implementer, alone = !inst.parent && !type.whenFree, destructor = type.destructor;
  const made = { ${literal(name)}: class {
    constructor(...args) {
      const construct = type.construct;
      if (construct === undefined) throw noConstructor(${literal(name)});
      const object = construct(...args);
      if (new.target !== made) adopt(object, new.target);
      return object;
    }
    [dispose]() {
      const handle = this[HANDLE];
      if (handle === undefined) return;
      if (!alone || handle.type !== type || !handle.own || inst.failure !== undefined) return disposeOf(this, handle);
      const rep = handle.rep;
      if (rep === undefined) return disposeOf(this, handle);
      if (inst.mayEnter !== true) throw cannotEnter(inst, type.dropName);
      inst.mayEnter = false;
      if (destructor !== undefined) {
        try {
          destructor(rep);
        }
        catch (e) {
          inst.failure ??= e;
          throw failed(inst, e, ${CALLING}, type.dropName);
        }
      }
      inst.mayEnter = true;
      forget(handle);
      try {
        this[HANDLE] = droppedOf(type);
      }
      catch {}
    }
  } }[${literal(name)}];
  function Wrapper(handle) { this[HANDLE] = handle; }
  Wrapper.prototype = made.prototype;
  type.wrapper = Wrapper;
  return made;
}`;
}
