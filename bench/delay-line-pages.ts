import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { BrowserContext } from 'playwright';
import type { DelayLine, Side } from './delay-line.js';

/**
 * Called in a page with the port of a received candidate; resolves with the port to use instead.
 */
export type StandInFor = (port: number) => Promise<number>;

/**
 * Connects every page that `context` opens to that side of `line`: each of their peer connections,
 * made by any library, only sees the other side's 127.0.0.1 candidates, with ports of the line.
 * Call it before opening a page. Chromium has such candidates if it is started with
 * `--allow-loopback-in-peer-connection`, and reveals them to pages that may use the camera
 * (scripts/chromium-args.mjs); Firefox needs the equivalent preferences (test/support/firefox.ts).
 * Instead of a context, you can pass a single empty page.
 */
export async function putOnLine(
  context: Pick<BrowserContext, 'addInitScript' | 'exposeFunction'>,
  line: DelayLine,
  side: Side,
): Promise<void> {
  const far = side === 0 ? 1 : 0;
  const standInFor: StandInFor = (port) => line.standIn(far, port);
  await context.exposeFunction('snapBenchStandIn', standInFor);
  await context.addInitScript(await (script ??= bundled()));
}

let script: Promise<string> | undefined;

async function bundled(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('pages/reroute.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
  });
  return outputFiles[0]?.text ?? '';
}
