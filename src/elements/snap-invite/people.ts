import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { SnapPeer } from '../../events.js';
import type { HubElement } from '../../hub/hub-element.js';
import type { StringsController } from '../../strings/strings-controller.js';
import { colourOf, initialsOf, nameOf } from '../shared/people/names.js';

/** Who is in the room, and who is being dialled again. */
export function peopleList(
  { peers, lostPeers, transfers }: HubElement,
  strings: StringsController,
): TemplateResult | typeof nothing {
  if (peers.length + lostPeers.length === 0) return nothing;
  const lost = new Set(lostPeers);
  const sending = new Set<string | null>();
  for (const { direction, state, from } of transfers)
    if (direction === 'receive' && state === 'receiving') sending.add(from);
  // Keep the place of somebody whose connection is lost for a moment.
  const all = [...peers, ...lostPeers].sort((a, b) => (a.id < b.id ? -1 : 1));
  return html`<ul class="persons" role="list">
    ${repeat(
      all,
      ({ id }) => id,
      (peer) => person(peer, { lost: lost.has(peer), sending: sending.has(peer.id) }, strings),
    )}
  </ul>`;
}

function person(
  peer: SnapPeer,
  { lost, sending }: { lost: boolean; sending: boolean },
  strings: StringsController,
): TemplateResult {
  const name = nameOf(peer, strings);
  return html`<li class="person" part="person">
    ${face(peer.id, name, strings, lost ? 'away' : sending ? 'busy' : '')}
    <div class="who">
      <bdi class="name">${name}</bdi>
      <span class="facts small">${lost ? strings.text('peer-lost') : facts(peer, sending, strings)}</span>
    </div>
  </li>`;
}

/** A member's initials on its colour. The name stands beside it, so it is hidden from AT. */
export function face(id: string, name: string, strings: StringsController, more = ''): TemplateResult {
  return html`<span class="face face-${colourOf(id)} ${more}" part="face" aria-hidden="true"
    >${initialsOf(name, strings.language().lang)}</span
  >`;
}

function facts(
  { relayed, roundTrip, sendOnly }: SnapPeer,
  sending: boolean,
  strings: StringsController,
): TemplateResult[] {
  const known = relayed !== null;
  return [
    sending && strings.text('peer-sending'),
    known && !sending && strings.text(relayed ? 'peer-relayed' : 'peer-direct'),
    roundTrip > 0 && strings.text('peer-round-trip', roundTrip),
    known && strings.text('peer-encrypted'),
    sendOnly && !sending && strings.text('peer-only-sends'),
  ].filter((fact) => fact !== false);
}
