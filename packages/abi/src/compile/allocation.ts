import { MAX_BYTE_LENGTH } from '../helpers/lift-strings.ts';
import { SHORT } from '../helpers/lower-strings.ts';
import type { Code } from './text.ts';
import type { Unit } from './unit.ts';
import { pointer } from './views.ts';

/** `LiftLowerContext.allocate` of `CanonicalABI.md`, its result checked: the name of the function. */
export function allocFunction(unit: Unit): string {
  return unit.sharedFunction('alloc', (code) => {
    unit.usesMemory = true;
    unit.usesRealloc = true;
    const args = unit.address === 'i32' ? '0, 0, align, size' : '0n, 0n, BigInt(align), BigInt(size)';
    code.block('function alloc(align, size)', () => {
      code.line('inst.mayLeave = false;');
      code.line(`const p = ${pointer(unit, `realloc(${args})`)};`);
      code.line('if (m.u8.length === 0) m.refresh();');
      code.line(
        `if ((p & (align - 1)) !== 0 || p + size > m.u8.length) ${unit.use('badRealloc')}(p, align);`,
      );
      // Only now: what goes wrong while nothing may leave is the guest's fault, and not that of a value of the host.
      code.line('inst.mayLeave = true;');
      code.line('return p;');
    });
  });
}

/** `store_string_into_range` for a host's string: gives the address, and the length in `m.count`. */
export function lowerStringFunction(unit: Unit): string {
  return unit.sharedFunction('lowerString', (code) => {
    const alloc = allocFunction(unit);
    code.block('function lowerString(s)', () => {
      code.line(`if (typeof s !== "string" || s.length > ${MAX_BYTE_LENGTH}) ${unit.use('bad')}();`);
      code.line('const n = s.length;');
      switch (unit.options.stringEncoding) {
        case 'utf8':
          lowerUtf8(unit, code, alloc);
          return;
        case 'utf16':
          code.line(`const p = ${alloc}(2, 2 * n);`);
          code.line(`${unit.use('writeUtf16')}(m.u16, s, p);`);
          break;
        case 'latin1+utf16':
          code.line(`const wide = ${unit.use('isWide')}(s);`);
          code.line(`const p = ${alloc}(2, wide ? 2 * n : n);`);
          code.line('m.wide = wide;');
          code.line(`${unit.use('writeLatin1OrUtf16')}(m, s, p);`);
      }
      code.line('m.count = n;');
      code.line('return p;');
    });
  });
}

function lowerUtf8(unit: Unit, code: Code, alloc: string): void {
  code.block(`if (n <= ${SHORT})`, () => {
    code.line(`const rest = ${unit.use('packShort')}(s, n);`);
    code.block('if (rest >= 0)', () => {
      code.line(`const p = ${alloc}(1, n);`);
      code.line(`${unit.use('writePacked')}(m.view, p, n, rest);`);
      code.line('m.count = n;');
      code.line('return p;');
    });
  });
  code.line(`const bytes = ${unit.use('encodeUtf8')}(s);`);
  code.line(`const p = ${alloc}(1, bytes.length);`);
  code.line('m.u8.set(bytes, p);');
  code.line('m.count = bytes.length;');
  code.line('return p;');
}
