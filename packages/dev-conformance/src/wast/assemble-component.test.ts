import { decode } from '@wit-ts/component';
import { peersInstalled } from '@wit-ts/dev-peers';
import { describe, expect, it } from 'vitest';
import { assembleComponent } from './assemble-component.ts';

describe.skipIf(!peersInstalled())(
  'assembleComponent (skipped unless packages/dev-peers/tools is installed: run `pnpm conformance wast` once)',
  () => {
    it('sets `cancellable`, which the assembler does not support, in the bytes', async () => {
      const text = `(component
      (core module $m (memory (export "mem") 1)) (core instance $i (instantiate $m))
      (canon thread.yield (core func))
      (component (canon thread.yield cancellable (core func)))
      (canon waitable-set.wait cancellable (memory (core memory $i "mem")) (core func))
      (canon thread.yield cancellable (core func)))`;
      const component = decode(await assembleComponent({ tag: 'component', form: 'text', text }));
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

    it('ignores the word in a comment', async () => {
      const text = '(component ;; cancellable\n)';
      expect((await assembleComponent({ tag: 'component', form: 'text', text })).length).toBe(8);
    });
  },
);

it('returns the bytes of a binary component unchanged', async () => {
  const bytes = Uint8Array.of(1, 2);
  expect(await assembleComponent({ tag: 'component', form: 'binary', bytes })).toBe(bytes);
});
