import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const page = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8');
const tests = new URL('../', import.meta.url);

/** The ids of the tests that the text cites: every code span that starts with `#`. */
const citations = (text: string) => [...text.matchAll(/`#([a-z0-9-]+)`/g)].map(([, id]) => id!);

/** A comment that gives the test below it an id, as `// claim: #proof-other-key`. */
interface Claim {
  readonly id: string;
  /** For people: file and line. */
  readonly place: string;
  /** Whether the next line starts a test or a suite. */
  readonly aboveTest: boolean;
}

function claims(): Claim[] {
  const files = readdirSync(tests, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => /\.(spec|test)\.ts$/.test(file))
    .flatMap((file) => {
      const lines = readFileSync(new URL(file, tests), 'utf8').split('\n');
      return lines.flatMap((line, index) => {
        const id = /^\s*\/\/ claim: #([a-z0-9-]+)$/.exec(line)?.[1];
        if (!id) return [];
        return {
          id,
          place: `${file}:${index + 1}`,
          aboveTest: /^\s*(it|describe)\(/.test(lines[index + 1]!),
        };
      });
    });
}

/** The rows of every table whose last column is headed `test`. */
function rowsWithTests(): string[] {
  const tables = page.match(/(?:^\|.*\n)+/gm) ?? [];
  return tables
    .map((table) => table.trim().split('\n'))
    .filter(([head]) => /\| test +\|$/.test(head!))
    .flatMap((rows) => rows.slice(2));
}

describe('docs/security.md', () => {
  const made = claims();
  const cited = new Set(citations(page));

  it('cites only tests that exist', () => {
    const known = new Set(made.map(({ id }) => id));
    assert.ok(cited.size >= 150, `only ${cited.size} tests are cited`);
    for (const id of cited) assert.ok(known.has(id), `No test has the comment "// claim: #${id}"`);
  });

  it('cites every test that has an id', () => {
    for (const { id, place } of made) assert.ok(cited.has(id), `${place}: the page does not cite #${id}`);
  });

  it('can tell its tests apart: each id is used once, directly above a test', () => {
    const places = new Map<string, string>();
    for (const { id, place, aboveTest } of made) {
      assert.ok(aboveTest, `${place}: the line after the comment starts no test`);
      assert.ok(!places.has(id), `${place}: #${id} is already used at ${places.get(id)!}`);
      places.set(id, place);
    }
  });

  it('gives a test, or the reason for having none, in every row of its tables', () => {
    const rows = rowsWithTests();
    assert.ok(rows.length >= 40, `${rows.length} rows`);
    for (const row of rows) {
      const last = row.split(' | ').at(-1)!;
      assert.ok(citations(last).length > 0 || /None\b.{20,}/.test(last), row);
    }
  });

  it('mentions tests in every section that makes a claim', () => {
    const sections = page.split(/^### /m).slice(1);
    for (const section of sections)
      assert.ok(citations(section).length > 0 || section.includes('No test: '), section.slice(0, 100));
  });

  it('links only to headings and files that exist', () => {
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
