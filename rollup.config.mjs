import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';

/**
 * The one file for a script tag: everything in it, the lazily loaded part too, so that a page needs
 * no second request.
 *
 * @type {import('rollup').RollupOptions}
 */
export default {
  input: 'dist/index.js',
  output: {
    file: 'dist/snaptrail.min.js',
    format: 'es',
    inlineDynamicImports: true,
    sourcemap: true,
    // Comments go, but for what licences ask us to keep.
    plugins: [
      // @ts-expect-error Its types are those of its CommonJS build.
      terser({
        module: true,
        ecma: 2020,
        compress: { passes: 3, keep_fargs: false },
        format: { comments: /^!|@license/ },
      }),
    ],
  },
  // lit's small production build, not the one that warns developers.
  plugins: [nodeResolve({ browser: true, exportConditions: ['production'] })],
  onwarn(warning) {
    // tsc's helper for decorators asks for a `this` of old scripts first, and does without.
    if (warning.code === 'THIS_IS_UNDEFINED') return;
    // An import that was not found would only fail in the browser.
    throw new Error(warning.message);
  },
};
