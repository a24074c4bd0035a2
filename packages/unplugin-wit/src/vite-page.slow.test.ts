import { readFile } from 'node:fs/promises';
import { build, createServer, preview, type InlineConfig } from 'vite';
import { describe, expect, it } from 'vitest';
import { Browser, withoutBrowser, type BrowserPage } from './fixtures/browser.ts';
import { SampleProject } from './fixtures/sample-project.ts';
import wit from './vite.ts';

function configOf(project: SampleProject): InlineConfig {
  return { root: project.directory, configFile: false, logLevel: 'silent', plugins: [wit()] };
}

const shown = (page: BrowserPage): Promise<unknown> =>
  page.evaluate(`document.querySelector('#answers').textContent`);

const waitForAnswers = (page: BrowserPage, containing: string): Promise<unknown> =>
  page.waitForFunction(
    `document.querySelector('#answers')?.textContent.includes(${JSON.stringify(containing)})`,
    undefined,
    { timeout: 60_000 },
  );

const OVERLAY = `document.querySelector('vite-error-overlay')?.shadowRoot.textContent`;

describe.skipIf(withoutBrowser !== '')(`a page in Chromium${withoutBrowser}`, () => {
  it.each(['/', '/deep/path/', './'])('runs the component in a build with the base %s', async (base) => {
    await using project = await SampleProject.make();
    await using browser = await Browser.start();
    await build({ ...configOf(project), base });
    const server = await preview({ ...configOf(project), base });
    try {
      const { page, errors } = await browser.open(server.resolvedUrls!.local[0]!);
      await waitForAnswers(page, 'ok');
      expect(await shown(page)).toBe('ok: HELLO 5 1\nok: HELLO 5 1');
      expect(errors).toEqual([]);
    } finally {
      await server.close();
    }
  });

  it('loads again when its WIT, a package in deps/ or its component changes, and shows errors', async () => {
    await using project = await SampleProject.make();
    await using browser = await Browser.start();
    const server = await createServer({ ...configOf(project), server: { port: 0 } });
    await server.listen();
    try {
      const { page } = await browser.open(server.resolvedUrls!.local[0]!);
      await waitForAnswers(page, 'ok: HELLO 5 1\nok: HELLO 5 1');

      const dependency = await readFile(project.path('src/deps/service.wit'), 'utf8');
      await project.write('src/deps/service.wit', dependency.replace('id: u64', 'id: u32'));
      await page.waitForFunction(`document.querySelector('#answers')?.textContent === ''`);
      await project.write('src/deps/service.wit', dependency);
      await waitForAnswers(page, 'ok');

      const world = await readFile(project.path('src/world.wit'), 'utf8');
      await project.write(
        'src/world.wit',
        world.replace('req: string', 'req: strin').replace('processor;', 'procesor;'),
      );
      await page.waitForFunction(`${OVERLAY}?.includes('strin')`);
      const overlay = String(await page.evaluate(OVERLAY));
      expect(overlay).toContain('package `example:service` has no interface `procesor`');
      expect(overlay).toContain('type `strin` does not exist');
      expect(overlay).toContain('src/world.wit:5:25');
      await project.write('src/world.wit', world);
      await waitForAnswers(page, 'ok');

      await page.evaluate('globalThis.isOld = true');
      await project.copyComponent('edge-handler/built/rust.wasm', 'src/app.wasm');
      await page.waitForFunction('globalThis.isOld !== true');
      await waitForAnswers(page, 'ok: HELLO 5 1\nok: HELLO 5 1');
    } finally {
      await server.close();
    }
  });
});
