// `npm run bench`: sets the checkout up if need be, builds, and measures. `npm run bench -- --help`
// tells the options. With `links` as its first word it simulates links instead.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { endWithNpm } from './end-with-npm.mjs';
import { root, setUp } from './setup.mjs';

try {
  endWithNpm();
  await setUp();
  const { register } = await import('tsx/esm/api');
  register();
  if (process.argv[2] === 'links') {
    await import('../bench/links.js');
    process.exit(0);
  }
  const { main, parse, usage } = await import('../bench/main.js');
  const asked = parse(process.argv.slice(2));
  if (asked.help) {
    console.log(usage);
    process.exit(0);
  }
  // What people use is measured: the one built file.
  if (!asked['no-build']) {
    const { status } = spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], { stdio: 'inherit' });
    if (status !== 0) throw new Error('The build failed; what it printed above says why.');
  }
  // Explicitly, because `peer` keeps timers that nobody can clear.
  process.exit((await main(asked)) ? 0 : 1);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
