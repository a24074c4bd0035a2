import type { ExternName } from '../ast.ts';
import type { ByteReader } from './byte-reader.ts';

/** The attributes of a name (`Binary.md`, "Import and Export Definitions"). */
export function nameAttributes(reader: ByteReader): Omit<ExternName, 'name'> {
  const attributes: { -readonly [K in keyof ExternName]?: ExternName[K] } = {};
  const repeated: string[] = [];
  reader.vec(() => {
    const key =
      ATTRIBUTES[reader.byte()] ??
      reader.fail('unknown attribute of an import or export name', reader.position - 1);
    const value = reader.name();
    if (attributes[key] === undefined) attributes[key] = value;
    else repeated.push(key);
  });
  return { ...attributes, ...(repeated.length === 0 ? {} : { repeated }) };
}

const ATTRIBUTES = ['implements', 'versionSuffix', 'externalId'] as const;
