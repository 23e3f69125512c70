/**
 * Where a hub's stay in a room stands, and what leads from one state to the next. `Stay` carries
 * out what a step takes; here is only which steps there are.
 *
 * ```
 *            connect               grant              enter
 *  outside ──────────► opening ──────────► entering ──────────► inside ──drop──► dropped
 *                       │   │                ▲  ▲
 *                 yield │   │ block          │  │ grant
 *                       ▼   └──► blocked     │  │
 *                    yielding ───────────────┘──┘
 * ```
 *
 * From every state but `replaced`, the page can `connect` anew, `leave` or `renew`, and another hub
 * can `replace` this one. Whatever an attempt runs into before it is inside lets it `fail`.
 */
export type StayState =
  /** In no room, and the page wants none. */
  | 'outside'
  /** Reads from the page's settings and address which room to enter, and how. */
  | 'opening'
  /** Gives another element, which has the room but is out of the page, a task to come back. */
  | 'yielding'
  /** Another element of the page is in the room: waits until that leaves. */
  | 'blocked'
  /** Has the room to itself in this page, and finds out who this tab is. */
  | 'entering'
  /** In the room. */
  | 'inside'
  /** The room has given up for good: it is full, or the server refuses this page. */
  | 'dropped'
  /** Could enter no room, and has none. */
  | 'failed'
  /** Has left a room for one with a new code, and takes along what is meant for its members. */
  | 'renewing'
  /** Another hub of the page goes on in place of this one. Final. */
  | 'replaced';

export type StayEvent =
  'connect' | 'yield' | 'block' | 'grant' | 'enter' | 'drop' | 'fail' | 'leave' | 'renew' | 'replace';

/** What the page, or another hub of it, can do at any time. */
const ALWAYS = { connect: 'opening', leave: 'outside', renew: 'renewing', replace: 'replaced' } as const;

/** Where each event leads. One that is missing is illegal in that state. */
export const TRANSITIONS: Readonly<Record<StayState, Readonly<Partial<Record<StayEvent, StayState>>>>> = {
  outside: ALWAYS,
  opening: { ...ALWAYS, yield: 'yielding', block: 'blocked', grant: 'entering', fail: 'failed' },
  yielding: { ...ALWAYS, block: 'blocked', grant: 'entering', fail: 'failed' },
  blocked: ALWAYS,
  entering: { ...ALWAYS, enter: 'inside', fail: 'failed' },
  inside: { ...ALWAYS, drop: 'dropped', fail: 'failed' },
  dropped: ALWAYS,
  failed: ALWAYS,
  renewing: ALWAYS,
  // What is said to it late is for nobody.
  replaced: { leave: 'replaced', replace: 'replaced', drop: 'replaced' },
};

/** The state that `event` leads to. Throws an `Error` when it is illegal in `state`. */
export function next(state: StayState, event: StayEvent): StayState {
  const following = TRANSITIONS[state][event];
  if (!following) throw new Error(`A stay that is ${state} cannot ${event}.`);
  return following;
}

/** Whether the hub has the room: it is in it, or on its way in. */
export function hasRoom(state: StayState): boolean {
  return state === 'entering' || state === 'inside' || state === 'dropped';
}

/** Whether the hub waits for an element that has the room to leave it. */
export function waitsForRoom(state: StayState): boolean {
  return state === 'yielding' || state === 'blocked';
}

/** Whether the page wants the hub in a room. */
export function wantsRoom(state: StayState): boolean {
  return state !== 'outside' && state !== 'renewing' && state !== 'replaced';
}
