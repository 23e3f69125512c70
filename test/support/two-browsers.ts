import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { requireBrowser } from '../../scripts/browser.mjs';
import { chromiumArgs } from '../../scripts/chromium-args.mjs';
import { STEP_TIMEOUT } from './browser.js';
import { createApp } from '../../server/app.js';
import { listen, stopListening } from '../../server/lifecycle.js';

/**
 * A page with nothing but a hub, on a server of its own, so that the PeerServer may come and go.
 * The query adds attributes and elements to the hub: `?name=Ada&with=photo-trail`.
 * `permissions-policy` in it is sent as the header of that name.
 */
export class HubPage {
  readonly #server: Server;
  readonly url: string;

  private constructor(server: Server, url: string) {
    this.#server = server;
    this.url = url;
  }

  /** `attributes`: more attributes of the hub. `elements`: the tags that the query may add. */
  static async serve(
    peerServer: string,
    attributes = '',
    elements: readonly string[] = [],
  ): Promise<HubPage> {
    const imports = ['snap-connection', ...elements].map((tag) => `import './${tag}.js';`);
    const { outputFiles } = await build({
      stdin: {
        contents: imports.join('\n'),
        resolveDir: fileURLToPath(new URL('../../src/define', import.meta.url)),
      },
      // package.json lists the modules of `dist` with side effects, but not those of src.
      ignoreAnnotations: true,
      bundle: true,
      write: false,
      format: 'esm',
      target: 'es2022',
      tsconfigRaw: '{}',
    });
    const page = (query: URLSearchParams): string => {
      const children = query.getAll('with').map((tag) => `<${tag}></${tag}>`);
      query.delete('with');
      const more = Array.from(query, ([name, value]) => `${name}="${value.replaceAll('"', '&quot;')}"`);
      // Of two attributes with the same name, the first one counts.
      const all = [...more, `server="${peerServer}peerjs"`, 'ice-servers="[]"', attributes].join(' ');
      return `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="/hub.js"></script>
        <snap-connection ${all}>${children.join('')}</snap-connection>`;
    };
    const server = createServer(({ url }, response) => {
      const { pathname, searchParams } = new URL(url!, 'http://127.0.0.1');
      const script = pathname === '/hub.js';
      const policy = searchParams.get('permissions-policy');
      if (policy !== null) response.setHeader('permissions-policy', policy);
      searchParams.delete('permissions-policy');
      response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
      response.end(script ? outputFiles[0]!.text : page(searchParams));
    });
    return new HubPage(server, await listen(server, { port: 0, host: '127.0.0.1' }));
  }

  close(): Promise<void> {
    return stopListening(this.#server);
  }
}

/** A PeerServer that can be stopped and started again at its address. */
export class RestartablePeerServer {
  url = '';
  #stop: () => Promise<void> = () => Promise.resolve();

  async start(): Promise<void> {
    const server = createServer();
    const app = createApp(server);
    server.on('request', app.handler);
    const port = this.url === '' ? 0 : Number(new URL(this.url).port);
    this.url = await listen(server, { port, host: '127.0.0.1' });
    this.#stop = async () => {
      await Promise.all([app.close(), stopListening(server)]);
    };
  }

  async stop(): Promise<void> {
    await this.#stop();
  }
}

/** A browser with its profile on disk, as people's are, that can be killed. */
export class ProfiledBrowser {
  readonly profile: string;
  #context: BrowserContext | null = null;

  private constructor(profile: string) {
    this.profile = profile;
  }

  static async open(): Promise<ProfiledBrowser> {
    const browser = new ProfiledBrowser(await mkdtemp(join(tmpdir(), 'snaptrail-profile-')));
    await browser.start();
    return browser;
  }

  get context(): BrowserContext {
    return this.#context!;
  }

  /** The id of the browser's main process. */
  async pid(): Promise<number> {
    const session = await this.context.browser()!.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    await session.detach();
    return processInfo.find(({ type }) => type === 'browser')!.id;
  }

  async start(): Promise<void> {
    this.#context = await chromium.launchPersistentContext(this.profile, {
      executablePath: await requireBrowser(),
      args: [...chromiumArgs],
    });
    this.#context.setDefaultTimeout(STEP_TIMEOUT);
  }

  /** Ends the browser as a power cut would. */
  async kill(): Promise<void> {
    const closed = once(this.context as unknown as NodeJS.EventEmitter, 'close');
    process.kill(await this.pid(), 'SIGKILL');
    await closed;
    await this.start();
  }

  async visit(url: string): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(url);
    return page;
  }

  async close(): Promise<void> {
    await this.context.close();
    // Processes of a closed browser may still be writing files.
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 }).catch(() => delay(0));
  }
}
