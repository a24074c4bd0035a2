import { withoutPrototype } from '@wit-ts/model';
import { frame, paintOf, printableLine, type Paint, type Span } from '@wit-ts/diagnostics';
import { segmentText } from '@wit-ts/model';
import type { ResolveReport } from './check-resolve.ts';
import type { Reason, Report } from './report.ts';

/** The options of `renderReport`. */
export interface RenderReportOptions {
  /** Whether to colour by ANSI escapes. Callers decide by terminal, `--color` and `NO_COLOR`. */
  readonly color?: boolean;
  /** The component's name in the text. Default: `the component`. */
  readonly component?: string;
}

/** Renders a report for people: the verdict, and the reasons grouped by import or export. */
export function renderReport(report: Report, options: RenderReportOptions = {}): string {
  const own: RenderReportOptions = withoutPrototype(options);
  const paint = paintOf(own.color);
  const component = printableLine(own.component ?? 'the component');
  const world = printableLine(report.world);
  const lines: string[] = [];
  if (report.satisfied) {
    lines.push(`${paint.green('✓')} ${paint.bold(component)} satisfies ${paint.bold(world)}`);
  } else {
    const count = report.reasons.length === 1 ? 'one reason' : `${report.reasons.length} reasons`;
    lines.push(`${paint.red('✗')} ${paint.bold(component)} does not satisfy ${paint.bold(world)}: ${count}`);
  }
  for (const [item, reasons] of byItem(report.reasons)) {
    lines.push('', `  ${paint.bold(printableLine(item))}`);
    for (const reason of reasons) lines.push(...reasonLines(reason, paint).map((line) => `    ${line}`));
  }
  if (report.unusedImports.length + report.extraExports.length > 0) lines.push('');
  lines.push(...listLines('imports that the component does not use', report.unusedImports, paint));
  lines.push(...listLines('exports that the world does not require', report.extraExports, paint));
  return lines.join('\n');
}

/** Renders a report on two contracts for people: the verdict, missing worlds, and the reasons for each other world. */
export function renderResolveReport(report: ResolveReport, options: RenderReportOptions = {}): string {
  const own: RenderReportOptions = withoutPrototype(options);
  const paint = paintOf(own.color);
  const component = printableLine(own.component ?? 'the contract');
  const unsatisfied = report.reports.filter(({ satisfied }) => !satisfied);
  if (report.satisfied) {
    const worlds = report.reports.map(({ world }) => printableLine(world)).join(', ');
    return `${paint.green('✓')} ${paint.bold(component)} satisfies ${worlds || 'a contract without worlds and interfaces'}`;
  }
  return [
    ...report.missingWorlds.map(
      (world) =>
        `${paint.red('✗')} ${paint.bold(component)} has no world ${paint.bold(printableLine(world))}`,
    ),
    ...unsatisfied.map((one) => renderReport({ ...one, unusedImports: [], extraExports: [] }, options)),
  ].join('\n\n');
}

/** Large worlds have many such names; the JSON has all of them. */
const MAX_LISTED = 8;

function listLines(title: string, names: readonly string[], paint: Paint): string[] {
  if (names.length === 0) return [];
  const shown = names.slice(0, MAX_LISTED).map(printableLine).join(', ');
  const more = names.length > MAX_LISTED ? `, and ${names.length - MAX_LISTED} more` : '';
  return [paint.dim(`  ${title}: ${shown}${more}`)];
}

function byItem(reasons: readonly Reason[]): Map<string, Reason[]> {
  const groups = new Map<string, Reason[]>();
  for (const reason of reasons) {
    const [first] = reason.path;
    const item = first === undefined ? '' : segmentText(first);
    const group = groups.get(item);
    if (group === undefined) groups.set(item, [reason]);
    else group.push(reason);
  }
  return groups;
}

function reasonLines(reason: Reason, paint: Paint): string[] {
  const inner = reason.path
    .slice(1)
    .map((segment) => printableLine(segmentText(segment)))
    .join(' › ');
  const lines = [
    `${inner === '' ? '' : `${paint.blue(inner)}: `}${printableLine(reason.summary)} ${paint.dim(`[${reason.code}]`)}`,
  ];
  if (reason.span !== undefined) lines.push(...indented(spanLines(reason, reason.span, paint)));
  for (const { message, span } of reason.related ?? []) {
    lines.push(...indented(frame(span, paint, paint.blue, message)));
  }
  const { affects = [] } = reason;
  if (affects.length > 0) lines.push(paint.dim(`  used by ${listed(affects)}`));
  if (reason.help !== undefined) lines.push(`  ${paint.yellow('help')}: ${printableLine(reason.help)}`);
  return lines;
}

/** The source line and what the component says instead; only the position if the world says nothing there. */
function spanLines({ code, expected, found }: Reason, span: Span, paint: Paint): string[] {
  if (expected !== undefined) {
    return frame(
      span,
      paint,
      paint.red,
      found === undefined || code === 'resource-different' ? '' : `\`${found}\` in the component`,
    );
  }
  const { line, column } = span.file.position(span.start);
  return [paint.dim(`at ${printableLine(span.file.path)}:${line}:${column}`)];
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MAX_LISTED).map(printableLine).join(', ');
  return names.length > MAX_LISTED ? `${shown}, …` : shown;
}
