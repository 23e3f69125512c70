import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const file = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url));

/**
 * Replaces the part of docs/benchmarks.md that `command` generated with `markdown`. The rest of the
 * page is written by hand.
 */
export async function writeDocs(command: string, markdown: string): Promise<void> {
  const [begin, end] = [`<!-- ${command}: begin -->`, `<!-- ${command}: end -->`];
  const page = readFileSync(file, 'utf8');
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`${file} lacks the lines ${begin} and ${end}`);
  const whole = [before, begin, '\n\n', markdown, '\n\n', end, after].join('');
  // Formatted, so that lint accepts it.
  writeFileSync(file, await format(whole, { ...(await resolveConfig(file)), parser: 'markdown' }));
}
