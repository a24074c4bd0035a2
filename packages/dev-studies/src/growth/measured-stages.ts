import { Random } from '@wit-ts/dev-support/random';
import { binaryShapes } from './binary-shapes.ts';
import { binaryStages } from './binary-stages.ts';
import { textStages } from './text-stages.ts';
import { textShapes } from './text-shapes.ts';

export type ShapeKind = 'text' | 'binary';

interface MeasuredStage {
  readonly name: string;
  /** Makes the input. Returns what is measured; `undefined` when the stage is not for it. */
  readonly prepare: () => (() => unknown) | undefined;
}

/** The names of the shapes of a kind. */
export function shapesOf(kind: ShapeKind): readonly string[] {
  return Object.keys(kind === 'text' ? textShapes : binaryShapes);
}

/** The stages of one shape of one size. */
export function measuredStages(kind: ShapeKind, shape: string, size: number, seed: number): MeasuredStage[] {
  const random = new Random(seed);
  if (kind === 'text') {
    const text = textShapes[shape]!(size, random);
    return textStages.map(({ name, prepare }) => ({ name, prepare: () => prepare(text) }));
  }
  const bytes = binaryShapes[shape]!(size, random);
  return binaryStages.map(({ name, prepare }) => ({ name, prepare: () => prepare(bytes) }));
}
