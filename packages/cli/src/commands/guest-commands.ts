import type { CommandEntry } from './command-table.ts';

/** The entry of `init`. */
export const initCommand: CommandEntry = {
  name: 'init',
  description:
    'Start a project in an empty directory: a world, a guest in TypeScript, and a host that runs it.',
  arguments: [['[dir]', 'the directory, which is made if it does not exist (default: .)']],
  options: [
    { flags: '--host', description: 'only the host, for a component that you have' },
    { flags: '--guest', description: 'only the guest, which becomes a component' },
    { flags: '--both', description: 'host and guest (default)' },
    {
      flags: '--world <name>',
      description:
        'the name of the world, or with its package: acme:tools/greeter (default: that of the directory)',
    },
  ],
  readsWit: false,
  note: `Writes all files or none: none if the directory has a file that is not of version control or of a file manager.
A .gitignore stays as it is. \`npm install\` then gets the packages.`,
  examples: ['init greeter', 'init --host', 'init counter --guest --world acme:tools/word-count'],
  load: async () => (await import('./init.ts')).init,
};

/** The entry of `componentize`. */
export const componentizeCommand: CommandEntry = {
  name: 'componentize',
  description: 'Build a component from a guest in TypeScript or JavaScript, and check it against its world.',
  arguments: [['<guest>', 'the main module of the guest: guest.ts']],
  options: [
    { flags: '--wit <path>', description: 'the WIT with the world of the guest', isRequired: true },
    {
      flags: '-o, --out <file>',
      description: 'the component (default: beside the guest, with its name and .wasm)',
    },
    {
      flags: '--backend <engine>',
      description: 'the JavaScript engine in the component: starling or quickjs',
      defaultValue: 'starling',
    },
    {
      flags: '--async-exports [names]',
      description: 'exports that may be async functions although WIT is synchronous (all without names)',
      isList: true,
      whenBare: 'all',
    },
    { flags: '--no-types', description: 'do not check the types of the guest' },
  ],
  readsWit: true,
  note: `The engines are packages that the project of the guest has: @bytecodealliance/componentize-js for starling,
componentize-qjs for quickjs. Types are checked with the TypeScript and the tsconfig.json of the project.
Exits with 1 if the guest has errors, cannot be built, or does not satisfy its world; then nothing is written.`,
  examples: [
    'componentize guest.ts --wit wit -o app.wasm',
    'componentize guest.ts --wit wit -w edge-handler --backend quickjs',
  ],
  load: async () => (await import('./componentize.ts')).componentize,
};
