import { PhotoTrail } from '../elements/photo-trail.js';

PhotoTrail.define('photo-trail');

declare global {
  interface HTMLElementTagNameMap {
    'photo-trail': PhotoTrail;
  }
}
