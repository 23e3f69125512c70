// `npm start`: sets the checkout up if need be, then runs server/dev.ts in this process.
import { endWithNpm } from './end-with-npm.mjs';
import { setUp } from './setup.mjs';

try {
  endWithNpm();
  await setUp();
  const { register } = await import('tsx/esm/api');
  register();
  const { main } = await import('../server/dev.js');
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
