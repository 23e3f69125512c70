import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { tsImport } from 'tsx/esm/api';
import { requireBrowser } from './scripts/browser.mjs';
import { chromiumArgs } from './scripts/chromium-args.mjs';
import { wtrCounter } from './scripts/counts.mjs';

const rootDir = import.meta.dirname;
/** @type {typeof import('./server/app.js')} */
const { createApp } = await tsImport('./server/app.ts', import.meta.url);

/**
 * A real PeerServer at /peerjs of the tests' own origin.
 * @type {import('./server/app.js').App | undefined}
 */
let peerServer;

/** Specs that measure real time, or compute for long: `npm test` runs nothing beside them. */
const alone = ['peer/peerjs/hostile-server', 'peer/peerjs/one-negotiation', 'transfer/under-limits'].map(
  (name) => `test/${name}.spec.ts`,
);
/** `npm test` runs two groups: "alone" and "default", which has all others. */
const inGroups = process.argv.includes('--group');

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  rootDir,
  files: ['test/**/*.spec.ts', ...(inGroups ? alone.map((file) => `!${file}`) : [])],
  groups: inGroups ? [{ name: 'alone', files: alone }] : [],
  nodeResolve: true,
  plugins: [
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: `${rootDir}/tsconfig.json` }),
    {
      name: 'peer-server',
      serverStart({ server }) {
        peerServer = createApp(/** @type {import('node:http').Server} */ (server));
      },
      async serverStop() {
        await peerServer?.close();
      },
    },
  ],
  middleware: [
    (context, next) => {
      if (!peerServer || !/^\/peerjs(\/|$)/.test(context.path)) return next();
      // Express answers, and Koa must not.
      context.respond = false;
      return peerServer.handler(context.req, context.res);
    },
  ],
  browsers: [
    playwrightLauncher({
      product: 'chromium',
      launchOptions: { executablePath: await requireBrowser(), args: chromiumArgs },
      createBrowserContext: ({ browser }) => browser.newContext({ permissions: ['camera', 'microphone'] }),
    }),
  ],
  // Cameras, full screen and focus belong to one page at a time.
  concurrency: 1,
  // Long, since a test that only computes takes many times as long on a busy machine.
  testFramework: { config: { timeout: 120_000 } },
  testsStartTimeout: 120_000,
  testsFinishTimeout: 600_000,
  reporters: [defaultReporter({ reportTestProgress: Boolean(process.stdout.isTTY) }), wtrCounter()],
  // Lit's reminder that tests run its development build, which is what warns of mistakes.
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
};
