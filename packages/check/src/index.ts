export { capabilitiesOf, type Capabilities, type Capability, type CapabilityImport } from './capabilities.ts';
export { check, type Checked, type CheckedTarget } from './check.ts';
export { checkResolve, type ResolveReport } from './check-resolve.ts';
export { renderCapabilities } from './render-capabilities.ts';
export { renderReport, renderResolveReport, type RenderReportOptions } from './render.ts';
export { reportToJson, resolveReportToJson, type ReasonJson, type ReportJson } from './json.ts';
export type { Reason, Report } from './report.ts';
export { diff, type Bump, type Change, type DiffReport, type Party } from './diff.ts';
export { renderDiff } from './render-diff.ts';
