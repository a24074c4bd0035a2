import { defineConfig } from 'vitest/config';

const conditions = ['@wit-ts/source', 'module', 'node', 'import', 'default'];

const folders = ['packages/*/src', 'grammars/*/src', 'test-components'];
const filesOf = (ending: string): string[] => folders.map((folder) => `${folder}/**/*${ending}`);
const elsewhere = ['**/node_modules/**', 'packages/dev-peers/{bundlers,programs,tools}/**'];

/**
 * `pnpm test` runs the project "fast"; `pnpm check` also runs "slow": the laws and limits that take seconds to test.
 */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    testTimeout: 60_000,
    // Modules are loaded once for a worker, not once for a file. So a test file restores whatever global it replaces.
    isolate: false,
    // Processes, not threads: some tools that tests call hand their standard streams to processes of their own.
    pool: 'forks',
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          include: filesOf('.test.ts'),
          exclude: [...elsewhere, ...filesOf('.slow.test.ts')],
        },
      },
      {
        extends: true,
        test: {
          name: 'slow',
          include: filesOf('.slow.test.ts'),
          exclude: elsewhere,
          testTimeout: 300_000,
        },
      },
    ],
  },
});
