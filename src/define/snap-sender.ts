import { SnapSender } from '../elements/snap-sender.js';

SnapSender.define('snap-sender');

declare global {
  interface HTMLElementTagNameMap {
    'snap-sender': SnapSender;
  }
}
