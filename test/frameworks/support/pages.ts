/**
 * Beside the hub's own tags, what every page here has: something that is sent from, and something
 * that receives.
 */
export const parts = '<snap-sender></snap-sender><photo-trail></photo-trail>';

/** A hub as it is written into a page. */
export function hub(attributes = '', content = parts): string {
  return `<snap-connection server="/peerjs" ice-servers="[]"${attributes && ` ${attributes}`}>${content}</snap-connection>`;
}

export interface PageParts {
  /**
   * Of `node_modules` and of the published script: the names that {@link Fair} serves under
   * `/lib/`.
   */
  readonly scripts?: readonly string[];
  readonly head?: string;
  readonly body: string;
}

/** A whole page. */
export function page({ scripts = [], head = '', body }: PageParts): string {
  const tags = scripts.map((name) => `<script src="/lib/${name}"></script>`).join('');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">
<script type="module" src="/snaptrail.min.js"></script>${tags}${head}</head>
<body>${body}</body></html>`;
}

/**
 * The page of an app of `apps/`, which brings snaptrail along; `view`: what it shows; `rendered`:
 * what a server has put into it.
 */
export function appPage(app: string, view: string, rendered = ''): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">
<script type="module" src="/app/${app}"></script></head>
<body><div id="app" data-view="${view}">${rendered}</div></body></html>`;
}
