import { expect } from '@open-wc/testing';
import { WakeLock } from '../../../src/hub/page/wake-lock.js';

/**
 * As much of the browser's wake locks as is used. Each lock that was given, and whether it is still
 * held.
 */
class FakeWakeLock {
  readonly held: boolean[] = [];
  refuses = false;

  async request(type: WakeLockType): Promise<Pick<WakeLockSentinel, 'release'>> {
    expect(type).to.equal('screen');
    await Promise.resolve();
    if (this.refuses) throw new DOMException('The battery is low', 'NotAllowedError');
    const number = this.held.push(true) - 1;
    return {
      release: () => {
        this.held[number] = false;
        return Promise.resolve();
      },
    };
  }
}

/** What the lock has asked for has been answered. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

function see(visibility: DocumentVisibilityState): void {
  Object.defineProperty(document, 'visibilityState', { configurable: true, value: visibility });
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('the wake lock', () => {
  let browser: FakeWakeLock;
  let lock: WakeLock;

  beforeEach(() => {
    browser = new FakeWakeLock();
    lock = new WakeLock();
    Object.defineProperty(navigator, 'wakeLock', { configurable: true, value: browser });
  });

  afterEach(() => {
    lock.keep(false);
    delete (navigator as { wakeLock?: unknown }).wakeLock;
    delete (document as { visibilityState?: unknown }).visibilityState;
  });

  it('is taken once and held for as long as it is wanted, however often that is said', async () => {
    lock.keep(true);
    lock.keep(true);
    await settled();
    expect(browser.held).to.deep.equal([true]);
    lock.keep(false);
    lock.keep(false);
    expect(browser.held).to.deep.equal([false]);
  });

  it('is taken again when the page is visible again, and not once it is no longer wanted', async () => {
    lock.keep(true);
    await settled();
    // The browser has it released by itself.
    see('hidden');
    await settled();
    expect(browser.held).to.have.length(1);
    see('visible');
    await settled();
    expect(browser.held).to.deep.equal([true, true]);
    lock.keep(false);
    see('visible');
    await settled();
    expect(browser.held).to.deep.equal([false, false]);
  });

  it('is not taken before the page is visible', async () => {
    see('hidden');
    lock.keep(true);
    await settled();
    expect(browser.held).to.deep.equal([]);
    see('visible');
    await settled();
    expect(browser.held).to.deep.equal([true]);
  });

  it('is released when it is granted too late', async () => {
    lock.keep(true);
    lock.keep(false);
    await settled();
    expect(browser.held).to.deep.equal([false]);
  });

  it('is requested again when the page is visible again after the browser refused it', async () => {
    browser.refuses = true;
    lock.keep(true);
    await settled();
    browser.refuses = false;
    see('visible');
    await settled();
    expect(browser.held).to.deep.equal([true]);
  });

  it('does nothing in a browser that has none', async () => {
    Object.defineProperty(navigator, 'wakeLock', { configurable: true, value: undefined });
    lock.keep(true);
    await settled();
    lock.keep(false);
    expect(browser.held).to.deep.equal([]);
  });
});
