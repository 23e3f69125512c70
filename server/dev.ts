import { createServer, type RequestListener } from 'node:http';
import { networkInterfaces } from 'node:os';
import { startDevServer } from '@web/dev-server';
import config from '../web-dev-server.config.mjs';
import { createApp } from './app.js';
import { listen, parsePort, stopListening, stopOnSignal, type ListenOptions } from './lifecycle.js';

export interface Demo {
  /** Ends with a slash. */
  url: string;
  close(): Promise<void>;
}

/**
 * Starts the demo and a PeerServer on one port of this process: the app of the published binary,
 * and behind it a development server that compiles `demo/` and `src/` on request.
 */
export async function startDemo(options: ListenOptions, { watch = false } = {}): Promise<Demo> {
  const server = createServer();
  const devServer = await startDevServer({
    // As a middleware it uses our HTTP server, where its WebSocket for reloading coexists with the
    // PeerServer's.
    config: { ...config, watch, port: 0, middlewareMode: { server } },
    readCliArgs: false,
    readFileConfig: false,
    autoExitProcess: false,
    logStartMessage: false,
  });
  const app = createApp(server);
  // A page that is open as localhost learns from this where a phone finds it.
  app.handler.get('/addresses.json', (_request, response) => {
    response.json({ urls: options.host ? [] : networkUrls(url) });
  });
  app.handler.use(devServer.koaApp.callback() as RequestListener);
  server.on('request', app.handler);
  const url = await listen(server, options);
  return {
    url,
    async close() {
      await Promise.all([app.close(), devServer.stop(), stopListening(server)]);
    },
  };
}

/**
 * What `npm start` runs after set-up. Takes PORT and HOST from the environment; `--watch` reloads
 * pages when a file changes.
 */
export async function main(): Promise<void> {
  const port = parsePort(process.env.PORT ?? '8000');
  const host = process.env.HOST || undefined;
  const demo = await startDemo({ port, host }, { watch: process.argv.includes('--watch') });
  stopOnSignal(() => demo.close());
  console.log(`snaptrail demo:  ${demo.url}`);
  if (!host) for (const url of networkUrls(demo.url)) console.log(`on your network: ${url}`);
  console.log(`PeerServer:      ${demo.url}peerjs`);
}

/** Interfaces of virtual machines and containers, which no phone can reach. */
const VIRTUAL = /^(docker|br-|veth|virbr|vmnet|vboxnet|utun|tun|tap)/;

/** The URLs under which a phone on the same network can open the demo, the likeliest first. */
function networkUrls(local: string): string[] {
  return Object.entries(networkInterfaces())
    .sort(([one], [other]) => Number(VIRTUAL.test(one)) - Number(VIRTUAL.test(other)))
    .flatMap(([, addresses]) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => local.replace('localhost', address));
}
