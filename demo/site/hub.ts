import type { SnapConnection } from '../../src/elements/snap-connection/snap-connection.js';

/** The page's hub. */
export function pageHub(): SnapConnection {
  return document.querySelector<SnapConnection>('snap-connection')!;
}

/** Calls `then` once the hub has an address that leads into its room, and whenever it changes. */
export function onInvite(then: (inviteUrl: string) => void): void {
  let before = '';
  const look = (): void => {
    const { inviteUrl } = pageHub();
    if (!inviteUrl || inviteUrl === before) return;
    before = inviteUrl;
    then(inviteUrl);
  };
  document.addEventListener('snap-connection-change', look);
  void customElements.whenDefined('snap-connection').then(look);
}
