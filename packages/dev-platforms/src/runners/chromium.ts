import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Assets } from '../assets.ts';
import { runtime } from '../runtimes.ts';
import { type Outcome, outcomeOf } from './outcome.ts';

/** The parts of Playwright that are used, written down because it is installed only when asked for. */
interface Playwright {
  readonly chromium: {
    launchPersistentContext(
      directory: string,
      options: {
        readonly executablePath: string;
        readonly headless: boolean;
        readonly args: readonly string[];
      },
    ): Promise<BrowserContext>;
  };
}

interface BrowserContext {
  browser(): { version(): string } | null;
  newPage(): Promise<Page>;
  close(): Promise<void>;
}

interface Page {
  on(event: 'console', listener: (message: { text(): string }) => void): void;
  on(event: 'pageerror', listener: (error: Error) => void): void;
  goto(url: string): Promise<unknown>;
  waitForEvent(
    event: 'console',
    options: { readonly predicate: (message: { text(): string }) => boolean; readonly timeout: number },
  ): Promise<unknown>;
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Only scripts of the page's own origin, and WebAssembly, but no code from text. */
const strict = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

/** A page in headless Chromium, on request under a Content-Security-Policy that forbids code from text. */
export async function runChromium(assets: Assets, policy: 'none' | 'strict'): Promise<Outcome> {
  const executablePath = browserPath();
  const { default: playwright }: { default: Playwright } = await import(
    pathToFileURL(join(await runtime('chromium'), 'index.js')).href
  );
  const server = await serve(assets, policy);
  const profile = await mkdtemp(join(tmpdir(), 'wit-ts-chromium-'));
  try {
    const context = await playwright.chromium.launchPersistentContext(profile, {
      executablePath,
      headless: true,
      args: flags,
    });
    try {
      const page = await context.newPage();
      const printed: string[] = [];
      page.on('console', (message) => printed.push(message.text()));
      page.on('pageerror', (error) => printed.push(error.stack ?? error.message));
      const end = page
        .waitForEvent('console', {
          predicate: (message) => message.text().includes('"tag":"end"'),
          timeout: 60_000,
        })
        .catch((error: unknown) => printed.push(String(error)));
      await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
      await end;
      return outcomeOf(context.browser()?.version() ?? '', printed.join('\n'));
    } finally {
      await context.close();
    }
  } finally {
    server.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 3 });
  }
}

function browserPath(): string {
  const paths = [
    process.env['CHROMIUM'],
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ];
  const found = paths.find((path) => path !== undefined && existsSync(path));
  if (found !== undefined) return found;
  throw new Error('no Chromium is here: set $CHROMIUM, or on Debian run `apt-get install chromium` as root');
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

async function serve({ directory }: Assets, policy: 'none' | 'strict'): Promise<Server> {
  const server = createServer((request, response) => {
    const name = basename(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (policy === 'strict') response.setHeader('content-security-policy', strict);
    if (name === '') {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>wit-ts</title><script type="module" src="./page.js"></script>');
      return;
    }
    readFile(join(directory, name)).then(
      (bytes) => {
        response.setHeader('content-type', types[extname(name)] ?? 'text/plain');
        response.end(bytes);
      },
      () => {
        response.statusCode = 404;
        response.end();
      },
    );
  });
  await new Promise<void>((done) => server.listen(0, 'localhost', done));
  return server;
}
