import type { Connection } from '../../../src/peer/channel.js';
import { Handshake } from '../../../src/room/handshake.js';
import { Identity } from '../../../src/room/identity.js';
import { deriveKeys, newMemberId } from '../../../src/room/keys.js';
import type { HelloMessage } from '../../../src/room/messages.js';
import { parseRoomMessage } from '../../../src/room/parse.js';
import type { Resident, Simulation } from '../simulation/room.js';
import type { SimulatedClaim } from '../simulation/server.js';

export async function claimNow(town: Simulation, id: string): Promise<SimulatedClaim> {
  const claiming = town.server.page().claim(id);
  await town.clock.pass(100);
  return claiming;
}

/** The id by which a resident can be dialled. */
export function idOf(town: Simulation, { page }: Resident): string {
  return town.server.ids.find((id) => id.includes('-m-') && town.server.holder(id)?.page === page)!;
}

/**
 * Connects to `resident` by the rules, and then says who it is as `lie` has it: by what its own
 * hello would be. Everything that it hears is in `heard`.
 */
export async function introduce(
  town: Simulation,
  resident: Resident,
  lie: (hello: HelloMessage, statement: Uint8Array) => object = (hello) => hello,
  identity = new Identity(),
): Promise<Connection & { readonly heard: string[] }> {
  const { tag, key } = deriveKeys(town.code);
  const claim = await claimNow(town, newMemberId(tag));
  const dialling = claim.dial(idOf(town, resident), { timeout: 5_000 });
  await town.clock.pass(500);
  const connection = await dialling;
  const handshake = new Handshake(connection, key);
  const room = connection.channel('room');
  const heard: string[] = [];
  room.onmessage = (text) => {
    heard.push(text as string);
    const message = parseRoomMessage(text);
    if (message.type === 'hello') {
      const statement = handshake.ourStatement;
      const self = { id: identity.id, name: 'mallory', sendOnly: false, peerId: claim.id };
      room.send(JSON.stringify(lie({ ...message, ...self, ...identity.sign(statement) }, statement)));
    }
    const answer = message.type === 'nonce' || message.type === 'proof' ? handshake.take(message) : null;
    if (answer) room.send(JSON.stringify(answer));
  };
  room.send(JSON.stringify(handshake.nonce));
  await town.clock.pass(1_000);
  return Object.assign(connection, { heard });
}
