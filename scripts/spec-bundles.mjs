// Serves each spec to the test runner as one file. Every spec runs in a page of its own with an
// empty cache, where a module at a time would be some two hundred requests.
import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * A middleware for @web/test-runner. `rootDir` is where the paths of requests begin.
 *
 * @param {string} rootDir
 * @returns {NonNullable<import('@web/test-runner').TestRunnerConfig['middleware']>[number]}
 */
export const specBundles = (rootDir) => async (context, next) => {
  if (!context.path.endsWith('.spec.ts')) return next();
  const { outputFiles } = await build({
    entryPoints: [join(rootDir, context.path)],
    tsconfig: join(rootDir, 'tsconfig.json'),
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    sourcemap: 'inline',
    // Lit's development build warns of mistakes.
    conditions: ['development'],
    // The runner's own modules.
    external: ['/__web-dev-server__*'],
    // package.json says which modules of `dist` have side effects, not which of src.
    ignoreAnnotations: true,
  });
  context.type = 'js';
  context.body = outputFiles[0]?.text;
};
