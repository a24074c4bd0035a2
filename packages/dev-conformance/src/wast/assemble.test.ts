import { decode } from '@wit-ts/component';
import { peersInstalled } from '@wit-ts/dev-peers';
import { describe, expect, it } from 'vitest';
import { assemble } from './assemble.ts';

describe.skipIf(!peersInstalled())(
  'assemble (needs packages/dev-peers/tools: `pnpm conformance wast` installs them)',
  () => {
    it('sets `cancellable`, which the assembler does not know, in the bytes', async () => {
      const text = `(component
      (core module $m (memory (export "mem") 1)) (core instance $i (instantiate $m))
      (canon thread.yield (core func))
      (component (canon thread.yield cancellable (core func)))
      (canon waitable-set.wait cancellable (memory (core memory $i "mem")) (core func))
      (canon thread.yield cancellable (core func)))`;
      const component = decode(await assemble({ tag: 'component', form: 'text', text }));
      const nested = component.definitions.flatMap((definition) =>
        definition.tag === 'component' ? definition.component.definitions : [definition],
      );
      const canons = nested.flatMap((definition) => (definition.tag === 'canon' ? [definition.canon] : []));
      expect(canons).toEqual([
        { tag: 'thread.yield', cancellable: false },
        { tag: 'thread.yield', cancellable: true },
        { tag: 'waitable-set.wait', cancellable: true, memory: 0 },
        { tag: 'thread.yield', cancellable: true },
      ]);
    });

    it('leaves text alone that only speaks of it', async () => {
      const text = '(component ;; cancellable\n)';
      expect((await assemble({ tag: 'component', form: 'text', text })).length).toBe(8);
    });
  },
);

it('takes bytes as they are', async () => {
  const bytes = Uint8Array.of(1, 2);
  expect(await assemble({ tag: 'component', form: 'binary', bytes })).toBe(bytes);
});
