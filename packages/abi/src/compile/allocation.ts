import { MAX_BYTE_LENGTH } from '../helpers/lift-strings.ts';
import { SHORT } from '../helpers/lower-strings.ts';
import type { CanonicalOptions } from '../engine.ts';
import { NO_TYPES } from '../helpers/describe.ts';
import type { EmittedFactory } from './emitted-factory.ts';
import { FactorySource } from './factory-source.ts';
import { Code } from './source-text.ts';
import { pointer } from './views.ts';

/** Emits a factory of the function that allocates, for factories that share it. */
export function emitAllocation(options: CanonicalOptions): EmittedFactory {
  return emitShared(new FactorySource(options, undefined, []), allocFunction);
}

/** Emits a factory of the function that lowers strings, for factories that share it. Its binding has `alloc`. */
export function emitLowerString(options: CanonicalOptions): EmittedFactory {
  const factory = new FactorySource(options, undefined, [], { sharesAllocation: true });
  return emitShared(factory, (shared) =>
    shared.sharedFunction('lowerString', (code) => writeLowerString(shared, code)),
  );
}

function emitShared(factory: FactorySource, name: (factory: FactorySource) => string): EmittedFactory {
  const body = new Code();
  body.line(`return ${name(factory)};`);
  return factory.emitted(body, ['inst = binding.instance'], [], () => NO_TYPES);
}

/**
 * Returns the name of the emitted function for `LiftLowerContext.allocate` (`CanonicalABI.md`), which checks the
 * result of realloc.
 */
export function allocFunction(factory: FactorySource): string {
  return factory.allocating('alloc', (code) => {
    factory.usesMemory = true;
    factory.usesRealloc = true;
    const args = factory.address === 'i32' ? '0, 0, align, size' : '0n, 0n, BigInt(align), BigInt(size)';
    code.block('function alloc(align, size)', () => {
      code.line('inst.mayLeave = false;');
      code.line(`const p = ${pointer(factory, `realloc(${args})`)};`);
      code.line('if (m.u8.length === 0) m.refresh();');
      code.line(
        `if ((p & (align - 1)) !== 0 || p + size > m.u8.length) ${factory.use('badRealloc')}(p, align);`,
      );
      // Only now: an error while nothing may leave is the guest's fault, and not the fault of a host value.
      code.line('inst.mayLeave = true;');
      code.line('return p;');
    });
  });
}

/**
 * Returns the name of the emitted function for `store_string_into_range` of a host's string. It returns the address,
 * and leaves the length in `m.count`.
 */
export function lowerStringFunction(factory: FactorySource): string {
  return factory.allocating('lowerString', (code) => writeLowerString(factory, code));
}

function writeLowerString(factory: FactorySource, code: Code): void {
  const alloc = allocFunction(factory);
  factory.usesMemory = true;
  code.block('function lowerString(s)', () => {
    code.line(`if (typeof s !== "string" || s.length > ${MAX_BYTE_LENGTH}) ${factory.use('bad')}(s);`);
    code.line('const n = s.length;');
    switch (factory.options.stringEncoding) {
      case 'utf8':
        lowerUtf8(factory, code, alloc);
        return;
      case 'utf16':
        code.line(`const p = ${alloc}(2, 2 * n);`);
        code.line(`${factory.use('writeUtf16')}(m.u16, s, p);`);
        break;
      case 'latin1+utf16':
        code.line(`const wide = ${factory.use('isWide')}(s);`);
        code.line(`const p = ${alloc}(2, wide ? 2 * n : n);`);
        code.line('m.wide = wide;');
        code.line(`${factory.use('writeLatin1OrUtf16')}(m, s, p);`);
    }
    code.line('m.count = n;');
    code.line('return p;');
  });
}

function lowerUtf8(factory: FactorySource, code: Code, alloc: string): void {
  code.block(`if (n <= ${SHORT})`, () => {
    code.line(`const rest = ${factory.use('packShort')}(s, n);`);
    code.block('if (rest >= 0)', () => {
      code.line(`const p = ${alloc}(1, n);`);
      code.line(`${factory.use('writePacked')}(m.view, p, n, rest);`);
      code.line('m.count = n;');
      code.line('return p;');
    });
  });
  code.line(`const bytes = ${factory.use('encodeUtf8')}(s);`);
  code.line(`const p = ${alloc}(1, bytes.length);`);
  code.line('m.u8.set(bytes, p);');
  code.line('m.count = bytes.length;');
  code.line('return p;');
}
