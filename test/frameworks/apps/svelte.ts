import { hydrate, mount } from 'svelte';
import Properties from './properties.svelte';
import Ways from './ways.svelte';

export function start(target: HTMLElement): void {
  const view = target.dataset.view === 'ways' ? Ways : Properties;
  (target.hasChildNodes() ? hydrate : mount)(view, { target });
}
