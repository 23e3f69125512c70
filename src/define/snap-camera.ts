import { SnapCamera } from '../elements/snap-camera.js';

SnapCamera.define('snap-camera');

declare global {
  interface HTMLElementTagNameMap {
    'snap-camera': SnapCamera;
  }
}
