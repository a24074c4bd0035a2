import { diagnosticToJson, type DiagnosticJson } from '@wit-ts/diagnostics';
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

function reasonToJson(reason: Reason): ReasonJson {
  const { side, path, expected, found, affects } = reason;
  return {
    ...diagnosticToJson(reason),
    side,
    path,
    ...(expected === undefined ? {} : { expected }),
    ...(found === undefined ? {} : { found }),
    ...(affects === undefined ? {} : { affects }),
  };
}
