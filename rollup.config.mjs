import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';

/** Each of Lit's modules says this in five lines of its own. */
const notice = 'Contains Lit. Copyright 2017, 2020, 2021 Google LLC. SPDX-License-Identifier: BSD-3-Clause';

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
    banner: `/*! ${notice} */`,
    // Comments go, but for what licences ask us to keep.
    plugins: [
      // @ts-expect-error Its types are those of its CommonJS build.
      terser({
        module: true,
        ecma: 2020,
        compress: { passes: 3, keep_fargs: false },
        format: {
          comments: (/** @type {unknown} */ _, /** @type {{ value: string }} */ { value }) =>
            value.startsWith('!') || (value.includes('@license') && !value.includes('Google LLC')),
        },
      }),
    ],
  },
  // lit's small production build, not the one that warns developers.
  plugins: [nodeResolve({ browser: true, exportConditions: ['production'] })],
  onwarn(warning) {
    // An import that was not found would only fail in the browser.
    throw new Error(warning.message);
  },
};
