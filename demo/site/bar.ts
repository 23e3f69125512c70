import { CHOICES, SETTINGS_CHANGE, choose, chosen, settings } from './settings.js';
import type { Setting } from './settings.js';
import { translate } from './words.js';
import { element, fragment } from './dom.js';

/** The pages of the demo, in the order of the menu. */
export const PAGES: readonly (readonly [href: string, name: string])[] = [
  ['./', 'Home'],
  ['tabs.html', 'Two tabs'],
  ['claim.html', 'Phone to form'],
  ['phone.html', 'Phone page'],
  ['room.html', 'A room of people'],
  ['files.html', 'Any file'],
  ['media.html', 'Voice and video'],
  ['check.html', 'Check this device'],
  ['gallery.html', 'Every state'],
];

const LEGENDS: Record<Setting, string> = {
  lang: 'Language',
  dir: 'Direction',
  scheme: 'Light or dark',
  theme: 'Theme',
};

const NAMES: Record<string, string> = {
  en: 'English',
  ru: 'Русский',
  auto: 'Auto',
  ltr: 'Left to right',
  rtl: 'Right to left',
  light: 'Light',
  dark: 'Dark',
  lagoon: 'Lagoon',
  ink: 'Ink',
  plum: 'Plum',
  clay: 'Clay',
};

/** Fills the page's `<header class="bar">`: the name, the menu of pages, and the settings. */
export function fillBar(): void {
  const bar = document.querySelector<HTMLElement>('.bar')!;
  bar.append(
    fragment(`
      <a class="brand" href="./"><img src="icon.svg" alt="" width="28" height="28" /><span>snaptrail</span></a>
      <nav class="pages" data-t-label="Pages of the demo"></nav>
      <details class="menu pages-menu">
        <summary><span data-t>Pages</span></summary>
        <nav data-t-label="Pages of the demo"></nav>
      </details>
      <details class="menu look-menu">
        <summary><span data-t>Look</span></summary>
        <form></form>
      </details>`),
  );
  for (const nav of bar.querySelectorAll('nav'))
    for (const [href, name] of PAGES) nav.append(link(href, name));
  const form = bar.querySelector('form')!;
  for (const setting of settings()) form.append(radios(setting));
  form.addEventListener('change', ({ target }) => {
    const { name, value } = target as HTMLInputElement;
    choose(name as Setting, value);
  });
  closeOutside(bar);
  const show = (): void => {
    for (const setting of settings())
      (form.elements.namedItem(setting) as RadioNodeList).value = chosen(setting);
  };
  show();
  document.addEventListener(SETTINGS_CHANGE, show);
  translate(bar);
}

function link(href: string, name: string): HTMLAnchorElement {
  const here = new URL(href, location.href).pathname === location.pathname;
  const anchor = element('a', { href }, name);
  anchor.dataset.t = '';
  if (here) anchor.ariaCurrent = 'page';
  return anchor;
}

function radios(setting: Setting): HTMLFieldSetElement {
  const fieldset = element('fieldset', { class: `choice ${setting}` });
  const legend = element('legend', {}, LEGENDS[setting]);
  legend.dataset.t = '';
  const row = element('div', { class: 'segments' });
  for (const value of CHOICES[setting]) {
    const label = element('label', {});
    const name = element('span', {}, NAMES[value]);
    if (setting === 'lang') name.lang = value;
    else name.dataset.t = '';
    if (setting === 'theme') label.append(element('i', { class: 'swatch', 'data-theme': value }));
    label.prepend(element('input', { type: 'radio', name: setting, value }));
    label.append(name);
    row.append(label);
  }
  fieldset.append(legend, row);
  return fieldset;
}

/** A menu closes by Escape, by a press outside of it, and when another opens. */
function closeOutside(bar: HTMLElement): void {
  const menus = [...bar.querySelectorAll('details')];
  addEventListener('pointerdown', ({ target }) => {
    for (const menu of menus) if (!menu.contains(target as Node)) menu.open = false;
  });
  bar.addEventListener('keydown', ({ key }) => {
    const open = menus.find((menu) => menu.open);
    if (key !== 'Escape' || !open) return;
    open.open = false;
    open.querySelector('summary')!.focus();
  });
  for (const menu of menus)
    menu.addEventListener('toggle', () => {
      if (menu.open) for (const other of menus) if (other !== menu) other.open = false;
    });
}
