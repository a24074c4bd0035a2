import type { Study } from '../study.ts';
import { componentSpeed } from './component-speed.ts';
import { hostile } from './hostile.ts';
import { reasons } from './reasons.ts';
import { targets } from './targets.ts';
import { wasiDiff } from './wasi-diff.ts';
import { worlds } from './worlds.ts';

/** The studies about components. */
export const componentStudies: readonly Study[] = [
  worlds,
  targets,
  wasiDiff,
  reasons,
  hostile,
  componentSpeed,
];
