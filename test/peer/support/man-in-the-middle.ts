import type { InPageServer, Message } from './in-page-server.js';

interface Leg {
  readonly connection: RTCPeerConnection;
  channel: RTCDataChannel | null;
  /** For whom there is no channel yet. */
  readonly waiting: (string | ArrayBuffer)[];
}

/**
 * Makes `server` answer every offer itself, with a certificate of its own, make another offer in
 * the caller's name, and pass on what both sides say: what a PeerServer can do that wants to
 * listen. `overheard` has all of it.
 */
export function listenIn(server: InPageServer): { overheard: unknown[]; stop: () => void } {
  const overheard: unknown[] = [];
  const legs = new Map<string, Leg>();
  const { RTCPeerConnection } = globalThis;

  /** The connection of the listener with `victim`, in the name of `name`. */
  const leg = (victim: string, name: string, payload: Record<string, unknown>): Leg => {
    const connection = new RTCPeerConnection();
    const made: Leg = { connection, channel: null, waiting: [] };
    connection.onicecandidate = ({ candidate }) => {
      if (!candidate) return;
      const { type, connectionId } = payload;
      server.deliver({
        type: 'CANDIDATE',
        src: name,
        dst: victim,
        payload: { candidate, type, connectionId },
      });
    };
    legs.set(`${victim} ${String(payload.connectionId)}`, made);
    return made;
  };

  /** Passes on what comes from one leg to the other. */
  const join = (from: Leg, to: Leg, channel: RTCDataChannel) => {
    from.channel = channel;
    channel.binaryType = 'arraybuffer';
    channel.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      overheard.push(data);
      if (to.channel?.readyState === 'open') to.channel.send(data as string);
      else to.waiting.push(data);
    };
    channel.onopen = () => {
      for (const data of from.waiting.splice(0)) channel.send(data as string);
    };
    channel.onclose = () => to.connection.close();
  };

  const offered = async ({ src, dst, payload }: Message) => {
    const caller = leg(src!, dst!, payload!);
    const callee = leg(dst!, src!, payload!);
    caller.connection.ondatachannel = ({ channel }) => join(caller, callee, channel);
    join(callee, caller, callee.connection.createDataChannel(String(payload!.label)));
    await caller.connection.setRemoteDescription(payload!.sdp as RTCSessionDescriptionInit);
    await caller.connection.setLocalDescription();
    const { type, connectionId } = payload!;
    const sdp = caller.connection.localDescription;
    server.deliver({ type: 'ANSWER', src: dst!, dst: src!, payload: { type, connectionId, sdp } });
    await callee.connection.setLocalDescription();
    server.deliver({
      type: 'OFFER',
      src: src!,
      dst: dst!,
      payload: { ...payload, sdp: callee.connection.localDescription },
    });
  };

  server.relay = (message, pass) => {
    const victim = legs.get(`${message.src!} ${String(message.payload?.connectionId)}`);
    if (message.type === 'OFFER') void offered(message);
    else if (!victim) pass(message);
    else if (message.type === 'ANSWER') {
      void victim.connection.setRemoteDescription(message.payload!.sdp as RTCSessionDescriptionInit);
    } else if (message.type === 'CANDIDATE') {
      victim.connection.addIceCandidate(message.payload!.candidate as RTCIceCandidateInit).catch(() => {});
    }
  };

  return {
    overheard,
    stop: () => {
      for (const { connection } of legs.values()) connection.close();
    },
  };
}
