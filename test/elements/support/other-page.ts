import type { SnapConnection } from '../../../src/elements/snap-connection/snap-connection.js';
import { randomId } from '../../../src/item.js';

/** Another page in the room, a frame of this one; the id of its tab is its own. */
export async function otherPage(room: string): Promise<SnapConnection> {
  const frame = document.createElement('iframe');
  const script = `
    import '${location.origin}/src/define/snap-connection.ts';
    sessionStorage.setItem('snaptrail-tab', '${randomId()}');
    const hub = document.querySelector('snap-connection');
    hub.room = '${room}';
    hub.manual = false;
    void hub.connect();`;
  frame.srcdoc = `<snap-connection server="/peerjs" manual></snap-connection><script type="module">${script}</script>`;
  document.body.append(frame);
  await new Promise((resolve) => (frame.onload = resolve));
  return frame.contentDocument!.querySelector('snap-connection')!;
}
