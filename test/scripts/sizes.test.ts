import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What one person can keep in mind. */
const MOST_FILES = 24;
const MOST_LINES = 300;

/** Lists, which nobody reads from the first line to the last. */
const LISTS = /^src\/strings\/|\.styles\.ts$/;

describe('src/', () => {
  const entries = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)));

  it(`has no folder of more than ${MOST_FILES} files`, () => {
    const folders = new Map<string, number>();
    for (const file of files) {
      const folder = file.slice(0, file.lastIndexOf('/'));
      folders.set(folder, (folders.get(folder) ?? 0) + 1);
    }
    assert.ok(folders.size > 20);
    assert.deepEqual(
      [...folders].filter(([, count]) => count > MOST_FILES),
      [],
    );
  });

  it(`has no file of more than ${MOST_LINES} lines, except styles and texts`, () => {
    const long = files
      .filter((file) => !LISTS.test(file))
      .map((file) => [file, readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length] as const)
      .filter(([, lines]) => lines > MOST_LINES);
    assert.deepEqual(long, []);
  });
});
