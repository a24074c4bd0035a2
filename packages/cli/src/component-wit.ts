import { mismatches, pathTexts, type PathSegment, type World, type WorldItem } from '@wit-ts/model';
import type { ComponentInput } from './read-input.ts';

/** What the WIT of a component does not say. */
interface WitLoss {
  /** Whether the text can be read as WIT. */
  readonly isReadable: boolean;
  /** Sentences without a full stop; empty if the text says everything. */
  readonly reasons: readonly string[];
}

/**
 * Reads the WIT of a component again, and compares it with the component. A component can have more than WIT can
 * express: core modules, exported types, types of interfaces without a name.
 */
export async function witLoss(text: string, { world, unexpressed }: ComponentInput): Promise<WitLoss> {
  const { resolve } = await import('@wit-ts/wit');
  const reasons = unexpressed.map(
    ({ side, path, sort }) => `it ${side}s the ${sort} \`${path.join('`, `')}\`, which the text leaves out`,
  );
  const exportedTypes = [...world.exports].filter(([, item]) => item.tag === 'type');
  for (const [name] of exportedTypes)
    reasons.push(`it exports the type \`${name}\`, and WIT can only declare types in a world`);
  const { value, diagnostics } = resolve(text, { allFeatures: true, encodable: false });
  for (const { message, span } of diagnostics) {
    const line = span === undefined ? '' : `line ${span.file.position(span.start).line}: `;
    reasons.push(`the text cannot be read again: ${line}${message}`);
  }
  const again = value.package?.worlds.get(world.name);
  if (diagnostics.length > 0 || again === undefined) return { isReadable: false, reasons };
  return { isReadable: true, reasons: [...reasons, ...differences(withWholeInterfaces(world), again)] };
}

/**
 * An interface that is both imported and exported is one in the text. The component may import only the parts of it
 * that it uses, which is no loss.
 */
function withWholeInterfaces(world: World): World {
  return { ...world, imports: wholeItems(world.imports), exports: wholeItems(world.exports) };
}

function wholeItems(items: World['imports']): World['imports'] {
  const whole = new Map<string, WorldItem>();
  for (const [key, item] of items) {
    if (item.tag === 'interface') {
      const { only: _, ...rest } = item;
      whole.set(key, rest);
    } else whole.set(key, item);
  }
  return whole;
}

/** The differences that do not come from exported types. */
function differences(component: World, text: World): string[] {
  const found = [...mismatches(component, text), ...mismatches(text, component)];
  const places = found
    .filter(({ path: [first] }) => first === undefined || !isExportedType(first.segment, component))
    .map(({ path }) => pathTexts(path).join(' › '));
  return [...new Set(places)].map((place) => `the text differs from the component in: ${place}`);
}

function isExportedType(segment: PathSegment, component: World): boolean {
  return 'name' in segment && component.exports.get(segment.name)?.tag === 'type';
}
