import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'node:test';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The project's own configuration, except for the rules that would need each file to be part of the
 * program.
 */
const eslint = new ESLint({ cwd: root, overrideConfig: tseslint.configs.disableTypeChecked as never });

/** What the rule says of `code`, were it in `file`. */
async function objections(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: `${root}/src/${file}` });
  const fatal = result!.messages.find((message) => message.fatal);
  if (fatal) throw new Error(fatal.message);
  return result!.messages
    .filter(({ ruleId }) => ruleId === 'arrows/only-downwards')
    .map(({ message }) => message);
}

describe('the arrows of the picture: lint refuses', () => {
  const forbidden: [file: string, code: string][] = [
    ['room/room.ts', `import { Transfer } from '../transfer/transfer.js';`],
    ['transfer/send/outgoing.ts', `import type { Room } from '../../room/room.js';`],
    ['room/room.ts', `import { LitElement } from 'lit';`],
    ['room/room.ts', `import type { Peer } from 'peerjs';`],
    ['room/room.ts', `import { connect } from '../peer/channel.js';`],
    ['room/room.ts', `const load = () => import('../peer/peerjs/peerjs.js');`],
    ['transfer/transfer.ts', `export * from '../elements/snap-camera/snap-camera.js';`],
    ['transfer/transfer.ts', `export type Text = import('../strings/strings.js').Strings;`],
    ['peer/peerjs/peerjs.ts', `import { Room } from '../../room/room.js';`],
    ['peer/peerjs/sdp.ts', `import { Peer } from './vendor/peerjs.js';`],
    ['peer/peerjs/peerjs.ts', `import { Peer } from 'peerjs';`],
    ['peer/channel.ts', `import { openPeer } from './peerjs/peerjs.js';`],
    ['capture/camera.ts', `import type { Room } from '../room/room.js';`],
    ['capture/camera.ts', `import { SnapCamera } from '../elements/snap-camera/snap-camera.js';`],
    ['elements/snap-camera/view.ts', `import { SnapSender } from '../snap-sender/snap-sender.js';`],
    ['elements/photo-trail/viewer.ts', `import { styles } from '../snap-camera/styles.js';`],
    [
      'elements/snap-camera/view.ts',
      `import { SnapConnection } from '../snap-connection/snap-connection.js';`,
    ],
    ['elements/photo-trail/item.ts', `import { receive } from '../../transfer/receive/inbound.js';`],
    ['elements/shared/hub-controller.ts', `import type { Signalling } from '../../peer/channel.js';`],
    ['elements/photo-trail/item.ts', `import { Hub } from '../../hub/hub.js';`],
    ['hub/hub.ts', `import type { SnapElement } from '../elements/shared/snap-element.js';`],
    ['hub/stay.ts', `import { Peer } from '../peer/peerjs/vendor/peerjs.js';`],
    ['elements/snap-camera/view.ts', `import '../../define/snap-camera.js';`],
    ['store/outbox.ts', `import { rootDigest } from '../transfer/wire/digest.js';`],
    ['store/outbox.ts', `import type { Room } from '../room/room.js';`],
    ['transfer/transfers.ts', `import type { Outbox } from '../store/outbox.js';`],
    ['transfer/receive/incoming.ts', `import { openDB } from 'idb';`],
    ['elements/snap-sender/lists.ts', `import { Outbox } from '../../store/outbox.js';`],
    ['events.ts', `import type { SnapCamera } from './elements/snap-camera/snap-camera.js';`],
    ['events.ts', `import { Transfer } from './transfer/transfer.js';`],
    ['errors.ts', `import type { SnapErrorEvent } from './events.js';`],
    ['somewhere/new.ts', `import { SnapError } from '../errors.js';`],
  ];
  for (const [file, code] of forbidden)
    it(`in ${file}: ${code}`, async () => {
      assert.equal((await objections(file, code)).length, 1);
    });
});

describe('the arrows of the picture: lint accepts', () => {
  const allowed: [file: string, code: string][] = [
    ['room/room.ts', `import { SnapError } from '../errors.js';`],
    ['room/roster.ts', `import { Room } from './room.js';`],
    ['room/keys.ts', `import { hkdf } from '@noble/hashes/hkdf.js';`],
    ['transfer/send/outgoing.ts', `import type { Channel } from '../../peer/channel.js';`],
    ['transfer/send/outgoing.ts', `import { type Channel } from '../../peer/channel.js';`],
    ['peer/peerjs/peerjs.ts', `export const load = () => import('./vendor/peerjs.js');`],
    ['hub/stay.ts', `import { Room } from '../room/room.js';`],
    ['elements/photo-trail/item.ts', `import type { Transfer } from '../../transfer/transfer.js';`],
    ['hub/resume.ts', `import { Outbox } from '../store/outbox.js';`],
    ['store/outbox.ts', `import type { Transfer } from '../transfer/transfer.js';`],
    ['store/database.ts', `import { openDB } from 'idb';`],
    ['elements/snap-camera/view.ts', `import { HubController } from '../shared/hub-controller.js';`],
    ['elements/shared/hub-controller.ts', `import type { Hub } from '../../hub/hub-element.js';`],
    ['define/snap-camera.ts', `import { SnapCamera } from '../elements/snap-camera/snap-camera.js';`],
    ['events.ts', `import type { Transfer } from './transfer/transfer.js';`],
    ['index.ts', `export * from './elements/snap-camera/snap-camera.js';`],
  ];
  for (const [file, code] of allowed)
    it(`in ${file}: ${code}`, async () => {
      assert.deepEqual(await objections(file, code), []);
    });
});
