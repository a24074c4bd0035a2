import type { Severity } from '@wit-ts/diagnostics';
import { changePathText } from './change-path.ts';
import type { DiffReport } from './report.ts';
import { versionText } from './verdict.ts';

/** A change, a remark or the verdict on the version, as one line that editors and CI can show. */
export interface DiffFinding {
  /** `error` for a breaking change and a version that is too low, `warning` for a remark, `info` for the rest. */
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
}

/** Lists everything in a difference as findings of one line each. */
export function diffFindings(report: DiffReport): DiffFinding[] {
  const { changes, remarks, version } = report;
  const text = versionText(report);
  return [
    ...(version === undefined || version.fits || text === undefined
      ? []
      : [{ severity: 'error', code: 'version-too-low', message: text } as const]),
    ...changes.map(({ code, path, summary, bump }): DiffFinding => {
      const severity = bump === 'major' ? 'error' : 'info';
      return { severity, code, message: `${changePathText(path)}: ${summary}` };
    }),
    ...remarks.map(({ code, path, message }): DiffFinding => {
      return { severity: 'warning', code, message: `${changePathText(path)}: ${message}` };
    }),
  ];
}
