import { paintOf, printableLine, type Paint } from '@wit-ts/diagnostics';
import type { Capabilities, CapabilityImport } from './capabilities.ts';

/** More functions of an import than these are counted, not named; the JSON has all of them. */
const MAX_NAMED = 4;

/** Renders a component's capabilities for people. */
export function renderCapabilities(
  { required, notRequired, supporting }: Capabilities,
  options: { readonly color?: boolean; readonly component?: string } = {},
): string {
  const paint = paintOf(options.color);
  const component = paint.bold(printableLine(options.component ?? 'the component'));
  if (required.length + supporting.length === 0) return `${component} requires nothing from its host`;
  const width = Math.max(0, ...required.map(({ name }) => printableLine(name).length));
  return [
    required.length === 0 ? `${component} requires nothing from its host` : `${component} requires`,
    ...(required.length === 0 ? [] : ['']),
    ...required.flatMap(({ name, imports }) =>
      imports.map((one, i) => {
        const title = i === 0 ? printableLine(name) : '';
        return `  ${paint.yellow(title.padEnd(width))}  ${importText(one, paint)}`;
      }),
    ),
    '',
    `  ${paint.green('does not require')}: ${notRequired.join(', ') || '(it requires every common capability)'}`,
    ...(supporting.length === 0
      ? []
      : [paint.dim(`  supporting interfaces, which give no access by themselves: ${names(supporting)}`)]),
  ].join('\n');
}

function names(imports: readonly CapabilityImport[]): string {
  return imports.map(({ name }) => printableLine(name)).join(', ');
}

function importText({ name, functions }: CapabilityImport, paint: Paint): string {
  if (functions.length === 0 || (functions.length === 1 && functions[0] === name)) return printableLine(name);
  const shown = functions.slice(0, MAX_NAMED).map((one) => printableLine(one.replace(/^\[[^\]]*\]/u, '')));
  const more = functions.length > MAX_NAMED ? `, … (${functions.length} functions)` : '';
  return `${printableLine(name)} ${paint.dim(`${shown.join(', ')}${more}`)}`;
}
