import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { render, SourceFile } from '@wit-ts/diagnostics';
import { resolve } from '@wit-ts/wit';
import { root } from '@wit-ts/dev-support/workspace';
import type { StudyFindings, Study } from '../study.ts';
import { Reference } from '../reference.ts';

/**
 * Compares our diagnostics for files with typical mistakes with the reference's messages, and writes
 * `docs/diagnostics.md`.
 */
export const diagnostics: Study = {
  name: 'diagnostics',
  question: 'What do wit-ts and the reference report for typical mistakes?',
  run,
};

interface BrokenFile {
  readonly name: string;
  readonly title: string;
}

/** The files in `broken`, in the order of the page. */
export const brokenFiles: readonly BrokenFile[] = [
  { name: '01-article.wit', title: 'As articles print it: no `package`, and the last `;` is missing' },
  { name: '02-from-rust.wit', title: 'Written by someone who knows Rust' },
  { name: '03-from-typescript.wit', title: 'Written by someone who knows TypeScript' },
  { name: '04-before-2023.wit', title: 'From an example of early days' },
  { name: '05-keywords.wit', title: 'Names that are keywords' },
  { name: '06-braces.wit', title: 'A comma, a parenthesis and a brace are missing' },
  { name: '07-versions.wit', title: 'Versions of dependencies, and what is in them' },
  { name: '08-typos.wit', title: 'Typing mistakes, one of them in a keyword' },
  { name: '09-world.wit', title: 'What belongs into a world, and how' },
  { name: '10-only-in-the-binary.wit', title: 'What the reference finds only in the binary' },
  { name: 'five-mistakes.wit', title: 'Five separate mistakes: five diagnostics' },
];

const folder = join(import.meta.dirname, 'broken');

/** Reads one of the files in `broken`. */
export function brokenText(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

/** Returns our diagnostics for a file as they are shown in a terminal. */
function ours(name: string): string {
  return resolve(new SourceFile(name, brokenText(name)))
    .diagnostics.map((diagnostic) => render(diagnostic))
    .join('\n\n');
}

async function run(): Promise<StudyFindings> {
  const reference = new Reference();
  const sections: string[] = [];
  const data: { name: string; ours: string; theirs: string }[] = [];
  for (const { name, title } of brokenFiles) {
    const theirs = await reference.acceptsWit(brokenText(name), undefined);
    const said = theirs.tag === 'accepted' ? '(accepted)' : theirs.message;
    sections.push(codeSection(name, title, said));
    data.push({ name, ours: ours(name), theirs: said });
  }
  const unlisted = readdirSync(folder).filter((file) => brokenFiles.every(({ name }) => name !== file));
  const page = [INTRODUCTION, ...sections].join('\n');
  await writeFile(join(root, 'docs/diagnostics.md'), page);
  return { markdown: 'The study has written docs/diagnostics.md.', failed: unlisted.length > 0, data };
}

const INTRODUCTION = `# Diagnostics, side by side

This page shows, for eleven files with typical mistakes, what wit-ts reports and what the reference implementation
reports.

The reference is wasm-tools as it comes with jco (\`componentEmbed\`, then \`componentNew\`). Its own command line also
shows the line if it knows it; the sentence is the same, and it is the only one. \`pnpm study diagnostics\` writes this
page from the files in \`packages/dev-studies/src/wit/broken\`.
`;

/** Returns the section of the page about one file. */
export function codeSection(name: string, title: string, theirs: string): string {
  return `## ${title}

\`\`\`wit
${brokenText(name).trimEnd()}
\`\`\`

wit-ts:

\`\`\`text
${ours(name)}
\`\`\`

The reference:

\`\`\`text
${theirs.trim()}
\`\`\`
`;
}
