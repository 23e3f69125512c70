import { trackConnection } from '../../src/peer/connection-budget.js';
import { closeWhenSettled } from '../../src/peer/deferred-close.js';

/** Left to itself, Chromium 156 collected none before there were 212. */
const MOST = 200;

describe('the closed RTCPeerConnections of a page that does nothing else', () => {
  it('are collected while more are opened and closed, long before Chromium would by itself', async function () {
    this.timeout(240_000);
    let built = 0;
    let left = 0;
    const registry = new FinalizationRegistry(() => (left -= 1));
    const visit = (): Promise<void> => {
      const connection = new RTCPeerConnection();
      built += 1;
      left += 1;
      registry.register(connection, undefined);
      trackConnection(connection);
      return new Promise((resolve) => closeWhenSettled(connection, resolve));
    };
    // Nobody waits for the collector alone: once reminded, it works on while the page does, and
    // rests while the page rests.
    while (built < 120 || left >= 60) {
      if (built >= MOST) throw new Error(`${left} of ${built} connections were not collected`);
      await Promise.all(Array.from({ length: 20 }, visit));
    }
  });
});
