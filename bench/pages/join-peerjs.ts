import { localPeer } from './local-peer.js';

/**
 * Joins the peer whose id is in the fragment; `joined` tells when. The elements' page does it in
 * four lines of HTML (bench/site.ts).
 */
const peer = localPeer();

globalThis.joined = new Promise((resolve) => {
  peer.once('open', () => {
    const connection = peer.connect(location.hash.slice(1), { reliable: true });
    connection.once('open', () => resolve(performance.now()));
  });
});

declare global {
  /**
   * In ms since the page's navigation began: when it was connected to the member that was there.
   */
  var joined: Promise<number>;
}
