import { paintOf, printable, type Paint } from '@wit-ts/diagnostics';
import type { Capabilities, CapabilityImport } from './capabilities.ts';

/** Functions named of an import; the JSON has them all. */
const MAX_NAMED = 4;

/** What a component asks for, for people. */
export function renderCapabilities(
  { asks, without, means }: Capabilities,
  options: { readonly color?: boolean; readonly component?: string } = {},
): string {
  const paint = paintOf(options.color);
  const component = paint.bold(printable(options.component ?? 'the component'));
  if (asks.length + means.length === 0) return `${component} asks for nothing of the outside`;
  const width = Math.max(0, ...asks.map(({ name }) => printable(name).length));
  return [
    asks.length === 0 ? `${component} asks for nothing of the outside` : `${component} asks for`,
    ...(asks.length === 0 ? [] : ['']),
    ...asks.flatMap(({ name, imports }) =>
      imports.map((one, i) => {
        const title = i === 0 ? printable(name) : '';
        return `  ${paint.yellow(title.padEnd(width))}  ${importText(one, paint)}`;
      }),
    ),
    '',
    `  ${paint.green('not for')}: ${without.length === 0 ? 'nothing that is asked about often' : without.join(', ')}`,
    ...(means.length === 0
      ? []
      : [paint.dim(`  means, which open nothing: ${means.map(({ name }) => printable(name)).join(', ')}`)]),
  ].join('\n');
}

function importText({ name, functions }: CapabilityImport, paint: Paint): string {
  if (functions.length === 0 || (functions.length === 1 && functions[0] === name)) return printable(name);
  const shown = functions.slice(0, MAX_NAMED).map((one) => printable(one.replace(/^\[[^\]]*\]/u, '')));
  const more = functions.length > MAX_NAMED ? `, … (${functions.length} functions)` : '';
  return `${printable(name)} ${paint.dim(`${shown.join(', ')}${more}`)}`;
}
