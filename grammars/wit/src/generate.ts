import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { generatedFiles } from './generate/outputs.ts';

/* `pnpm generate` writes the files that are generated from the grammar. With `--check` it writes nothing, and exits
   with 1 if one of them is stale. */

const files = await generatedFiles(async (text, file) =>
  format(text, { parser: 'typescript', ...(await resolveConfig(file)) }),
);
const stale = files.filter(({ file, text }) => current(file) !== text);
if (process.argv.includes('--check')) {
  for (const { file } of stale) {
    process.stderr.write(
      `${relative(process.cwd(), fileURLToPath(file))} is stale: run \`pnpm generate\`.\n`,
    );
  }
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const { file, text } of stale) {
    mkdirSync(new URL('.', file), { recursive: true });
    writeFileSync(file, text);
  }
  process.stdout.write(`${stale.length} of ${files.length} files written\n`);
}

function current(file: URL): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
