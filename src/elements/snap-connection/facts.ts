import type { SnapError } from '../../errors.js';
import type { ConnectionState, SnapPeer, SnapSelf } from '../../events.js';
import type { CaptureDevice } from '../../hub/hub-element.js';
import type { Hub } from '../../hub/hub.js';
import { isInvited, isMadeHere } from '../../hub/page/address.js';
import { invitation } from '../../hub/page/invitation.js';
import { isNamed } from '../../hub/page/own-name.js';
import { maxPeersOf } from '../../hub/settings.js';
import type { SnapItem } from '../../item.js';
import type { Transfer } from '../../transfer/transfer.js';
import { ConnectionAttributes } from './attributes.js';

/** The key of the element's present hub: no property that a page could see. */
export const HUB = Symbol('hub');

/** What `<snap-connection>` tells of its hub; see `HubElement`. */
export abstract class ConnectionFacts extends ConnectionAttributes {
  protected abstract readonly [HUB]: Hub;

  get state(): ConnectionState {
    return this[HUB].state;
  }

  get error(): SnapError | null {
    return this[HUB].error;
  }

  get peers(): readonly SnapPeer[] {
    return this[HUB].peers;
  }

  get lostPeers(): readonly SnapPeer[] {
    return this[HUB].session.lost;
  }

  get self(): SnapSelf | null {
    const id = this[HUB].session.room?.id;
    return id === undefined ? null : { id, name: this[HUB].name, named: isNamed(this.name) };
  }

  get full(): boolean {
    return this[HUB].session.members.length + 1 >= maxPeersOf(this);
  }

  get guarded(): boolean {
    const { code } = this[HUB].stay;
    if (this.room !== null || code === null) return this.guard;
    return this.guard ? !isMadeHere(code) : this.sendOnly && isInvited(code);
  }

  get transfers(): readonly Transfer[] {
    return this[HUB].transfers;
  }

  get pending(): readonly SnapItem[] {
    return this[HUB].pending;
  }

  get received(): readonly SnapItem[] {
    return this[HUB].received;
  }

  get inviteUrl(): string {
    const { code } = this[HUB].stay;
    return code === null ? '' : invitation(this.fragment, code);
  }

  get camera(): CaptureDevice | null {
    return this[HUB].camera;
  }

  canSendAgain(transfer: Transfer): boolean {
    return this[HUB].contents.canSendAgain(transfer);
  }
}
