import { diagnosticToJson, type DiagnosticJson } from '@wit-ts/diagnostics';
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

export interface ReasonJson extends DiagnosticJson {
  readonly side: 'import' | 'export';
  readonly path: readonly string[];
  readonly expected?: string;
  readonly found?: string;
  readonly feature?: string;
  readonly affects?: readonly string[];
}

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

/** The stable JSON form of a report on two contracts. */
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
    path,
    ...(expected === undefined ? {} : { expected }),
    ...(found === undefined ? {} : { found }),
    ...(feature === undefined ? {} : { feature }),
    ...(affects === undefined ? {} : { affects }),
  };
}
