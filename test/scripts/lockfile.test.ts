import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

interface Package {
  version?: string;
  integrity?: string;
  resolved?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const lockfile = new URL('../../package-lock.json', import.meta.url);
const { packages } = JSON.parse(readFileSync(lockfile, 'utf8')) as { packages: Record<string, Package> };
const installed = Object.entries(packages).filter(([path]) => path !== '');

describe('the lockfile', () => {
  it('pins each package by version and content, and names no registry', () => {
    const wrong = installed.filter(
      ([, { version, integrity, resolved }]) => !version || !integrity || resolved,
    );
    assert.deepEqual(wrong, []);
  });

  // npm leaves out what its registry did not have that day, without a word; `npm ci` then refuses
  // the whole file.
  it('has the binaries of every platform', () => {
    const missing = installed.flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !isLocked(name, path)),
    );
    assert.deepEqual(missing, []);
  });
});

/**
 * Whether `name` would be found from the package at `path`, as Node looks for it: inside, then
 * upwards.
 */
function isLocked(name: string, path: string): boolean {
  const places = path
    .split('/node_modules/')
    .map((_, depth, parts) => parts.slice(0, depth + 1).join('/node_modules/'));
  return ['', ...places].some((place) => `${place ? `${place}/` : ''}node_modules/${name}` in packages);
}
