import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const page = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8');

/** A test as the page names it: `room/proof.spec.ts › is refused when made with another key`. */
interface Reference {
  readonly file: string;
  readonly title: string;
}

/** Every code span with a `›` in it; one that holds backticks has two of them around it. */
function references(text: string): Reference[] {
  return [...text.matchAll(/(?<!`)(`{1,2})(?!`)([^`\s]+) › (.+?)\1(?!`)/g)].map(([, , file, title]) => ({
    file: file!,
    title: title!,
  }));
}

/**
 * Whether the file has a test or a suite of that name. One that is made anew in a loop has holes in
 * its name; what the page says in their place has to stand in the file as well.
 */
function has(file: string, wanted: string): boolean {
  const source = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
  const calls = source.matchAll(/\b(?:it|describe)\(\s*(['"`])((?:\\.|(?!\1)[^\\])+)\1/g);
  return [...calls].some(([, , title]) => {
    const parts = title!.replace(/\\(.)/g, '$1').split(/\$\{[^}]*\}/);
    const pattern = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('(.*)');
    const fillings = new RegExp(`^${pattern}$`, 'u').exec(wanted)?.slice(1);
    return parts.join('').length > 5 && fillings?.every((filling) => source.includes(filling));
  });
}

/** The rows of every table with a column that is headed `test`. */
function rowsWithTests(): string[] {
  const tables = page.match(/(?:^\|.*\n)+/gm) ?? [];
  return tables
    .map((table) => table.trim().split('\n'))
    .filter(([head]) => /\| test +\|$/.test(head!))
    .flatMap((rows) => rows.slice(2));
}

describe('docs/security.md', () => {
  const named = references(page);

  for (const file of new Set(named.map((reference) => reference.file))) {
    it(`names tests that are in ${file}`, () => {
      assert.ok(existsSync(new URL(`../${file}`, import.meta.url)), 'There is no such file');
      for (const { title } of named.filter((reference) => reference.file === file))
        assert.ok(has(file, title), `There is no "${title}"`);
    });
  }

  it('has a test, or the reason for none, in every line that ought to have one', () => {
    const rows = rowsWithTests();
    assert.ok(rows.length >= 40, `${rows.length} lines`);
    for (const row of rows) {
      const last = row.split(' | ').at(-1)!;
      assert.ok(references(last).length > 0 || /None\b.{20,}/.test(last), row);
    }
  });

  it('speaks of tests in every section that makes a claim', () => {
    const sections = page.split(/^### /m).slice(1);
    for (const section of sections)
      assert.ok(references(section).length > 0 || section.includes('No test: '), section.slice(0, 100));
  });

  it('leads to parts of itself and to files that are there', () => {
    const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(
      ([, heading]) =>
        `#${heading!
          .toLowerCase()
          .replace(/[^\p{L}\p{N} -]/gu, '')
          .replaceAll(' ', '-')}`,
    );
    for (const [, target] of page.matchAll(/\]\(([^)]+)\)/g)) {
      if (target!.startsWith('#')) assert.ok(headings.includes(target!), target);
      else assert.ok(existsSync(new URL(`../../docs/${target!}`, import.meta.url)), target);
    }
  });
});
