// Finds coturn, the TURN server, for the tests that connect through a relay, and installs it where
// there is none.
import { firstThatStarts, installDebians, onPath, required } from './programs.mjs';

const wellKnown = ['/opt/homebrew/bin/turnserver', '/usr/local/bin/turnserver'];

/** The first that starts of: the one in TURNSERVER_PATH, an installed one. */
export function findCoturn() {
  return Promise.resolve(
    firstThatStarts([process.env.TURNSERVER_PATH, ...onPath('turnserver'), ...wellKnown]),
  );
}

/** What {@link findCoturn} finds, after installing it if need be. */
export function requireCoturn() {
  return required(
    findCoturn,
    [() => installDebians('coturn')],
    'These tests need coturn; it is not installed, and installing it failed. ' +
      'Install it, or say where it is: TURNSERVER_PATH=/path/to/turnserver npm run test:relay',
  );
}
