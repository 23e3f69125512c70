import { litIsThere } from '../policy-guard.js';
import { PhotoTrail } from '../elements/photo-trail/photo-trail.js';

litIsThere();
PhotoTrail.define('photo-trail');

declare global {
  interface HTMLElementTagNameMap {
    'photo-trail': PhotoTrail;
  }
}
