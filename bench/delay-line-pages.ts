import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { BrowserContext } from 'playwright';
import type { DelayLine, Side } from './delay-line.js';

/**
 * What a page asks with the port of a candidate that it was given: the port to use in its place.
 */
export type StandInFor = (port: number) => Promise<number>;

/**
 * Puts every page that `context` will open on that side of `line`: whatever peer connection it
 * makes, by whatever library, it is told of the other side's 127.0.0.1 candidates only, and at the
 * line's ports. Call it before opening a page. Chromium has such candidates when it is started with
 * `--allow-loopback-in-peer-connection`, and shows them to pages that may use the camera
 * (scripts/chromium-args.mjs); Firefox with preferences of the same meaning
 * (test/support/firefox.ts). Instead of a context, one page that is still empty will do.
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
