import { type Component, decode } from '@wit-ts/component';
import { assembleWat } from '../wat.ts';
import type { ComponentForm } from './script.ts';
import { type Atom, type Node, readExpressions } from './sexpr.ts';

/** A script's component as bytes, nothing validated. Throws `WatError` where its text cannot be read. */
export async function assemble(component: ComponentForm): Promise<Uint8Array> {
  if (component.form === 'binary') return component.bytes;
  if (!component.text.includes('cancellable')) return assembleWat(component.text);
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
 * The assembler no longer knows the immediate `cancellable`. It is left out of the text and set in the bytes afterwards:
 * built-ins stand in both in the same order, and the immediate is the byte after the opcode (`Binary.md`).
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
  if (canons.every(({ word }) => word === undefined)) return assembleWat(text);
  let plain = text;
  for (const { word } of canons) {
    if (word === undefined) continue;
    plain = plain.slice(0, word.start) + ' '.repeat(word.end - word.start) + plain.slice(word.end);
  }
  const bytes = (await assembleWat(plain)).slice();
  const offsets = canonOffsets(decode(bytes));
  if (offsets.length !== canons.length) {
    throw new Error(
      `The text has ${canons.length} built-ins that may be cancellable, its bytes ${offsets.length}.`,
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
