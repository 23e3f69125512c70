// The lint rule that keeps the arrows of the architecture's picture: who in src/ may import what.
// A line of the table reads: files here may import these values, and these things as types only.
import { dirname, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Any package, where the line does not name the few that are allowed. */
const any = /^(?!src\/)/;
const errors = /^src\/errors$/;
/**
 * Small files at the top of src/, and those of src/timing/, that everybody may use, and that know
 * nobody: shapes, and functions of their arguments.
 */
const leaf = /^src\/(timing\/)?(?!index$|events$)[\w-]+$/;
const channel = /^src\/peer\/channel$/;
const vendored = /^src\/peer\/peerjs\/vendor\/peerjs$/;
/**
 * What the hub lends to the small elements: how they find it and ask it, and what both have to
 * know.
 */
const lent = /^src\/hub\/(hub-element|requests|accept|file-life|page\/invitation)$/;
const peerjs = /^peerjs(\/|$)/;

/** @typedef {{ files: RegExp, values: RegExp[], types?: RegExp[], never?: RegExp[] }} Arrows */

/**
 * The first line whose `files` match counts. Paths are without extension, from the root.
 *
 * @type {Arrows[]}
 */
const table = [
  // The leaves: everybody may look at these two, they look at nobody above them.
  { files: /^src\/errors$/, values: [] },
  { files: /^src\/events$/, values: [errors], types: [/^src\/(?!elements\/|define\/|index$)/] },
  { files: /^src\/index$/, values: [/^src\//], never: [vendored] },
  { files: leaf, values: [leaf] },
  { files: /^src\/strings\//, values: [/^src\/strings\//, leaf, any], never: [peerjs] },

  // Siblings, tested with fakes: they know the types of a channel, and not what makes one.
  ...['room', 'transfer'].map((layer) => ({
    files: new RegExp(`^src/${layer}/`),
    values: [new RegExp(`^src/${layer}/`), leaf, /^@noble\/(hashes\/|ed25519$)/],
    types: [channel],
  })),
  // Their third sibling keeps, beyond the life of the page, what goes through them.
  {
    files: /^src\/store\//,
    values: [/^src\/store\//, leaf, /^idb$/],
    types: [/^src\/transfer\//],
  },
  { files: channel, values: [], types: [errors] },
  { files: /^src\/peer\/peerjs\/peerjs$/, values: [/^src\/peer\//, leaf, any], never: [peerjs] },
  { files: vendored, values: [peerjs] },
  {
    files: /^src\/peer\//,
    values: [/^src\/peer\//, leaf, any],
    types: [vendored],
    never: [vendored, peerjs],
  },

  {
    files: /^src\/capture\//,
    values: [/^src\/capture\//, /^src\/events$/, leaf, any],
    never: [peerjs],
  },

  // The hub composes room, transfer and store; <snap-connection> puts it into the page. The small
  // elements get the types of all that, for the state that comes down.
  {
    files: /^src\/hub\//,
    values: [/^src\/(?!elements\/|define\/|index$)/, any],
    never: [vendored, peerjs],
  },
  {
    files: /^src\/elements\/snap-connection\//,
    values: [/^src\/(hub|elements)\//, /^src\/events$/, leaf, any],
    types: [/^src\/(room|transfer)\//],
    never: [peerjs],
  },
  {
    files: /^src\/elements\//,
    values: [/^src\/(elements|capture|strings)\//, lent, /^src\/events$/, leaf, any],
    types: [/^src\/(hub|room|transfer)\//],
    never: [peerjs],
  },
  { files: /^src\/define\//, values: [/^src\/(define|elements)\//, /^src\/policy-guard$/, errors] },
];

/** The element that a file belongs to: its folder. */
const owner = (/** @type {string} */ path) =>
  /^src\/elements\/(snap-(?:connection|camera|sender|invite)|photo-trail)\//.exec(path)?.[1];

/**
 * Why `from` may not import `to`, or undefined where it may. Both without extension, from the root;
 * packages by name.
 *
 * @param {string} from
 * @param {string} to
 * @param {boolean} typeOnly
 */
function objection(from, to, typeOnly) {
  const line = table.find(({ files }) => files.test(from));
  if (!line) return `"${from}" has no line in the table of scripts/arrows.mjs; give it one.`;
  if (owner(from) && owner(to) && owner(from) !== owner(to) && !typeOnly)
    return 'An element does not import another element: requests go up as events, state comes down.';
  const matches = (/** @type {RegExp[]} */ patterns = []) => patterns.some((pattern) => pattern.test(to));
  if (typeOnly && matches(line.types)) return undefined;
  if (matches(line.never)) return `"${from}" must not know "${to}".`;
  if (matches(line.values)) return undefined;
  return matches(line.types)
    ? `"${from}" may import only types from "${to}": write "import type".`
    : `The arrow from "${from}" to "${to}" is not in the picture (scripts/arrows.mjs).`;
}

/** @param {string} filename */
const pathInRoot = (filename) => relative(root, filename).split(sep).join(posix.sep);
const withoutExtension = (/** @type {string} */ path) => path.replace(/(\.d)?\.[jt]s$/, '');

/** @type {import('eslint').Rule.RuleModule} */
const onlyDownwards = {
  meta: {
    type: 'problem',
    docs: { description: "Imports follow the arrows of the architecture's picture." },
  },
  create(context) {
    const from = withoutExtension(pathInRoot(context.filename));

    /** @param {any} node  @param {any} source  @param {boolean} typeOnly */
    const check = (node, source, typeOnly) => {
      if (typeof source?.value !== 'string') return;
      const local = source.value.startsWith('.');
      const to = local ? withoutExtension(posix.join(posix.dirname(from), source.value)) : source.value;
      const message = objection(from, to, typeOnly);
      if (message) context.report({ node, message });
    };
    /** `import type` and `import { type A, type B }` both vanish. @param {any} node */
    const isTypeOnly = (node) =>
      (node.importKind ?? node.exportKind) === 'type' ||
      (node.specifiers?.length > 0 &&
        node.specifiers.every((/** @type {any} */ one) => (one.importKind ?? one.exportKind) === 'type'));

    return {
      ImportDeclaration: (node) => check(node, node.source, isTypeOnly(node)),
      ExportNamedDeclaration: (node) => check(node, node.source, isTypeOnly(node)),
      ExportAllDeclaration: (node) => check(node, node.source, isTypeOnly(node)),
      ImportExpression: (node) => check(node, node.source, false),
      TSImportType: (/** @type {any} */ node) => check(node, node.source, true),
    };
  },
};

/** @type {import('eslint').ESLint.Plugin} */
export default { rules: { 'only-downwards': onlyDownwards } };
