// Makes a checkout ready to run, and costs nothing when it already is: packages and the pre-built
// PeerJS.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** In node_modules, so that deleting that folder also forgets what was in it. */
const stamp = join(root, 'node_modules/.snaptrail');
const vendored = join(root, 'src/peer/peerjs/vendor/peerjs.js');

/** Installs what is missing. No package is imported before this has run. */
export async function setUp() {
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(vendored)) return;
  if (!isInstalled()) installPackages();
  const { vendorPeerjs } = await import('./vendor.mjs');
  await vendorPeerjs();
  writeFileSync(stamp, wanted);
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', 'scripts/vendor.mjs']) hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/**
 * Whether node_modules has what the lockfile asks for: somebody may have run `npm install` by hand.
 */
function isInstalled() {
  // npm's own record of what it put there.
  const record = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.keys(wanted).every(
    (path) => !path || wanted[path].optional || installed[path]?.version === wanted[path].version,
  );
}

function installPackages() {
  console.log('Installing packages (npm ci); this happens once.');
  // The npm that runs us, if one does; `--include=dev` because NODE_ENV=production would leave the
  // tools out.
  const npm = process.env['npm_execpath'];
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--no-progress'];
  const result = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.status !== 0) throw new Error('npm ci failed; what it printed above says why.');
}
