import { SnapConnection } from '../elements/snap-connection.js';

SnapConnection.define('snap-connection');

declare global {
  interface HTMLElementTagNameMap {
    'snap-connection': SnapConnection;
  }
}
