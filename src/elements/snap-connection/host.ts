import { SnapReceiveEvent } from '../../events.js';
import { firstCamera } from '../../hub/request-handlers.js';
import type { HubHost } from '../../hub/hub.js';
import type { ConnectionAttributes } from './attributes.js';

/** What the hub of `element` asks of it. `attached`: the small elements that belong to it. */
export function hostOf(
  element: ConnectionAttributes,
  attached: Iterable<HTMLElement>,
  { use, retire, renew }: Pick<HubHost, 'use' | 'retire' | 'renew'>,
): HubHost {
  return {
    settings: element,
    get present() {
      const { isConnected, ownerDocument } = element;
      // An element in a frame or a window that is gone was never taken out of its document.
      return isConnected && ownerDocument.defaultView !== null;
    },
    get camera() {
      return firstCamera(attached);
    },
    ask: async (offer) => {
      const event = new SnapReceiveEvent(offer);
      return element.dispatchEvent(event) && (await (event.response ?? true));
    },
    use,
    retire,
    renew,
  };
}
