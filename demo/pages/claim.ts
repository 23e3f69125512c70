import { element } from '../site/dom.js';
import { t } from '../site/words.js';

const form = document.querySelector<HTMLFormElement>('.stage-claim form')!;
const posted = document.querySelector<HTMLElement>('.posted')!;
const list = posted.querySelector('dl')!;
let urls: string[] = [];

form.addEventListener('submit', (event) => {
  // There is no server that wants it: the page shows what one would get.
  event.preventDefault();
  list.replaceChildren(...[...new FormData(form)].flatMap(([name, value]) => row(name, value)));
  // The phone says that the form was sent.
  form.querySelector('photo-trail')!.submitted();
  posted.hidden = false;
  posted.querySelector('h2')!.focus();
});

posted.querySelector('button')!.addEventListener('click', () => {
  form.reset();
  posted.hidden = true;
  list.replaceChildren();
  for (const url of urls) URL.revokeObjectURL(url);
  urls = [];
  form.querySelector('textarea')!.focus();
});

function row(name: string, value: FormDataEntryValue): HTMLElement[] {
  const term = element('dt', {}, name);
  if (typeof value === 'string') return [term, element('dd', {}, value || '–')];
  const described = element('dd', {});
  if (value.type.startsWith('image/')) {
    const src = URL.createObjectURL(value);
    urls.push(src);
    described.append(element('img', { src, alt: t('Photo') }));
  }
  described.append(
    element('bdi', {}, value.name),
    element('span', { class: 'quiet' }, `${value.type}, ${Math.ceil(value.size / 1000)} ${t('kB')}`),
  );
  return [term, described];
}
