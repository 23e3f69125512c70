import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import type { BuildOptions, Plugin } from 'esbuild';
import { compile } from 'svelte/compiler';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Svelte's own compiler; `server`: what renders a component to a string. */
function svelte(generate: 'client' | 'server'): Plugin {
  return {
    name: 'svelte',
    setup(build) {
      build.onLoad({ filter: /\.svelte$/ }, async ({ path }) => {
        const { js, warnings } = compile(await readFile(path, 'utf8'), {
          filename: path,
          generate,
          dev: true,
        });
        return { contents: js.code, warnings: warnings.map(({ message }) => ({ text: message })) };
      });
    },
  };
}

const common: BuildOptions = {
  bundle: true,
  write: false,
  format: 'esm',
  target: 'es2022',
  logLevel: 'warning',
  // The development builds are those that warn.
  define: {
    'process.env.NODE_ENV': '"development"',
    __VUE_OPTIONS_API__: 'true',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true',
  },
};

/**
 * Each app's module for the page, by its name, with snaptrail's modules as published: `import
 * 'snaptrail'` and the app.
 */
export async function bundleForPages(apps: readonly string[]): Promise<Map<string, string>> {
  const bundles = apps.map(async (app): Promise<[string, string]> => {
    const { outputFiles } = await esbuild.build({
      ...common,
      stdin: {
        contents: `import 'snaptrail';\nimport { start } from '../apps/${app}';\nstart(document.getElementById('app'));`,
        resolveDir: here,
      },
      alias: {
        snaptrail: fileURLToPath(new URL('../../../dist/index.js', import.meta.url)),
        // The one with the compiler of templates.
        vue: 'vue/dist/vue.esm-bundler.js',
      },
      conditions: ['browser', 'development'],
      plugins: [svelte('client')],
    });
    return [app, outputFiles![0]!.text];
  });
  return new Map(await Promise.all(bundles));
}

/**
 * A module with what `contents`, a module's text, exports, bundled for Node with whatever it
 * imports, Svelte's components too.
 */
export async function importForServer(contents: string): Promise<Record<string, unknown>> {
  const { outputFiles } = await esbuild.build({
    ...common,
    stdin: { contents, resolveDir: here },
    platform: 'node',
    conditions: ['development'],
    plugins: [svelte('server')],
  });
  const text = Buffer.from(outputFiles![0]!.contents).toString('base64');
  return (await import(`data:text/javascript;base64,${text}`)) as Record<string, unknown>;
}
