import { importForServer } from './bundle.js';
import type { View } from '../apps/react-app.js';

/** What a server of each framework puts into the page. */
export const renderers: Record<string, (view: View) => Promise<string>> = {
  async react(view) {
    const { createElement } = await import('react');
    const { renderToString } = await import('react-dom/server');
    const { App } = await import('../apps/react-app.js');
    return renderToString(createElement(App, { view }));
  },
  async vue(view) {
    const { renderToString } = await import('vue/server-renderer');
    const { makeApp } = await import('../apps/vue-app.js');
    return renderToString(makeApp(view, true));
  },
  async svelte(view) {
    const { html } = await importForServer(`
      import { render } from 'svelte/server';
      import View from '../apps/${view}.svelte';
      export const html = render(View).body;`);
    return html as string;
  },
};
