import { localPeer } from './local-peer.js';

/**
 * Joins the peer whose id is in the fragment; `joined` resolves with the time. The page of the
 * elements needs four lines of HTML for this (bench/site.ts).
 */
const peer = localPeer();

globalThis.joined = new Promise((resolve) => {
  peer.once('open', () => {
    const connection = peer.connect(location.hash.slice(1), { reliable: true });
    connection.once('open', () => resolve(performance.now()));
  });
});

declare global {
  /** In ms since the start of navigation: when the page was connected to the member in the room. */
  var joined: Promise<number>;
}
