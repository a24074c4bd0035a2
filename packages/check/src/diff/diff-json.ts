import { segmentText, type PathSegment } from '@wit-ts/model';
import type { Change, DiffReport, Remark } from './report.ts';

/** A path in JSON: as texts, and as data. */
export interface PathJson {
  /** From the outside in, as texts: `interface types`, `record r`, `field q`. */
  readonly path: readonly string[];
  /** The same path as data: `{ "tag": "field", "name": "q" }`. */
  readonly segments: readonly PathSegment[];
}

/** The stable JSON form of a difference. */
export interface DiffJson extends Omit<DiffReport, 'changes' | 'remarks'> {
  readonly changes: readonly (Omit<Change, 'path'> & PathJson)[];
  readonly remarks: readonly (Omit<Remark, 'path'> & PathJson)[];
}

/** Converts a difference to its stable JSON form. */
export function diffToJson(report: DiffReport): DiffJson {
  return {
    ...report,
    changes: report.changes.map(withPathJson),
    remarks: report.remarks.map(withPathJson),
  };
}

function withPathJson<T extends { readonly path: readonly PathSegment[] }>(
  value: T,
): Omit<T, 'path'> & PathJson {
  return { ...value, path: value.path.map(segmentText), segments: value.path };
}
