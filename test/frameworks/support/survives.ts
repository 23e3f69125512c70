import assert from 'node:assert/strict';
import type { Page } from 'playwright';
import type { PhotoTrail } from '../../../src/elements/photo-trail/photo-trail.js';
import type { SnapConnection } from '../../../src/elements/snap-connection/snap-connection.js';
import { peers, state } from '../../e2e/support/stage.js';
import type { Fair } from './fair.js';

declare global {
  /** In a page: its hub before something was done to it. */
  var former: SnapConnection;
}

/** What becomes of the hub of a page to which something is done. */
export type Fate =
  /**
   * Another hub takes its place in the same task and has all that it had: the peer notices nothing.
   */
  | 'handed over'
  /** Another hub takes its place later. */
  | 'replaced'
  /** The same element leaves the page and comes back. */
  | 'moved'
  /** The same element stays: the peer notices nothing. */
  | 'untouched'
  /** The document is another. */
  | 'reloaded';

/**
 * Holds a page at `path` to this: whatever `change` does to it, its hub is in the same room
 * afterwards, once, with what was pending; photos go both ways; and nobody has complained, except
 * for what is `expected`.
 */
export async function survives(
  fair: Fair,
  path: string,
  change: (page: Page) => Promise<unknown>,
  fate: Fate = 'handed over',
  expected: readonly string[] = [],
): Promise<void> {
  try {
    await play(fair, path, change, fate);
    assert.deepEqual(fair.trouble, expected);
  } catch (error) {
    // A wait that was in vain does not say what there was instead.
    throw new Error(`${String(error)}\n${await fair.report()}`, { cause: error });
  }
}

async function play(
  fair: Fair,
  path: string,
  change: (page: Page) => Promise<unknown>,
  fate: Fate,
): Promise<void> {
  const page = await fair.visit(path);
  await state(page, 'waiting');
  const room = await roomOf(page);
  const peer = await fair.visit(`/peer#snap=${room}`);
  await Promise.all([peers(page, 1), peers(peer, 1)]);
  await send(peer, 'first.png');
  await arrived(page, ['first.png']);
  await choose(page, 'before.png');
  await pending(page, ['before.png']);
  await page.evaluate(() => {
    globalThis.former = document.querySelector<SnapConnection>('snap-connection')!;
  });
  const before = await toldBy(peer);

  await change(page);

  await Promise.all([peers(page, 1), peers(peer, 1)]);
  const unnoticed = fate === 'handed over' || fate === 'untouched';
  assert.equal(await elementOf(page), ELEMENTS[fate]);
  assert.equal(await roomOf(page), room);
  await pending(page, ['before.png']);
  await send(peer, 'there.png');
  // What has arrived in memory does not outlive the document.
  await arrived(page, fate === 'reloaded' ? ['there.png'] : ['there.png', 'first.png']);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await arrived(peer, ['before.png']);
  await send(page, 'back.png');
  await arrived(peer, ['back.png', 'before.png']);

  await Promise.all([peers(page, 1), peers(peer, 1)]);
  if (unnoticed) assert.deepEqual(await toldBy(peer), before);
}

/** What stands where the hub has stood. */
const ELEMENTS: Record<Fate, 'same' | 'other' | 'other page'> = {
  'handed over': 'other',
  replaced: 'other',
  moved: 'same',
  untouched: 'same',
  reloaded: 'other page',
};

/** The code of the room that the page's hub is in. */
export function roomOf(page: Page): Promise<string> {
  return page.evaluate(
    () => /snap=(\w+)/.exec(document.querySelector<SnapConnection>('snap-connection')!.inviteUrl)?.[1] ?? '',
  );
}

function toldBy(page: Page): Promise<string[]> {
  return page.evaluate(() => told);
}

function elementOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    if (!('former' in globalThis)) return 'other page';
    return former === document.querySelector('snap-connection') ? 'same' : 'other';
  });
}

/** The person picks a photo. */
async function choose(page: Page, name: string): Promise<void> {
  const base64 = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(8, 6);
    canvas.getContext('2d')!.fillRect(0, 0, 4, 6);
    const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
    return btoa(String.fromCharCode(...bytes));
  });
  const buffer = Buffer.from(base64, 'base64');
  await page.locator('snap-sender input[type=file]').setInputFiles({ name, mimeType: 'image/png', buffer });
}

/** The page's own script sends a photo. */
export function send(page: Page, name: string): Promise<void> {
  return page.evaluate(async (called) => {
    const canvas = new OffscreenCanvas(8, 6);
    canvas.getContext('2d')!.fillRect(0, 0, 4, 6);
    const photo = new File([await canvas.convertToBlob()], called, { type: 'image/png' });
    document.querySelector<SnapConnection>('snap-connection')!.send(photo);
  }, name);
}

function pending(page: Page, names: readonly string[]): Promise<unknown> {
  return page.waitForFunction((expected) => {
    const items = document.querySelector<SnapConnection>('snap-connection')?.pending ?? [];
    return items.map(({ file }) => file.name).join() === expected;
  }, names.join());
}

/** Resolves when the page's trail has these photos, once each, newest first. */
export function arrived(page: Page, names: readonly string[]): Promise<unknown> {
  return page.waitForFunction((expected) => {
    const items = document.querySelector<PhotoTrail>('photo-trail')?.items ?? [];
    const photos = items.filter(({ kind }) => kind === 'photo');
    return photos.map(({ file }) => file.name).join() === expected;
  }, names.join());
}
