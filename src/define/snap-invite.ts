import { litIsThere } from '../policy-guard.js';
import { SnapInvite } from '../elements/snap-invite/snap-invite.js';

litIsThere();
SnapInvite.define('snap-invite');

declare global {
  interface HTMLElementTagNameMap {
    'snap-invite': SnapInvite;
  }
}
