import { Fragment, StrictMode, createElement as h, useState } from 'react';
import type { ReactElement } from 'react';
import type { SnapReceivedEvent } from '../../../src/events.js';

/**
 * What the page shows first: everything that a framework does to a hub, or how it hands over
 * properties.
 */
export type View = 'ways' | 'properties';

export function App({ view }: { view: View }): ReactElement {
  return h(StrictMode, null, h(view === 'ways' ? Ways : Properties));
}

function Ways(): ReactElement {
  const [key, setKey] = useState(0);
  const [route, setRoute] = useState('home');
  const go = (to: string, name: string): ReactElement =>
    h('button', { type: 'button', onClick: () => setRoute(to) }, name);
  return h(
    Fragment,
    null,
    h('button', { type: 'button', onClick: () => setKey(key + 1) }, 'Another key'),
    go('home', 'Home'),
    go('elsewhere', 'Elsewhere'),
    go('other', 'Another desk'),
    route === 'home' && h(Desk, { again: key }),
    route === 'elsewhere' && h('p', null, 'Nothing here'),
    route === 'other' && h(OtherDesk),
  );
}

/** Only the hub has a key; what points at it stays. */
function Desk({ again }: { again: number }): ReactElement {
  return h(
    Fragment,
    null,
    h('snap-connection', { key: again, id: 'desk', server: '/peerjs', 'ice-servers': '[]' }),
    h('snap-sender', { connection: 'desk' }),
    h('photo-trail', { connection: 'desk' }),
  );
}

function OtherDesk(): ReactElement {
  return h(
    'snap-connection',
    { server: '/peerjs', 'ice-servers': '[]', accept: undefined },
    h('snap-sender'),
    h('photo-trail'),
  );
}

function Properties(): ReactElement {
  const [received, setReceived] = useState<readonly string[]>([]);
  const [limited, setLimited] = useState(true);
  return h(
    Fragment,
    null,
    h('snap-connection', {
      id: 'desk',
      server: '/peerjs',
      // A server writes no objects, and React does not set them when it takes over: this is what
      // stands there then.
      'ice-servers': '[]',
      iceServers: [{ urls: 'stun:127.0.0.1:9' }],
      room: undefined,
      accept: limited ? 'text/plain' : undefined,
      name: limited ? 'Anna' : null,
      maxSize: limited ? 5_000_000 : undefined,
      maxPeers: 3,
      maxLanes: undefined,
      sendOnly: limited,
      relayOnly: false,
      manual: false,
      'onsnap-received': ({ item }: SnapReceivedEvent) => setReceived([...received, item.file.name]),
    }),
    h('snap-sender', { connection: 'desk', filesOnly: true }),
    h('photo-trail', { connection: 'desk', name: 'photos', required: true, max: limited ? 5 : undefined }),
    h('button', { type: 'button', onClick: () => setLimited(false) }, 'No limits'),
    h('output', null, received.join()),
  );
}
