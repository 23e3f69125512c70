import { litIsThere } from '../policy-guard.js';
import { SnapCamera } from '../elements/snap-camera/snap-camera.js';

litIsThere();
SnapCamera.define('snap-camera');

declare global {
  interface HTMLElementTagNameMap {
    'snap-camera': SnapCamera;
  }
}
