import { type Component, decode } from '@wit-ts/component';
import { assembleCachedWat } from '../assemble-wat.ts';
import type { ComponentForm } from './read-script.ts';
import { type Atom, type Node, readExpressions } from './s-expressions.ts';

/**
 * Returns the bytes of a script's component, without validation. Throws a `WatError` when its text cannot be parsed.
 */
export async function assembleComponent(component: ComponentForm): Promise<Uint8Array> {
  if (component.form === 'binary') return component.bytes;
  if (!component.text.includes('cancellable')) return assembleCachedWat(component.text);
  return assembleCancellable(component.text);
}

const CANCELLABLE = new Set([
  'waitable-set.wait',
  'waitable-set.poll',
  'thread.yield',
  'thread.suspend',
  'thread.suspend-then-resume',
  'thread.yield-then-resume',
  'thread.suspend-then-promote',
  'thread.yield-then-promote',
]);

/**
 * The assembler no longer supports the immediate `cancellable`. This function removes it from the text and sets it in
 * the bytes afterwards: text and bytes contain the built-ins in the same order, and the immediate is the byte after the
 * opcode (`Binary.md`).
 */
async function assembleCancellable(text: string): Promise<Uint8Array> {
  const canons: { readonly word: Atom | undefined }[] = [];
  const pending: Node[] = [...readExpressions(text)].toReversed();
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.tag !== 'list') continue;
    const [first, second, third] = node.items;
    if (isWord(first, 'canon') && second?.tag === 'atom' && CANCELLABLE.has(second.text)) {
      canons.push({ word: isWord(third, 'cancellable') ? third : undefined });
    }
    pending.push(...node.items.toReversed());
  }
  if (canons.every(({ word }) => word === undefined)) return assembleCachedWat(text);
  let plain = text;
  for (const { word } of canons) {
    if (word === undefined) continue;
    plain = plain.slice(0, word.start) + ' '.repeat(word.end - word.start) + plain.slice(word.end);
  }
  const bytes = (await assembleCachedWat(plain)).slice();
  const offsets = canonOffsets(decode(bytes));
  if (offsets.length !== canons.length) {
    throw new Error(
      `the text contains ${canons.length} built-ins that can be cancellable, but the bytes contain ${offsets.length}`,
    );
  }
  for (const [at, { word }] of canons.entries()) {
    const offset = offsets[at];
    if (word !== undefined && offset !== undefined) bytes[offset + 1] = 1;
  }
  return bytes;
}

function isWord(node: Node | undefined, word: string): node is Atom {
  return node?.tag === 'atom' && node.text === word;
}

function canonOffsets(component: Component): readonly number[] {
  return component.definitions.flatMap((definition) => {
    if (definition.tag === 'component') return canonOffsets(definition.component);
    return definition.tag === 'canon' && CANCELLABLE.has(definition.canon.tag) ? [definition.offset] : [];
  });
}
