export { check, type Checked, type CheckedTarget } from './check.ts';
export { renderReport, type RenderReportOptions } from './render.ts';
export { reportToJson, type ReasonJson, type ReportJson } from './json.ts';
export type { Reason, Report } from './report.ts';
export { diff, type Bump, type Change, type DiffReport, type Party } from './diff.ts';
export { renderDiff } from './render-diff.ts';
