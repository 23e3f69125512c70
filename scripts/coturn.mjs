// Finds coturn, a TURN server, for the tests that connect through a relay, and installs it where
// there is none.
import { installPackage } from './apt.mjs';
import { firstThatStarts, onPath, required } from './programs.mjs';

const wellKnown = ['/opt/homebrew/bin/turnserver', '/usr/local/bin/turnserver'];

/** The first that starts of: the one in TURNSERVER_PATH, an installed one. */
function findCoturn() {
  return Promise.resolve(
    firstThatStarts([process.env.TURNSERVER_PATH, ...onPath('turnserver'), ...wellKnown]),
  );
}

/** The path of `turnserver`, after installing coturn if there is none. */
export function requireCoturn() {
  return required(
    findCoturn,
    [() => installPackage('coturn')],
    'These tests need coturn: install it (on Debian: apt-get install coturn), or set ' +
      'TURNSERVER_PATH to its turnserver.',
  );
}
