import { paintOf, printable, type Paint } from '@wit-ts/diagnostics';
import type { Reason, Report } from './report.ts';

export interface RenderReportOptions {
  /** Colour by ANSI escapes. Callers decide by terminal, `--color` and `NO_COLOR`. */
  readonly color?: boolean;
  /** How the component is called. Default: `the component`. */
  readonly component?: string;
}

/** A report for people: the verdict, and the reasons gathered by what they concern. */
export function renderReport(report: Report, options: RenderReportOptions = {}): string {
  const paint = paintOf(options.color);
  const component = printable(options.component ?? 'the component');
  const world = printable(report.world);
  const lines: string[] = [];
  if (report.satisfied) {
    lines.push(`${paint.green('✓')} ${paint.bold(component)} satisfies ${paint.bold(world)}`);
  } else {
    const count = report.reasons.length === 1 ? 'one reason' : `${report.reasons.length} reasons`;
    lines.push(`${paint.red('✗')} ${paint.bold(component)} does not satisfy ${paint.bold(world)}: ${count}`);
  }
  for (const [item, reasons] of byItem(report.reasons)) {
    lines.push('', `  ${paint.bold(printable(item))}`);
    for (const reason of reasons) lines.push(...reasonLines(reason, paint).map((line) => `    ${line}`));
  }
  if (report.unusedImports.length + report.extraExports.length > 0) lines.push('');
  lines.push(...listLines('not imported by the component', report.unusedImports, paint));
  lines.push(...listLines('exported beyond the world', report.extraExports, paint));
  return lines.join('\n');
}

/** Lines such as these are many in large worlds; the JSON has them all. */
const MAX_LISTED = 8;

function listLines(title: string, names: readonly string[], paint: Paint): string[] {
  if (names.length === 0) return [];
  const shown = names.slice(0, MAX_LISTED).map(printable).join(', ');
  const more = names.length > MAX_LISTED ? `, and ${names.length - MAX_LISTED} more` : '';
  return [paint.dim(`  ${title}: ${shown}${more}`)];
}

function byItem(reasons: readonly Reason[]): Map<string, Reason[]> {
  const groups = new Map<string, Reason[]>();
  for (const reason of reasons) {
    const item = reason.path[0] ?? '';
    const group = groups.get(item);
    if (group === undefined) groups.set(item, [reason]);
    else group.push(reason);
  }
  return groups;
}

function reasonLines(reason: Reason, paint: Paint): string[] {
  const place = reason.path.slice(1).map(printable).join(' › ');
  const lines = [
    `${place === '' ? '' : `${paint.blue(place)}: `}${printable(reason.summary)} ${paint.dim(`[${reason.code}]`)}`,
  ];
  if (reason.span !== undefined) {
    const { file, start } = reason.span;
    const { line, column } = file.position(start);
    lines.push(paint.dim(`  at ${printable(file.path)}:${line}:${column}`));
  }
  const { affects = [] } = reason;
  if (affects.length > 0) lines.push(paint.dim(`  used by ${listed(affects)}`));
  if (reason.help !== undefined) lines.push(`  ${paint.yellow('help')}: ${printable(reason.help)}`);
  return lines;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MAX_LISTED).map(printable).join(', ');
  return names.length > MAX_LISTED ? `${shown}, …` : shown;
}
