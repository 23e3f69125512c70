/**
 * PeerJS, pre-built by `scripts/vendor.mjs` without its adapter and its serializers. Load it lazily, with
 * `await import('./vendor/peerjs.js')`: importing it opens (and closes) a probe `RTCPeerConnection`.
 */
export { Peer, PeerError, BufferedConnection, util } from 'peerjs';
export type {
  DataConnection,
  PeerConnectOption,
  PeerErrorType,
  PeerEvents,
  PeerOptions,
  SerializerMapping,
} from 'peerjs';
