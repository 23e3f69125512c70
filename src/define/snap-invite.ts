import { SnapInvite } from '../elements/snap-invite.js';

SnapInvite.define('snap-invite');

declare global {
  interface HTMLElementTagNameMap {
    'snap-invite': SnapInvite;
  }
}
