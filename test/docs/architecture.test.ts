import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const page = read('docs/architecture.md');

/** Every code span that names a file or a folder from the root. */
const pathsIn = (text: string) =>
  [...text.matchAll(/`((?:src|server|demo|test|bench|scripts|docs)\/[^`*\s]*)`/g)].map(([, path]) => path!);

function foldersIn(folder: string): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  return entries.flatMap(({ name }) => [`${folder}/${name}`, ...foldersIn(`${folder}/${name}`)]);
}

describe('docs/architecture.md', () => {
  it('names only files and folders that exist', () => {
    const paths = pathsIn(page);
    assert.ok(paths.length >= 50, `only ${paths.length} paths`);
    for (const path of paths) assert.ok(existsSync(join(root, path)), path);
  });

  it('has a line for every folder of src/', () => {
    const listed = new Set([...page.matchAll(/^\| `(src\/[^`]*)\/`/gm)].map(([, path]) => path));
    for (const folder of foldersIn('src').filter((path) => path !== 'src/elements'))
      if (!folder.endsWith('/vendor')) assert.ok(listed.has(folder), `${folder}/ is missing from the tree`);
  });
});

describe('CONTRIBUTING.md', () => {
  it('names only files and folders that exist, and npm scripts that exist', () => {
    const text = read('CONTRIBUTING.md');
    for (const path of pathsIn(text)) assert.ok(existsSync(join(root, path)), path);
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    for (const [, name] of text.matchAll(/npm run ([\w:]+)/g)) assert.ok(scripts[name!], `npm run ${name}`);
  });
});
