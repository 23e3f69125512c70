import { SETTINGS_CHANGE, chosen } from './settings.js';
import { ru } from './ru.js';

/**
 * The texts of the pages stand in English in their HTML and are looked up here in Russian, by the
 * English itself: `data-t` on an element is for its text, `data-t-label` for its `aria-label`.
 */
export function t(english: string): string {
  return (chosen('lang') === 'ru' ? ru[english] : undefined) ?? english;
}

const english = new WeakMap<Element, string>();

/** Writes what `data-t` marks in `root` in the chosen language. */
export function translate(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>('[data-t]')) {
    if (!english.has(element)) english.set(element, element.textContent.replace(/\s+/g, ' ').trim());
    element.textContent = t(english.get(element)!);
  }
  for (const element of root.querySelectorAll<HTMLElement>('[data-t-label]'))
    element.ariaLabel = t(element.dataset.tLabel!);
}

/** Translates the page now, and whenever the language changes. */
export function translatePage(): void {
  const title = document.title;
  const write = (): void => {
    translate(document);
    document.title = t(title);
  };
  write();
  document.addEventListener(SETTINGS_CHANGE, write);
}
