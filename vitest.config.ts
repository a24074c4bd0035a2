import { defineConfig } from 'vitest/config';

const conditions = ['@wit-ts/source', 'module', 'node', 'import', 'default'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'grammars/*/src/**/*.test.ts', 'test-components/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'packages/dev-peers/tools/**'],
    testTimeout: 60_000,
  },
});
