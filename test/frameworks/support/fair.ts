import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import type { Browser, Page } from 'playwright';
import type { PhotoTrail } from '../../../src/elements/photo-trail/photo-trail.js';
import type { SnapConnection } from '../../../src/elements/snap-connection/snap-connection.js';
import { createApp } from '../../../server/app.js';
import { listen, stopListening } from '../../../server/lifecycle.js';
import { launchBrowser } from '../../support/browser.js';
import { bundleForPages } from './bundle.js';
import { hub, page as pageOf } from './pages.js';

/** What the frameworks publish for script tags. */
const libraries: Record<string, string> = {
  'htmx2.js': 'htmx2/dist/htmx.js',
  'htmx4.js': 'htmx.org/dist/htmx.js',
  'idiomorph.js': 'idiomorph/dist/idiomorph.js',
  'turbo.js': '@hotwired/turbo/dist/turbo.es2017-umd.js',
};

/**
 * In ms: how long to wait for something. Most of it takes less than a second.
 */
const TIMEOUT = 15_000;

declare global {
  /** In a page: the events of its hubs, in order, since it was loaded. */
  var told: string[];
}

/**
 * Pages made with a framework, on the published server, and the browser that opens them.
 */
export class Fair {
  readonly url: string;
  readonly #browser: Browser;
  readonly #pages: Map<string, string>;
  readonly #trouble: string[] = [];
  readonly #close: () => Promise<void>;

  private constructor(url: string, browser: Browser, pages: Map<string, string>, close: () => Promise<void>) {
    this.url = url;
    this.#browser = browser;
    this.#pages = pages;
    this.#close = close;
  }

  /** With the bundles of these files of `apps/`. */
  static async open(apps: readonly string[] = []): Promise<Fair> {
    const bundles = await bundleForPages(apps);
    const pages = new Map([['/peer', pageOf({ body: hub() })]]);
    const server = createServer();
    const app = createApp(server);
    const { resolve } = createRequire(import.meta.url);
    app.handler.get('/lib/:name', (request, response) =>
      response.sendFile(resolve(libraries[request.params.name]!)),
    );
    app.handler.get('/app/:name', (request, response) => {
      response.type('js').send(bundles.get(request.params.name));
    });
    app.handler.get('*', (request, response) => {
      const html = pages.get(request.path);
      response.status(html === undefined ? 404 : 200).send(html);
    });
    server.on('request', app.handler);
    const url = (await listen(server, { port: 0, host: '127.0.0.1' })).replace(/\/$/, '');
    const browser = await launchBrowser();
    return new Fair(url, browser, pages, async () => {
      await browser.close();
      await Promise.all([app.close(), stopListening(server)]);
    });
  }

  close(): Promise<void> {
    return this.#close();
  }

  /** What `path` answers from now on. */
  serve(path: string, html: string): void {
    this.#pages.set(path, html);
  }

  /**
   * Errors of all pages since the last `clear()`, from their consoles and hubs.
   */
  get trouble(): readonly string[] {
    return this.#trouble;
  }

  /** Opens a page in a context of its own. */
  async visit(path: string): Promise<Page> {
    const context = await this.#browser.newContext();
    const page = await context.newPage();
    page.setDefaultTimeout(TIMEOUT);
    page.on('pageerror', (error) => this.#trouble.push(`${path}: ${error}`));
    page.on('console', (message) => {
      const text = message.text();
      // It says so in every development build.
      if (text.startsWith('Lit is in dev mode')) return;
      if (text.startsWith('snap-error ')) this.#trouble.push(`${path}: ${text}`);
      else if (['error', 'warning'].includes(message.type())) this.#trouble.push(`${path}: ${text}`);
    });
    await page.addInitScript(recordEvents);
    await page.goto(this.url + path);
    return page;
  }

  /** The state of every page, to explain why a test has failed. */
  async report(): Promise<string> {
    const pages = this.#browser.contexts().flatMap((context) => context.pages());
    const lines = pages.map(async (page) => `${page.url()}: ${await page.evaluate(standing)}`);
    return [...(await Promise.all(lines)), ...this.#trouble].join('\n');
  }

  /** Closes all pages. */
  async clear(): Promise<void> {
    await Promise.all(this.#browser.contexts().map((context) => context.close()));
    this.#trouble.length = 0;
  }
}

/**
 * Runs in the page before all else. Errors go to the console: what is kept in the page does not
 * outlive a navigation.
 */
function recordEvents(): void {
  globalThis.told = [];
  document.addEventListener('snap-peer-join', () => told.push('join'));
  document.addEventListener('snap-peer-leave', () => told.push('leave'));
  document.addEventListener('snap-connection-change', ({ state }) => told.push(state));
  // eslint-disable-next-line no-console
  document.addEventListener('snap-error', ({ error }) => console.info(`snap-error ${error.code}`));
}

function standing(): string {
  const hubs = [...document.querySelectorAll<SnapConnection>('snap-connection')].map(
    ({ state, error, peers, pending }) =>
      [state, error?.code, `${peers.length} peers`, `${pending.length} pending`].join(' '),
  );
  const trails = [...document.querySelectorAll<PhotoTrail>('photo-trail')].map(({ items }) =>
    items.map(({ file }) => file.name).join(' '),
  );
  return JSON.stringify({ hubs, trails, told });
}
