import { renderCapabilities } from '@wit-ts/check';
import { paintOf, printableLine, type Paint } from '@wit-ts/diagnostics';
import type { ComponentContents, InstanceContents, ModuleContents } from '@wit-ts/component/inspect';
import type { ConcurrencyUse } from './concurrency.ts';
import type { FunctionUse } from './functions.ts';
import type { Inspection, ItemSummary } from './inspection.ts';
import { bar, bytesText, plural, table } from './layout.ts';

/** More instances and functions than these are counted; the JSON has all of them. */
const MAX_LISTED = 40;

/** Renders an inspection for people. */
export function inspectionText(
  name: string,
  inspection: Inspection,
  options: { readonly color?: boolean } = {},
): string {
  const paint = paintOf(options.color);
  const { size, component, functions, stringEncodings } = inspection;
  return [
    `${paint.bold(printableLine(name))}  ${bytesText(size)}`,
    '',
    ...table(treeRows(component, size, '  ', paint), ['left', 'right', 'left', 'right', 'left']),
    ...instanceLines(component),
    ...itemLines('imports', inspection.imports),
    ...itemLines('exports', inspection.exports),
    '',
    `  strings  ${stringEncodings.join(', ') || 'none'}`,
    ...functionLines(functions),
    ...concurrencyLines(inspection.concurrency),
    ...producerLines(component),
    '',
    ...renderCapabilities(inspection.capabilities, { ...options, component: 'this component' })
      .split('\n')
      .map((line) => (line === '' ? '' : `  ${line}`)),
  ].join('\n');
}

function treeRows(contents: ComponentContents, whole: number, indent: string, paint: Paint): string[][] {
  const inside = [...contents.modules, ...contents.components].reduce((sum, { size }) => sum + size, 0);
  const rest = contents.size - inside;
  return [
    ...contents.modules.map((module) => [
      `${indent}core module ${module.index}${nameText(module.name)}`,
      bytesText(module.size),
      paint.blue(bar(module.size / whole)),
      share(module.size, whole),
      paint.dim(moduleText(module)),
    ]),
    ...contents.components.flatMap((inner) => [
      [
        `${indent}component ${inner.index}${nameText(inner.name)}`,
        bytesText(inner.size),
        bar(inner.size / whole),
        share(inner.size, whole),
        '',
      ],
      ...treeRows(inner, whole, `${indent}  `, paint),
    ]),
    [
      `${indent}types, names and wiring`,
      bytesText(rest),
      bar(rest / whole),
      share(rest, whole),
      paint.dim(wiring(contents)),
    ],
  ];
}

function moduleText({ functions, imports, exports, code, data, custom }: ModuleContents): string {
  const parts = [
    ...(code === 0 ? [] : [`code ${bytesText(code)}`]),
    ...(data === 0 ? [] : [`data ${bytesText(data)}`]),
    ...(custom === 0 ? [] : [`custom ${bytesText(custom)}`]),
  ];
  return [
    `${plural(functions, 'function')}, ${plural(imports, 'import')}, ${plural(exports, 'export')}`,
    ...(parts.length === 0 ? [] : [parts.join(', ')]),
  ].join('; ');
}

function wiring({ customSections }: ComponentContents): string {
  return customSections.map(({ name, size }) => `${printableLine(name)} ${bytesText(size)}`).join(', ');
}

function instanceLines(root: ComponentContents): string[] {
  const rows: string[] = [];
  const visit = (contents: ComponentContents, indent: string): void => {
    const add = (what: string, { index, name, of, items }: InstanceContents, from: string): void => {
      const made = of === undefined ? `exports ${listed(items)}` : `= ${from} ${of}${withArgs(items)}`;
      rows.push(`${indent}${what} ${index}${nameText(name)}  ${made}`);
    };
    for (const one of contents.coreInstances) add('core instance', one, 'core module');
    for (const one of contents.instances) add('instance', one, 'component');
    for (const inner of contents.components) {
      if (inner.coreInstances.length + inner.instances.length + inner.components.length === 0) continue;
      rows.push(`${indent}in component ${inner.index}${nameText(inner.name)}`);
      visit(inner, `${indent}  `);
    }
  };
  visit(root, '  ');
  if (rows.length === 0) return [];
  const more = rows.length > MAX_LISTED ? [`  … and ${rows.length - MAX_LISTED} more`] : [];
  return ['', ...rows.slice(0, MAX_LISTED), ...more];
}

function withArgs(args: readonly string[]): string {
  return args.length === 0 ? '' : ` with ${listed(args)}`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 4).map((name) => (/^\d*$/u.test(name) ? `"${name}"` : printableLine(name)));
  return names.length > 4 ? `${shown.join(', ')}, … (${names.length})` : shown.join(', ') || 'nothing';
}

function itemLines(title: string, items: readonly ItemSummary[]): string[] {
  if (items.length === 0) return ['', `  no ${title}`];
  return [
    '',
    `  ${title}`,
    ...items.map(({ name, kind, functions }) => {
      const detail = functions === undefined ? kind : plural(functions, 'function');
      return `    ${printableLine(name)} (${detail})`;
    }),
  ];
}

function functionLines(functions: readonly FunctionUse[] | undefined): string[] {
  if (functions === undefined)
    return [
      '',
      '  the functions are unknown, because the component cannot be instantiated: run `wit-ts validate` to see why',
    ];
  if (functions.length === 0) return ['', '  no lifted or lowered functions'];
  const rows = functions
    .slice(0, MAX_LISTED)
    .map(({ kind, name, async: isAsync, stringEncoding, options }) => [
      `    ${kind}`,
      printableLine(isAsync ? `async ${name}` : name),
      stringEncoding ?? '',
      options.join(' '),
    ]);
  const more = functions.length > MAX_LISTED ? [`    … and ${functions.length - MAX_LISTED} more`] : [];
  return ['', '  functions', ...table(rows, ['left', 'left', 'left', 'left']), ...more];
}

function concurrencyLines(use: ConcurrencyUse | undefined): string[] {
  if (use === undefined) return [];
  const builtIns = Object.entries(use.builtIns).map(([name, count]) =>
    count === 1 ? name : `${name} ×${count}`,
  );
  return [
    '',
    '  concurrency',
    ...wrapped('built-ins: ', builtIns),
    ...(use.mayBlock.length === 0
      ? ['    needs no suspended stack: it waits in callbacks, on every platform']
      : wrapped('needs a suspended stack when it has to wait in: ', use.mayBlock)),
  ];
}

/** A list in lines of about 100 characters. */
function wrapped(title: string, items: readonly string[]): string[] {
  const lines = [`    ${title}`];
  for (const [index, item] of (items.length === 0 ? ['none'] : items).entries()) {
    const text = `${printableLine(item)}${index < items.length - 1 ? ', ' : ''}`;
    if (lines.at(-1)!.length + text.length > 100) lines.push('      ');
    lines[lines.length - 1] += text;
  }
  return lines.map((line) => line.trimEnd());
}

function producerLines(contents: ComponentContents): string[] {
  const lines = new Set<string>();
  const visit = ({ producers, modules, components }: ComponentContents): void => {
    for (const { field, name, version } of [...producers, ...modules.flatMap((module) => module.producers)]) {
      lines.add(printableLine(`    ${field} ${name}${version === '' ? '' : ` ${version}`}`));
    }
    for (const inner of components) visit(inner);
  };
  visit(contents);
  return lines.size === 0 ? [] : ['', '  made by', ...lines];
}

function nameText(name: string | undefined): string {
  return name === undefined ? '' : ` ${printableLine(name)}`;
}

function share(size: number, whole: number): string {
  const percent = (100 * size) / whole;
  return percent >= 1 || percent === 0 ? `${Math.round(percent)} %` : '< 1 %';
}
