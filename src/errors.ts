/**
 * Every way in which snaptrail can fail, by its stable code.
 *
 * The sentence is for the developer who reads a log. What the person reads, and what they can do
 * about it, is in `strings/` under `error.<code>`, in their language. A code never changes its
 * meaning. New ones may be added, but reach a peer only in a new version of the protocol: see
 * `docs/protocol.md`, section 11.
 */
export const ERROR_CODES = {
  // The room
  'room-code-invalid': 'The room code is not 26 characters of a-z and 2-7.',
  'room-in-use': 'Another <snap-connection> on this page is already in this room.',
  'room-full': 'The room already has as many members as max-peers allows.',
  'server-unreachable': 'The PeerServer could not be reached, or closed the connection.',
  'server-full': 'The PeerServer has no place for another client just now; it is tried again until it has.',
  'server-refused': 'The PeerServer answered, but refused to serve this page.',
  'server-invalid': 'The server attribute is not a URL of a PeerServer.',
  'ice-servers-invalid': 'The ice-servers attribute is not JSON of an RTCIceServer array.',
  'webrtc-unsupported': 'This browser has no RTCPeerConnection.',
  'browser-unsupported': 'This browser lacks something that cannot be done without.',
  'connections-exhausted':
    'The browser has yet to collect so many closed RTCPeerConnections of this page that somebody could not be let in.',

  // A peer
  'peer-unverified':
    'A connection could not prove that it knows the room code over the very certificates in use.',
  'peer-unreachable': 'Somebody is in the room, but no path was found between the two browsers.',
  'relay-refused':
    'Somebody is in the room, but no path was found, and the TURN server refused a relay: its credentials are wrong or have expired.',
  'relay-unreachable':
    'Somebody is in the room, but no path was found, and no TURN server in ice-servers gave a relay in time.',
  'relay-missing': 'Somebody is in the room, but relay-only is set, and ice-servers names no TURN server.',
  'peer-lost': 'The connection to a peer was lost.',
  'peer-protocol': 'A peer sent something that the protocol does not allow.',
  'peer-version': 'A peer speaks a version of the protocol that this one does not.',

  // A transfer
  'transfer-cancelled': 'The transfer was cancelled on this side.',
  'transfer-cancelled-by-peer': 'The transfer was cancelled on the other side.',
  'transfer-declined': 'The receiver declined the offer.',
  'transfer-too-large': 'The offer is larger than the receiver accepts (max-size).',
  'transfer-type-refused': 'The offer is of a type that the receiver does not accept (accept).',
  'transfer-corrupt': 'What arrived does not match the digests that the sender announced.',
  'transfer-no-recipient': 'Every recipient has left the room before the transfer was delivered.',
  'transfer-expired': 'A recipient that vanished did not return within 24 hours.',
  'transfer-illegal-move': 'A transfer was asked for a state that cannot follow its present one.',
  'source-unreadable': 'The file could not be read, or was changed after it was chosen.',
  'source-unsupported': 'send() was given data of a kind that it cannot send.',
  'storage-full': 'There is not enough room to store what is offered, or to keep what is yet to be sent.',
  'storage-failed': 'Storing what arrived has failed.',
  'item-lost': "What had arrived can't be read any more: the data of this site was cleared.",

  // The camera
  'camera-denied': 'The person or the site settings refused access to the camera.',
  'camera-dismissed': 'The person closed the browser’s question about the camera without an answer.',
  'camera-denied-by-system': 'The operating system refuses this browser access to the camera.',
  'camera-blocked-by-policy': 'A permissions policy keeps this page or frame from using the camera.',
  'camera-insecure': 'Cameras are only available on HTTPS pages and on localhost.',
  'camera-missing': 'No camera (or no microphone) was found.',
  'camera-busy': 'The camera is in use by another program or could not be started.',
  'camera-unplugged': 'The camera was disconnected while it was in use.',
  'camera-switch-failed': 'No other camera could be started: the one that was on is on again.',
  'camera-unsupported': 'This browser cannot use a camera in a page.',
  'camera-not-ready': 'A photo was asked for before the camera was live.',
  'capture-failed': 'The camera is live, but a photo could not be made from it.',
  'capture-blocked': 'Privacy protection in this browser alters pictures that a page makes.',
  'recording-failed': 'Recording stopped because of an error.',

  // The page
  'trusted-types-refused':
    "The page's Content-Security-Policy keeps lit from loading, so no element is defined: add lit-html to its trusted-types directive, and 'allow-duplicates' where another copy of lit is on the page.",
  'connection-missing': 'The element is not linked to a <snap-connection>.',
  'clipboard-failed': 'The browser refused to write to the clipboard.',
  'share-failed': 'The browser could not share.',
} as const;

/** One of the stable codes in {@link ERROR_CODES}. */
export type SnapErrorCode = keyof typeof ERROR_CODES;

const NO_PATH = ['peer-unreachable', 'relay-refused', 'relay-unreachable', 'relay-missing'] as const;

/** Whether the code says that somebody is here whom no path leads to. */
export function isNoPath(code: SnapErrorCode): code is (typeof NO_PATH)[number] {
  return (NO_PATH as readonly SnapErrorCode[]).includes(code);
}

/**
 * An error with a stable `code`. `message` is a sentence for the developer, with `detail` when
 * there is more to say; `cause` is what the platform threw, if it did.
 */
export class SnapError extends Error {
  readonly code: SnapErrorCode;

  constructor(code: SnapErrorCode, options: { detail?: string; cause?: unknown } = {}) {
    const { detail, cause } = options;
    super(
      detail ? `${ERROR_CODES[code]} (${detail})` : ERROR_CODES[code],
      cause === undefined ? {} : { cause },
    );
    this.name = 'SnapError';
    this.code = code;
    forgetFrames(this);
    if (cause instanceof Error) forgetFrames(cause);
  }

  /** Wraps anything thrown into a `SnapError`, leaving one that is already coded as it is. */
  static from(thrown: unknown, fallback: SnapErrorCode): SnapError {
    if (thrown instanceof SnapError) return thrown;
    return new SnapError(fallback, {
      cause: thrown,
      detail: thrown instanceof Error ? thrown.message : String(thrown),
    });
  }

  /** Whether a text from a peer is one of our codes. */
  static isCode(text: unknown): text is SnapErrorCode {
    return typeof text === 'string' && Object.hasOwn(ERROR_CODES, text);
  }
}

/**
 * V8 writes a stack out when it is first asked for; until then the error holds on to every function
 * on it, and so to the connection over which it came. Errors are kept for as long as the transfers
 * that they have ended.
 */
function forgetFrames(error: Error): void {
  const { stack } = error;
  // Not by an assignment: that throws where somebody has frozen it.
  if (stack !== undefined) Reflect.set(error, 'stack', stack);
}
