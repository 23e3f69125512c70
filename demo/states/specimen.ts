import type { HubElement } from '../../src/hub/hub-element.js';
import { SnapError } from '../../src/errors.js';
import type { SnapErrorCode } from '../../src/errors.js';
import { FakeHub, fakePeer } from '../fake-hub.js';

/** The tags of the visible elements. */
export type VisibleTag = 'snap-camera' | 'snap-sender' | 'snap-invite' | 'photo-trail';

/** An element in one state. */
export interface Specimen<Tag extends VisibleTag = VisibleTag> {
  /** Names the state among those of its tag, in an address: `denied` for `#camera-denied`. */
  readonly id: string;
  /** Continues the name of the element: "is joining". */
  readonly title: string;
  readonly tag: Tag;
  /** The state of its hub; null for no hub. */
  readonly hub: Partial<HubElement> | null;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Whether the gallery gives it the whole width. */
  readonly wide?: boolean;
  /** Whether it covers the page, so that the gallery shows it by itself only. */
  readonly covers?: boolean;
  /** Brings the element into its state, once it is in the page. */
  readonly act?: (element: HTMLElementTagNameMap[Tag]) => unknown;
}

export const anna = fakePeer('Anna’s phone');
export const boris = fakePeer('Борис');
export const peers = [anna, boris];

/**
 * File names that are hard to lay out: a sentence, an unbroken word, other scripts, non-breaking
 * spaces.
 */
export const names = {
  sentence: 'Протокол осмотра автомобиля после дорожно-транспортного происшествия, лист 12.pdf',
  unbroken: `${'Kraftfahrzeughaftpflichtversicherung'.repeat(4)}.pdf`,
  cyrillic: `${'Свидетельствоорегистрациитранспортногосредства'.repeat(3)}.docx`,
  emoji: `${'📷🚗💥👩‍👩‍👧‍👦'.repeat(12)}.jpg`,
  japanese: `${'損害写真'.repeat(18)}.heic`,
  spaces: `IMG${'\u00a0'.repeat(60)}4711.jpg`,
};

export function failed(code: SnapErrorCode): SnapError {
  return new SnapError(code);
}

/** Clicks what matches `selector` in `element`, once it is rendered. */
export async function press(
  element: HTMLElement & { readonly updateComplete: Promise<boolean> },
  selector: string,
): Promise<void> {
  await element.updateComplete;
  element.shadowRoot!.querySelector<HTMLElement>(selector)!.click();
  await element.updateComplete;
}

/** Drags a file over the element, and holds it there. */
export async function dragOver(element: HTMLElement): Promise<void> {
  await (element as HTMLElement & { readonly updateComplete: Promise<boolean> }).updateComplete;
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File(['…'], 'photo.jpg', { type: 'image/jpeg' }));
  for (const type of ['dragenter', 'dragover'])
    element.dispatchEvent(
      new DragEvent(type, { bubbles: true, composed: true, cancelable: true, dataTransfer }),
    );
}

/** The specimen's anchor in the gallery: `camera-denied`. */
export function anchor({ tag, id }: Pick<Specimen, 'tag' | 'id'>): string {
  return `${tag.replace(/^(snap|photo)-/, '')}-${id}`;
}

/** Adds the element to `place`, with a hub of its own, and resolves once it is in its state. */
export async function show<Tag extends VisibleTag>(
  { tag, hub, attributes = {}, act }: Omit<Specimen<Tag>, 'id'>,
  place: Element,
): Promise<HTMLElementTagNameMap[Tag]> {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (hub) {
    const connection = new FakeHub();
    connection.change(hub);
    connection.append(element);
    place.append(connection);
  } else {
    place.append(element);
  }
  await act?.(element);
  await element.updateComplete;
  return element;
}
