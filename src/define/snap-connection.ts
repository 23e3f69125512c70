import { litIsThere } from '../policy-guard.js';
import { SnapConnection } from '../elements/snap-connection/snap-connection.js';

litIsThere();
SnapConnection.define('snap-connection');

declare global {
  interface HTMLElementTagNameMap {
    'snap-connection': SnapConnection;
  }
}
