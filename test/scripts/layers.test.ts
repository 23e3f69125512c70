import assert from 'node:assert/strict';
import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import type { ICruiseResult } from 'dependency-cruiser';
import config from '../../dependency-cruiser.config.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A file in src/, and a line of code in it that imports something. */
type Import = readonly [file: string, code: string];

const forbidden: readonly (readonly [...Import, rule: string])[] = [
  ['room/room.ts', `import { Transfer } from '../transfer/transfer.js';`, 'room'],
  ['room/room.ts', `import { LitElement } from 'lit';`, 'room'],
  ['room/room.ts', `import { connect } from '../peer/channel.js';`, 'room'],
  ['room/room.ts', `const load = () => import('../peer/peerjs/peerjs.js');`, 'room'],
  ['room/keys.ts', `import type { Peer } from '../peer/peerjs/peerjs.js';`, 'room-types'],
  ['room/room.ts', `import type { Peer } from 'peerjs';`, 'peerjs-vendored-only'],
  ['transfer/send/outgoing.ts', `import type { Room } from '../../room/room.js';`, 'transfer-types'],
  ['transfer/transfer.ts', `export * from '../elements/snap-camera/snap-camera.js';`, 'transfer'],
  ['transfer/transfer.ts', `export type Text = import('../strings/strings.js').Strings;`, 'transfer-types'],
  ['transfer/transfers.ts', `import type { Outbox } from '../store/outbox.js';`, 'transfer-types'],
  ['transfer/receive/incoming.ts', `import { openDB } from 'idb';`, 'transfer'],
  [
    'transfer/receive/inbound.ts',
    `import type { Offers } from '../send/offers.js';`,
    'send-and-receive-apart',
  ],
  ['transfer/send/offers.ts', `import { Inbound } from '../receive/inbound.js';`, 'send-and-receive-apart'],
  ['peer/peerjs/peerjs.ts', `import { Room } from '../../room/room.js';`, 'peerjs'],
  ['peer/peerjs/sdp.ts', `import { Peer } from './vendor/peerjs.js';`, 'peer'],
  ['peer/peerjs/peerjs.ts', `import { Peer } from 'peerjs';`, 'peerjs-vendored-only'],
  ['peer/channel.ts', `import { openPeer } from './peerjs/peerjs.js';`, 'channel'],
  ['capture/camera.ts', `import type { Room } from '../room/room.js';`, 'capture-types'],
  ['capture/camera.ts', `import { SnapCamera } from '../elements/snap-camera/snap-camera.js';`, 'capture'],
  [
    'elements/snap-camera/view.ts',
    `import { SnapSender } from '../snap-sender/snap-sender.js';`,
    'elements-apart',
  ],
  [
    'elements/photo-trail/viewer.ts',
    `import type { Styles } from '../snap-camera/styles.js';`,
    'elements-apart',
  ],
  [
    'elements/snap-camera/view.ts',
    `import { SnapConnection } from '../snap-connection/snap-connection.js';`,
    'elements-apart',
  ],
  [
    'elements/snap-connection/attributes.ts',
    `import { tokens } from '../snap-invite/styles.js';`,
    'elements-apart',
  ],
  [
    'elements/shared/tokens.ts',
    `import { tokens } from '../snap-invite/styles.js';`,
    'shared-below-elements',
  ],
  [
    'elements/photo-trail/item.ts',
    `import { receive } from '../../transfer/receive/inbound.js';`,
    'elements',
  ],
  [
    'elements/shared/hub-controller.ts',
    `import type { Signalling } from '../../peer/channel.js';`,
    'elements-types',
  ],
  ['elements/photo-trail/item.ts', `import { Hub } from '../../hub/hub.js';`, 'elements'],
  ['elements/snap-camera/view.ts', `import '../../define/snap-camera.js';`, 'elements'],
  ['elements/snap-sender/lists.ts', `import { Outbox } from '../../store/outbox.js';`, 'elements'],
  ['hub/hub.ts', `import type { SnapElement } from '../elements/shared/snap-element.js';`, 'hub-types'],
  ['hub/stay.ts', `import { Peer } from '../peer/peerjs/vendor/peerjs.js';`, 'hub'],
  ['store/outbox.ts', `import { rootDigest } from '../transfer/wire/digest.js';`, 'store'],
  ['store/outbox.ts', `import type { Room } from '../room/room.js';`, 'store-types'],
  ['strings/en.ts', `import { Hub } from '../hub/hub.js';`, 'strings'],
  ['item.ts', `import type { Hub } from './hub/hub.js';`, 'leaves-types'],
  ['timing/backoff.ts', `import { LitElement } from 'lit';`, 'leaves'],
  ['events.ts', `import type { SnapCamera } from './elements/snap-camera/snap-camera.js';`, 'events-types'],
  ['events.ts', `import { Transfer } from './transfer/transfer.js';`, 'events'],
  ['errors.ts', `import type { SnapErrorEvent } from './events.js';`, 'errors-types'],
  ['index.ts', `export * from './peer/peerjs/vendor/peerjs.js';`, 'public-face'],
  ['define/snap-camera.ts', `import { Hub } from '../hub/hub.js';`, 'define'],
  ['somewhere/new.ts', `import { SnapError } from '../errors.js';`, 'unknown-place'],
  ['hub/hub.ts', `import { expect } from '@open-wc/testing';`, 'runs-in-a-page'],
  ['hub/hub.ts', `import { readFileSync } from 'node:fs';`, 'runs-in-a-page'],
];

const allowed: readonly Import[] = [
  ['room/room.ts', `import { SnapError } from '../errors.js';`],
  ['room/roster.ts', `import { Room } from './room.js';`],
  ['room/keys.ts', `import { hkdf } from '@noble/hashes/hkdf.js';`],
  ['transfer/send/outgoing.ts', `import type { Channel } from '../../peer/channel.js';`],
  ['transfer/send/outgoing.ts', `import { type Channel } from '../../peer/channel.js';`],
  ['transfer/send/outgoing.ts', `export type { Channel } from '../../peer/channel.js';`],
  ['peer/peerjs/peerjs.ts', `export const load = () => import('./vendor/peerjs.js');`],
  ['peer/peerjs/sdp.ts', `import type { Peer } from './vendor/peerjs.js';`],
  ['hub/stay.ts', `import { Room } from '../room/room.js';`],
  ['hub/resume.ts', `import { Outbox } from '../store/outbox.js';`],
  ['elements/photo-trail/item.ts', `import type { Transfer } from '../../transfer/transfer.js';`],
  ['elements/snap-camera/view.ts', `import { HubController } from '../shared/hub-controller.js';`],
  ['elements/snap-camera/view.ts', `import { html } from 'lit';`],
  ['elements/snap-connection/attributes.ts', `import { Hub } from '../../hub/hub.js';`],
  ['elements/shared/hub-controller.ts', `import type { Hub } from '../../hub/hub-element.js';`],
  ['store/outbox.ts', `import type { Transfer } from '../transfer/transfer.js';`],
  ['store/database.ts', `import { openDB } from 'idb';`],
  ['define/snap-camera.ts', `import { SnapCamera } from '../elements/snap-camera/snap-camera.js';`],
  ['events.ts', `import type { Transfer } from './transfer/transfer.js';`],
  ['index.ts', `export * from './elements/snap-camera/snap-camera.js';`],
];

/** The names of the rules that an import breaks. */
type Verdict = (imported: Import) => string[];

/**
 * Writes these imports into a project with our packages, and has the cruiser judge all of them at
 * once.
 */
async function judge(imports: readonly Import[]): Promise<Verdict> {
  const project = mkdtempSync(join(tmpdir(), 'snaptrail-layers-'));
  try {
    symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'), 'junction');
    copyFileSync(join(root, 'package.json'), join(project, 'package.json'));
    for (const [file, code] of imports) {
      append(join(project, 'src', file), code);
      // What is imported has to exist.
      const target = join(project, 'src', dirname(file), specifier(code));
      if (specifier(code).startsWith('.')) append(target.replace(/\.js$/, '.ts'), 'export {};');
    }
    const { output } = await cruise(['src'], {
      ...config.options,
      baseDir: project,
      tsConfig: undefined,
      preserveSymlinks: true,
      validate: true,
      ruleSet: { forbidden: config.forbidden },
    });
    const { modules } = output as ICruiseResult;
    return ([file, code]) => {
      const dependencies = modules.find(({ source }) => source === `src/${file}`)?.dependencies ?? [];
      const name = specifier(code).replace(/^node:/, '');
      const found = dependencies.find(({ module }) => module === name);
      if (!found) throw new Error(`The cruiser does not see the import of ${specifier(code)}`);
      return (found.rules ?? []).map(({ name }) => name);
    };
  } finally {
    rmSync(project, { recursive: true });
  }
}

/** What a line of code imports from. */
const specifier = (code: string) => /'([^']+)'/.exec(code)![1]!;

function append(path: string, line: string) {
  mkdirSync(dirname(path), { recursive: true });
  appendFileSync(path, `${line}\n`);
}

describe('the layers in dependency-cruiser.config.mjs', () => {
  let onForbidden: Verdict;
  let onAllowed: Verdict;
  before(async () => {
    onForbidden = await judge(forbidden.map(([file, code]) => [file, code]));
    onAllowed = await judge(allowed);
  });

  for (const [file, code, rule] of forbidden)
    it(`forbid, in ${file}: ${code}`, () => {
      const broken = onForbidden([file, code]);
      assert.ok(broken.includes(rule), `broken rules: ${broken.join(', ')}`);
    });

  for (const [file, code] of allowed)
    it(`allow, in ${file}: ${code}`, () => {
      assert.deepEqual(onAllowed([file, code]), []);
    });

  it('forbid a circle', async () => {
    const closing: Import = ['room/roster.ts', `import { Room } from './room.js';`];
    const verdict = await judge([['room/room.ts', `import { roster } from './roster.js';`], closing]);
    assert.deepEqual(verdict(closing), ['no-circles']);
  });

  it('forbid a circle that only types close', async () => {
    const closing: Import = ['room/seat.ts', `import type { Room } from './room.js';`];
    const verdict = await judge([
      ['room/room.ts', `import { roster } from './roster.js';`],
      ['room/roster.ts', `import type { Seat } from './seat.js';`],
      closing,
    ]);
    assert.deepEqual(verdict(closing), ['no-circles']);
  });
});
