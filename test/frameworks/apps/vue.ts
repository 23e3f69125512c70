import { makeApp } from './vue-app.js';

export function start(place: HTMLElement): void {
  makeApp(place.dataset.view!, place.hasChildNodes()).mount(place);
}
