import { printable } from '@wit-ts/diagnostics';
import type { Contents, ItemSummary } from './contents.ts';

/** Contents for people. */
export function contentsText(name: string, contents: Contents): string {
  const { coreModules, components, coreInstances, instances, lifts, lowers } = contents;
  const rows: [string, string][] = [
    ['size', bytesText(contents.size)],
    ['core modules', modulesText(coreModules)],
    [
      'components',
      `${components} nested, ${plural(instances, 'instance')}, ${plural(coreInstances, 'core instance')}`,
    ],
    ['functions', `${lifts} lifted, ${lowers} lowered`],
    ['strings', contents.stringEncodings.join(', ') || 'none'],
    ['asynchronous', contents.async ? 'yes' : 'no'],
    [
      'custom sections',
      contents.customSections.map((it) => `${printable(it.name)} (${bytesText(it.size)})`).join(', ') ||
        'none',
    ],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  return [
    printable(name),
    ...rows.map(([label, text]) => `  ${label.padEnd(width)}  ${text}`),
    ...itemLines('imports', contents.imports),
    ...itemLines('exports', contents.exports),
    '',
    contents.capabilities.length === 0 ? '  asks for nothing of the outside' : '  asks for',
    ...contents.capabilities.map(
      (it) => `    ${printable(it.name)}: ${it.imports.map(({ name: one }) => printable(one)).join(', ')}`,
    ),
  ].join('\n');
}

function itemLines(title: string, items: readonly ItemSummary[]): string[] {
  if (items.length === 0) return ['', `  no ${title}`];
  return [
    '',
    `  ${title}`,
    ...items.map(({ name, kind, functions }) => {
      const detail = functions === undefined ? kind : plural(functions, 'function');
      return `    ${printable(name)} (${detail})`;
    }),
  ];
}

function modulesText(modules: Contents['coreModules']): string {
  if (modules.length === 0) return 'none';
  const sizes = modules.map(({ size }) => size);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const each = sizes.length === 1 || sizes.length > 12 ? '' : `: ${sizes.map(bytesText).join(', ')}`;
  return `${modules.length}, ${bytesText(total)}${each}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function bytesText(size: number): string {
  if (size < 1024) return `${size} B`;
  if (size < 1024 * 1024) return `${(size / 1024).toFixed(1)} KB`;
  return `${(size / 1024 / 1024).toFixed(1)} MB`;
}
