import { esbuildPlugin } from '@web/dev-server-esbuild';

const rootDir = import.meta.dirname;

/**
 * All that the demo's pages may do: a policy that a careful site would set, and proof that nothing
 * leaves the origin.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
].join('; ');

/** The folders that pages load modules from; nothing else of the checkout is served. */
const served = /^\/(demo|src|dist|node_modules|__web-dev-server__[^/]*)(\/|$)/;

/** @type {import('@web/dev-server').DevServerConfig} */
export default {
  rootDir,
  nodeResolve: true,
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: `${rootDir}/tsconfig.json` })],
  middleware: [
    // demo/ is the site's root: `/` is demo/index.html, `/codelab.css` is demo/codelab.css.
    (context, next) => {
      context.set('Content-Security-Policy', contentSecurityPolicy);
      if (!served.test(context.path))
        context.path = `/demo${context.path === '/' ? '/index.html' : context.path}`;
      return next();
    },
  ],
};
