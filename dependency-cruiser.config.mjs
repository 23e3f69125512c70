// The architecture's picture, checked by `npm run lint`: which folder of src/ may import what. The
// picture itself, with reasons, is in docs/architecture.md.

/**
 * One layer of the picture. Paths are regular expressions from the project's root; packages are
 * matched by their place in node_modules.
 *
 * @typedef {object} Layer
 * @property {string} name of the rule, as an error shows it
 * @property {string} comment
 * @property {string[]} files
 * @property {string[]} [except] files of another layer
 * @property {string[]} values what these files may import
 * @property {string[]} [types] what they may import with `import type` only
 */

/** @param {string[]} names npm packages; their subpaths are included */
const packages = (...names) => names.map((name) => `(^|/)node_modules/${name}/`);

const errors = '^src/errors\\.ts$';
const events = '^src/(request-)?events\\.ts$';
const index = '^src/index\\.ts$';
const channel = '^src/peer/channel\\.ts$';
const peerjs = '^src/peer/peerjs/peerjs\\.ts$';
const vendored = '^src/peer/peerjs/vendor/';
/** Small modules that anybody may use and that know nobody: shapes, and pure functions. */
const leaf = ['^src/timing/', '^src/(?!index\\.ts|(request-)?events\\.ts)[^/]+\\.ts$'];
/** What the hub offers to the small elements: how to find it and what to ask it for. */
const lent = '^src/hub/(hub-element|requests|accept|file-life|remedies|page/invitation)\\.ts$';
const anyPackage = '(^|/)node_modules/';

/** @type {Layer[]} */
const layers = [
  { name: 'errors', comment: 'errors.ts imports nothing.', files: [errors], values: [] },
  {
    name: 'events',
    comment: 'events.ts describes what the layers below the elements hand out.',
    files: [events],
    values: [events, errors],
    types: ['^src/(?!elements/|define/|index\\.ts)'],
  },
  {
    name: 'public-face',
    comment: 'index.ts exports from anywhere in src/.',
    files: [index],
    values: ['^src/(?!peer/peerjs/vendor/)'],
  },
  {
    name: 'leaves',
    comment: 'Modules that everybody may import import only each other.',
    files: leaf,
    except: [errors],
    values: leaf,
  },
  {
    name: 'strings',
    comment: 'Texts know nothing of what shows them.',
    files: ['^src/strings/'],
    values: ['^src/strings/', ...leaf, anyPackage],
  },
  {
    name: 'room',
    comment: 'room/ is tested with fakes: it knows the types of a channel, not what makes one.',
    files: ['^src/room/'],
    values: ['^src/room/', ...leaf, ...packages('@noble/hashes', '@noble/ed25519')],
    types: [channel],
  },
  {
    name: 'transfer',
    comment: 'transfer/ is tested with fakes: it knows the types of a channel, not what makes one.',
    files: ['^src/transfer/'],
    values: ['^src/transfer/', ...leaf, ...packages('@noble/hashes')],
    types: [channel],
  },
  {
    name: 'store',
    comment: 'store/ keeps what transfers need after a reload; it knows only their shapes.',
    files: ['^src/store/'],
    values: ['^src/store/', ...leaf, ...packages('idb')],
    types: ['^src/transfer/'],
  },
  {
    name: 'channel',
    comment: 'peer/channel.ts holds types that everybody above may use.',
    files: [channel],
    values: [],
    types: [errors],
  },
  {
    name: 'peer',
    comment: 'Only peer/peerjs/peerjs.ts loads PeerJS; others may use its types.',
    files: ['^src/peer/'],
    except: [channel, peerjs, vendored],
    values: ['^src/peer/(?!peerjs/vendor/)', ...leaf, anyPackage],
    types: [vendored],
  },
  {
    name: 'peerjs',
    comment: 'PeerJS is imported from peerjs/vendor/, where it is stripped of what we do not use.',
    files: [peerjs],
    values: ['^src/peer/', ...leaf, anyPackage],
  },
  {
    name: 'vendored-peerjs',
    comment: 'The pre-built PeerJS and its types.',
    files: [vendored],
    values: packages('peerjs'),
  },
  {
    name: 'capture',
    comment: 'capture/ makes files from cameras and pictures; it knows neither hub nor elements.',
    files: ['^src/capture/'],
    values: ['^src/capture/', events, ...leaf, anyPackage],
  },
  {
    name: 'hub',
    comment: 'The hub composes room, transfer and store; it knows no element.',
    files: ['^src/hub/'],
    values: ['^src/(?!elements/|define/|index\\.ts|peer/peerjs/vendor/)', anyPackage],
  },
  {
    name: 'snap-connection',
    comment: '<snap-connection> puts the hub into the page.',
    files: ['^src/elements/snap-connection/'],
    values: ['^src/(hub|elements)/', events, ...leaf, anyPackage],
    types: ['^src/(room|transfer)/'],
  },
  {
    name: 'elements',
    comment: 'Elements find the hub and ask it; all else about it they know as types.',
    files: ['^src/elements/'],
    except: ['^src/elements/snap-connection/'],
    values: ['^src/(elements|capture|strings)/', lent, events, ...leaf, anyPackage],
    types: ['^src/(hub|room|transfer)/'],
  },
  {
    name: 'define',
    comment: 'define/ registers elements, so that importing a class has no side effect.',
    files: ['^src/define/'],
    values: ['^src/(define|elements)/', '^src/policy-guard\\.ts$', errors],
  },
];

/** How the cruiser labels imports that vanish when TypeScript is compiled. */
const typeOnly = /** @type {const} */ (['type-only', 'type-import']);

/**
 * An import of a value has to be on the first list, an import of a type on either.
 *
 * @param {Layer} layer
 * @returns {import('dependency-cruiser').IForbiddenRuleType[]}
 */
function rulesOf({ name, comment, files, except = [], values, types = [] }) {
  const from = { path: files, pathNot: except };
  return [
    {
      name,
      comment,
      severity: 'error',
      from,
      to: { pathNot: values, dependencyTypesNot: [...typeOnly] },
    },
    {
      name: `${name}-types`,
      comment,
      severity: 'error',
      from,
      to: { pathNot: [...values, ...types], dependencyTypes: [...typeOnly] },
    },
  ];
}

const element = '^src/elements/(snap-[a-z]+|photo-trail)/';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...layers.flatMap(rulesOf),
    {
      name: 'unknown-place',
      comment: 'Every file belongs to a layer of dependency-cruiser.config.mjs.',
      severity: 'error',
      from: { path: '^src/', pathNot: layers.flatMap(({ files }) => files) },
      to: {},
    },
    {
      name: 'no-circles',
      comment: 'Modules do not import each other in a circle, not even their types.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'elements-apart',
      comment: 'An element knows no other element: requests go up as events, state comes down.',
      severity: 'error',
      from: { path: element },
      to: { path: element, pathNot: '^src/elements/$1/' },
    },
    {
      name: 'shared-below-elements',
      comment: 'What elements share knows none of them.',
      severity: 'error',
      from: { path: '^src/elements/shared/' },
      to: { path: element },
    },
    {
      name: 'send-and-receive-apart',
      comment: 'Sending and receiving are siblings: they meet in transfer/link/.',
      severity: 'error',
      from: { path: '^src/transfer/(send|receive)/' },
      to: { path: '^src/transfer/(send|receive)/', pathNot: '^src/transfer/$1/' },
    },
    {
      name: 'peerjs-vendored-only',
      comment: 'The package peerjs is the source of peer/peerjs/vendor/, and nothing else imports it.',
      severity: 'error',
      from: { path: '^src/', pathNot: vendored },
      to: { path: packages('peerjs') },
    },
    {
      name: 'runs-in-a-page',
      comment: 'src/ runs in a page, which has neither devDependencies nor the modules of Node.',
      severity: 'error',
      from: { path: '^src/', pathNot: vendored },
      to: { dependencyTypes: ['npm-dev', 'core'], dependencyTypesNot: [...typeOnly] },
    },
  ],
  options: {
    // Types count: a circle of types is a circle for the reader.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: ['node_modules', vendored] },
  },
};
