/**
 * Every way in which snaptrail can fail, by its stable code.
 *
 * The sentences are for developers who read a log. The texts that people see, including what they
 * can do, are in `strings/` under `error-<code>`, in their own language. A code never changes its
 * meaning. New codes may be added, but may only be sent to a peer in a new version of the protocol:
 * see `docs/protocol.md`, section 12.
 */
export const ERROR_CODES = {
  // The room
  'room-code-invalid': 'The room code is not 26 characters of a-z and 2-7.',
  'room-in-use': 'Another <snap-connection> on this page is already in this room.',
  'room-full': 'The room already has as many members as max-peers allows.',
  'server-unreachable': 'The PeerServer could not be reached, or closed the connection.',
  'server-full': 'The PeerServer has no capacity for another client. The hub retries until it has.',
  'server-refused': 'The PeerServer answered, but refused to serve this page.',
  'server-invalid': 'The server attribute is not the URL of a PeerServer.',
  'ice-servers-invalid': 'The ice-servers attribute is not a JSON array of RTCIceServer objects.',
  'webrtc-unsupported': 'This browser has no RTCPeerConnection.',
  'browser-unsupported': 'This browser lacks a feature that snaptrail requires.',
  'connections-exhausted':
    'A peer could not be admitted: the browser has not yet garbage-collected enough of this page’s closed RTCPeerConnections.',

  // A peer
  'peer-unverified':
    'A connection could not prove that it knows the room code, bound to the certificates that it uses.',
  'peer-unreachable': 'A member is in the room, but no network path between the two browsers was found.',
  'relay-refused':
    'A member is in the room, but no network path was found, and the TURN server refused to relay: the credentials are wrong or have expired.',
  'relay-unreachable':
    'A member is in the room, but no network path was found, and no TURN server in ice-servers provided a relay in time.',
  'relay-missing': 'A member is in the room, but relay-only is set and ice-servers contains no TURN server.',
  'peer-lost': 'The connection to a peer was lost.',
  'peer-protocol': 'A peer sent something that violates the protocol.',
  'peer-version': 'A peer uses a version of the protocol that this page does not support.',

  // A transfer
  'transfer-cancelled': 'This page cancelled the transfer.',
  'transfer-cancelled-by-peer': 'The peer cancelled the transfer.',
  'transfer-declined': 'The receiver declined the offer.',
  'transfer-too-large': 'The offer is larger than the receiver’s max-size.',
  'transfer-type-refused': 'The type of the offer is not in the receiver’s accept list.',
  'transfer-corrupt': 'The bytes that arrived do not match the digests that the sender announced.',
  'transfer-no-recipient': 'All recipients left the room before the transfer was delivered.',
  'transfer-expired': 'A recipient disconnected and did not return within 24 hours.',
  'transfer-illegal-move': 'The method is not allowed in the transfer’s current state.',
  'source-unreadable': 'The file could not be read, or it changed after it was chosen.',
  'source-unsupported': 'send() does not support data of this type.',
  'storage-full': 'There is not enough storage for the offered file, or for a file that waits to be sent.',
  'storage-failed': 'Storing the received bytes failed.',
  'item-lost': 'A received item can no longer be read, because the data of this site was cleared.',

  // The camera
  'camera-denied': 'The person or the site settings denied access to the camera.',
  'camera-dismissed': 'The person dismissed the browser’s camera permission prompt without answering it.',
  'camera-denied-by-system': 'The operating system denies this browser access to the camera.',
  'camera-blocked-by-policy': 'A permissions policy forbids this page or frame to use the camera.',
  'camera-insecure': 'Cameras are only available on HTTPS pages and on localhost.',
  'camera-missing': 'No camera (or no microphone) was found.',
  'camera-busy': 'The camera is in use by another program, or could not be started.',
  'camera-unplugged': 'The camera was disconnected while it was in use.',
  'camera-switch-failed': 'No other camera could be started. The previous camera is on again.',
  'camera-unsupported': 'This browser does not let pages use a camera.',
  'camera-not-ready': 'A photo was requested before the camera was live.',
  'capture-failed': 'The camera is live, but taking a photo failed.',
  'capture-blocked': 'This browser’s privacy protection alters the pixels that a page reads from a canvas.',
  'recording-failed': 'Recording stopped because of an error.',

  // The page
  'trusted-types-refused':
    "The page's Content-Security-Policy prevents lit from loading, so no element is defined: add lit-html to its trusted-types directive, and 'allow-duplicates' if the page loads another copy of lit.",
  'connection-missing': 'The element does not belong to a <snap-connection>.',
  'clipboard-failed': 'The browser refused to write to the clipboard.',
  'share-failed': 'The browser could not share the file or the link.',
} as const;

/** One of the stable codes in {@link ERROR_CODES}. */
export type SnapErrorCode = keyof typeof ERROR_CODES;

const NO_PATH = ['peer-unreachable', 'relay-refused', 'relay-unreachable', 'relay-missing'] as const;

/** Whether the code means that a member is in the room, but no network path leads to it. */
export function isNoPath(code: SnapErrorCode): code is (typeof NO_PATH)[number] {
  return (NO_PATH as readonly SnapErrorCode[]).includes(code);
}

/**
 * An error with a stable {@link SnapErrorCode}. `message` is a sentence for developers, followed by
 * `detail` where there is more to say. `cause` is the error that the platform threw, if there was
 * one.
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

  /**
   * Wraps whatever was thrown in a `SnapError` with the code `fallback`. A `SnapError` is returned
   * as it is.
   */
  static from(thrown: unknown, fallback: SnapErrorCode): SnapError {
    if (thrown instanceof SnapError) return thrown;
    return new SnapError(fallback, {
      cause: thrown,
      detail: thrown instanceof Error ? thrown.message : String(thrown),
    });
  }

  /** Whether `text`, which may come from a peer, is one of our codes. */
  static isCode(text: unknown): text is SnapErrorCode {
    return typeof text === 'string' && Object.hasOwn(ERROR_CODES, text);
  }
}

/**
 * Formats the error's stack now, so that the error no longer holds on to its frames. V8 does this
 * lazily; until then the error retains every function on its stack, and through them the connection
 * that it came from. A transfer keeps the error that ended it.
 */
function forgetFrames(error: Error): void {
  const { stack } = error;
  // Not an assignment, which would throw on a page that freezes its errors.
  if (stack !== undefined) Reflect.set(error, 'stack', stack);
}
