import { COMPATIBILITY_DATE } from './compatibility-date.ts';

/** Returns the configuration with which wrangler deploys a worker to Cloudflare, as JSON with comments. */
export function wranglerConfig(name: string): string {
  const worker = {
    name: workerName(name),
    main: 'worker.js',
    compatibility_date: COMPATIBILITY_DATE,
  };
  return `// The configuration of wrangler. It is yours: wit-ts does not write it again.\n${JSON.stringify(worker, undefined, 2)}\n`;
}

/** A name that Cloudflare takes: lower case letters, digits and dashes. */
function workerName(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '')
    .slice(0, 63);
  return plain === '' ? 'component' : plain;
}
