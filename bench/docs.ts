import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const file = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url));

/** Between these lines stands what the bench writes; the rest of the page is written by people. */
const BEGIN = '<!-- npm run bench: begin -->';
const END = '<!-- npm run bench: end -->';

/** Puts `markdown` into docs/benchmarks.md, in the place of what the last run wrote there. */
export async function writeDocs(markdown: string): Promise<void> {
  const page = readFileSync(file, 'utf8');
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined)
    throw new Error(`${file} lacks the lines ${BEGIN} and ${END}`);
  const whole = [before, BEGIN, '\n\n', markdown, '\n\n', END, after].join('');
  // As `npm test` wants to see it.
  writeFileSync(file, await format(whole, { ...(await resolveConfig(file)), parser: 'markdown' }));
}
