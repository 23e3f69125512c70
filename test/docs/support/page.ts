import { readFileSync } from 'node:fs';

/** A fenced block: the language and the attribute after its fence, and what stands in it. */
interface Block {
  readonly language: string;
  /** As `name="root"` or `topic="room"`. */
  readonly attribute: string;
  readonly lines: readonly string[];
}

const page = readFileSync(new URL('../../../docs/protocol.md', import.meta.url), 'utf8');

const blocks: readonly Block[] = [...page.matchAll(/^```(\w+) (\S+)\n(.*?)^```$/gms)].map(
  ([, language, attribute, content]) => ({
    language: language!,
    attribute: attribute!,
    lines: content!.trimEnd().split('\n'),
  }),
);

/**
 * The part under the heading of the second level that ends with `title`. Throws when there is none.
 */
export function section(title: string): string {
  const found = page.split(/^## /m).find((part) => part.split('\n', 1)[0]!.endsWith(title));
  if (found === undefined) throw new Error(`No section “${title}” in docs/protocol.md`);
  return found;
}

/** The value in the block ```` ```json name="…" ````. */
export function json(name: string): unknown {
  return JSON.parse(block('json', `name="${name}"`).lines.join('\n'));
}

/** The values in a block of `jsonl`, one a line. */
export function jsonLines<T>(attribute: string): T[] {
  return block('jsonl', attribute).lines.map((line) => JSON.parse(line) as T);
}

/** The words in the block ```` ```text name="…" ````. */
export function words(name: string): string[] {
  return block('text', `name="${name}"`).lines.join(' ').split(/\s+/);
}

/**
 * The bytes in the block ```` ```hex name="…" ````: pairs of digits, texts in quotes, and on a line
 * nothing more after a semicolon.
 */
export function bytes(name: string): Buffer {
  const parts = block('hex', `name="${name}"`).lines.map((line) => bytesOfLine(line.split(';')[0]!.trim()));
  return Buffer.concat(parts);
}

function bytesOfLine(line: string): Buffer {
  const tokens = line.match(/"[^"]*"|[^\s"]+/g) ?? [];
  return Buffer.concat(
    tokens.map((token) => {
      if (token.startsWith('"')) return Buffer.from(token.slice(1, -1));
      if (!/^[0-9a-f]{2}$/.test(token)) throw new Error(`“${token}” is not a byte`);
      return Buffer.from(token, 'hex');
    }),
  );
}

function block(language: string, attribute: string): Block {
  const found = blocks.filter((each) => each.language === language && each.attribute === attribute);
  if (found.length !== 1) {
    throw new Error(`${found.length} blocks \`\`\`${language} ${attribute} in docs/protocol.md, not one`);
  }
  return found[0]!;
}
