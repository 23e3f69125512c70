import { Room, type RoomOptions } from '../../../src/room/room.js';
import { makeRoomCode } from '../../../src/room/code.js';
import { Identity } from '../../../src/room/identity.js';
import { SimulatedServer, type SimulatedPage } from './server.js';

/** A page with a room in it, and what that room has told. */
export class Resident {
  readonly page: SimulatedPage;
  readonly room: Room;
  readonly identity: Identity;
  /** What has happened, as `join ada`, `state connected`, `error room-full`. */
  readonly told: string[] = [];

  constructor(
    server: SimulatedServer,
    name: string,
    options: Partial<RoomOptions> & { code: string; identity?: Identity },
  ) {
    this.page = server.page();
    this.identity = options.self?.identity ?? options.identity ?? new Identity(secretOfChance());
    this.room = new Room({
      self: { identity: this.identity, name, sendOnly: false },
      signalling: this.page.signalling,
      clock: this.page.clock,
      maxPeers: 12,
      ...options,
    });
    this.room.onstate = (state) => this.told.push(`state ${state}`);
    this.room.onjoin = (member) => this.told.push(`join ${member.name}`);
    this.room.onreconnected = (member) => this.told.push(`path ${member.name}`);
    this.room.onlost = (member) => this.told.push(`lost ${member.name}`);
    this.room.onleave = (member, why) => this.told.push(`${why} ${member.name}`);
    this.room.onerror = ({ code }) => this.told.push(`error ${code}`);
  }

  get id(): string {
    return this.identity.id;
  }

  /** Names of those it is connected to, in order. */
  get sees(): string[] {
    return this.room.members
      .filter(({ connected }) => connected)
      .map(({ name }) => name)
      .sort();
  }
}

/** A PeerServer, and the residents of one room. */
export class Simulation {
  readonly server: SimulatedServer;
  readonly code = makeRoomCode();
  readonly residents: Resident[] = [];

  constructor(seed = 1) {
    this.server = new SimulatedServer(seed);
  }

  get clock(): SimulatedServer['clock'] {
    return this.server.clock;
  }

  /** Residents whose pages are alive and have not left. */
  get present(): Resident[] {
    return this.residents.filter(
      ({ page, room }) => !page.clock.dead && room.state !== 'closed' && room.state !== 'failed',
    );
  }

  /** A new resident, joining. */
  join(name: string, options: Partial<RoomOptions> & { identity?: Identity } = {}): Resident {
    const resident = new Resident(this.server, name, { code: this.code, ...options });
    this.residents.push(resident);
    resident.room.join();
    return resident;
  }

  /** Whether everybody is connected to everybody else, and to nobody else. */
  readonly isWhole = (): boolean => {
    const names = this.present.map(({ room }) => room).length;
    return this.present.every(
      (resident) =>
        resident.sees.length === names - 1 &&
        this.present.every(
          (other) =>
            other === resident ||
            resident.room.members.some(({ id, connected }) => connected && id === other.id),
        ),
    );
  };

  /** `count` residents who have found each other. */
  async room(count: number): Promise<Resident[]> {
    const residents = Array.from({ length: count }, (_, number) => this.join(`r${number}`));
    await this.clock.until(
      () => this.isWhole() && residents.every(({ room }) => room.state !== 'joining'),
      20_000,
    );
    return residents;
  }

  /** Numbers of the doors that somebody holds at the server. */
  get doors(): number[] {
    return this.server.ids
      .flatMap((id) => /-d-(\d)$/.exec(id)?.[1] ?? [])
      .map(Number)
      .sort();
  }

  /** The resident who holds the door, if any. */
  keeper(door: number): Resident | undefined {
    const id = this.server.ids.find((other) => other.endsWith(`-d-${door}`));
    return this.residents.find(({ page }) => id !== undefined && page === this.server.holder(id)?.page);
  }
}

/** From sixteen random bytes twice over: that is chance enough for a test. */
function secretOfChance(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .repeat(2);
}
