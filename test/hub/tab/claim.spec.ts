import { expect } from '@open-wc/testing';
import { answerFor, claimStored, hold, isAlive } from '../../../src/hub/tab/claim.js';
import type { Hold } from '../../../src/hub/tab/claim.js';
import { randomId } from '../../../src/item.js';

const { locks } = navigator;
const NEVER = new AbortController().signal;
const nothing = (): void => undefined;

describe('whether a page lives that has an id', () => {
  it('is answered by the page that has it, and by nobody once that has released it', async () => {
    const id = randomId();
    const answering = answerFor(id);
    expect(await isAlive(id, NEVER)).to.equal(true);
    answering.release();
    expect(await isAlive(id, NEVER)).to.equal(false);
  });

  it('is not answered by a page that is going away, unless it stays after all', async () => {
    const id = randomId();
    const answering = answerFor(id);
    const speakAgain = answering.fallSilent();
    expect(await isAlive(id, NEVER)).to.equal(false);
    speakAgain();
    expect(await isAlive(id, NEVER)).to.equal(true);
    answering.release();
  });

  it('is no longer asked once nobody wants to know', async () => {
    const stop = new AbortController();
    const asked = isAlive(randomId(), stop.signal);
    stop.abort();
    expect(await asked).to.equal(false);
    expect(await isAlive(randomId(), stop.signal)).to.equal(false);
  });
});

describe('claiming an id that the tab has stored', () => {
  let id: string;
  let former: Hold;
  beforeEach(async () => {
    id = randomId();
    former = (await hold(locks, id, { ifAvailable: true }, nothing))!;
  });
  afterEach(() => former.release());

  it('is granted at once when nobody has it', async () => {
    former.release();
    const held = await claimStored(locks, randomId(), { left: false, reload: false }, nothing);
    expect(held).not.to.equal(null);
    held!.release();
  });

  it('is refused to a duplicated tab while the original lives', async () => {
    expect(await claimStored(locks, id, { left: false, reload: false }, nothing)).to.equal(null);
  });

  it('is granted as soon as the page before it lets go', async () => {
    former.fallSilent();
    const claim = claimStored(locks, id, { left: true, reload: true }, nothing);
    former.release();
    const held = await claim;
    expect(held).not.to.equal(null);
    held!.release();
  });

  it('is stolen by the next page of the tab from a frozen one, which hears of it when it wakes', async () => {
    const another = randomId();
    let lost = 0;
    const frozen = (await hold(locks, another, { ifAvailable: true }, () => lost++))!;
    frozen.fallSilent();
    const held = await claimStored(locks, another, { left: true, reload: false }, nothing);
    expect(held).not.to.equal(null);
    expect(lost).to.equal(1);
    held!.release();
  });

  it('is refused to a duplicated tab also while the original is frozen', async () => {
    former.fallSilent();
    expect(await claimStored(locks, id, { left: false, reload: false }, nothing)).to.equal(null);
  });
});
