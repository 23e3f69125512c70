import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright';
import type { Member } from './support/pair.js';
import { Pair } from './support/pair.js';

const MB = 1_000_000;
/** In ms, until the file must be intact, or both sides must have an error code. */
const TIMEOUT = 30_000;

/** Ways to lose a page's storage while it is open. */
const LOSSES: Record<string, (member: Member) => Promise<unknown>> = {
  'the site’s data is cleared': (member) => member.clear(),
  'its databases alone are cleared': (member) => member.clear('indexeddb'),
  'its private files alone are cleared': (member) => member.clear('file_systems'),
  'another tab deletes the database': (member) => deleteDatabase(member.page),
};

/** Where the page's own code keeps a film that it sends. */
const SOURCES = ['memory', 'files', 'database'] as const;

async function deleteDatabase(page: Page): Promise<void> {
  const other = await page.context().newPage();
  await other.goto(new URL('/hub.js', page.url()).href);
  await other.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const deleting = indexedDB.deleteDatabase('snaptrail');
        deleting.onsuccess = () => resolve();
        deleting.onerror = () => reject(new Error('not deleted'));
      }),
  );
  await other.close();
}

/** Resolves to the state and error code with which the page's last transfer ends. */
async function end({ page }: Member): Promise<string> {
  const ended = await page.waitForFunction(
    () => {
      const { ended = false, state, error } = hub.transfers.at(-1) ?? {};
      return ended ? [state, error?.code ?? ''].join(' ').trim() : null;
    },
    null,
    { timeout: TIMEOUT },
  );
  return (await ended.jsonValue())!;
}

/** Checks that the file arrives intact, or fails with the same code on both sides. */
async function endsWell({ sender, receiver }: Pair): Promise<void> {
  const [sent, received] = await Promise.all([end(sender), end(receiver)]);
  assert.match(sent, /^(delivered|failed \S+)$/);
  assert.equal(received, sent);
  if (sent === 'delivered') assert.equal(await receiver.digest(), await sender.digest('first'));
}

/** Checks that a small and a large file arrive afterwards, without a reload. */
async function goesOn({ sender, receiver }: Pair): Promise<void> {
  for (const [size, name] of [
    [MB, 'small'],
    [40 * MB, 'large'],
  ] as const) {
    assert.equal(await sender.sends(size, name), null);
    assert.equal(await receiver.digest(), await sender.digest(name));
  }
}

describe('storage that is lost while the page is open', { timeout: 600_000 }, () => {
  let pair: Pair;
  before(async () => {
    pair = await Pair.open();
  });
  after(() => pair.close());
  afterEach(() => pair.part());

  for (const [what, lose] of Object.entries(LOSSES))
    it(`fails no later transfer when it is the receiver’s, half-way through a film: ${what}`, async () => {
      await pair.meet({ upload: 15 * MB });
      const sent = pair.sender.sends(48 * MB, 'first');
      await pair.receiver.holds(16 * MB);
      await lose(pair.receiver);
      await endsWell(pair);
      await sent;
      await goesOn(pair);
    });

  for (const source of SOURCES)
    it(`fails no later transfer when it is the sender’s, half-way through a film from ${source}`, async () => {
      await pair.meet({ upload: 15 * MB });
      await pair.sender.starts(source, 48 * MB, 'first');
      await pair.receiver.holds(16 * MB);
      await pair.sender.clear();
      await endsWell(pair);
      await goesOn(pair);
    });

  it('marks received items as lost when nothing is under way, and fails no later transfer', async () => {
    await pair.meet();
    const { sender, receiver } = pair;
    assert.equal(await sender.sends(40 * MB, 'first'), null);
    for (const types of ['file_systems', 'all']) {
      await receiver.clear(types);
      await receiver.page.waitForFunction(
        () => {
          const tile = document.querySelector('photo-trail')!.shadowRoot!.querySelector('li.item');
          return (
            complaints.at(-1) === 'item-lost' &&
            tile?.querySelector('.note') &&
            !tile.querySelector('[data-action=save]')
          );
        },
        null,
        { timeout: TIMEOUT },
      );
      await receiver.page.evaluate(() => {
        complaints.length = 0;
        const { shadowRoot } = document.querySelector('photo-trail')!;
        shadowRoot!.querySelector<HTMLElement>('[data-action=remove]')!.click();
      });
      assert.equal(await sender.sends(40 * MB, types), null);
      assert.equal(await receiver.digest(), await sender.digest(types));
      assert.deepEqual(await receiver.page.evaluate(() => complaints), []);
    }
  });
});
