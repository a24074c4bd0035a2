import { ENGINES } from '../componentize/engines.ts';
import type { FileToWrite } from '../write-files.ts';
import type { ProjectNames } from './project-names.ts';

/** Which side of the world a project has. */
export interface ProjectSides {
  readonly host: boolean;
  readonly guest: boolean;
}

/** The versions of other packages with which projects start. */
const TYPESCRIPT = '^7.0.2';
const NODE_TYPES = '^26.6.6';

/** Returns the files of a new project. @param version that of wit-ts */
export function projectFiles(names: ProjectNames, sides: ProjectSides, version: string): FileToWrite[] {
  const files: Record<string, string | undefined> = {
    'package.json': json(manifest(names, sides, version)),
    'tsconfig.json': json(tsconfig(sides)),
    'wit/world.wit': worldText(names),
    'guest.ts': sides.guest ? guestText(names) : undefined,
    'host.ts': sides.host ? hostText(names) : undefined,
    'README.md': readmeText(names, sides),
    '.gitignore': sides.guest ? `node_modules/\n${names.world}.wasm\n` : 'node_modules/\n',
  };
  return Object.entries(files).flatMap(([path, content]) =>
    content === undefined ? [] : [{ path, content }],
  );
}

function manifest({ world }: ProjectNames, { host, guest }: ProjectSides, version: string): object {
  const { packageName, version: engineVersion } = ENGINES.starling;
  const bindings = [
    ...(host ? ['wit-ts gen wit -o generated/host'] : []),
    ...(guest ? ['wit-ts gen wit --guest -o generated/guest'] : []),
  ];
  const component = guest ? [`wit-ts componentize guest.ts --wit wit -o ${world}.wasm`] : [];
  const checks = [
    ...bindings.map((command) => `${command} --check`),
    `wit-ts check ${world}.wasm --wit wit`,
    'tsc',
  ];
  return {
    name: world,
    version: '0.1.0',
    private: true,
    type: 'module',
    engines: { node: '>=22.18' },
    scripts: {
      build: [...bindings, ...component].join(' && '),
      ...(host ? { start: 'node host.ts' } : {}),
      check: checks.join(' && '),
    },
    ...(host ? { dependencies: { '@wit-ts/runtime': `^${version}` } } : {}),
    devDependencies: {
      ...(guest ? { [packageName]: `^${engineVersion}.0` } : {}),
      ...(host ? { '@types/node': NODE_TYPES } : {}),
      typescript: TYPESCRIPT,
      'wit-ts': `^${version}`,
    },
  };
}

function tsconfig({ host, guest }: ProjectSides): object {
  return {
    compilerOptions: {
      target: 'es2024',
      lib: ['es2024', 'esnext.disposable'],
      module: 'nodenext',
      types: host ? ['node'] : [],
      strict: true,
      noEmit: true,
      allowImportingTsExtensions: true,
      erasableSyntaxOnly: true,
      verbatimModuleSyntax: true,
    },
    include: [...(guest ? ['guest.ts'] : []), ...(host ? ['host.ts'] : []), 'generated'],
  };
}

/** The interface of the host: another name than that of the world, with which it shares a package. */
function logOf({ world }: ProjectNames): string {
  return world === 'log' ? 'output' : 'log';
}

function interfaceName(names: ProjectNames): string {
  return `${names.namespace}:${names.package}/${logOf(names)}@0.1.0`;
}

function worldText(names: ProjectNames): string {
  return `package ${names.namespace}:${names.package}@0.1.0;

/// What the host gives to the component.
interface ${logOf(names)} {
  /// Writes a line.
  write: func(message: string);
}

/// A component that greets people.
world ${names.world} {
  import ${logOf(names)};

  /// Returns a greeting for \`name\`, which must not be empty.
  export greet: func(name: string) -> result<string, string>;
}
`;
}

function guestText(names: ProjectNames): string {
  return [
    `import { write } from '${interfaceName(names)}';`,
    '',
    '/** What is thrown is the `err` of the result. */',
    'export function greet(name: string): string {',
    "  if (name === '') throw 'no name';",
    '  write(`greeting ${name}`);',
    '  return `Hello, ${name}!`;',
    '}',
    '',
  ].join('\n');
}

function hostText(names: ProjectNames): string {
  return `import { readFile } from 'node:fs/promises';
import { ComponentError } from '@wit-ts/runtime';
import { instantiate } from './generated/host/${names.world}.ts';

const component = await instantiate(await readFile('${names.world}.wasm'), {
  '${interfaceName(names)}': {
    write: (message) => console.log(\`log: \${message}\`),
  },
});

console.log(component.greet('Ada'));

try {
  component.greet('');
} catch (error) {
  if (!(error instanceof ComponentError)) throw error;
  console.log(\`refused: \${error.payload}\`);
}
`;
}

function readmeText({ world }: ProjectNames, { host, guest }: ProjectSides): string {
  const build = guest
    ? `npm run build   # writes the types of the world, checks guest.ts against it, and builds ${world}.wasm`
    : `npm run build   # writes the types of the world; put a component of it beside this file, as ${world}.wasm`;
  const second = host
    ? `npm start       # runs the component with host.ts`
    : `npm run check   # are the types up to date, and does the component satisfy the world?`;
  const files = [
    '- `wit/world.wit` is the contract: what the component imports and exports.',
    ...(guest ? ['- `guest.ts` is the component.'] : []),
    ...(host ? ['- `host.ts` is the program that runs the component.'] : []),
    '- `generated/` has the types of the world. Commit it, so that a change of the contract is seen in review.',
  ];
  return `# ${world}

\`\`\`sh
${build}
${second}
\`\`\`

Run \`npm install\` before the first of them.

${files.join('\n')}

After a change of the world, run \`npm run build\` again: the compiler shows what no longer fits.
\`npm run check\` checks everything without writing anything, for CI.
`;
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
