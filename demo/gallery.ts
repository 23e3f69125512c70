import { fillBar } from './site/bar.js';
import { element } from './site/dom.js';
import { translatePage } from './site/words.js';
import { LANGUAGES, directionOf } from './sample-languages.js';
import { covering, specimens } from './states/all.js';
import { anchor, show } from './states/specimen.js';
import type { Specimen } from './states/specimen.js';

/** The switches: the name of each in the address, its label, and its choices. */
const SWITCHES = {
  lang: ['Language', LANGUAGES],
  dir: ['Direction', ['auto', 'ltr', 'rtl']],
  scheme: ['Scheme', ['auto', 'light', 'dark', 'both']],
  width: ['Width', ['fluid', '280', '320', '390', '608', '768', '1152', '1280', '1920']],
  text: ['Text', ['100', '200']],
} as const;

const LABELS: Record<string, string> = {
  en: 'English',
  ru: 'Русский',
  de: 'Long words',
  ar: 'Right to left',
  auto: 'Auto',
  ltr: 'Left to right',
  rtl: 'Right to left',
  light: 'Light',
  dark: 'Dark',
  both: 'Side by side',
  fluid: 'Fluid',
};

/** In ms: a state that has not come by then is shown as missing, and the rest goes on. */
const LATE = 60_000;

const query = new URLSearchParams(location.search);
const gallery = document.querySelector('main')!;
const index = document.querySelector<HTMLElement>('.index')!;

fillBar();
fillTools();
translatePage();
look();
await fillGallery();
gallery.ariaBusy = 'false';
// Some state took the focus, and the page went along. The browser looked for the anchor too early.
scrollTo(0, 0);
if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();

function value(name: keyof typeof SWITCHES): string {
  const choices: readonly string[] = SWITCHES[name][1];
  const given = query.get(name);
  return given !== null && choices.includes(given) ? given : choices[0]!;
}

function fillTools(): void {
  const form = document.querySelector<HTMLFormElement>('.tools')!;
  for (const [name, [label, choices]] of Object.entries(SWITCHES)) {
    const field = element('label', {}, label);
    const select = element('select', { name });
    const unit = { width: ' px', text: ' %' }[name] ?? '';
    for (const choice of choices) select.append(new Option(LABELS[choice] ?? choice + unit, choice));
    select.value = value(name as keyof typeof SWITCHES);
    field.append(select);
    form.append(field);
  }
  form.addEventListener('change', ({ target }) => {
    const { name, value: chosen } = target as HTMLSelectElement;
    const before = query.get(name);
    query.set(name, chosen);
    history.replaceState(history.state, '', `?${String(query)}${location.hash}`);
    // Each specimen is there once or twice.
    if (name === 'scheme' && (chosen === 'both' || before === 'both')) location.reload();
    else look();
  });
}

/** Applies the switches to what is shown. */
function look(): void {
  const [lang, dir, width] = [value('lang'), value('dir'), value('width')];
  gallery.lang = lang;
  gallery.dir = dir === 'auto' ? directionOf(lang) : dir;
  gallery.dataset.scheme = value('scheme');
  gallery.dataset.text = value('text');
  gallery.classList.toggle('fixed', width !== 'fluid');
  gallery.classList.toggle('both', value('scheme') === 'both');
  gallery.style.setProperty('--specimen', width === 'fluid' ? '22rem' : `${width}px`);
}

async function fillGallery(): Promise<void> {
  const only = query.get('show');
  const all = [...specimens, ...covering];
  const exact = all.filter((each) => anchor(each) === only);
  const begun = all.filter((each) => only === null || anchor(each).startsWith(`${only}-`));
  const shown = exact.length > 0 ? exact : begun;
  const alone = shown.length === 1;
  let list: HTMLElement | null = null;
  let group = '';
  const places: [Specimen, HTMLElement][] = [];
  for (const specimen of shown) {
    if (specimen.tag !== group) {
      group = specimen.tag;
      const heading = element('h2', { class: 'group', id: group, dir: 'ltr' }, `<${group}>`);
      gallery.append(heading);
      list = element('ul', { role: 'list' });
      index.append(element('a', { class: 'group', href: `#${group}` }, group), list);
    }
    list!.append(entry(specimen));
    const section = sectionFor(specimen, alone);
    gallery.append(section);
    if (specimen.covers && !alone) continue;
    for (const card of section.querySelectorAll<HTMLElement>('.card')) places.push([specimen, card]);
  }
  // One at a time: each camera replaces the browser's media devices while it starts.
  for (const [specimen, card] of places) {
    const late = new Promise((_, reject) => setTimeout(() => reject(new Error('It did not come')), LATE));
    await Promise.race([show(specimen, card), late]).catch((error: unknown) => {
      card.append(element('p', { class: 'broken' }, String(error)));
    });
  }
}

function entry(specimen: Specimen): HTMLElement {
  const item = element('li', {});
  item.append(element('a', { href: `#${anchor(specimen)}` }, specimen.title));
  return item;
}

function sectionFor(specimen: Specimen, alone: boolean): HTMLElement {
  const section = element('section', {
    class: specimen.wide ? 'specimen wide' : 'specimen',
    id: anchor(specimen),
  });
  const heading = element('h3', { lang: 'en', dir: 'ltr' });
  heading.append(element('a', { href: `#${anchor(specimen)}` }, specimen.title));
  section.append(heading);
  if (specimen.covers && !alone) {
    const card = element('div', { class: 'card covers', lang: 'en', dir: 'ltr' });
    card.append(element('a', { href: `?show=${anchor(specimen)}` }, 'Show it: it covers the page'));
    section.append(card);
    return section;
  }
  const schemes = value('scheme') === 'both' ? ['light', 'dark'] : [''];
  const stages = element('div', { class: 'stages' });
  for (const scheme of schemes) stages.append(element('div', { class: 'card', 'data-scheme': scheme }));
  section.append(stages);
  return section;
}
