import { count } from '../../src/peer/connection-budget.js';
import { closeWhenQuiet } from '../../src/peer/quiet-close.js';

describe('the closed RTCPeerConnections of a page that does nothing else', () => {
  it('are collected without anybody who collects', async () => {
    let left = 0;
    let collected!: () => void;
    const mostAre = new Promise<void>((resolve) => (collected = resolve));
    const registry = new FinalizationRegistry(() => {
      left -= 1;
      if (left < 60) collected();
    });
    const visit = (): Promise<void> => {
      const connection = new RTCPeerConnection();
      left += 1;
      registry.register(connection, undefined);
      count(connection);
      return new Promise((resolve) => closeWhenQuiet(connection, resolve));
    };
    for (let built = 0; built < 120; built += 20) await Promise.all(Array.from({ length: 20 }, visit));
    await mostAre;
  });
});
