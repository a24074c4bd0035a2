#!/usr/bin/env node
// Versions of Node that are not supported must still be able to parse this file, or they print a `SyntaxError` instead
// of the sentence below: it has no static import, no top-level `await`, and no newer syntax than arrow functions.

const SUPPORTED_NODE = 22;

if (parseInt(process.versions.node, 10) < SUPPORTED_NODE) {
  console.error(
    `wit-ts requires Node ${SUPPORTED_NODE} or later, and this is Node ${process.versions.node}.`,
  );
  process.exitCode = 2;
} else {
  import('node:module').then((nodeModule) => {
    // Node 22.0 does not have it. It must be on before the modules below are loaded.
    if ('enableCompileCache' in nodeModule) nodeModule.enableCompileCache();
    return Promise.all([import('./main.ts'), import('./io.ts')]).then(([{ main }, { processIo }]) =>
      main(process.argv.slice(2), processIo()).then((code) => {
        if (process.exitCode === undefined) process.exitCode = code;
      }),
    );
  });
}
