import { Code } from './source-text.ts';
import type { ViewName } from './views.ts';

const ARRAYS: Readonly<Record<ViewName, string>> = {
  u8: 'Uint8Array',
  i8: 'Int8Array',
  u16: 'Uint16Array',
  i16: 'Int16Array',
  u32: 'Uint32Array',
  i32: 'Int32Array',
  f32: 'Float32Array',
  f64: 'Float64Array',
  u64: 'BigUint64Array',
  i64: 'BigInt64Array',
};

/**
 * Prints the class for `viewsBy`, which has only the views that emitted factories use. Returns nothing if they use
 * views in other ways than by the name `m`.
 *
 * Names of a component are only in string literals of the sources, so at worst a view is made that nobody uses.
 */
export function viewsText(sources: readonly string[]): string | undefined {
  const text = sources.join('\n');
  if (text.split('viewsOf(').length !== text.split('m = viewsOf(binding.memory)').length) return undefined;
  const used = new Set(['u8', ...[...text.matchAll(/\bm\.([iuf]\d+|view)\b/gu)].map(([, name]) => name!)]);
  if (text.includes('writeLatin1OrUtf16(m')) used.add('u16');
  const state = STATE.filter((name) => text.includes(`m.${name}`));
  const code = new Code();
  code.block('class', () => {
    // All fields exist from the start, so that objects have room for them.
    for (const name of ['memory', ...used]) code.line(`${name};`);
    for (const name of state) code.line(`${name} = ${name === 'wide' ? 'false' : '0'};`);
    code.block('constructor(memory)', () => {
      code.line('this.memory = memory;');
      code.line('this.refresh();');
    });
    code.block('refresh()', () => {
      code.line('const { buffer } = this.memory;');
      for (const name of used) code.line(`this.${name} = new ${viewText(name as ViewName | 'view')};`);
    });
  });
  return code.toString();
}

/** The fields of `MemoryViews` in which helpers leave numbers. */
const STATE = ['count', 'wide', 'budget'];

function viewText(name: ViewName | 'view'): string {
  if (name === 'view') return 'DataView(buffer)';
  const size = Number(name.slice(1)) / 8;
  return `${ARRAYS[name]}(${size === 1 ? 'buffer' : `buffer, 0, buffer.byteLength / ${size}`})`;
}
