import { expect } from '@open-wc/testing';
import { SnapRetryRequestEvent, SnapSendRequestEvent } from '../../src/events.js';
import { claim, serveRequests } from '../../src/hub/requests.js';
import type { RequestHandlers } from '../../src/hub/requests.js';

describe('requests', () => {
  let served: string[];
  let outer: HTMLElement;
  let inner: HTMLElement;
  let button: HTMLElement;
  let stop: AbortController;
  const handlers = (name: string) => (): RequestHandlers =>
    new Proxy({} as RequestHandlers, { get: (_, type) => () => served.push(`${name}: ${String(type)}`) });
  beforeEach(() => {
    served = [];
    stop = new AbortController();
    outer = document.createElement('div');
    inner = document.createElement('div');
    button = document.createElement('button');
    outer.append(inner);
    inner.append(button);
    serveRequests(inner, inner, handlers('inner'), stop.signal);
    serveRequests(outer, outer, handlers('outer'), stop.signal);
  });

  it('are served by the first hub on their way, after their dispatch', async () => {
    button.dispatchEvent(new SnapSendRequestEvent());
    expect(served).to.deep.equal([]);
    await Promise.resolve();
    expect(served).to.deep.equal(['inner: snap-send-request']);
  });

  it('are not served when a later listener cancels them', async () => {
    outer.addEventListener('snap-send-request', (event) => event.preventDefault());
    button.dispatchEvent(new SnapSendRequestEvent());
    await Promise.resolve();
    expect(served).to.deep.equal([]);
  });

  it('are not served when an element without a hub claims them for nobody', async () => {
    button.addEventListener('snap-retry-request', (event) => claim(event, null));
    button.dispatchEvent(new SnapRetryRequestEvent());
    await Promise.resolve();
    expect(served).to.deep.equal([]);
  });

  it('are not served any more once the hub has stopped', async () => {
    stop.abort();
    button.dispatchEvent(new SnapSendRequestEvent());
    await Promise.resolve();
    expect(served).to.deep.equal([]);
  });
});
