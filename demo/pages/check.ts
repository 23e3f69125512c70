import { element } from '../site/dom.js';
import { SETTINGS_CHANGE } from '../site/settings.js';
import { t } from '../site/words.js';
import { CHECKS, withCamera } from './checks.js';
import type { Finding } from './checks.js';

const list = document.querySelector('.checks')!;
const button = document.querySelector<HTMLButtonElement>('#with-camera')!;
const said = document.querySelector('main [role=status]')!;
let findings: readonly Finding[] = [];

document.addEventListener(SETTINGS_CHANGE, show);
button.addEventListener('click', () => {
  button.disabled = true;
  void withCamera().then((found) => {
    findings = [...findings.filter(({ name }) => !found.some((each) => each.name === name)), ...found];
    show();
    said.textContent = found.map(({ name, means }) => `${t(name)}: ${t(means)}`).join(' ');
    button.disabled = false;
    button.focus();
  });
});
findings = await Promise.all(CHECKS.map(async (check) => check()));
show();

function show(): void {
  list.replaceChildren(
    ...findings.map(({ name, works, means }) => {
      const item = element('li', { class: `check ${works}` });
      const mark = element('span', { class: 'mark', role: 'img' });
      mark.ariaLabel = t({ yes: 'Works', partly: 'Works in part', no: 'Does not work' }[works]);
      item.append(mark, element('h2', {}, t(name)), element('p', { class: 'quiet' }, t(means)));
      return item;
    }),
  );
}
