import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cache } from '../directories.ts';
import { builtComponents, largeComponent } from './specimens.ts';
import { Reference } from '../reference.ts';
import { joinSections, COMPONENT_SECTION, splitSections } from './component-sections.ts';

/** A component whose world is read. */
export interface ComponentSpeedInput {
  readonly name: string;
  readonly path: string;
  readonly size: number;
  /** What becomes larger from one input to the next. */
  readonly grows: 'core code' | 'interfaces';
}

/** Makes components with more and more core code, and components with more and more interfaces. */
export async function componentSpeedInputs(): Promise<ComponentSpeedInput[]> {
  const folder = join(cache, 'component-speed');
  await mkdir(folder, { recursive: true });
  const inputs: ComponentSpeedInput[] = [];
  const add = async (name: string, bytes: Uint8Array, grows: ComponentSpeedInput['grows']): Promise<void> => {
    const path = join(folder, `${name.replaceAll(/[^\w.-]+/gu, '-')}.wasm`);
    await writeFile(path, bytes);
    inputs.push({ name, path, size: bytes.length, grows });
  };
  const small = builtComponents().find(({ name }) => name.includes('edge-handler/built/rust'));
  if (small !== undefined) await add('edge-handler in Rust', small.bytes, 'core code');
  const large = largeComponent();
  if (large !== undefined) {
    await add('edge-handler in JavaScript', large.bytes, 'core code');
    for (const times of [2, 4])
      await add(`the same with ${times} times its code`, withRepeatedCode(large.bytes, times), 'core code');
  }
  const reference = new Reference();
  for (const interfaces of [10, 100, 300]) {
    const made = await reference.componentOf(worldOf(interfaces), 'w');
    if (made.tag !== 'accepted')
      throw new Error(`cannot make a component with ${interfaces} interfaces: ${made.message}`);
    await add(`${interfaces} interfaces of ten functions`, made.value, 'interfaces');
  }
  return inputs;
}

/** Appends copies of the largest core module, which nothing uses. */
function withRepeatedCode(bytes: Uint8Array<ArrayBuffer>, times: number): Uint8Array {
  const sections = splitSections(bytes);
  const modules = sections.filter(({ id }) => id === COMPONENT_SECTION.coreModule);
  const [largest] = modules.toSorted((a, b) => b.content.length - a.content.length);
  return joinSections([...sections, ...Array.from({ length: times - 1 }, () => largest!)]);
}

function worldOf(interfaces: number): string {
  const names = Array.from({ length: interfaces }, (_, i) => `i${i}`);
  const bodies = names.map((name, i) => {
    const use = i === 0 ? '' : 'use i0.{meta as first-meta};';
    const functions = Array.from(
      { length: 10 },
      (_, f) => `f${f}: func(id: u64, text: list<string>, it: option<meta>) -> result<thing, string>;`,
    );
    return `interface ${name} { ${use} record meta { id: u64, tags: list<string> } variant thing { none, one(meta), many(list<meta>) } ${functions.join(' ')} }`;
  });
  const items = names.map((name, i) => `${i % 2 === 0 ? 'import' : 'export'} ${name};`);
  return `package test:speed@1.0.0;\n${bodies.join('\n')}\nworld w { ${items.join(' ')} }\n`;
}
