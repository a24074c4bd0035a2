export { capabilitiesOf, type Capabilities, type Capability, type CapabilityImport } from './capabilities.ts';
export {
  check,
  mayDependOnFeature,
  type CheckedComponent,
  type CheckedTarget,
  type Unexpressed,
} from './check.ts';
export { checkResolve, type ResolveReport } from './check-resolve.ts';
export { renderCapabilities } from './render-capabilities.ts';
export { renderReport, renderResolveReport, type RenderReportOptions } from './render-report.ts';
export { reportToJson, resolveReportToJson, type ReasonJson, type ReportJson } from './report-json.ts';
export type { Reason, Report } from './report.ts';
export { diff } from './diff/diff.ts';
export type { Bump, Change, ChangeCode, DiffReport, Party, Remark } from './diff/report.ts';
export type { VersionStep } from './diff/version-step.ts';
export { diffToJson, type DiffJson, type PathJson } from './diff/diff-json.ts';
export { diffFindings, type DiffFinding } from './diff/diff-findings.ts';
export { isAcceptableChange } from './diff/verdict.ts';
export { renderDiff } from './diff/render-diff.ts';
export { diffToMarkdown } from './diff/diff-markdown.ts';
