// `npm run build`: src -> dist (modules and types), server -> dist/server, and the one file for a
// script tag.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, setUp } from './setup.mjs';

/** Runs a tool of node_modules/.bin. @param {string} script @param {string[]} args */
function run(script, ...args) {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(1);
}

await setUp();
rmSync(join(root, 'dist'), { recursive: true, force: true });
run('typescript/bin/tsc', '-p', 'tsconfig.build.json');
// tsc carries over neither of them: it compiles what is TypeScript.
mkdirSync(join(root, 'dist/peer/peerjs/vendor'), { recursive: true });
for (const file of ['peerjs.js', 'peerjs.d.ts'])
  cpSync(join(root, 'src/peer/peerjs/vendor', file), join(root, 'dist/peer/peerjs/vendor', file));
run('rollup/dist/bin/rollup', '--config', '--silent');
run('typescript/bin/tsc', '-p', 'server/tsconfig.json');
