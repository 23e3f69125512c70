import { startDemo, type Demo } from '../../server/dev.js';

/**
 * The very server of `npm start`, by default on a free port and where a page counts as secure.
 * Close it after use.
 */
export function startSite({ port = 0, host = '127.0.0.1' } = {}): Promise<Demo> {
  return startDemo({ port, host });
}
