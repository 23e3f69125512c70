import { expect } from '@open-wc/testing';
import { Resume } from '../../src/hub/resume.js';
import { SMALL } from '../../src/hub/storage.js';
import { payloadOfItem } from '../../src/hub/sendable.js';
import { randomId } from '../../src/item.js';
import type { SnapItem } from '../../src/item.js';
import { Outbox } from '../../src/store/outbox.js';
import type { Owner } from '../../src/store/outbox.js';
import { RELOAD, markLeaving, tabLock } from '../../src/store/tab-lock.js';
import { atTime } from '../store/support/at-time.js';
import { damage, fillDisk } from '../store/support/broken-disk.js';
import { itemOf } from '../store/support/offers.js';
import { Side } from '../transfer/support/two-sides.js';
import { waitUntil } from '../support/wait-until.js';

const DAY = 86_400_000;

describe('a hub that enters a room', () => {
  it('adopts what a dead tab left for that room before it sweeps anything', async () => {
    const [room, self, dead, forgotten] = [randomId(), randomId(), randomId(), randomId()];
    await new Outbox({ tab: dead, room }).keepPending(itemOf('left'));
    await atTime(Date.now() - DAY - 1000, () =>
      new Outbox({ tab: forgotten, room }).keepPending(itemOf('old')),
    );
    // It may yet be reloading, for some more ms: so it is not adopted at once.
    await atTime(Date.now() - RELOAD + 200, () => {
      markLeaving(dead);
      return Promise.resolve();
    });

    const { locks } = navigator;
    const genuine = locks.request.bind(locks) as (...args: unknown[]) => Promise<unknown>;
    const asked: unknown[] = [];
    locks.request = (...args: unknown[]): Promise<never> => {
      asked.push(args[0]);
      return genuine(...args) as Promise<never>;
    };
    const restored: SnapItem[] = [];
    const resume = new Resume({
      transfers: new Side('self').transfers,
      restored: (items) => restored.push(...items),
      resumed: () => undefined,
      supplied: () => undefined,
      failed: () => undefined,
    });
    try {
      await resume.enter({ tab: self, room }, []);
      await waitUntil(() => asked.includes(tabLock(forgotten)), 'it sweeps');
    } finally {
      Reflect.deleteProperty(locks, 'request');
    }
    const [first] = asked.filter((name) => name === tabLock(dead) || name === tabLock(forgotten));
    expect(first).to.equal(tabLock(dead));
    expect(restored.map(({ file }) => file.name)).to.deep.equal(['left.txt']);
  });
});

describe('what a hub has stored', () => {
  it('is safe once it is written with its bytes, and no longer when it is dropped', async () => {
    const { transfers } = new Side('self');
    const resume = new Resume({
      transfers,
      restored: () => undefined,
      resumed: () => undefined,
      supplied: () => undefined,
      failed: () => undefined,
    });
    const [early, item, large] = [itemOf('early'), itemOf('item'), largeItem()];
    resume.keep(early, false);
    expect(resume.isSafe(early.id), 'before there is a room').to.equal(false);
    await resume.enter({ tab: randomId(), room: randomId() }, []);
    resume.keep(item, true);
    resume.keep(large, true);
    await waitUntil(() => resume.isSafe(early.id) && resume.isSafe(item.id), 'both are written');
    const payload = await payloadOfItem(item);
    const transfer = transfers.send(payload.source, payload.description, []);
    resume.sending(payload, transfer);
    expect(resume.isSafe(item.id), 'while it is sent').to.equal(true);
    expect(resume.isSafe(large.id), 'a large chosen file').to.equal(false);
    transfer.cancel();
    resume.follow(transfer);
    resume.drop(early.id);
    expect([item, early].map(({ id }) => resume.isSafe(id))).to.deep.equal([false, false]);
  });
});

describe('what was being sent when the page was reloaded', () => {
  /** One life of a page: what was supplied in it, as the file's text. */
  async function life(owner: Owner): Promise<{ resume: Resume; supplied: string[]; side: Side }> {
    const side = new Side('self');
    const supplied: string[] = [];
    const resume = new Resume({
      transfers: side.transfers,
      restored: () => undefined,
      resumed: () => undefined,
      supplied: ({ id }, { description, content, source }) => {
        const name = content instanceof File ? content.name : 'pixels';
        if (description.id === id) supplied.push(`${name} ${source.size}`);
      },
      failed: () => undefined,
    });
    await resume.enter(owner, []);
    return { resume, supplied, side };
  }

  it('has its bytes back at once if they were stored, else when the file is chosen again', async () => {
    const owner = { tab: randomId(), room: randomId() };
    const { resume, side, supplied } = await life(owner);
    const [small, large] = [itemOf('small'), largeItem()];
    for (const item of [small, large]) {
      const payload = await payloadOfItem(item);
      resume.sending(payload, side.transfers.send(payload.source, payload.description, []));
    }
    expect(supplied, 'in the first life, which has them').to.deep.equal([]);

    const next = await life(owner);
    expect(next.supplied).to.deep.equal([`small.txt ${small.file.size}`]);
    expect(next.resume.resupply(large.file)?.id).to.equal(large.id);
    expect(next.supplied).to.deep.equal([`small.txt ${small.file.size}`, `large.bin ${large.file.size}`]);
  });
});

/** An item with a file that is too large for its bytes to be stored when it was chosen. */
function largeItem(): SnapItem {
  return { ...itemOf('large'), file: new File([new Uint8Array(SMALL + 1)], 'large.bin') };
}

describe('a hub whose disk is full', () => {
  it('reports once for each item that it cannot store it, and sends it all the same', async () => {
    const free = fillDisk();
    const { transfers } = new Side('self');
    const failed: string[] = [];
    const resume = new Resume({
      transfers,
      restored: () => undefined,
      resumed: () => undefined,
      supplied: () => undefined,
      failed: ({ code }) => failed.push(code),
    });
    try {
      await resume.enter({ tab: randomId(), room: randomId() }, []);
      const item = itemOf('captured');
      resume.keep(item, false);
      await waitUntil(() => failed.length > 0, 'it says so');
      const payload = await payloadOfItem(item);
      const transfer = transfers.send(payload.source, payload.description, []);
      resume.sending(payload, transfer);
      resume.keep(itemOf('another'), false);
      await waitUntil(() => failed.length > 1, 'it says so of the next');
      expect(transfer.state).to.equal('queued');
      expect(failed).to.deep.equal(['storage-full', 'storage-full']);
      expect(resume.isSafe(item.id)).to.equal(false);
    } finally {
      free();
    }
  });
});

describe('a hub that cannot read some stored photos', () => {
  it('reports each of them, and restores it once it can be read again', async () => {
    const owner = { tab: randomId(), room: randomId() };
    const items = ['damaged', 'whole'].map(itemOf);
    for (const item of items) await new Outbox(owner).keepPending(item);
    const life = async (): Promise<{ names: string[]; codes: string[] }> => {
      const [names, codes]: string[][] = [[], []];
      const resume = new Resume({
        transfers: new Side('self').transfers,
        restored: (back) => names!.push(...back.map(({ file }) => file.name)),
        resumed: () => undefined,
        supplied: () => undefined,
        failed: ({ code }) => codes!.push(code),
      });
      await resume.enter(owner, []);
      return { names: names!, codes: codes! };
    };
    const mend = damage('contents', items[0]!.id);
    try {
      expect(await life()).to.deep.equal({ names: ['whole.txt'], codes: ['source-unreadable'] });
    } finally {
      mend();
    }
    expect(await life()).to.deep.equal({ names: ['damaged.txt', 'whole.txt'], codes: [] });
  });
});
