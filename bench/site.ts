import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { createApp } from '../server/app.js';
import { listen, stopListening } from '../server/lifecycle.js';

/**
 * Serves the pages: the published server with the built script and the PeerServer, and the pages of
 * the bench.
 */
export interface Site {
  /** Ends with a slash. */
  readonly url: string;
  /** The URL of a page: the name of a file in `pages/`, or a key of the table of bodies below. */
  readonly page: (name: string, parameters?: Record<string, string | number>) => string;
  close(): Promise<void>;
}

const HUB = 'server="/peerjs" ice-servers="[]"';
const SCRIPT = '<script type="module" src="/snaptrail.min.js"></script>';

/** The HTML of pages that need more than their script. */
const bodies: Record<string, string> = {
  snaptrail: `${SCRIPT}<snap-connection ${HUB} manual></snap-connection>`,
  // The time to join includes only the page's own loading, no code of the bench.
  'join-snaptrail': `<script>
    globalThis.joined = new Promise((resolve) => addEventListener('snap-connection-change', ({ state }) => {
      if (state === 'connected') resolve(performance.now());
    }));
    </script>${SCRIPT}<snap-connection ${HUB}></snap-connection>`,
  'snap-snaptrail-send': `${SCRIPT}<snap-connection ${HUB} manual>
    <snap-camera autostart></snap-camera><snap-sender></snap-sender></snap-connection>`,
  'snap-snaptrail-show': `${SCRIPT}<snap-connection ${HUB} manual><photo-trail></photo-trail></snap-connection>`,
  'snap-codelab-send': `<video autoplay muted playsinline width="640" height="360"></video>
    <canvas width="1920" height="1080" hidden></canvas><button id="snap-send">Snap &amp; Send</button>`,
  'snap-codelab-show': '<div id="trail"></div>',
};

export async function startSite(): Promise<Site> {
  const scripts = await bundled();
  const server = createServer();
  const app = createApp(server);
  const { handler } = app;
  handler.get('/bench/:file', (request, response) => {
    const { file } = request.params;
    const name = basename(file, '.html');
    if (file.endsWith('.html')) response.type('html').send(html(name, scriptOf(name, scripts)));
    else response.type('js').send(scripts.get(file) ?? '');
  });
  server.on('request', handler);
  const url = await listen(server, { port: 0, host: '127.0.0.1' });
  return {
    url,
    page(name, parameters = {}) {
      const query = new URLSearchParams(
        Object.entries(parameters).map(([key, value]) => [key, String(value)]),
      );
      return `${url}bench/${name}.html?${query.toString()}`;
    },
    async close() {
      await Promise.all([app.close(), stopListening(server)]);
    },
  };
}

function html(name: string, script: string | null): string {
  const own = script === null ? '' : `<script type="module" src="/bench/${script}"></script>`;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${name}</title>
    <link rel="icon" href="data:,"><body>${bodies[name] ?? ''}${own}`;
}

/**
 * `snap-codelab-send` and `snap-codelab-show` share `snap-codelab.js`; pages without a script have
 * none.
 */
function scriptOf(name: string, scripts: ReadonlyMap<string, string>): string | null {
  const candidates = [`${name}.js`, `${name.replace(/-(send|show)$/, '')}.js`];
  return candidates.find((file) => scripts.has(file)) ?? null;
}

/** Bundles each file of `pages/`, by the name of its script. */
async function bundled(): Promise<ReadonlyMap<string, string>> {
  const folder = fileURLToPath(new URL('pages', import.meta.url));
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
  const { outputFiles } = await build({
    entryPoints: files.map((file) => `${folder}/${file}`),
    outdir: folder,
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    // The build of simple-peer expects Node's `global`.
    define: { global: 'globalThis' },
    tsconfigRaw: '{}',
  });
  return new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
}
