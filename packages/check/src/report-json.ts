import { diagnosticToJson, type DiagnosticJson } from '@wit-ts/diagnostics';
import { segmentText, type PathSegment } from '@wit-ts/model';
import type { ResolveReport } from './check-resolve.ts';
import type { Reason, Report } from './report.ts';

/** The stable JSON form of a report. */
export interface ReportJson {
  readonly world: string;
  readonly satisfied: boolean;
  readonly reasons: readonly ReasonJson[];
  readonly unusedImports: readonly string[];
  readonly extraExports: readonly string[];
}

/** The stable JSON form of a reason; `docs/codes-check.md` lists the codes. */
export interface ReasonJson extends DiagnosticJson {
  readonly side: 'import' | 'export';
  /** From the outside in, as texts: `import x:y/z`, `record r`, `field q`. */
  readonly path: readonly string[];
  /** The same path as data: `{ "tag": "field", "name": "q" }`. */
  readonly segments: readonly PathSegment[];
  readonly expected?: string;
  readonly found?: string;
  readonly feature?: string;
  readonly affects?: readonly string[];
}

/** Converts a report to its stable JSON form. */
export function reportToJson(report: Report): ReportJson {
  const { world, satisfied, reasons, unusedImports, extraExports } = report;
  return {
    world,
    satisfied,
    reasons: reasons.map(reasonToJson),
    unusedImports,
    extraExports,
  };
}

/** Converts a report on two contracts to its stable JSON form. */
export function resolveReportToJson({ satisfied, reports, missingWorlds }: ResolveReport): {
  readonly satisfied: boolean;
  readonly reports: readonly ReportJson[];
  readonly missingWorlds: readonly string[];
} {
  return { satisfied, reports: reports.map(reportToJson), missingWorlds };
}

function reasonToJson(reason: Reason): ReasonJson {
  const { side, path, expected, found, feature, affects } = reason;
  return {
    ...diagnosticToJson(reason),
    side,
    path: path.map(segmentText),
    segments: path,
    ...(expected === undefined ? {} : { expected }),
    ...(found === undefined ? {} : { found }),
    ...(feature === undefined ? {} : { feature }),
    ...(affects === undefined ? {} : { affects }),
  };
}
