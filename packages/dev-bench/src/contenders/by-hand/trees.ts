import type { Branch, Leaf, Tree } from '../../guests/bench-guest.ts';
import { type GuestMemory, liftStrings, lowerStrings, arrayOfLength } from './guest-memory.ts';

/** The size of `record tree` in memory. Offsets: label 0, branches 8, state 16 with its payload at 24. */
const TREE_SIZE = 48;
/** The size of `record branch`. Offsets: name 0, leaves 8. */
const BRANCH_SIZE = 16;
/** The size of `record leaf`. Offsets: id 0, weight 8. */
const LEAF_SIZE = 16;

export function lowerTrees(guest: GuestMemory, trees: readonly Tree[]): number {
  const pointer = guest.allocate(8, trees.length * TREE_SIZE);
  for (let i = 0, at = pointer; i < trees.length; i++, at += TREE_SIZE) lowerTree(guest, trees[i]!, at);
  return pointer;
}

function lowerTree(guest: GuestMemory, { label, branches, state }: Tree, at: number): void {
  guest.lowerString(label);
  let { u32 } = guest.refresh();
  u32[at >>> 2] = guest.pointer;
  u32[(at + 4) >>> 2] = guest.length;
  const list = guest.allocate(4, branches.length * BRANCH_SIZE);
  for (let i = 0, to = list; i < branches.length; i++, to += BRANCH_SIZE)
    lowerBranch(guest, branches[i]!, to);
  ({ u32 } = guest.refresh());
  u32[(at + 8) >>> 2] = list;
  u32[(at + 12) >>> 2] = branches.length;
  if (state.tag === 'ok') {
    const { u8 } = guest.views;
    u8[at + 16] = 0;
    if (state.val === undefined) u8[at + 24] = 0;
    else {
      u8[at + 24] = 1;
      lowerLeaf(guest, state.val, at + 32);
    }
    return;
  }
  const strings = lowerStrings(guest, state.val);
  const views = guest.refresh();
  views.u8[at + 16] = 1;
  views.u32[(at + 24) >>> 2] = strings;
  views.u32[(at + 28) >>> 2] = state.val.length;
}

function lowerBranch(guest: GuestMemory, { name, leaves }: Branch, at: number): void {
  guest.lowerString(name);
  const { pointer, length } = guest;
  const list = guest.allocate(8, leaves.length * LEAF_SIZE);
  const { u32 } = guest.refresh();
  u32[at >>> 2] = pointer;
  u32[(at + 4) >>> 2] = length;
  u32[(at + 8) >>> 2] = list;
  u32[(at + 12) >>> 2] = leaves.length;
  for (let i = 0, to = list; i < leaves.length; i++, to += LEAF_SIZE) lowerLeaf(guest, leaves[i]!, to);
}

function lowerLeaf(guest: GuestMemory, leaf: Leaf, at: number): void {
  const { u32, f64 } = guest.views;
  u32[at >>> 2] = leaf.id;
  f64[(at + 8) >>> 3] = leaf.weight;
}

export function liftTrees(guest: GuestMemory, pointer: number, count: number): Tree[] {
  const trees = arrayOfLength<Tree>(count);
  for (let i = 0, at = pointer; i < count; i++, at += TREE_SIZE) trees[i] = liftTree(guest, at);
  return trees;
}

function liftTree(guest: GuestMemory, at: number): Tree {
  const { u32 } = guest.views;
  const word = at >>> 2;
  const count = u32[word + 3]!;
  const branches = arrayOfLength<Branch>(count);
  const label = guest.liftString(u32[word]!, u32[word + 1]!);
  for (let i = 0, from = u32[word + 2]!; i < count; i++, from += BRANCH_SIZE)
    branches[i] = liftBranch(guest, from);
  return { label, branches, state: liftState(guest, at + 16) };
}

function liftState(guest: GuestMemory, at: number): Tree['state'] {
  const { u8, u32 } = guest.views;
  switch (u8[at]) {
    case 0:
      return { tag: 'ok', val: u8[at + 8] === 0 ? undefined : liftLeaf(guest, at + 16) };
    case 1:
      return { tag: 'err', val: liftStrings(guest, u32[(at + 8) >>> 2]!, u32[(at + 12) >>> 2]!) };
    default:
      throw new RangeError('the guest returned a `result` with an invalid discriminant');
  }
}

function liftBranch(guest: GuestMemory, at: number): Branch {
  const { u32 } = guest.views;
  const word = at >>> 2;
  const count = u32[word + 3]!;
  const leaves = arrayOfLength<Leaf>(count);
  for (let i = 0, from = u32[word + 2]!; i < count; i++, from += LEAF_SIZE) leaves[i] = liftLeaf(guest, from);
  return { name: guest.liftString(u32[word]!, u32[word + 1]!), leaves };
}

function liftLeaf(guest: GuestMemory, at: number): Leaf {
  const { u32, f64 } = guest.views;
  return { id: u32[at >>> 2]!, weight: f64[(at + 8) >>> 3]! };
}
