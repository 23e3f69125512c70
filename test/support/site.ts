import { startDemo, type Demo } from '../../server/dev.js';

/**
 * Starts the server of `npm start`, by default on a free port, and at an address where pages count
 * as secure. Close it after use.
 */
export function startSite({ port = 0, host = '127.0.0.1' } = {}): Promise<Demo> {
  return startDemo({ port, host });
}
