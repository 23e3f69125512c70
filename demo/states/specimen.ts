import type { HubElement } from '../../src/hub/hub-element.js';
import { SnapError } from '../../src/errors.js';
import type { SnapErrorCode } from '../../src/errors.js';
import { FakeHub, fakePeer } from '../fake-hub.js';

/** The elements that can be seen. */
export type VisibleTag = 'snap-camera' | 'snap-sender' | 'snap-invite' | 'photo-trail';

/** One state of one element. */
export interface Specimen<Tag extends VisibleTag = VisibleTag> {
  /** Goes on from the name of the element: "is joining". */
  readonly title: string;
  readonly tag: Tag;
  /** What its hub says; null: it has none. */
  readonly hub: Partial<HubElement> | null;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Whether it is worth the whole width of a page. */
  readonly wide?: boolean;
  /** What brings it into its state once it is in the page. */
  readonly act?: (element: HTMLElementTagNameMap[Tag]) => unknown;
}

export const anna = fakePeer('Anna’s phone');
export const boris = fakePeer('Борис');
export const peers = [anna, boris];

/**
 * Names as they come: a sentence, a word without an end, one of other letters, one that a browser
 * may not break.
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

/** Presses what is called `part` in `element`, once it is there. */
export async function press(
  element: HTMLElement & { readonly updateComplete: Promise<boolean> },
  selector: string,
): Promise<void> {
  await element.updateComplete;
  element.shadowRoot!.querySelector<HTMLElement>(selector)!.click();
  await element.updateComplete;
}

/** Puts the element into `place`, on a hub of its own, and resolves when it is in its state. */
export async function show<Tag extends VisibleTag>(
  { tag, hub, attributes = {}, act }: Specimen<Tag>,
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
