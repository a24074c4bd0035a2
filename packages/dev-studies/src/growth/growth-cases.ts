import type { GrowthCase } from '@wit-ts/dev-support/growth';
import { measuredStages, shapesOf, type ShapeKind } from './measured-stages.ts';

/** Larger than the numbers at which limits of suggestions and of shown items begin to apply. */
const SIZE = 320;
const SEED = 1;

/** Prettier's work is not ours, and takes most of the time. */
const LEFT_OUT: ReadonlySet<string> = new Set(['gen', 'gen, guest']);

/**
 * Worlds that grow with each `include` have parts in proportion to the square, until a limit refuses them. Their work
 * is not compared with the size.
 */
const SQUARE: ReadonlySet<string> = new Set([
  'a growing chain of include',
  'a growing chain of include of interfaces',
]);

function casesOf(kind: ShapeKind): GrowthCase[] {
  return shapesOf(kind)
    .filter((shape) => !SQUARE.has(shape))
    .flatMap((shape) =>
      measuredStages(kind, shape, 10, SEED)
        .filter(({ name }) => !LEFT_OUT.has(name))
        .map(({ name }) => ({
          name: `${kind}, ${shape}: ${name}`,
          size: SIZE,
          task: (size) => taskOf(kind, shape, name, size),
        })),
    );
}

/** Does nothing when the stage is not for the input. An input that a limit refuses takes the work until then. */
function taskOf(kind: ShapeKind, shape: string, stage: string, size: number): () => void {
  try {
    const run = measuredStages(kind, shape, size, SEED)
      .find(({ name }) => name === stage)
      ?.prepare();
    return () => {
      try {
        run?.();
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'DecodeError') throw error;
      }
    };
  } catch {
    return () => undefined;
  }
}

export const growthCases: readonly GrowthCase[] = [...casesOf('text'), ...casesOf('binary')];
