import { generate } from '@wit-ts/bindgen';
import { check, diff, diffToMarkdown, renderDiff, renderReport } from '@wit-ts/check';
import { hasErrors, render, renderPlain, SourceFile } from '@wit-ts/diagnostics';
import { contractOf, toJson, worldOf, type Package, type Resolve, type World } from '@wit-ts/model';
import { format, parse, print, resolve } from '@wit-ts/wit';

/** Something that is done with a text. What it needs from the stages before is made first, and is not measured. */
interface TextStage {
  readonly name: string;
  /** Returns what is measured; `undefined` when the stage is not for a text with mistakes. */
  readonly prepare: (text: string) => (() => unknown) | undefined;
}

interface Made {
  readonly resolve: Resolve;
  readonly package: Package;
  readonly world: World;
}

/** What a text says, when it has no mistakes and a world `w`. */
function made(text: string): Made | undefined {
  const { value, diagnostics } = resolve(text, { allFeatures: true });
  const world = value.package?.worlds.get('w');
  if (hasErrors(diagnostics) || value.package === undefined || world === undefined) return undefined;
  return { resolve: value.resolve, package: value.package, world };
}

/** Another version of a text, in which types and names differ. */
function changed(text: string): string {
  return text
    .replaceAll('u8', 'u16')
    .replaceAll(/\bfn(?=\d)/gu, 'gn')
    .replace('@1.0.0', '@1.1.0');
}

function ofWorld(run: (made: Made) => unknown): TextStage['prepare'] {
  return (text) => {
    const found = made(text);
    return found && (() => run(found));
  };
}

function ofTwo(
  other: (text: string) => string,
  run: (old: Made, next: Made) => unknown,
): TextStage['prepare'] {
  return (text) => {
    const [old, next] = [made(text), made(other(text))];
    return old && next && (() => run(old, next));
  };
}

const same = (text: string): string => text;

export const textStages: readonly TextStage[] = [
  { name: 'parse', prepare: (text) => () => parse(new SourceFile('a.wit', text)) },
  { name: 'resolve', prepare: (text) => () => resolve(text) },
  { name: 'format', prepare: (text) => () => format(text) },
  {
    name: 'render',
    prepare: (text) => {
      const { diagnostics } = resolve(text);
      return diagnostics.length === 0
        ? undefined
        : () => diagnostics.map((one) => [render(one), renderPlain(one)]);
    },
  },
  { name: 'print', prepare: ofWorld((it) => print(it.resolve, it.package)) },
  { name: 'json', prepare: ofWorld((it) => JSON.stringify(toJson(it.resolve))) },
  { name: 'contract', prepare: ofWorld(({ world }) => worldOf(contractOf(world))) },
  { name: 'gen', prepare: ofWorld(async (it) => generate(it.resolve, it.world)) },
  { name: 'gen, guest', prepare: ofWorld(async (it) => generate(it.resolve, it.world, { side: 'guest' })) },
  { name: 'check', prepare: ofTwo(same, (old, next) => renderReport(check(old, next))) },
  { name: 'check, changed', prepare: ofTwo(changed, (old, next) => renderReport(check(old, next))) },
  { name: 'diff', prepare: ofTwo(same, (old, next) => renderDiff(diff(old.package, next.package))) },
  {
    name: 'diff, changed',
    prepare: ofTwo(changed, (old, next) => {
      const report = diff(old.package, next.package);
      return [renderDiff(report), diffToMarkdown(report)];
    }),
  },
];
