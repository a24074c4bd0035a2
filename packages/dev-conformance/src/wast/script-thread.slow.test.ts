import { describe, expect, it } from 'vitest';
import { readScript } from './read-script.ts';
import { ScriptThread } from './script-thread.ts';

// (component (core module (func $f (loop br 0)) (start $f)) (core instance (instantiate 0)))
const SPINS = String.raw`(component binary
  "\00\61\73\6d\0d\00\01\00\01\2d\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\08\01\00"
  "\0a\09\01\07\00\03\40\0c\00\0b\0b\00\0b\04\6e\61\6d\65\01\04\01\00\01\66\02\04\01\00\00\00")`;

// (component (core module (func (export "f") (result i32) i32.const 7)) (core instance $i (instantiate 0))
//   (func (export "seven") (result u32) (canon lift (core func $i "f"))))
const SEVEN = String.raw`(component binary
  "\00\61\73\6d\0d\00\01\00\01\22\00\61\73\6d\01\00\00\00\01\05\01\60\00\01\7f\03\02\01\00\07\05\01\01\66\00\00"
  "\0a\06\01\04\00\41\07\0b\02\04\01\00\00\00\07\05\01\40\00\00\79\06\07\01\00\00\01\00\01\66"
  "\08\06\01\00\00\00\00\00\0b\0b\01\00\05\73\65\76\65\6e\01\00\00")`;

describe('ScriptThread', () => {
  it('ends a guest in an endless loop and continues with the script', async () => {
    const source = `${SEVEN} (assert_return (invoke "seven") (u32.const 7))
      ${SPINS}
      (component definition $A binary "")
      ${SEVEN} (assert_return (invoke "seven") (u32.const 7))`;
    const thread = new ScriptThread({ timeout: 10_000 });
    try {
      const outcomes = await thread.run(source, readScript(source));
      expect(outcomes.map(({ passed }) => passed)).toEqual([true, true, false, false, true, true]);
      expect(outcomes[2]?.reason).toBe(
        'no result within 10 s: the guest is in an endless loop, or the worker hangs',
      );
    } finally {
      await thread.close();
    }
  });
});
