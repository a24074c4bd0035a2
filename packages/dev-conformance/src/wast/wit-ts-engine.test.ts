import { afterEach, expect, it, vi } from 'vitest';
import { readScript } from './read-script.ts';
import { ScriptRunner } from './script-runner.ts';
import { witTsEngine } from './wit-ts-engine.ts';

// (component (core module (func (export "f") (result i32) i32.const 7)) (core instance $i (instantiate 0))
//   (func (export "seven") (result u32) (canon lift (core func $i "f"))))
const SCRIPT = String.raw`(component binary
  "\00\61\73\6d\0d\00\01\00\01\22\00\61\73\6d\01\00\00\00\01\05\01\60\00\01\7f\03\02\01\00\07\05\01\01\66\00\00"
  "\0a\06\01\04\00\41\07\0b\02\04\01\00\00\00\07\05\01\40\00\00\79\06\07\01\00\00\01\00\01\66"
  "\08\06\01\00\00\00\00\00\0b\0b\01\00\05\73\65\76\65\6e\01\00\00")
(assert_return (invoke "seven") (u32.const 7))`;

afterEach(() => {
  vi.unstubAllGlobals();
});

it.each([
  ['compiled', true],
  ['reference', false],
] as const)('runs a script with the %s engine of the Canonical ABI', async (name, emitsCode) => {
  let emitted = 0;
  const counted = new Proxy(Function, {
    construct(target, args: string[]) {
      emitted += 1;
      return Reflect.construct(target, args) as object;
    },
  });
  vi.stubGlobal('Function', counted);
  const runner = new ScriptRunner(witTsEngine(name), { imports: {} });
  for (const directive of readScript(SCRIPT)) expect(await runner.run(directive)).toEqual({ passed: true });
  expect(emitted > 0).toBe(emitsCode);
});
