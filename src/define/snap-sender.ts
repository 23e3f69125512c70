import { litIsThere } from '../policy-guard.js';
import { SnapSender } from '../elements/snap-sender/snap-sender.js';

litIsThere();
SnapSender.define('snap-sender');

declare global {
  interface HTMLElementTagNameMap {
    'snap-sender': SnapSender;
  }
}
