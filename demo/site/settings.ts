/**
 * What the person has chosen for all pages of the demo. The address counts (`?lang=ru`), then what
 * was chosen before, then the browser. Imports nothing, so that a page can wait for it before it is
 * painted.
 */
export const CHOICES = {
  lang: ['en', 'ru'],
  dir: ['auto', 'ltr', 'rtl'],
  scheme: ['auto', 'light', 'dark'],
  theme: ['lagoon', 'ink', 'plum', 'clay'],
} as const;

export type Setting = keyof typeof CHOICES;

/** Dispatched on the document when a setting has changed. */
export const SETTINGS_CHANGE = 'demo-settings-change';

const key = (setting: Setting): string => `snaptrail-demo-${setting}`;
const query = new URLSearchParams(location.search);
const root = document.documentElement;

// As the second device of another page it shows its example, and nothing around it.
root.classList.toggle('framed', window !== window.top);

for (const setting of settings()) {
  const given = query.get(setting);
  if (given !== null && isChoice(setting, given)) store(setting, given);
}
apply();
// Another tab, or the phone in its frame.
addEventListener('storage', (event) => event.key?.startsWith('snaptrail-demo-') && apply());

export function settings(): Setting[] {
  return Object.keys(CHOICES) as Setting[];
}

export function chosen(setting: Setting): string {
  const given = query.get(setting) ?? stored(setting);
  if (given !== null && isChoice(setting, given)) return given;
  if (setting !== 'lang') return CHOICES[setting][0];
  return navigator.language.startsWith('ru') ? 'ru' : 'en';
}

export function choose(setting: Setting, value: string): void {
  // What is chosen replaces what the address says, or a reload would take it back.
  if (query.has(setting)) {
    query.set(setting, value);
    history.replaceState(history.state, '', `?${String(query)}${location.hash}`);
  }
  store(setting, value);
  apply();
}

function apply(): void {
  const [dir, scheme] = [chosen('dir'), chosen('scheme')];
  root.lang = chosen('lang');
  if (dir === 'auto') root.removeAttribute('dir');
  else root.dir = dir;
  root.dataset.theme = chosen('theme');
  root.dataset.scheme = scheme;
  document.dispatchEvent(new CustomEvent(SETTINGS_CHANGE));
}

function isChoice(setting: Setting, value: string): boolean {
  return (CHOICES[setting] as readonly string[]).includes(value);
}

/** Storage throws where the browser blocks it. The choice then holds for this page only. */
function stored(setting: Setting): string | null {
  try {
    return localStorage.getItem(key(setting));
  } catch {
    return null;
  }
}

function store(setting: Setting, value: string): void {
  try {
    localStorage.setItem(key(setting), value);
  } catch {
    query.set(setting, value);
  }
}
