import { meterModule } from '@wit-ts/component/fuel';
import { limitModule } from '@wit-ts/component/limits';
import type { ModuleLimit } from './instance-budget.ts';
import { LIMITED, METERED, type ModuleForm } from './module-form.ts';

/** A core module in a form. */
interface RewrittenModule {
  /** The module itself when nothing in it changes. */
  readonly bytes: Uint8Array;
  /** What it takes, in a form with limits. */
  readonly use?: ModuleLimit['use'];
  /** True when it asks before it grows something. */
  readonly isLimited: boolean;
}

/** Returns a core module in a form. Modules are views of a component's bytes, whose offsets error messages have. */
export function rewritten(bytes: Uint8Array, form: ModuleForm): RewrittenModule {
  // What limits add is not work of the guest, so it is added after the charges.
  const metered = (form & METERED) === 0 ? bytes : meterModule(bytes, bytes.byteOffset);
  if ((form & LIMITED) === 0) return { bytes: metered, isLimited: false };
  const limited = limitModule(metered, bytes.byteOffset);
  return { ...limited, isLimited: limited.bytes !== metered };
}
