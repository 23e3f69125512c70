import { createElement as h } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { App } from './react-app.js';
import type { View } from './react-app.js';

export function start(place: HTMLElement): void {
  const app = h(App, { view: place.dataset.view as View });
  if (place.hasChildNodes()) hydrateRoot(place, app);
  else createRoot(place).render(app);
}
