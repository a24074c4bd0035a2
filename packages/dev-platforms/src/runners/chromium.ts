import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TestFiles } from '../prepare-test-files.ts';
import { runtimeFolder } from '../install-runtime.ts';
import { answerOutside } from './outside.ts';
import { type PlatformOutput, parseOutput } from './platform-output.ts';

/**
 * The parts of Playwright's interface that are used. They are declared here because Playwright is installed only on
 * demand.
 */
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

/** Isolates a page, which lets it share memory with its workers. */
const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/**
 * Where the cases run in Chromium: `page`, which is isolated; `worker`, a dedicated worker of such a page; `strict`, a
 * page whose Content-Security-Policy forbids `eval` and `new Function`; `chunks`, a page whose bundle loads parts of
 * the runtime on demand; `service-worker`, which may load nothing on demand.
 */
type Place = 'page' | 'worker' | 'strict' | 'chunks' | 'service-worker';

/** The headers of everything that the server sends. */
const HEADERS: Readonly<Record<Place, Readonly<Record<string, string>>>> = {
  page: ISOLATED,
  worker: ISOLATED,
  // Allows scripts of the page's origin and WebAssembly, but forbids `eval` and `new Function`.
  strict: { 'content-security-policy': "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'" },
  chunks: {},
  'service-worker': {},
};

/** Runs the cases in headless Chromium. Throws an Error when Chromium is not installed. */
export async function runChromium(testFiles: TestFiles, place: Place): Promise<PlatformOutput> {
  const executablePath = browserPath();
  const { default: playwright }: { default: Playwright } = await import(
    pathToFileURL(join(await runtimeFolder('chromium'), 'index.js')).href
  );
  const server = await serve(testFiles, place);
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
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await end;
      return parseOutput(context.browser()?.version() ?? '', printed.join('\n'));
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
  throw new Error(
    'Chromium is not installed: set $CHROMIUM to its path, or run `apt-get install chromium` as root on Debian',
  );
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

const SCRIPTS: Readonly<Record<Place, string>> = {
  page: '<script type="module" src="./page.js"></script>',
  worker: `<script type="module">
    const worker = new Worker('./page-worker.js', { type: 'module' });
    worker.addEventListener('message', ({ data }) => console.log(data));
    worker.addEventListener('error', ({ message }) => console.log(message));
  </script>`,
  strict: '<script type="module" src="./page.js"></script>',
  chunks: '<script type="module" src="./page-in-chunks.js"></script>',
  'service-worker': `<script type="module">
    navigator.serviceWorker.addEventListener('message', ({ data }) => console.log(data));
    navigator.serviceWorker.startMessages();
    await navigator.serviceWorker.register('./service-worker.js', { type: 'module' });
    (await navigator.serviceWorker.ready).active.postMessage('run');
  </script>`,
};

async function serve({ directory }: TestFiles, place: Place): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.method === 'POST' || request.url === '/outside') {
      answerOutside(request, response);
      return;
    }
    const name = basename(new URL(request.url ?? '/', 'http://localhost').pathname);
    for (const [header, value] of Object.entries(HEADERS[place])) response.setHeader(header, value);
    if (name === '') {
      response.setHeader('content-type', 'text/html');
      response.end(`<!doctype html><title>wit-ts</title>${SCRIPTS[place]}`);
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
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;
}
