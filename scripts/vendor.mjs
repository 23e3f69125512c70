// Pre-builds PeerJS for src/peer: its three dependencies are aliased away, 24 KB gzipped become 9,
// and the host page's globals stay untouched (webrtc-adapter patches them when it is imported).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Where the vendored module goes; its types, `peerjs.d.ts`, stand beside it in git. */
export const vendoredFile = join(root, 'src/peer/peerjs/vendor/peerjs.js');

/** @type {Record<string, string>} */
const stubs = {
  // PeerJS only reads `browserDetails`, to fill `util.supports`. The tests are the adapter's own,
  // all of them for features; every browser that can run this file is past the versions (of 2019)
  // that PeerJS then compares with.
  'webrtc-adapter': `
    const { mozGetUserMedia, webkitGetUserMedia } = globalThis.navigator ?? {};
    const blink = globalThis.webkitRTCPeerConnection && (webkitGetUserMedia || !globalThis.isSecureContext);
    const browser = mozGetUserMedia ? 'firefox' : blink ? 'chrome' : 'safari';
    export default { browserDetails: { browser, version: Infinity } };`,
  // We only speak "raw". Whoever asks for another serializer, perhaps from the other side, gets an
  // error.
  'peerjs-js-binarypack': `
    export function pack() { throw new Error('snaptrail carries PeerJS without binarypack'); }
    export { pack as unpack };`,
  '@msgpack/msgpack': `
    export class Encoder { constructor() { throw new Error('snaptrail carries PeerJS without msgpack'); } }
    export { Encoder as decodeMultiStream };`,
};

/** @type {import('esbuild').Plugin} */
const aliasToStubs = {
  name: 'alias-to-stubs',
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ path }) =>
      path in stubs ? { path, namespace: 'stub', sideEffects: false } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'stub' }, ({ path }) => ({ contents: stubs[path] }));
  },
};

/**
 * Bundles `node_modules/peerjs` into {@link vendoredFile}: one ES module, minified, the licence on
 * top.
 */
export async function vendorPeerjs() {
  const { build } = await import('esbuild');
  const peerjs = dirname(createRequire(import.meta.url).resolve('peerjs/package.json'));
  const { version } = JSON.parse(readFileSync(join(peerjs, 'package.json'), 'utf8'));
  const licence = readFileSync(join(peerjs, 'LICENSE'), 'utf8').trim();
  const inlined = 'Contains eventemitter3, under the same licence: Copyright (c) 2014 Arnout Kazemier';
  await build({
    stdin: {
      contents: `export { Peer, PeerError, BufferedConnection, util } from './dist/bundler.mjs';`,
      resolveDir: peerjs,
    },
    outfile: vendoredFile,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    banner: {
      js: `/*! PeerJS ${version}, without its adapter and serializers\n\n${licence}\n\n${inlined}\n*/`,
    },
    plugins: [aliasToStubs],
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await vendorPeerjs();
